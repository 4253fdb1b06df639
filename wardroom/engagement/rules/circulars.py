"""A letter to many: its words, how it moves from draft to sent, and the seconds to take it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from wardroom.engagement.rules.digests import Mail, in_english
from wardroom.engagement.rules.subscriptions import DISTRICTS
from wardroom.engagement.rules.tongues import Tongue
from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text

DRAFT, APPROVED, SENDING, SENT, STOPPED = "draft", "approved", "sending", "sent", "stopped"
WITHDRAWN = "withdrawn"
ENGLISH = "en"
WAITING, QUEUED, LEFT_OUT = "waiting", "queued", "left_out"
STATES: Mapping[str, str] = {
    DRAFT: "Draft",
    APPROVED: "Approved, about to go",
    SENDING: "Going out",
    SENT: "Sent",
    STOPPED: "Stopped",
    WITHDRAWN: "Not wanted",
}
CIRCULAR_MOVES: Mapping[str, Mapping[str, str]] = {
    DRAFT: {
        "reword_circular": DRAFT,
        "approve_circular": APPROVED,
        "withdraw_circular": WITHDRAWN,
    },
    APPROVED: {"take_back_circular": DRAFT, "open_circular": SENDING},
    SENDING: {"send_copies": SENDING, "stop_circular": STOPPED},
    SENT: {"stop_circular": STOPPED},
    STOPPED: {},
    WITHDRAWN: {},
}
UNDO_FOR = timedelta(seconds=30)
BATCH = 100
MOST_SUBJECT, MOST_TEXT = 150, 8000
WAS_STOPPED = "The letter was stopped before it went to them."


def check_move(state: str, move: str) -> None:
    """Whether a letter in this state can do that. Refuses: `wrong_state`."""
    if move not in CIRCULAR_MOVES[state]:
        raise Refused(
            "wrong_state", f"This letter is: {STATES[state].lower()}. Look at the page again."
        )


def check_words(subject: str, text: str) -> tuple[str, str]:
    """The subject and the text. Refuses: either missing or too long."""
    return (
        check_text(
            subject,
            code="subject_missing",
            sentence="Write a subject.",
            field="subject",
            most=MOST_SUBJECT,
        ),
        check_text(
            text, code="text_missing", sentence="Write the letter.", field="text", most=MOST_TEXT
        ),
    )


def check_audience(kind: str, code: str) -> None:
    """Whom it is for. Refuses: a kind of district that is none, or one without its name."""
    if kind and kind not in DISTRICTS:
        raise Refused("unknown_area", "Choose an area.", field="area_kind")
    if kind and not code:
        raise Refused("unknown_district", "Name the district, such as 5C07.", field="area_code")


def circular_mail(
    tongue: Tongue, texts: Mapping[str, Mail], *, kind: str, code: str, link: str
) -> Mail:
    """One copy as it goes out; a letter that exists in English only is marked as such."""
    own = texts.get(tongue.code)
    words = own or texts[ENGLISH]
    subject = words.subject if own else in_english(tongue, words.subject)
    area = tongue.named[kind].format(code=code) if kind else tongue.city
    why = tongue.mail.letter_foot.format(area=area)
    manage = tongue.mail.manage.format(link=link)
    return Mail(subject, f"{words.text}\n\n--\n{why}\n{manage}\n")
