"""GeoReport v2 as others write it, in XML and JSON: read without being believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from wardroom.kernel.outside import read_json
from wardroom.service_requests.gateways.calling import Answer, Unanswered
from wardroom.service_requests.rules.told import TheirService, Told, said, service_of, told_of

MOST_ROWS = 5_000
MOST_SERVICES = 2_000
DEEPEST = 60
UNREADABLE = "The answer cannot be read."


def requests_in(answer: Answer, form: str) -> tuple[Told, ...]:
    """The requests of an answer; those without a number stay in, for the rejects.

    Raises `Unanswered` for anything but a list of requests.
    """
    return tuple(told_of(fields) for fields in _rows(answer, form, "request", MOST_ROWS))


def services_in(answer: Answer, form: str) -> tuple[TheirService, ...]:
    """The services of an answer. Raises `Unanswered` for anything but a list of services."""
    found = (service_of(fields) for fields in _rows(answer, form, "service", MOST_SERVICES))
    return tuple({s.code: s for s in found if s is not None}.values())


def errors_in(answer: Answer, form: str) -> str:
    """What an answer says went wrong, as one sentence; by its status where it says nothing."""
    try:
        rows = list(_rows(answer, form, "error", 20))
    except Unanswered:
        rows = []
    told = [said(row.get("description")) or said(row.get("code")) for row in rows]
    words = " ".join(word for word in told if word)[:280]
    return words or f"It answered {answer.status}."


def check_good(answer: Answer, form: str) -> None:
    """Raises `Unanswered` for an answer that is none of success."""
    if answer.status != 200:
        raise Unanswered(errors_in(answer, form), wait=answer.wait)


def _rows(answer: Answer, form: str, tag: str, most: int) -> Iterator[Mapping[str, object]]:
    rows = _of_json(answer.content) if form == "json" else _of_xml(answer.content, tag)
    if len(rows) > most:
        raise Unanswered(f"The answer holds more than {most:,} rows.")
    yield from rows


def _of_json(content: bytes) -> list[Mapping[str, object]]:
    try:
        read: Any = read_json(content)
    except ValueError:
        raise Unanswered(UNREADABLE) from None
    if isinstance(read, Mapping):
        inner = next((v for v in read.values() if isinstance(v, list)), None)
        read = inner if inner is not None else [read]
    if not isinstance(read, list) or not all(isinstance(row, Mapping) for row in read):
        raise Unanswered(UNREADABLE)
    return read


def _of_xml(content: bytes, tag: str) -> list[Mapping[str, object]]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unanswered(UNREADABLE) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unanswered("The answer declares entities, and is not read.")
    if tag not in _name(root) and not any(_name(child) == tag for child in root):
        raise Unanswered(UNREADABLE)
    return [
        {_name(part): part.text or "" for part in row if isinstance(part.tag, str)}
        for row in root
        if _name(row) == tag
    ]


def _name(element: Any) -> str:
    """The name of an element, without the namespace that some servers add."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
