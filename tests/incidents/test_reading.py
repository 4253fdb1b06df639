"""What is read of a CAP message, and what is not believed."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from tests.incidents.messages import IN_FIVE, area, cap, info, name_of
from wardroom.incidents.gateways.reading import read_alert
from wardroom.incidents.gateways.touching import drawn_outline
from wardroom.incidents.rules import Coded, first_state, meanings, state_after
from wardroom.incidents.rules.codes import CITY
from wardroom.kernel.errors import Refused

NOW = datetime(2026, 11, 18, 17, tzinfo=UTC)


def test_a_message_says_who_what_where_and_when() -> None:
    message = read_alert(cap(references=[name_of("a1"), "nonsense"], kind="Update"))
    assert message.sender == "w-nws.webmaster@noaa.gov"
    assert message.sent == datetime(2026, 11, 18, 14, tzinfo=UTC)
    assert message.title == "Flash flood until 9 p.m."
    assert message.description == "Heavy rain falls.\nStreets are under water."
    assert message.ends_at == datetime(2026, 11, 19, 2, tzinfo=UTC)
    assert [r.identifier for r in message.references] == ["a1"]
    assert message.areas[0].polygons[0][0] == (38.91, -77.01)


def test_english_is_read_among_languages_and_the_gravest_part_leads() -> None:
    message = read_alert(
        cap(
            info(language="es-US", headline="Inundación"),
            info(area("A"), headline="Minor part", severity="Minor"),
            info(area("B"), headline="Grave part", severity="Extreme", expires=""),
        )
    )
    assert (message.headline, message.severity) == ("Grave part", "Extreme")
    assert message.area_text == "A; B"
    assert message.ends_at is None


def test_a_message_in_another_language_alone_is_read_in_it() -> None:
    assert read_alert(cap(info(language="es-US", headline="Inundación"))).headline == "Inundación"


@pytest.mark.parametrize("shape", ["38.9", "38.9,-77 38.8,-77", "a,b c,d e,f", "99,0 1,1 2,2"])
def test_an_outline_that_cannot_be_read_stops_nothing(shape: str) -> None:
    message = read_alert(cap(info(area(polygon=shape, SAME="011001"))))
    assert (message.unread_shapes, message.areas[0].polygons) == (1, ())
    assert message.areas[0].codes == (("SAME", "011001"),)


def test_a_circle_is_a_point_and_kilometers() -> None:
    message = read_alert(cap(info(area(circle="38.92,-77.0 0.3"), area(circle="38.92,-77.0 -1"))))
    assert message.areas[0].circles == ((38.92, -77.0, 0.3),)
    assert message.unread_shapes == 1


BOMB = b"""<?xml version="1.0"?><!DOCTYPE alert [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>&b;</identifier></alert>"""
OUTSIDE = BOMB.replace(b'<!ENTITY a "aaaa">', b'<!ENTITY a SYSTEM "file:///etc/passwd">')


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_xml"),
        (b"hello", "not_xml"),
        (BOMB, "not_xml"),
        (OUTSIDE, "not_xml"),
        (b"<a>" * 300 + b"</a>" * 300, "not_xml"),
        (b"<alert/>", "not_cap"),
        (b"<alert>" + b" " * 600_000 + b"</alert>", "too_large"),
        (cap(space="urn:oasis:names:tc:emergency:cap:9.9"), "not_cap"),
        (cap(identifier=""), "alert_incomplete"),
        (cap(identifier="has a blank"), "alert_incomplete"),
        (cap(sender="x" * 301), "alert_incomplete"),
        (cap(sent="2026-11-18T09:00:00"), "alert_incomplete"),
        (cap(sent="yesterday"), "alert_incomplete"),
        (cap(status="Perhaps"), "alert_incomplete"),
        (cap(kind="Ack"), "not_an_alert"),
        (cap(kind="Cry"), "alert_incomplete"),
    ],
)
def test_what_is_no_alert_is_refused_with_its_reason(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as no:
        read_alert(content)
    assert no.value.code == code


def test_words_lose_what_nobody_sees() -> None:
    message = read_alert(cap(info(headline="A&#x85;B  C&#10;D", web="javascript:alert(1)")))
    assert message.headline == "AB C D"
    assert message.web == ""


@pytest.mark.parametrize(
    ("codes", "meant"),
    [
        ([("SAME", "011001")], {Coded(CITY)}),
        ([("SAME", "311001")], {Coded(CITY)}),
        ([("UGC", "dcz001"), ("UGC", "ANZ535")], {Coded(CITY)}),
        ([("SAME", "024033")], set()),
        ([("WARD", "5"), ("ANC", "5C")], {Coded("ward", "5"), Coded("anc", "5C")}),
        ([("FIPS6", "011001")], set()),
        ([("", "")], set()),
    ],
)
def test_codes_mean_what_the_table_says(codes: list[tuple[str, str]], meant: set[Coded]) -> None:
    assert meanings(codes) == meant


@pytest.mark.parametrize(
    ("changes", "touches", "state"),
    [
        ({}, True, "waiting"),
        ({}, False, "elsewhere"),
        ({"status": "Exercise"}, True, "practice"),
        ({"status": "Test"}, True, "practice"),
        ({"kind": "Cancel"}, True, "withdrawn"),
    ],
)
def test_a_new_alert_stands_as_it_says(changes: dict[str, str], touches: bool, state: str) -> None:
    message = read_alert(cap(**changes))
    assert first_state(message, touches=touches, at=NOW) == state


def test_an_alert_that_says_where_in_words_alone_waits() -> None:
    message = read_alert(cap(info(area("Somewhere by the river"))))
    assert first_state(message, touches=False, at=NOW) == "waiting"


def test_an_alert_whose_time_ran_out_waits_for_nobody() -> None:
    message = read_alert(cap(info(area(polygon=IN_FIVE), expires="2026-11-18T10:00:00-05:00")))
    assert first_state(message, touches=True, at=NOW) == "over"


@pytest.mark.parametrize(
    ("state", "severity", "new", "kind", "after"),
    [
        ("set_aside", "Severe", False, "Update", "set_aside"),
        ("set_aside", "Minor", False, "Update", "waiting"),
        ("set_aside", "Severe", True, "Update", "waiting"),
        ("opened", "Minor", True, "Cancel", "opened"),
        ("waiting", "Severe", False, "Cancel", "withdrawn"),
        ("set_aside", "Severe", False, "Cancel", "withdrawn"),
        ("over", "Severe", False, "Update", "waiting"),
        ("withdrawn", "Severe", False, "Update", "waiting"),
    ],
)
def test_what_a_newer_message_changes(
    state: str, severity: str, new: bool, kind: str, after: str
) -> None:
    message = read_alert(cap(kind=kind))
    assert (
        state_after(state, message, former_severity=severity, touches_new=new, touches=True, at=NOW)
        == after
    )


def test_whatever_is_damaged_is_read_or_refused_and_never_more() -> None:
    dice = random.Random(5)
    whole = cap(
        info(area(polygon=IN_FIVE, circle="38.9,-77 3", SAME="011001")),
        kind="Update",
        references=[name_of()],
    )
    parts = (b"\0", b"&#0;", b"&x;", b"1e999", b"nan", b"9" * 50, b"<a>", b"]]>", b"\xff", b",")
    became = set()
    for _ in range(600):
        damaged = bytearray(whole)
        for _ in range(dice.choice((0, 1, 3))):
            at = dice.randrange(len(damaged))
            damaged[at : at + dice.randrange(12)] = dice.choice(parts)
        try:
            drawn_outline(read_alert(bytes(damaged)).areas)
            became.add("read")
        except Refused as no:
            became.add(no.code)
    assert {"read", "not_xml"} <= became
