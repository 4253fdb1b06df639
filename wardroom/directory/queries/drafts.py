"""What a row of a file would write, checked word by word; the row itself says why it cannot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wardroom.directory import rules
from wardroom.directory.models import ContactPoint, Party
from wardroom.directory.rules.sheets import LONGEST, is_formula
from wardroom.kernel.facts import Change

LABELS = {"language": "Language", "interpreter": "Interpreter", "access_needs": "Access needs"}


@dataclass(frozen=True)
class ContactDraft:
    """A contact as a file gives it, in the office's own words; ``wrong`` says why it cannot be."""

    line: int
    name: str
    kind: str = "person"
    points: tuple[tuple[str, str], ...] = ()
    language: str = ""
    interpreter: bool | None = None
    access_needs: str = ""
    refuses: bool = False
    number: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class ImportLine:
    """One contact to be written: a new one, or the fields of a known one that would change."""

    draft: ContactDraft
    party_id: int | None = None
    changes: tuple[Change, ...] = field(default=())


def drafted(row: rules.ContactRow) -> ContactDraft:
    """A row as it would be written."""
    points = tuple(
        dict.fromkeys(
            [("email", v) for v in row.emails]
            + [("phone", v) for v in row.phones]
            + [("post", v) for v in row.addresses]
        )
    )
    language = _language(row.language)
    return ContactDraft(
        line=row.line,
        name=row.name,
        kind=row.kind,
        points=points,
        language=language or "",
        interpreter=row.interpreter,
        access_needs=row.access_needs,
        refuses=row.refuses,
        number=row.number,
        wrong=row.wrong or _wrong(row, points, language),
    )


def changes_of(
    draft: ContactDraft, party: Party, points: Iterable[ContactPoint] | None = None
) -> tuple[Change, ...]:
    """What a draft would change in somebody we know, field by field.

    An empty cell changes nothing, and nothing is taken away.
    """
    changes = []
    for name, label in LABELS.items():
        value = getattr(draft, name)
        if value not in (None, "") and value != getattr(party, name):
            changes.append(
                Change(name, label, _said(name, getattr(party, name)), _said(name, value))
            )
    if points is None:
        points = ContactPoint.objects.filter(party=party, ended_at=None)
    there = {(p.channel, p.match) for p in points}
    for channel, value in draft.points:
        if (channel, rules.match_key(channel, value)) not in there:
            changes.append(Change(channel, rules.CHANNELS[channel], "", value))
    if draft.refuses:
        changes.append(Change("refuses", "May be used", "", "refused for all purposes"))
    return tuple(changes)


def _language(text: str) -> str | None:
    """The code of a language by its code or its name; None for one that is not recorded."""
    word = text.strip().casefold()
    if not word:
        return ""
    for code, name in rules.LANGUAGES.items():
        if word in {code, name.casefold()} or word.split("-")[0] == code:
            return code
    return None


def _wrong(row: rules.ContactRow, points: tuple[tuple[str, str], ...], language: str | None) -> str:
    if not row.name:
        return "There is no name."
    for words, longest in (
        (row.name, LONGEST["name"]),
        (row.access_needs, LONGEST["access_needs"]),
        *((value, LONGEST.get(channel, 254)) for channel, value in points),
    ):
        if len(words) > longest:
            return f"“{words[:30]}…” is longer than {longest} letters."
        if any(not letter.isprintable() for letter in words):
            return "There are letters in it that cannot be shown."
    if is_formula(row.name) or is_formula(row.access_needs):
        return "It begins like a formula of a table program. Correct it first."
    if language is None:
        return f"“{row.language[:30]}” is not a language that the office records."
    return next((bad for channel, value in points if (bad := _bad_point(channel, value))), "")


def _bad_point(channel: str, value: str) -> str:
    if channel == "phone" and not rules.phone_key(value):
        return f"“{value[:40]}” is not a phone number with its area code."
    if channel == "email":
        try:
            validate_email(value)
        except ValidationError:
            return f"“{value[:40]}” is not an e-mail address."
    return ""


def _said(name: str, value: object) -> str:
    if name == "interpreter":
        return "needed" if value else "not needed"
    if name == "language":
        return rules.LANGUAGES.get(str(value), str(value))
    return str(value)
