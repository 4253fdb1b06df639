"""Writing an RSS 2.0 feed: what the Atom feed says, for readers that know no other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree as Xml

from wardroom.api.feeds.atom import ATOM, Entry, shown


def rss(
    *,
    title: str,
    address: str,
    site: str,
    entries: Sequence[Entry],
    empty_at: datetime,
    language: str,
) -> bytes:
    """The feed as XML; ``empty_at`` is when it was last known to hold nothing."""
    Xml.register_namespace("atom", ATOM)
    feed = Xml.Element("rss", {"version": "2.0"})
    channel = Xml.SubElement(feed, "channel")
    _add(channel, "title", title)
    _add(channel, "link", site)
    _add(channel, "description", title)
    _add(channel, "language", language.lower())
    built = max((entry.updated for entry in entries), default=empty_at)
    _add(channel, "lastBuildDate", format_datetime(built))
    Xml.SubElement(channel, f"{{{ATOM}}}link", {"rel": "self", "href": address})
    for entry in entries:
        item = Xml.SubElement(channel, "item")
        _add(item, "title", entry.title)
        _add(item, "description", entry.text)
        _add(item, "pubDate", format_datetime(entry.updated))
        _add(item, "guid", entry.id).set("isPermaLink", "false")
    return bytes(Xml.tostring(feed, encoding="utf-8", xml_declaration=True))


def _add(parent: Xml.Element, name: str, text: str) -> Xml.Element:
    child = Xml.SubElement(parent, name)
    child.text = shown(text)
    return child
