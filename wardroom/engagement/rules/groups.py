"""What a group is founded with, who may be taken in, and what its health strip counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from wardroom.engagement.rules.agendas import check_agenda
from wardroom.engagement.rules.bodies import term_end
from wardroom.engagement.rules.tongues import tongue_of
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.matters.rules import check_text

MEMBER = "Member"
ROLES: Sequence[str] = ("Chair", "Vice chair", "Secretary")
WAITING, JOINED, NOT_TAKEN_IN = "waiting", "joined", "declined"
SIGN_UPS: Mapping[str, str] = {
    WAITING: "Waits for an answer",
    JOINED: "Took part from then on",
    NOT_TAKEN_IN: "Not taken in",
}
LEAVE = "leave_group"
LEAVE_FOR = timedelta(days=400)
MOST_WAITING = 200
TERMS: Mapping[str, str] = {
    "": "No end",
    "6": "Six months",
    "12": "One year",
    "24": "Two years",
}
TERM_SOON = timedelta(days=60)
FIRST_AGENDA: Sequence[tuple[str, int]] = (
    ("Welcome, and who is here", 10),
    ("What this group is for", 15),
    ("What matters most to each of us", 30),
    ("Who takes which role", 15),
    ("What we do before we meet again", 15),
    ("Next meeting", 5),
)
PUBLIC_BODY = (
    "A group that takes official action by vote may be a public body under D.C. Code 2-573 to "
    "2-578: notice of its meetings, an agenda, a recording and minutes are then owed. Ask the "
    "Office of Open Government before its first vote."
)
NO_PUBLIC_BODY = (
    "It advises and takes no official action by vote, so the open meetings law does not seem to "
    "cover it. Ask again when its charter changes."
)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def check_purpose_of(text: str) -> str:
    """What a group is for. Refuses: nothing said."""
    return check_text(
        text,
        code="purpose_missing",
        sentence="Say what the group is for, in a sentence or two.",
        field="purpose",
        most=2000,
    )


def check_who_may_join(text: str) -> str:
    """Who may join. Refuses: nothing said, since it decides on each who asks."""
    return check_text(
        text,
        code="who_missing",
        sentence="Say who may join, such as: whoever lives or works on these blocks.",
        field="who_may_join",
        most=300,
    )


def check_decides(decides: bool, why: str) -> str:
    """On what a group votes. Refuses: a group that votes on nothing that is said."""
    why = " ".join(why.split())[:300]
    if decides and not why:
        raise Refused(
            "decides_what_missing",
            "Say on what it decides, such as: which projects to recommend.",
            field="decides_what",
        )
    return why if decides else ""


def body_words(decides: bool) -> str:
    """Whether a group may be a public body, and why, in words for the page."""
    return PUBLIC_BODY if decides else NO_PUBLIC_BODY


def consent_words(group: str, language: str = "en") -> str:
    """What somebody agrees to who signs up, in the words and the language that they read."""
    return tongue_of(language).join.consent.format(group=group)


def check_stranger(name: str) -> str:
    """A name as a stranger typed it, without signs that nobody sees. Refuses: none; a link."""
    clean = " ".join(_UNSEEN.sub("", name).split())
    if not clean:
        raise Refused("name_missing", "Write your name.", field="called")
    if len(clean) > 120 or _LINK.search(clean):
        raise Refused("bad_name", "Write your name alone, within 120 characters.", field="called")
    return clean


def check_agreed(agreed: bool) -> None:
    """They agreed to be written to. Refuses: not agreed, since a member gets notices."""
    if not agreed:
        raise Refused(
            "not_agreed", "Say that the office may write or call about this group.", field="agreed"
        )


def check_notice(subject: str, text: str) -> tuple[str, str]:
    """A notice's subject and words. Refuses: either missing."""
    subject = check_text(
        subject,
        code="subject_missing",
        sentence="Write what the notice is about.",
        field="subject",
        most=150,
    )
    return subject, check_text(
        text, code="text_missing", sentence="Write the notice.", field="text", most=5000
    )


def first_notice(
    group: str, *, when: str, where: str, purpose: str, agenda: Iterable[str]
) -> tuple[str, str]:
    """A notice to begin with: its subject, and its words in plain text."""
    place = f" at {where}" if where else ""
    items = "\n".join(f"{n}. {title}" for n, title in enumerate(agenda, start=1))
    text = f"{group} meets on {when}{place}.\n\n{purpose}"
    return f"{group} meets on {when}", f"{text}\n\nAgenda\n{items}" if items else text


def term_ends(since_on: date, months: int | None) -> date | None:
    """When somebody's term ends; none where the charter sets no end."""
    return None if months is None else term_end(since_on, months)


def ends_soon(ends_on: date | None, *, today: date) -> bool:
    """Whether a term ended already or ends within two months."""
    return ends_on is not None and ends_on <= today + TERM_SOON


def check_agenda_items(titles: Sequence[str]) -> tuple[tuple[str, int | None], ...]:
    """The items of an agenda, one on a line, each with its minutes at the end where it has any.

    Refuses: none; more than thirty; one too long.
    """
    lines = check_agenda(titles, field="items", most=30, letters=200)
    return tuple(_item(line) for line in lines)


def agenda_lines(items: Iterable[tuple[str, int | None]]) -> str:
    """An agenda as it is typed: one item on a line, its minutes at the end."""
    return "\n".join(f"{title} ({many} min)" if many else title for title, many in items)


def check_approved(approved_on: date, how: str, *, held_on: date, today: date) -> str:
    """How minutes were approved, and when. Refuses: before the meeting; to come; not said how."""
    if approved_on > today:
        raise Refused("approved_in_the_future", "This day is still to come.", field="approved_on")
    if approved_on < held_on:
        raise Refused(
            "approved_before_held",
            f"The meeting was on {long_day(held_on)}. They cannot be approved before.",
            field="approved_on",
        )
    return check_text(
        how,
        code="how_missing",
        sentence="Say how they were approved, such as: read at the next meeting, nobody objected.",
        field="approved_how",
        most=200,
    )


def _item(line: str) -> tuple[str, int | None]:
    found = re.fullmatch(r"(.+?)\s*\((\d{1,3}) ?min\)", line)
    return (found[1], int(found[2])) if found else (line, None)
