"""Reading the address where another authority puts its alerts: one of them, or an Atom feed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from wardroom.access.actor import Stamp
from wardroom.calendar.gateways.outside_calendars import Fetched, fetch_file
from wardroom.documents.actions import check_clean
from wardroom.incidents.actions import note_feed_failed, note_feed_read
from wardroom.incidents.gateways.reading import SPACES, message_of, parsed
from wardroom.incidents.gateways.taking import take_in, take_message
from wardroom.incidents.models import AlertFeed
from wardroom.kernel.errors import Refused

logger = logging.getLogger(__name__)
ATOM = "{http://www.w3.org/2005/Atom}"
ACCEPT = "application/cap+xml, application/atom+xml, application/xml;q=0.9"
CAP_TYPE = "application/cap+xml"
MOST_ENTRIES = 100
FEED = "feed"
Fetch = Callable[..., Fetched]


@dataclass(frozen=True)
class _Entry:
    """One entry of a feed: how it is known, and the alert in it or the address of that."""

    key: str
    inline: Any | None
    address: str


def read_feed(address: str, *, stamp: Stamp, fetch: Fetch = fetch_file) -> int:
    """Take in what is new at an address; gives how many alerts were new.

    An entry that cannot be read stops no other and is tried again the next time. Where the
    address itself cannot be read, that is written down. Refuses: what fetching refuses.
    """
    row = AlertFeed.objects.filter(address=address).first()
    known, etag = (list(row.known), row.etag) if row else ([], "")
    try:
        fetched = fetch(address, etag=etag, accept=ACCEPT)
        if fetched.content is None:
            note_feed_read(address, etag=etag, known=known, stamp=stamp)
            return 0
        new, read, wrong = _take_all(fetched.content, address, known, stamp, fetch)
    except Refused as no:
        note_feed_failed(address, error=no.sentence, stamp=stamp)
        raise
    if wrong:
        # Without its mark the feed is read again, and what could not be read with it.
        error = f"{wrong} of the alerts there could not be read. The log says why."
        note_feed_read(address, etag="", known=[*known, *read], stamp=stamp)
        note_feed_failed(address, error=error, stamp=stamp)
    else:
        note_feed_read(address, etag=fetched.etag, known=[*known, *read], stamp=stamp)
    return new


def _take_all(
    content: bytes, address: str, known: list[str], stamp: Stamp, fetch: Fetch
) -> tuple[int, list[str], int]:
    """How many were new, what was read, and how many could not be."""
    root = parsed(content)
    if any(root.tag == f"{space}alert" for space in SPACES):
        check_clean(content)
        return int(take_in(content, way_in=FEED, stamp=stamp).new), [], 0
    if root.tag != f"{ATOM}feed":
        raise Refused("not_cap", "There is no alert and no Atom feed at this address.")
    new, read, wrong = 0, [], 0
    for entry in _entries(root, address):
        if entry.key in known:
            continue
        try:
            new += _take(entry, stamp, fetch)
        except Refused as no:
            logger.warning("alert %s: %s", entry.key, no)
            wrong += no.code != "not_an_alert"
        else:
            read.append(entry.key)
    return new, read, wrong


def _entries(root: Any, address: str) -> Iterator[_Entry]:
    """The entries, the oldest first where the newest stands on top."""
    for element in reversed(root.findall(f"{ATOM}entry")[:MOST_ENTRIES]):
        name = (element.findtext(f"{ATOM}id") or "").strip()
        updated = (element.findtext(f"{ATOM}updated") or "").strip()
        inline = next((a for space in SPACES for a in element.iter(f"{space}alert")), None)
        links = element.findall(f"{ATOM}link")
        links.sort(key=lambda link: link.get("type") != CAP_TYPE)
        href = links[0].get("href", "") if links else ""
        yield _Entry(f"{name} {updated}"[:400], inline, urljoin(address, href) if href else "")


def _take(entry: _Entry, stamp: Stamp, fetch: Fetch) -> bool:
    if entry.inline is not None:
        content = etree.tostring(entry.inline, encoding="utf-8", xml_declaration=True)
        check_clean(content)
        return take_message(message_of(entry.inline), content, way_in=FEED, stamp=stamp).new
    if not entry.address:
        raise Refused("not_cap", "This entry holds no alert and leads to none.")
    content = fetch(entry.address, accept=ACCEPT).content or b""
    check_clean(content)
    return take_in(content, way_in=FEED, stamp=stamp).new
