"""What a phone hands in arrives exactly once, in its order, whatever the way does to it."""

from __future__ import annotations

import hashlib
import json
import re
import struct
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.architecture.source import PACKAGE
from tests.cast import Cast
from tests.conftest import NOON
from tests.fieldwork.cameras import NEEDLE, photograph
from tests.fieldwork.outings import (
    Phone,
    follow_up,
    matters_in,
    name_of,
    phone_of,
    picture,
    stops_of_walk,
    walk_of,
    what_came,
)
from tests.ground import Ground
from tests.trouble import load_topics
from wardroom.casework.models import Complaint
from wardroom.documents.gateways import read_content
from wardroom.documents.models import Attachment, Document
from wardroom.fieldwork.actions import end_walk
from wardroom.fieldwork.models import ConditionCheck, Walk, WalkLine, WalkPhoto
from wardroom.fieldwork.rules import without_place
from wardroom.fieldwork.rules.photographs import PNG_KEPT
from wardroom.ledger.models import Entry
from wardroom.matters.models import Matter

DELIVERED = {"applied", "early", "taken", "already_taken"}
TOLD = ("StopSeen", "TroubleSeen", "TroubleOpened", "MatterOpened", "ConditionChecked")
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def files(tmp_path: Any, settings: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def oak_street(ground: Ground, liaison5: Cast, director: Cast) -> Walk:
    """A walk past three open issues in ward 5, taken along by nobody yet."""

    load_topics()
    matters_in(ground, liaison5, "5", 3)
    return walk_of(liaison5)


def an_hour(phone: Phone) -> list[tuple[str, Any]]:
    """What a phone sends in order: photographs first, then the lines that name them."""
    first, second, third = stops_of_walk(phone.walk)
    sent: list[tuple[str, Any]] = []

    def shoot(name: str) -> str:
        key = name_of("photo", phone.name, name)
        sent.append(("photo", (key, picture(hash_of(name)))))
        return key

    def keep(line: dict[str, Any]) -> None:
        sent.append(("line", line))

    keep(phone.write(first, "not_fixed", photos=[shoot("one"), shoot("two")], note="As it was"))
    keep(phone.trouble(first, photos=[shoot("three")], note="A sofa"))
    keep(phone.write(second, "fixed"))
    keep(phone.write(second, "partly", note="No: half of it"))
    keep(phone.write(third, "cannot_determine", photos=[shoot("four")]))
    return sent


def hash_of(name: str) -> int:
    return sum(name.encode())


def hand_in(phone: Phone, what: str, thing: Any) -> str:
    return phone.send(thing) if what == "line" else phone.send_photo(*thing)


def effects(walk: Walk) -> dict[str, Any]:
    """What the house has after a walk, without the numbers and times of its rows."""
    stops = stops_of_walk(walk)
    born = Matter.objects.filter(walk_lines__walk=walk)
    return {
        "lines": what_came(walk, stops),
        "whose": sorted(
            WalkLine.objects.filter(walk=walk).values_list("series", "number", "observer__name")
        ),
        "checks": sorted(
            ConditionCheck.objects.values_list(
                "matter__title", "finding", "rating", "note", "seen_at"
            )
        ),
        "photos": sorted(WalkPhoto.objects.values_list("sha256", flat=True)),
        "documents": Document.objects.count(),
        "attached": sorted(
            Attachment.objects.values_list("noun", "document__digest", "caption", "removed_at")
        ),
        "born": sorted(born.values_list("kind", "title", "state")),
        "complaints": sorted(Complaint.objects.values_list("channel", "said", "anonymous")),
        "facts": sorted(
            Entry.objects.filter(kind__in=TOLD).values_list("kind", flat=True)
        ),
    }  # fmt: skip


class Undo(Exception):
    """Take all of an example back."""


def in_turn(walk: Walk, who: Sequence[Cast]) -> dict[str, Any]:
    """What comes of a single delivery of everything, in order."""
    try:
        with transaction.atomic():
            for name, person in zip("ab", who, strict=False):
                phone = phone_of(walk, person, name=name)
                for what, thing in an_hour(phone):
                    assert hand_in(phone, what, thing) in {"applied", "taken"}
            follow_up()
            found = effects(walk)
            raise Undo
    except Undo:
        return found


@pytest.fixture
def wanted(oak_street: Walk, liaison5: Cast, director: Cast) -> dict[str, Any]:
    """What any delivery must end as; it is the same for every order, so it is found once."""
    return in_turn(oak_street, (liaison5, director))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_delivery_ends_as_one_delivery_in_order(
    oak_street: Walk, wanted: dict[str, Any], liaison5: Cast, director: Cast, data: st.DataObject
) -> None:
    walk, people = oak_street, (liaison5, director)
    try:
        with transaction.atomic():
            phones = [phone_of(walk, who, name=n) for n, who in zip("ab", people, strict=True)]
            all_of_it = [(p, *each) for p in phones for each in an_hour(p)]
            numbers = st.integers(0, len(all_of_it) - 1)
            # Some of it comes several times and out of turn, some is cut off on its way; at
            # last everything comes once more, as a phone sends whatever was not echoed.
            for n in data.draw(st.lists(numbers, max_size=30), label="tries"):
                phone, what, thing = all_of_it[n]
                if data.draw(st.booleans(), label="cut off"):
                    assert cut_off(phone, what, thing) in {"damaged", "already_taken"}
                elif data.draw(st.booleans(), label="on the other's word, once it is there"):
                    assert hand_in(phone, what, thing) in DELIVERED
                    other = next(each for each in phones if each is not phone)
                    assert on_the_word_of(other, phone, what, thing) == "clash"
                else:
                    hand_in(phone, what, thing)
                if data.draw(st.booleans(), label="worker"):
                    follow_up()
            for n in data.draw(st.permutations(range(len(all_of_it))), label="last"):
                hand_in(*all_of_it[n])
            follow_up()
            assert effects(walk) == wanted
            raise Undo
    except Undo:
        pass


def on_the_word_of(other: Phone, phone: Phone, what: str, thing: Any) -> str:
    """Two people on one phone: what one of them wrote comes with the other's pass."""
    return hand_in(replace(phone, token=other.token, who=other.who), what, thing)


def cut_off(phone: Phone, what: str, thing: Any) -> str:
    """The connection breaks in the middle: the hash is there, and half of the words."""
    from wardroom.fieldwork.actions import take_photo
    from wardroom.kernel.errors import Refused

    if what == "line":
        return phone.send({**thing, "body": thing["body"][: len(thing["body"]) // 2]})
    key, content = thing
    try:
        take_photo(
            phone.walk,
            token=phone.token,
            key=key,
            sha256=hashlib.sha256(content).hexdigest(),
            content=content[: len(content) // 2],
            stamp=phone.stamp,
        )
    except Refused as no:
        return no.code
    raise AssertionError("half a picture was taken")


def test_line_before_its_turn_waits_and_is_shown(oak_street: Walk, liaison5: Cast) -> None:
    phone = phone_of(oak_street, liaison5)
    stop = stops_of_walk(oak_street)[0]
    first, second = phone.write(stop, "not_fixed"), phone.write(stop, "fixed")
    assert phone.send(second) == "early"
    assert ConditionCheck.objects.count() == 0
    assert phone.send(first) == "applied"
    assert [c.finding for c in ConditionCheck.objects.order_by("pk")] == ["not_fixed", "clean"]
    assert set(WalkLine.objects.values_list("state", flat=True)) == {"applied"}


def test_end_of_the_walk_applies_what_waits_for_a_lost_line(
    oak_street: Walk, liaison5: Cast
) -> None:
    phone = phone_of(oak_street, liaison5)
    stop = stops_of_walk(oak_street)[0]
    lost, kept = phone.write(stop, "fixed"), phone.write(stop, "not_fixed")
    assert phone.send(kept) == "early"
    end_walk(oak_street, stamp=liaison5.stamp)
    assert [c.finding for c in ConditionCheck.objects.all()] == ["not_fixed"]
    assert phone.send(lost, at=NOON + timedelta(hours=1)) == "applied"


def test_line_behind_a_gap_is_applied_though_it_comes_after_the_end(
    oak_street: Walk, liaison5: Cast
) -> None:
    phone = phone_of(oak_street, liaison5)
    stop = stops_of_walk(oak_street)[0]
    assert phone.send(phone.write(stop, "partly")) == "applied"
    phone.write(stop, "fixed")  # never sent
    late = phone.write(stop, "not_fixed")
    end_walk(oak_street, stamp=liaison5.stamp)
    assert phone.send(late, at=NOON + timedelta(hours=1)) == "applied"
    checks = ConditionCheck.objects.order_by("pk")
    assert [c.finding for c in checks] == ["partly", "not_fixed"]


def test_same_key_with_other_words_is_a_conflict_and_both_are_kept(
    oak_street: Walk, liaison5: Cast
) -> None:
    phone = phone_of(oak_street, liaison5)
    stop = stops_of_walk(oak_street)[0]
    line = phone.write(stop, "fixed")
    assert phone.send(line) == "applied"
    other = {**phone.write(stop, "not_fixed"), "key": line["key"], "number": 1}
    assert phone.send(other) == "clash"
    assert phone.send(other) == "clash"
    kept = WalkLine.objects.get()
    assert kept.finding == "fixed"
    assert [json.loads(clash["body"])["finding"] for clash in kept.clashes] == ["not_fixed"]
    assert Entry.objects.filter(kind="DeliveryClashed").count() == 1
    assert ConditionCheck.objects.count() == 1


def test_wrong_clock_of_a_phone_is_put_right(oak_street: Walk, liaison5: Cast) -> None:
    phone = phone_of(oak_street, liaison5, ahead=timedelta(hours=3))
    assert phone.send(phone.write(stops_of_walk(oak_street)[0])) == "applied"
    line = WalkLine.objects.get()
    assert line.skew == -3 * 3600
    assert line.device_at == NOON + timedelta(hours=2, minutes=30)
    assert line.seen_at == ConditionCheck.objects.get().seen_at == NOON - timedelta(minutes=30)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"kind": "other"},
        {"stop": "1"},
        {"stop": True},
        {"finding": "splendid"},
        {"finding": ["fixed"]},
        {"finding": "partly", "rating": None},
        {"finding": "fixed", "rating": 4},
        {"rating": 2.5},
        {"note": "x" * 501},
        {"note": None},
        {"note": "half a sign: \ud83d"},
        {"note": "nothing: \0"},
        {"seen_at": "0001-01-01T00:00:00+14:00"},
        {"photos": ["../../etc/passwd"]},
        {"photos": ["x"] * 5},
        {"seen_at": "yesterday"},
        {"seen_at": "2026-11-18T11:00:00"},
        {"kind": "trouble", "topic": ""},
        {"kind": "trouble", "topic": "dumping", "position": {"consent": True}},
        {"kind": "trouble", "topic": "dumping", "position": [1, 2]},
    ],
    ids=str,
)
def test_line_that_no_phone_of_ours_writes_is_refused(
    oak_street: Walk, liaison5: Cast, said: dict[str, Any]
) -> None:
    phone = phone_of(oak_street, liaison5)
    stop = stops_of_walk(oak_street)[0]
    sound = json.loads(phone.write(stop, "fixed")["body"])
    phone.lines.clear()
    assert phone.send(phone.keep({**sound, **said} if said else {})) in {
        "bad_line", "unknown_finding", "rating_contradicts",
    }  # fmt: skip
    assert WalkLine.objects.count() == 0


def test_position_counts_only_with_consent(oak_street: Walk, liaison5: Cast) -> None:
    phone = phone_of(oak_street, liaison5)
    stop = stops_of_walk(oak_street)[0]
    here = {"latitude": 38.9171, "longitude": -77.0003}
    assert phone.send(phone.trouble(stop, position={**here, "consent": False})) == "applied"
    assert phone.send(phone.trouble(stop, position={**here, "consent": True})) == "applied"
    first, second = WalkLine.objects.order_by("number")
    assert (first.latitude, second.latitude) == (None, 38.9171)


def test_what_is_no_picture_is_refused_and_hidden_data_stays_out(
    oak_street: Walk, liaison5: Cast
) -> None:
    phone = phone_of(oak_street, liaison5)
    for content in (b"<html><script>", b"%PDF-1.4 x", b"\xff\xd8\xff broken", b"x" * 10):
        assert phone.send_photo(name_of(content), content) in {"bad_type", "bad_picture"}
    assert phone.send_photo("no-key", picture()) == "bad_key"
    assert WalkPhoto.objects.count() == 0
    assert phone.send_photo(name_of("good"), picture()) == "taken"
    photo = WalkPhoto.objects.get()
    assert photo.document.renditions.count() == 2
    assert photo.document.digest == photo.sha256


@pytest.mark.parametrize("token", ["", "no-such-pass", "x" * 43])
def test_wrong_pass_opens_nothing(oak_street: Walk, liaison5: Cast, token: str) -> None:
    phone = phone_of(oak_street, liaison5)
    line = phone.write(stops_of_walk(oak_street)[0])
    phone.token = token
    assert phone.send(line) == "key_closed"
    assert phone.send_photo(line["key"], picture()) == "key_closed"


def test_pass_opens_its_own_walk_alone_and_ends(oak_street: Walk, liaison5: Cast) -> None:
    other = walk_of(liaison5, title="The same again")
    phone = phone_of(oak_street, liaison5)
    line = phone.write(stops_of_walk(oak_street)[0])
    phone.walk = other
    assert phone.send(line) == "key_closed"
    phone.walk = oak_street
    assert phone.send(line, at=NOON + timedelta(days=8)) == "key_closed"
    assert phone.send(line, at=NOON + timedelta(days=6)) == "applied"


def test_line_of_another_walk_s_stop_is_refused(oak_street: Walk, liaison5: Cast) -> None:
    other = walk_of(liaison5, title="The same again")
    phone = phone_of(oak_street, liaison5)
    assert phone.send(phone.write(stops_of_walk(other)[0])) == "no_stop"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_site_takes_the_place_out_of_what_a_phone_did_not(
    oak_street: Walk, liaison5: Cast, kind: str
) -> None:
    phone = phone_of(oak_street, liaison5)
    content = photograph(kind)
    key = phone.photograph("told", content)
    photo = WalkPhoto.objects.get(key=key)
    assert photo.sha256 == hashlib.sha256(content).hexdigest()
    assert not photo.place_stays
    kept = read_content(photo.document.digest)
    assert NEEDLE not in kept
    assert kept == without_place(content)
    assert phone.send_photo(key, content) == "already_taken"


def test_site_and_phone_keep_the_same_parts_of_a_png() -> None:
    head, end = b"\x89PNG\r\n\x1a\n", b"IEND"
    bright = [b"mDCV", b"cLLI", b"cICP"]
    content = head + b"".join(struct.pack(">I", 0) + name + b"\0" * 4 for name in [*bright, end])
    assert without_place(content) == content
    script = (PACKAGE / "web/static/wardroom/walk/photos.mjs").read_text()
    found = re.search(r'PNG_KEPT = new Set\("([^"]+)"', script)
    assert found is not None
    assert set(found[1].encode().split()) == PNG_KEPT


def test_place_stays_where_the_walker_lets_it(oak_street: Walk, liaison5: Cast) -> None:
    phone = phone_of(oak_street, liaison5)
    key = phone.photograph("told", photograph("JPEG"), place_stays=True)
    photo = WalkPhoto.objects.get(key=key)
    assert photo.place_stays
    assert read_content(photo.document.digest) == photograph("JPEG")


def test_picture_whose_place_cannot_be_taken_out_is_refused(
    oak_street: Walk, liaison5: Cast
) -> None:
    phone = phone_of(oak_street, liaison5)
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1" + b"x" * 64
    assert phone.send_photo(name_of("heic"), heic) == "place_stays"
    assert phone.send_photo(name_of("cut"), photograph("PNG")[:-30]) == "bad_picture"
    assert WalkPhoto.objects.count() == 0
