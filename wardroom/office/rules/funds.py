"""What a fund is: its sort, its time, and what it must never hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text
from wardroom.office.rules.spending import MOST_MONTHS

SORTS: Mapping[str, str] = {
    "local": "Local",
    "special": "Dedicated or special purpose",
    "federal": "Federal grant",
    "private": "Private grant or donation",
    "intra": "Intra-District",
    "in_kind": "In kind",
}
PURPOSES: Mapping[str, str] = {
    "position": "A position",
    "event": "An event",
    "program": "An initiative or campaign",
    "other": "Something else",
}
NEVER_HERE = (
    "Money of a constituent-service fund or of an election campaign is never kept in Wardroom. It "
    "is private money, reported to the Office of Campaign Finance (D.C. Code \u00a7 1-1163.38), "
    "and this office neither takes nor pays it."
)
_POLITICAL = re.compile(
    r"constituent[\s-]+services?[\s-]+(?:fund|program|account|money|contribution)"
    r"|(?:campaign|political|election)[\s-]+(?:contribution|donation|donor|fund|finance|committee"
    r"|account|money|treasur)"
    r"|political action committee|re-?election|exploratory committee",
    re.IGNORECASE,
)


def check_not_political(text: str, *, field: str) -> None:
    """Refuses words that name money of a campaign or of a constituent-service fund."""
    if _POLITICAL.search(text):
        raise Refused("political_money", NEVER_HERE, field=field)


def check_words(text: str, *, field: str, sentence: str = "", most: int = 300) -> str:
    """Words about money, kept short; needed where there is a sentence that asks for them.

    Refuses: none where they are needed; too many; what names political money.
    """
    said = text.strip()
    if not said and not sentence:
        return ""
    said = check_text(said, code=f"{field}_missing", sentence=sentence, field=field, most=most)
    check_not_political(said, field=field)
    return said


def check_sort(sort: str) -> str:
    """One of the sorts of money. Refuses: any other."""
    if sort not in SORTS:
        raise Refused("unknown_sort", "Choose what sort of money it is.", field="sort")
    return sort


def check_code(code: str) -> str:
    """A short name that fits a table: letters, digits and dashes. Refuses: anything else."""
    said = code.strip().upper()
    if not re.fullmatch(r"[A-Z0-9][A-Z0-9-]{0,19}", said):
        raise Refused(
            "code_unclear",
            "Give it a short code of letters, digits and dashes, such as FY27-LOCAL.",
            field="code",
        )
    return said


def check_span(starts_on: date, ends_on: date) -> None:
    """Refuses: an end before the beginning; more than six years."""
    if ends_on < starts_on:
        raise Refused("ends_first", "The last day comes before the first one.", field="ends_on")
    if ends_on > starts_on + timedelta(days=MOST_MONTHS * 30):
        raise Refused("too_long", "A fund runs for less than six years here.", field="ends_on")
