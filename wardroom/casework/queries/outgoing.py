"""Which letters of a closing went out: a page tells nothing that the office can still take back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from wardroom.casework import rules
from wardroom.casework.facts import ReporterTold
from wardroom.casework.models import Complaint
from wardroom.ledger.models import Entry, Receipt
from wardroom.matters.models import Matter
from wardroom.notices.models import Message

WAITS, GONE, WITHDRAWN, NO_LETTER = "waits", "gone", "withdrawn", "none"
STILL = (Message.State.QUEUED, Message.State.RECALLED)


@dataclass(frozen=True)
class GoneOut:
    """What of some complaints is told by now: their words, and the closings of their issues.

    ``wordless`` are those whose letter was taken back alone, whose words nobody reads.
    """

    words: frozenset[int]
    closings: frozenset[int]
    wordless: frozenset[int]

    def tells_end(self, complaint: Complaint, matter: Matter) -> bool:
        """Whether whoever made a complaint is told that an issue is closed."""
        mine = complaint.matter_id == matter.pk and complaint.told_at is not None
        decided = complaint.pk in self.words | self.wordless
        return matter.pk in self.closings and (decided or not mine)


def gone_out(complaints: Sequence[Complaint], matters: Iterable[Matter], at: datetime) -> GoneOut:
    """What was told of these complaints and the closings of these issues by an instant.

    A letter tells once it can no longer be taken back; what was told by phone or in person is
    told at once. A closing that nobody gets a letter about is told half a minute later. Words
    whose letter somebody took back in the outbox are not told, but the closing is.
    """
    closed = {m.pk: m for m in matters if m.state == "closed"}
    about = {c.pk: c for c in complaints}
    if closed:
        rows = Complaint.objects.filter(matter__in=list(closed), told_how="email")
        about.update({c.pk: c for c in rows.filter(told_at__isnull=False)})
    states = letters_of_tellings(about.values())
    by_closing: dict[int, list[str]] = {pk: [] for pk in closed}
    for one in about.values():
        if one.matter_id in closed and one.told_at == closed[one.matter_id].told_at:
            by_closing[one.matter_id] += [states[one.pk]] if one.pk in states else []
    ends = {pk for pk, matter in closed.items() if _is_out(by_closing[pk], matter.told_at, at)}
    early = {
        c.pk
        for c in complaints
        if states.get(c.pk) == NO_LETTER
        and c.matter_id in closed.keys() - ends
        and c.told_at == closed[c.matter_id].told_at
    }
    words = {c.pk for c in complaints if c.pk not in early and _is_told(c, states, at)}
    wordless = {pk for pk, state in states.items() if state == WITHDRAWN}
    return GoneOut(frozenset(words), frozenset(ends), frozenset(wordless))


def end_is_told(told: Sequence[Complaint], matter: Matter, at: datetime) -> bool:
    """Whether pages tell a closing by an instant of which these people are told by e-mail."""
    return _is_out(list(letters_of_tellings(told).values()), matter.told_at, at)


def end_public_from(
    matter: Matter, at: datetime, *, unwritten: int | None = None
) -> datetime | None:
    """From when everybody may read that an issue is closed; none while that is not known yet.

    A letter tells it from now on once it can no longer be taken back. ``unwritten`` is the
    complaint about which no letter is written after all.
    """
    if matter.state != "closed":
        return None
    if matter.told_at is None:
        return matter.closed_at
    told = Complaint.objects.filter(matter=matter, told_how="email", told_at=matter.told_at)
    states = {**letters_of_tellings(told)}
    if unwritten in states and states[unwritten] == WAITS:
        states[unwritten] = NO_LETTER
    if GONE in states.values():
        return at
    if WAITS in states.values():
        return None
    return matter.told_at + rules.TIME_TO_TAKE_BACK


def letters_of_tellings(complaints: Iterable[Complaint]) -> Mapping[int, str]:
    """How the letter to each of these stands who are told by e-mail: the last telling counts."""
    told = {c.pk: c.told_at for c in complaints if c.told_at is not None and c.told_how == "email"}
    if not told:
        return {}
    lines = Entry.objects.filter(
        kind=ReporterTold.__name__,
        at__in=set(told.values()),
        about__noun="complaint",
        about__key__in=[str(pk) for pk in told],
    )
    due = Receipt.objects.filter(entry=OuterRef("pk"), state=Receipt.State.DUE)
    columns = ("pk", "at", "body", "due")
    of_letter = ("messages__pk", "messages__state", "messages__attempts", "messages__error")
    rows = lines.annotate(due=Exists(due)).values_list(*columns, *of_letter).order_by("pk")
    found = dict.fromkeys(told, NO_LETTER)
    for (_, at, body, waits), of_line in groupby(rows, key=lambda row: row[:4]):
        number = int(body.get("complaint_id", 0))
        if told.get(number) == at:
            letters = [_Letter(*row[5:]) for row in of_line if row[4] is not None]
            found[number] = _state_of(letters, due=waits)
    return found


class _Letter(NamedTuple):
    state: str
    attempts: int
    error: str


def _state_of(letters: Sequence[_Letter], *, due: bool) -> str:
    # One that failed and is tried anew has an error: it was told before, and stays so.
    if any(letter.state not in STILL or letter.attempts or letter.error for letter in letters):
        return GONE
    if any(letter.state == Message.State.QUEUED for letter in letters):
        return WAITS
    if letters:
        return WITHDRAWN
    return WAITS if due else NO_LETTER


def _is_told(complaint: Complaint, states: Mapping[int, str], at: datetime) -> bool:
    if complaint.told_at is None:
        return False
    state = states.get(complaint.pk)
    if state == NO_LETTER:
        return at >= complaint.told_at + rules.TIME_TO_TAKE_BACK
    return state in (None, GONE)


def _is_out(letters: Sequence[str], told_at: datetime | None, at: datetime) -> bool:
    if told_at is None or GONE in letters:
        return True
    return WAITS not in letters and at >= told_at + rules.TIME_TO_TAKE_BACK
