"""Sending somebody to a service: how, when we ask whether it helped, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from wardroom.kernel.errors import Refused

SERVICE_REFERRAL = "service_referral"
HELPED_LINK = "helped"
MAIL, PRINT, TOLD = "mail", "print", "told"
WAYS: Mapping[str, str] = {
    MAIL: "By e-mail, now",
    PRINT: "On paper",
    TOLD: "Told by phone",
}
HELPED, PARTLY, NO_HELP, NOT_REACHED = "helped", "partly", "did_not_help", "not_reached"
HELP_ANSWERS: Mapping[str, str] = {
    HELPED: "Yes, it helped",
    PARTLY: "It helped in part",
    NO_HELP: "It did not help",
    NOT_REACHED: "They could not be reached",
}
NOTHING_FITS, NOT_KNOWN = "nothing_fits", "not_known"
REFERRAL_ENDS: Mapping[str, str] = {
    HELPED: "Helped",
    PARTLY: "Helped in part",
    NO_HELP: "Did not help",
    NOTHING_FITS: "Nothing fits: a gap",
    NOT_KNOWN: "Nobody could say",
    "opened_in_error": "Opened in error",
}
CLOSES: Mapping[str, str] = {
    NO_HELP: "It did not help, and they look for nothing more",
    NOTHING_FITS: "Nothing we know fits: count it as a gap",
    NOT_KNOWN: "Nobody can be asked",
    "opened_in_error": "Opened in error",
}
ASK_AFTER = timedelta(days=5)
LINK_FOR = timedelta(days=45)
ASK_STEP = "Ask whether it helped"
AGAIN_STEP = "It did not help: send them elsewhere, or count a gap"
MOST_SERVICES = 6
FEWEST_ANSWERS = 3
LOOK_BACK = timedelta(days=365)
OTHER_NEED = "Another need"


def check_way(way: str, address: str, *, may_ask: bool) -> str:
    """How the services are handed over. Refuses: a way that is none; mail without an address;
    an answer by link without mail."""
    if way not in WAYS:
        raise Refused("unknown_way", "Choose how they get it.", field="way")
    if way == MAIL and not address.strip():
        raise Refused("address_missing", "Give the e-mail address it goes to.", field="address")
    if may_ask and way != MAIL:
        raise Refused(
            "no_way_to_ask", "We can only ask by e-mail where it goes by e-mail.", field="may_ask"
        )
    return address.strip() if way == MAIL else ""


def check_services(number: int, *, already: int = 0) -> None:
    """How many services at once. Refuses: none; more than fit on one sheet."""
    if not number:
        raise Refused("nothing_chosen", "Choose at least one service.", field="services")
    if number + already > MOST_SERVICES:
        raise Refused(
            "too_many", f"Keep it to {MOST_SERVICES} services, so that it fits on one sheet.",
            field="services",
        )  # fmt: skip


def check_help(answer: str) -> str:
    """What somebody says of one service. Refuses: what is no answer."""
    if answer not in HELP_ANSWERS:
        raise Refused("unknown_answer", "Choose one of the answers.", field="answer")
    return answer


def ends_with(answers: Iterable[str]) -> str:
    """What the answers make together: helped, helped in part, or nothing while it goes on."""
    said = set(answers)
    return HELPED if HELPED in said else PARTLY if PARTLY in said else ""


def needs_a_check(*, answered: int, helped: int) -> bool:
    """Whether people we sent to a service mostly come back without help: look whether what we
    say of it is still right. Too few answers mark nothing."""
    return answered >= FEWEST_ANSWERS and 2 * helped < answered


def title_for(need: str) -> str:
    """What a referral is called: the need, and nothing of the person."""
    return f"Referral: {need}"[:200]
