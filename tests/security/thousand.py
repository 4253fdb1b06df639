"""Cases of residents, each with a mark of its own in every private thing it holds.

A mark says of which case it is and what it stands for, so that what is found outside names
both. A case comes in by the public page or by a call, and the office works on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from tests.casework.reporting import OUTSIDE
from tests.cast import HOUSE, Cast, hire
from tests.conftest import NOON
from tests.engagement.subscribed import letters
from tests.ground import DUE
from wardroom.access.actor import Role
from wardroom.casework.actions import ask_reporter, close_issue, take_complaint, take_report
from wardroom.casework.models import Complaint
from wardroom.casework.rules import ReportDraft
from wardroom.city.actions import note_place
from wardroom.directory.actions import note_person
from wardroom.directory.models import Party
from wardroom.matters.actions import (
    add_task,
    capture_line,
    log_contact,
    propose_ask,
    request_ask,
    say_where_it_stands,
)

MARK = re.compile(r"kanar(\d{4})(name|mail|unit|said|note|talk|work|task|step)", re.IGNORECASE)
# The number of a caller's phone, in whatever way it is written.
PHONE = re.compile(r"202\D{0,3}73(\d)\D?(\d{3})0\b")
STAFF = "Kanarvogel Staffhand"
# Their own letters may say back to people what they sent; an agency reads what is asked, and where.
OWN, ASKED = frozenset({"name", "mail", "unit", "said"}), frozenset({"work", "unit"})
OUTCOME, QUESTION = "The city closed the burrows.", "Is the gate open at night?"


def mark(case: int, what: str) -> str:
    """The mark of one thing in one case."""
    return f"kanar{case:04d}{what}"


def found_in(text: str) -> set[tuple[int, str]]:
    """The private things that stand in a text: of which case, and what."""
    found = {(int(m.group(1)), m.group(2).lower()) for m in MARK.finditer(text)}
    found |= {(int(m.group(1) + m.group(2)), "phone") for m in PHONE.finditer(text)}
    return found | ({(0, "staff")} if STAFF.split()[0].lower() in text.lower() else set())


def take_cases(many: int, agency: Party, topic: str) -> None:
    """That many cases in Ward 5, the even ones by the public page, the odd ones by a call."""
    staff = hire("kanarvogel", STAFF, Role.LIAISON, ward="5")
    for case in range(1, many + 1):
        complaint = _reported(case, topic) if case % 2 == 0 else _called(case, topic, staff)
        _work_on(case, complaint, agency, staff)


def _reported(case: int, topic: str) -> Complaint:
    draft = ReportDraft(
        channel="web",
        topic_code=topic,
        said=f"Rats again, {mark(case, 'said')}",
        answers={"seen": ("live", "burrows")},
        latitude=38.921 + case * 1e-6,
        longitude=-77.003,
        address=f"{20000 + case} {mark(case, 'unit')} Street NE",
        name=mark(case, "name"),
        email=f"{mark(case, 'mail')}@example.org",
        phone=_phone(case),
        may_write=True,
        device_id=mark(case, "note"),
        once=f"kanar {case}",
    )
    complaint = take_report(None, draft=draft, stamp=OUTSIDE).complaint
    assert complaint is not None
    return complaint


def _called(case: int, topic: str, staff: Cast) -> Complaint:
    place = note_place(
        None,
        key=7_000_000 + case,
        label=f"{20000 + case} FIRST STREET NE UNIT {mark(case, 'unit')}",
        latitude=38.922 + case * 1e-6,
        longitude=-77.004,
        stamp=HOUSE,
    )
    person = note_person(
        None,
        name=mark(case, "name"),
        email=f"{mark(case, 'mail')}@example.org",
        phone=_phone(case),
        consent=True,
        consent_how="said so",
        stamp=staff.stamp,
    )
    return take_complaint(
        place,
        said=f"Rats again, {mark(case, 'said')}",
        channel="phone",
        topic_code=topic,
        title=f"Rats, {mark(case, 'note')}",
        reporter=person,
        stamp=staff.stamp,
    )


def _work_on(case: int, complaint: Complaint, agency: Party, staff: Cast) -> None:
    matter, stamp = complaint.matter, staff.stamp
    capture_line(matter, text=f"Beware, {mark(case, 'note')}", stamp=stamp)
    log_contact(matter, channel="phone", text=f"Said {mark(case, 'talk')}", stamp=stamp)
    say_where_it_stands(matter, text=f"Waits, {mark(case, 'step')}", stamp=stamp)
    if case % 4 == 0:
        ask_reporter(matter, complaint_id=complaint.pk, text=QUESTION, stamp=stamp)
    if case % 3 == 0:
        matter.refresh_from_db()
        close_issue(matter, outcome="fixed", text=OUTCOME, stamp=stamp)
        return
    wording = f"Go and see {mark(case, 'task')}"
    add_task(matter, party=staff.party, wording=wording, due_on=DUE, stamp=stamp)
    wording = f"Bait the burrows {mark(case, 'work')}"
    asked = propose_ask(
        matter, party=agency, wording=wording, authority="", due_on=DUE, stamp=stamp
    )
    request_ask(asked, stamp=stamp)


def letters_out() -> Iterator[tuple[str, str]]:
    """All that goes out because of it in two days: to whom, and all that the letter says."""
    for days in (1, 2):
        at = NOON + timedelta(days=days)
        while sent := list(letters(at)):
            for letter in sent:
                yield letter.to_address, "\n".join(str(part) for part in vars(letter).values())


def too_much(to: str, text: str, agency: str) -> set[tuple[int, str]]:
    """What a letter to somebody outside says that they must not read."""
    found, whose = found_in(text), {case for case, _ in found_in(to)}
    may = {(case, what) for case in whose for what in OWN}
    if to == agency:
        may |= {(case, what) for case, what in found if what in ASKED}
    return found - may


def _phone(case: int) -> str:
    return f"202-73{case // 1000}-{case % 1000:03d}0"
