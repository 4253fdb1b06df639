"""Writing an Atom feed (RFC 4287), with points as GeoRSS has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as Xml

ATOM = "http://www.w3.org/2005/Atom"
GEORSS = "http://www.georss.org/georss"


@dataclass(frozen=True)
class Entry:
    """One piece of a feed; its id never changes."""

    id: str
    title: str
    updated: datetime
    text: str
    point: tuple[float | None, float | None] | None = None


def atom(
    *,
    id: str,
    title: str,
    address: str,
    entries: Sequence[Entry],
    empty_at: datetime,
    language: str,
    author: str,
) -> bytes:
    """The feed as XML; ``empty_at`` is when it was last known to hold nothing."""
    Xml.register_namespace("", ATOM)
    Xml.register_namespace("georss", GEORSS)
    feed = Xml.Element(f"{{{ATOM}}}feed", {"xml:lang": language})
    _add(feed, "id", id)
    _add(feed, "title", title)
    _add(feed, "updated", max((e.updated for e in entries), default=empty_at).isoformat())
    Xml.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": address})
    _add(Xml.SubElement(feed, f"{{{ATOM}}}author"), "name", author)
    for entry in entries:
        _entry(feed, entry)
    return bytes(Xml.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: Xml.Element, entry: Entry) -> None:
    row = Xml.SubElement(feed, f"{{{ATOM}}}entry")
    _add(row, "id", entry.id)
    _add(row, "title", entry.title)
    _add(row, "updated", entry.updated.isoformat())
    _add(row, "published", entry.updated.isoformat())
    _add(row, "content", entry.text).set("type", "text")
    if entry.point is not None:
        point = Xml.SubElement(row, f"{{{GEORSS}}}point")
        point.text = f"{entry.point[0]} {entry.point[1]}"


def _add(parent: Xml.Element, name: str, text: str) -> Xml.Element:
    child = Xml.SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = shown(text)
    return child


def shown(text: str) -> str:
    """A text without the signs that XML does not know."""
    return "".join(c for c in text if c in "\t\n" or c >= " ")
