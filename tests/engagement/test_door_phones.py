"""What a phone at the door hands in arrives exactly once, in its order, on its bearer's word."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.calendar.actions import EventDraft, add_participation, plan_event
from wardroom.calendar.models import Event, Participation
from wardroom.directory.models import ContactPoint
from wardroom.engagement.actions import note_door_clash, take_door, take_door_line
from wardroom.engagement.models import CheckIn, DoorLine
from wardroom.engagement.queries.door import door_page
from wardroom.engagement.queries.door_phones import door_sheet
from wardroom.engagement.rules import door as rules
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry

NAMES = UUID("0b6f1f2e-5f0b-4a51-9d0c-7a4c5b8f2a10")
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@dataclass
class DoorPhone:
    """A phone at a door: it writes lines and hands them in, and can do so out of turn."""

    event: Event
    who: Cast
    token: str
    lines: list[dict[str, Any]] = field(default_factory=list)

    def write(self, **said: Any) -> dict[str, Any]:
        number = len(self.lines) + 1
        seen_at = (NOON - timedelta(minutes=10)).isoformat()
        body = json.dumps({"seen_at": seen_at, **said})
        line = {
            "key": str(uuid5(NAMES, f"{self.who.party.pk} {number}")),
            "series": str(uuid5(NAMES, f"{self.who.party.pk}")),
            "number": number,
            "sha256": hashlib.sha256(body.encode()).hexdigest(),
            "body": body,
        }
        self.lines.append(line)
        return line

    def guest(self, name: str, **words: Any) -> dict[str, Any]:
        usual = {"phone": "", "email": "", "consent": False, "language": "en"}
        return self.write(kind="guest", name=name, **{**usual, **words})

    def send(self, line: dict[str, Any], *, at: datetime = NOON) -> str:
        """What the site says to one line."""
        stamp = replace(self.who.stamp, at=at)
        try:
            made = take_door_line(self.event, token=self.token, **line, sent_at=at, stamp=stamp)
        except Refused as no:
            if no.code == "clash":
                said = {name: line[name] for name in ("key", "sha256", "body")}
                with suppress(Refused):
                    note_door_clash(self.event, token=self.token, **said, stamp=stamp)
            return no.code
        return made.state


def phone_at(event: Event, who: Cast) -> DoorPhone:
    take_door(event, stamp=who.stamp)
    sheet = door_sheet(event.pk, who.actor, at=NOON)
    assert sheet is not None
    return DoorPhone(event, who, sheet.token)


@pytest.fixture
def opening(ground: Ground, liaison5: Cast) -> Event:
    """An event of this noon in ward 5 to which two people are invited."""
    draft = EventDraft(
        kind="meeting",
        title="Opening of the market hall",
        starts_at=NOON - timedelta(minutes=30),
        ends_at=NOON + timedelta(hours=2),
        ward_code="5",
    )
    event = plan_event(draft, stamp=liaison5.stamp)
    for name in ("Ann Poole", "Jo March"):
        add_participation(event, name=name, stamp=liaison5.stamp)
    return event


def invited(event: Event, name: str) -> int:
    return int(Participation.objects.get(event=event, name=name).pk)


def here(event: Event) -> list[str]:
    rows = CheckIn.objects.filter(participation__event=event).select_related("participation__party")
    named = [row.participation for row in rows]
    return sorted(row.party.name if row.party else row.name for row in named)


def test_an_evening_that_comes_twice_and_out_of_order_is_one_evening(
    opening: Event, liaison5: Cast
) -> None:
    phone = phone_at(opening, liaison5)
    ann, jo = invited(opening, "Ann Poole"), invited(opening, "Jo March")
    first = phone.write(kind="here", guest=ann)
    undone = phone.write(kind="undo", of=first["key"])
    phone.write(kind="here", guest=ann)
    wrong = phone.write(kind="here", guest=jo)
    phone.write(kind="undo", of=wrong["key"])
    phone.guest("Tesfaye", language="am")
    phone.guest("Li Wen", language="zh", email="li@example.org", consent=True)
    phone.guest("Ruth", phone="12", language="en")
    assert phone.send(undone) == "early"
    assert [phone.send(line) for line in reversed(phone.lines[2:])] == ["early"] * 6
    assert here(opening) == []
    assert phone.send(first) == "applied"
    assert [phone.send(line) for line in phone.lines] == ["already_taken"] * 8

    assert here(opening) == ["Ann Poole", "Li Wen", "Ruth", "Tesfaye"]
    assert set(DoorLine.objects.values_list("state", flat=True)) == {"applied"}
    assert {row.came_at for row in CheckIn.objects.all()} == {NOON - timedelta(minutes=10)}
    assert Entry.objects.filter(kind="CheckInTakenBack").count() == 2
    assert ContactPoint.objects.get(value="li@example.org").consent
    page = door_page(opening.pk, liaison5.actor)
    assert dict(page.by_language) == {"English": 2, "Amharic": 1, "Chinese": 1}
    (odd,) = page.odd
    assert (odd.said, "phone number" in odd.why) == ("Ruth, 12", True)


def test_same_key_with_other_words_is_a_conflict_and_both_are_kept(
    opening: Event, liaison5: Cast
) -> None:
    phone = phone_at(opening, liaison5)
    line, other = phone.guest("Tesfaye"), phone.guest("Somebody else")
    assert phone.send(line) == "applied"
    assert phone.send({**other, "key": line["key"]}) == "clash"
    assert phone.send({**line, "body": line["body"][:20]}) == "damaged"
    assert here(opening) == ["Tesfaye"]
    (odd,) = door_page(opening.pk, liaison5.actor).odd
    assert "same key" in odd.why


def test_two_phones_check_in_the_same_guest_once(
    opening: Event, liaison5: Cast, director: Cast
) -> None:
    phones = [phone_at(opening, who) for who in (liaison5, director)]
    ann = invited(opening, "Ann Poole")
    lines = [phone.write(kind="here", guest=ann) for phone in phones]
    assert [phone.send(line) for phone, line in zip(phones, lines, strict=True)] == ["applied"] * 2
    assert here(opening) == ["Ann Poole"]
    mine = phones[1].write(kind="undo", of=lines[1]["key"])
    assert phones[1].send(mine) == "kept"
    assert here(opening) == ["Ann Poole"]
    assert phones[1].send(lines[0]) == "clash"


def test_pass_opens_its_own_door_alone_and_ends(
    opening: Event, liaison5: Cast, liaison7: Cast
) -> None:
    phone = phone_at(opening, liaison5)
    line = phone.guest("Tesfaye")
    assert DoorPhone(opening, liaison5, "no-such-pass").send(line) == "key_closed"
    with pytest.raises(NotAllowed):
        take_door(opening, stamp=liaison7.stamp)
    assert phone.send(line, at=NOON + timedelta(days=8)) == "key_closed"
    assert phone.send(line, at=NOON + timedelta(days=6)) == "applied"


def test_list_is_gone_from_a_phone_after_the_event(opening: Event, liaison5: Cast) -> None:
    phone_at(opening, liaison5)
    during = door_sheet(opening.pk, liaison5.actor, at=NOON)
    after = door_sheet(opening.pk, liaison5.actor, at=opening.ends_at + rules.DOOR_CLOSES)
    assert during is not None
    assert after is not None
    assert (during.ended, [guest.name for guest in during.guests]) == (
        False, ["Ann Poole", "Jo March"],
    )  # fmt: skip
    assert (after.ended, after.guests, after.came) == (True, (), ())
    late = replace(liaison5.stamp, at=opening.ends_at + rules.DOOR_CLOSES)
    with pytest.raises(Refused, match="is over"):
        take_door(opening, stamp=late)


SOUND = {
    "kind": "guest", "name": "Ann", "phone": "", "email": "", "consent": False, "language": "en",
    "seen_at": "2026-11-18T12:00:00Z",
}  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "other"},
        {"name": 5},
        {"name": "x" * 121},
        {"name": "half a sign: \ud83d"},
        {"consent": "yes"},
        {"seen_at": "yesterday"},
        {"seen_at": "2026-11-18T12:00:00"},
        {"kind": "here", "guest": "1"},
        {"kind": "here", "guest": True},
        {"kind": "undo", "of": "../.."},
    ],
    ids=str,
)
def test_line_that_no_phone_of_ours_writes_is_not_read(said: dict[str, Any]) -> None:
    assert rules.read_door_line(json.dumps(SOUND)).name == "Ann"
    with pytest.raises(Refused) as no:
        rules.read_door_line(json.dumps({**SOUND, **said}))
    assert no.value.code == "bad_line"
