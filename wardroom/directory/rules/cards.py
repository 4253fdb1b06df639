"""vCard: written as 3.0 and 4.0, read from 2.1 to 4.0, many cards in a file.

Sources: RFC 2426, RFC 6350; quoted-printable lines as version 2.1 writes them.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wardroom.directory.rules.sheets import MOST_ROWS, ContactRow
from wardroom.kernel.errors import Refused

CARD_VERSIONS = ("3.0", "4.0")
LINE_BYTES = 75
_NAME = re.compile(r"(?:[A-Za-z0-9-]{1,40}\.)?([A-Za-z0-9-]{1,40})")


@dataclass(frozen=True)
class CardPoint:
    """One telephone number, address or postal address on a card."""

    channel: str
    value: str


@dataclass(frozen=True)
class ContactCard:
    """What a card says of a party. It holds no note: what the office writes stays here."""

    uid: str
    name: str
    is_person: bool
    points: tuple[CardPoint, ...] = ()
    organisation: str = ""
    title: str = ""
    language: str = ""
    page: str = ""
    members: tuple[str, ...] = ()
    revised: str = ""


def card_text(cards: Iterable[ContactCard], version: str) -> str:
    """The cards as one file in one of the versions that are written."""
    if version not in CARD_VERSIONS:
        raise Refused("unknown_version", "Choose version 3.0 or 4.0.", field="version")
    lines: list[str] = []
    for card in cards:
        lines += _card(card, version)
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def cards_in(text: str) -> Iterator[ContactRow]:
    """The contacts of a vCard file. Refuses: `no_cards`, `too_many_rows`."""
    lines = _unfolded(text)
    starts = [i for i, line in enumerate(lines) if line.strip().upper() == "BEGIN:VCARD"]
    if not starts:
        raise Refused("no_cards", "There is no card in this file.", field="text")
    if len(starts) > MOST_ROWS:
        raise Refused("too_many_rows", f"Import at most {MOST_ROWS:,} cards at once.", field="text")
    for number, (start, end) in enumerate(
        zip(starts, [*starts[1:], len(lines)], strict=True), start=1
    ):
        yield _read(number, lines[start:end])


def _card(card: ContactCard, version: str) -> list[str]:
    new = version == "4.0"
    lines = ["BEGIN:VCARD", f"VERSION:{version}", f"UID:{card.uid}", f"FN:{_text(card.name)}"]
    if card.is_person:
        first, _, last = card.name.rpartition(" ")
        lines.append(f"N:{_text(last)};{_text(first)};;;")
    else:
        lines.append(f"N:{_text(card.name)};;;;")
    if new:
        kind = "individual" if card.is_person else ("group" if card.members else "org")
        lines.append(f"KIND:{kind}")
        lines += [f"MEMBER:{uid}" for uid in card.members]
        lines += [f"LANG:{card.language}"] if card.language else []
    organisation = card.organisation or ("" if card.is_person else card.name)
    lines += [f"ORG:{_text(organisation)}"] if organisation else []
    lines += [f"TITLE:{_text(card.title)}"] if card.title else []
    for point in card.points:
        lines.append(_point(point, new))
    lines += [f"URL:{card.page}"] if card.page else []
    lines += [f"REV:{card.revised}"] if card.revised else []
    return [*lines, "END:VCARD"]


def _point(point: CardPoint, new: bool) -> str:
    if point.channel == "phone":
        value = re.sub(r"[^0-9+]", "", point.value)
        return f"TEL;VALUE=uri;TYPE=voice:tel:{value}" if new else f"TEL;TYPE=VOICE:{value}"
    if point.channel == "email":
        return f"EMAIL:{point.value}" if new else f"EMAIL;TYPE=INTERNET:{point.value}"
    return f"ADR:;;{_text(point.value)};;;;"


def _text(words: str) -> str:
    safe = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return safe.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """A line cut into pieces of 75 bytes; no letter is cut in two."""
    parts, now, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LINE_BYTES:
            parts.append(now)
            now, size = " ", 1
        now, size = now + letter, size + width
    return "\r\n".join([*parts, now])


def _unfolded(text: str) -> list[str]:
    lines: list[str] = []
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        soft = bool(lines) and lines[-1].endswith("=") and "QUOTED-PRINTABLE" in lines[-1].upper()
        if raw[:1] in {" ", "\t"} and lines:
            lines[-1] += raw[1:]
        elif soft:
            lines[-1] = lines[-1][:-1] + raw
        else:
            lines.append(raw)
    return lines


def _read(number: int, lines: list[str]) -> ContactRow:
    held: dict[str, list[str]] = {}
    for line in lines:
        name, parameters, value = _split(line)
        if not name:
            continue
        if "QUOTED-PRINTABLE" in parameters.upper():
            value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
        if value.strip():
            held.setdefault(name, []).append(value.strip())
    organisation = _plain(held.get("ORG", [""])[0].split(";")[0])
    name = _plain(held.get("FN", [""])[0]) or _name(held.get("N", [""])[0])
    kind = held.get("KIND", [""])[0].lower()
    is_person = kind in {"", "individual"} and not (not name and organisation)
    return ContactRow(
        line=number,
        name=name or organisation,
        kind="person" if is_person else "organisation",
        emails=tuple(v.removeprefix("mailto:") for v in held.get("EMAIL", ())),
        phones=tuple(v.removeprefix("tel:") for v in held.get("TEL", ())),
        addresses=tuple(filter(None, (_address(v) for v in held.get("ADR", ())))),
        language=held.get("LANG", [""])[0],
        number=_number(held.get("UID", [""])[0]),
        wrong="" if "END" in held else "This card has no end.",
    )


def _split(line: str) -> tuple[str, str, str]:
    """The name of a line, its parameters and its value; nothing where it is none.

    The value begins at the first colon that no quotation marks hold.
    """
    quoted = False
    for at, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter == ":" and not quoted:
            head, _, parameters = line[:at].partition(";")
            match = _NAME.fullmatch(head)
            return (match[1].upper() if match else ""), parameters, line[at + 1 :]
    return "", "", ""


def _plain(words: str) -> str:
    out = re.sub(r"\\([nN;,\\])", lambda m: " " if m[1] in "nN" else m[1], words)
    return " ".join(out.split())


def _parts(value: str) -> list[str]:
    return [_plain(part) for part in re.split(r"(?<!\\);", value)]


def _name(value: str) -> str:
    last, first, *_ = [*_parts(value), ""]
    return " ".join(filter(None, (first, last)))


def _address(value: str) -> str:
    return ", ".join(part for part in _parts(value) if part)[:254]


def _number(uid: str) -> str:
    match = re.fullmatch(r"urn:x-wardroom:party:(\d{1,18})", uid)
    return match[1] if match else ""
