"""Reading contacts from a table: which column is what, and what a row may hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wardroom.kernel.cells import would_run
from wardroom.kernel.errors import Refused
from wardroom.kernel.justice import refuse_justice

LARGEST_FILE = 1_000_000
MOST_ROWS = 2000
LONGEST = {"name": 200, "email": 254, "phone": 60, "address": 254, "access_needs": 200}
HEADINGS: Mapping[str, frozenset[str]] = {
    "name": frozenset({"name", "full name", "display name", "fn"}),
    "first": frozenset({"first name", "given name", "first"}),
    "last": frozenset({"last name", "family name", "surname", "last"}),
    "kind": frozenset({"kind", "type"}),
    "email": frozenset(
        {"email", "e-mail", "e-mail address", "email address", "mail", "e-mail 1 - value"}
    ),
    "phone": frozenset(
        {"phone", "phone number", "telephone", "mobile", "mobile phone", "cell", "tel"}
    ),
    "address": frozenset({"address", "mailing address", "street address", "letter"}),
    "language": frozenset({"language", "preferred language"}),
    "interpreter": frozenset({"interpreter", "needs an interpreter"}),
    "access_needs": frozenset({"access needs", "accessibility", "accommodation"}),
    "refuses": frozenset({"do not contact", "refuses", "opted out", "unsubscribed"}),
    "number": frozenset({"wardroom number", "number in wardroom"}),
}
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
_YES = frozenset({"yes", "y", "true", "1", "x"})
_ORGANISATION = frozenset({"organization", "organisation", "group", "org", "association"})


@dataclass(frozen=True)
class ContactRow:
    """One contact as a file gives it; ``line`` is where it stands there, the first being 1.

    ``wrong`` says why it cannot be taken. A file may bring a refusal, never a permission.
    """

    line: int
    name: str = ""
    kind: str = "person"
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    language: str = ""
    interpreter: bool | None = None
    access_needs: str = ""
    refuses: bool = False
    number: str = ""
    wrong: str = ""
    unread: tuple[str, ...] = field(default=())


def text_of(content: bytes) -> str:
    """The text of a file, whatever wrote it. Refuses: `too_large`, `no_text`."""
    if len(content) > LARGEST_FILE:
        raise Refused(
            "too_large", "Keep the file within one megabyte, and import it in parts.", field="file"
        )
    for encoding in ENCODINGS:
        if encoding == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused(
        "no_text", "This is no text. Save it as CSV or vCard, and choose that file.", field="file"
    )


def contact_rows(text: str) -> Iterator[ContactRow]:
    """The contacts of a table with headings, comma, semicolon or tab between its columns.

    Refuses: `no_headings`, `too_many_rows`, `bad_table`, `of_justice`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff\n")
    first = text.split("\n", 1)[0]
    mark = max("\t;,", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=False)
    try:
        rows = list(reader)
    except csv.Error:
        raise Refused(
            "bad_table", "This table cannot be read: a quotation mark is not closed.", field="text"
        ) from None
    if not rows or not any(cell.strip() for cell in rows[0]):
        raise Refused("nothing_given", "Paste a table or choose a file.", field="text")
    columns = [_column(cell) for cell in rows[0]]
    if not {"name", "first", "last"} & set(columns):
        raise Refused(
            "no_headings",
            "The first line must name the columns, and one of them must be Name. Others can be "
            "Kind, E-mail, Phone, Address, Language, Interpreter and Access needs.",
            field="text",
        )
    refuse_justice(rows[0], code="of_justice", what="This table", field="text")
    if len(rows) - 1 > MOST_ROWS:
        raise Refused("too_many_rows", f"Import at most {MOST_ROWS:,} rows at once.", field="text")
    unread = tuple(c.strip() for c, k in zip(rows[0], columns, strict=True) if not k and c.strip())
    for line, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            yield _row(line, columns, cells, unread)


def _column(heading: str) -> str:
    word = " ".join(heading.replace("_", " ").casefold().split())
    return next((name for name, words in HEADINGS.items() if word in words), "")


def _row(line: int, columns: list[str], cells: list[str], unread: tuple[str, ...]) -> ContactRow:
    held: dict[str, list[str]] = {}
    for name, cell in zip(columns, cells, strict=False):
        value = " ".join(cell.split())
        if name and value:
            held.setdefault(name, []).append(value)
    one = {name: values[0] for name, values in held.items()}
    name = one.get("name") or " ".join(filter(None, (one.get("first"), one.get("last"))))
    organisation = one.get("kind", "").casefold() in _ORGANISATION
    return ContactRow(
        line=line,
        name=name,
        kind="organisation" if organisation else "person",
        emails=tuple(held.get("email", ())),
        phones=tuple(held.get("phone", ())),
        addresses=tuple(held.get("address", ())),
        language=one.get("language", ""),
        interpreter=one["interpreter"].casefold() in _YES if "interpreter" in one else None,
        access_needs=one.get("access_needs", ""),
        refuses=one.get("refuses", "").casefold() in _YES,
        number=one.get("number", ""),
        wrong="This row has more cells than the table has columns."
        if len([c for c in cells[len(columns) :] if c.strip()])
        else "",
        unread=unread,
    )


def is_formula(name: str) -> bool:
    """Whether a table program would take this for a formula when somebody opens it."""
    return would_run(name)
