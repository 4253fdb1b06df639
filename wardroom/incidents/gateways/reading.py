"""Reading a CAP message that strangers wrote: nothing outside it is opened, nothing is believed."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from wardroom.incidents.rules.messages import (
    CERTAINTIES,
    MOST_BYTES,
    MOST_POINTS,
    MOST_REFERENCES,
    MOST_SHAPES,
    SCOPES,
    SEVERITIES,
    STATUSES,
    URGENCIES,
    Area,
    Message,
    Point,
    Reference,
    check_kind,
    check_listed,
    check_name,
    gravest,
    incomplete,
    severity_rank,
)
from wardroom.kernel.errors import Refused

SPACES = tuple(f"{{urn:oasis:names:tc:emergency:cap:{v}}}" for v in ("1.2", "1.1"))
LONGEST_LINE, LONGEST_TEXT = 300, 6_000
FARTHEST_KM = 1_000.0
UNSEEN = frozenset({"Cc", "Cs"})


def parsed(content: bytes) -> Any:
    """The root of an XML document: no entities, no DTD, no network, 512 KB at most.

    Refuses: `too_large`, `not_xml`.
    """
    if len(content) > MOST_BYTES:
        raise Refused("too_large", "This is larger than 512 KB.", field="content")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root: Any
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as no:
        raise Refused("not_xml", "This is not XML that can be read.", field="content") from no
    if root.getroottree().docinfo.doctype:
        raise Refused("not_xml", "XML with a document type is not read.", field="content")
    return root


def read_alert(content: bytes) -> Message:
    """What a CAP 1.2 message says. Refuses: what `parsed` refuses; `not_cap`, `not_an_alert`,
    `alert_incomplete`.
    """
    return message_of(parsed(content))


def message_of(root: Any) -> Message:
    """What the element `alert` says. Refuses: as `read_alert`."""
    space = next((s for s in SPACES if root.tag == f"{s}alert"), None)
    if space is None:
        raise Refused("not_cap", "This is no alert in the CAP 1.2 format.", field="content")
    infos = _in_english(root.findall(f"{space}info"), space)
    gravest_info = max(
        infos, key=lambda i: severity_rank(_line(i, f"{space}severity")), default=None
    )
    areas, unread = _areas(infos, space)
    return Message(
        identifier=check_name(_text(root, f"{space}identifier").strip(), "identifier"),
        sender=check_name(_text(root, f"{space}sender").strip(), "sender"),
        sent=_needed_instant(root, f"{space}sent", "sent"),
        status=check_listed(_line(root, f"{space}status"), "status", STATUSES),
        kind=check_kind(_line(root, f"{space}msgType")),
        scope=check_listed(_line(root, f"{space}scope"), "scope", SCOPES),
        references=_references(_text(root, f"{space}references")),
        note=_line(root, f"{space}note"),
        areas=areas,
        unread_shapes=unread,
        **_said(infos, gravest_info, space),
    )


def _said(infos: Sequence[Any], first: Any, space: str) -> dict[str, Any]:
    """The words of the gravest part, and the span of all of them."""
    if first is None:
        return {}
    starts = [_instant(i, f"{space}onset") or _instant(i, f"{space}effective") for i in infos]
    ends = [_instant(i, f"{space}expires") for i in infos]
    return {
        "event": _line(first, f"{space}event"),
        "headline": _line(first, f"{space}headline"),
        "description": _paragraphs(first, f"{space}description"),
        "instruction": _paragraphs(first, f"{space}instruction"),
        "sender_name": _line(first, f"{space}senderName"),
        "contact": _line(first, f"{space}contact"),
        "web": _web(_line(first, f"{space}web")),
        "urgency": _known(_line(first, f"{space}urgency"), URGENCIES),
        "severity": gravest(_known(_line(i, f"{space}severity"), SEVERITIES) for i in infos),
        "certainty": _known(_line(first, f"{space}certainty"), CERTAINTIES),
        "starts_at": min((at for at in starts if at), default=None),
        "ends_at": None if None in ends else max((at for at in ends if at), default=None),
    }


def _in_english(infos: Sequence[Any], space: str) -> list[Any]:
    """The parts in English, or in the first language there is."""

    def language(info: Any) -> str:
        return (_line(info, f"{space}language") or "en").lower().partition("-")[0]

    found = [info for info in infos if language(info) == "en"]
    return found or [info for info in infos if language(info) == language(infos[0])]


def _areas(infos: Iterable[Any], space: str) -> tuple[tuple[Area, ...], int]:
    """Where it holds; shapes that cannot be read are counted, and stop nothing."""
    found, unread, points = [], 0, 0
    for area in (a for info in infos for a in info.findall(f"{space}area")):
        polygons: list[tuple[Point, ...]] = []
        circles: list[tuple[float, float, float]] = []
        for element in area.findall(f"{space}polygon"):
            shape = _polygon(element.text or "")
            points += len(shape or ())
            if shape is None or points > MOST_POINTS or len(polygons) >= MOST_SHAPES:
                unread += 1
            else:
                polygons.append(shape)
        for element in area.findall(f"{space}circle"):
            circle = _circle(element.text or "")
            if circle is None or len(circles) >= MOST_SHAPES:
                unread += 1
            else:
                circles.append(circle)
        codes = [
            (_line(code, f"{space}valueName")[:40], _line(code, f"{space}value")[:40])
            for code in area.findall(f"{space}geocode")[:MOST_SHAPES]
        ]
        text = _line(area, f"{space}areaDesc")
        found.append(Area(text, tuple(polygons), tuple(circles), tuple(codes)))
    return tuple(found[:MOST_SHAPES]), unread


def _polygon(text: str) -> tuple[Point, ...] | None:
    pairs = [_pair(part) for part in text.split()[: MOST_POINTS + 1]]
    points = tuple(pair for pair in pairs if pair is not None)
    return points if len(points) == len(pairs) and len(set(points)) >= 3 else None


def _circle(text: str) -> tuple[float, float, float] | None:
    center, _, radius = " ".join(text.split()).partition(" ")
    point, km = _pair(center), _number(radius)
    if point is None or km is None or not 0 <= km <= FARTHEST_KM:
        return None
    return (*point, km)


def _pair(text: str) -> Point | None:
    first, comma, second = text.partition(",")
    latitude, longitude = _number(first), _number(second)
    if not comma or latitude is None or longitude is None:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _number(text: str) -> float | None:
    try:
        number = float(text) if len(text) <= 40 else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _references(text: str) -> tuple[Reference, ...]:
    """The messages that it follows; a reference that is none is passed over."""
    found = []
    for triple in text.split()[:MOST_REFERENCES]:
        sender, _, rest = triple.partition(",")
        identifier, _, sent = rest.rpartition(",")
        at = _at(sent)
        if sender and identifier and at is not None:
            found.append(Reference(sender[:300], identifier[:300], at))
    return tuple(found)


def _needed_instant(root: Any, tag: str, element: str) -> datetime:
    at = _instant(root, tag)
    if at is None:
        raise incomplete(element)
    return at


def _instant(parent: Any, tag: str) -> datetime | None:
    return _at(_line(parent, tag))


def _at(text: str) -> datetime | None:
    """An instant with its zone, in UTC; without a zone it is none."""
    try:
        at = datetime.fromisoformat(text) if len(text) <= 40 else None
    except ValueError:
        return None
    if at is None or at.tzinfo is None or not 1970 < at.year < 2200:
        return None
    return at.astimezone(UTC)


def _known(text: str, words: Iterable[str]) -> str:
    return text if text in words else "Unknown"


def _web(text: str) -> str:
    return text if text.startswith(("https://", "http://")) and " " not in text else ""


def _text(parent: Any, tag: str) -> str:
    """The text of a child without the signs that nobody sees and no database keeps."""
    text = parent.findtext(tag) or ""
    return "".join(c for c in text if c in "\t\n " or unicodedata.category(c) not in UNSEEN)


def _line(parent: Any, tag: str) -> str:
    return " ".join(_text(parent, tag).split())[:LONGEST_LINE]


def _paragraphs(parent: Any, tag: str) -> str:
    lines = (" ".join(line.split()) for line in _text(parent, tag).splitlines())
    return "\n".join(lines).strip()[:LONGEST_TEXT]
