"""Looking for what a request asks: every shelf of the house, as far as the searcher reads it.

What the searcher may not read, such as all that belongs to a hiring, is on no shelf here: the
same reach that limits lists limits this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q, TextField
from django.db.models.functions import Cast
from django.utils.timezone import make_aware

from wardroom.access.actor import Actor
from wardroom.documents import policy as documents
from wardroom.documents.models import Attachment, Document
from wardroom.kernel.facts import kind_named
from wardroom.ledger import policy as ledger
from wardroom.ledger.models import Entry
from wardroom.ledger.queries.timeline import noisy_kinds
from wardroom.ledger.rules import kind_in_words
from wardroom.matters import policy as matters
from wardroom.matters.models import Matter
from wardroom.notices import policy as notices
from wardroom.notices.models import Message, Received
from wardroom.records.rules import FILES, LINES, MAIL_IN, MAIL_OUT, MATTERS
from wardroom.records.rules.redacting import composed

RESTRICTED, ENCLOSED = "Restricted: ", "enclosures__name"


@dataclass(frozen=True)
class Found:
    """One record that was found: what it is, and how it reads."""

    noun: str
    key: str
    title: str
    at: datetime
    text: str
    document_id: int | None = None


@dataclass(frozen=True)
class Wanted:
    """What is looked for: any of the words, on these days, the last one included."""

    terms: tuple[str, ...]
    from_on: date
    until_on: date

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The days as instants: from the first on, and before the other."""
        end = self.until_on + timedelta(days=1)
        return make_aware(datetime.combine(self.from_on, time())), make_aware(
            datetime.combine(end, time())
        )

    def is_in(self, text: str) -> bool:
        """Whether any of the words stands in a text, whatever the case."""
        plain = " ".join(composed(text).split()).casefold()
        return any(composed(term).casefold() in plain for term in self.terms)

    def maybe(self, *columns: str) -> Q:
        """What a database can leave out before the texts are read, where it knows the letters."""
        if not all(term.isascii() and " " not in term for term in self.terms):
            return Q()
        found = Q()
        for term in self.terms:
            for column in columns:
                found |= Q(**{f"{column}__icontains": term})
        return found


def find_records(wanted: Wanted, kinds: Iterable[str], actor: Actor) -> tuple[Found, ...]:
    """All that is found on the chosen shelves, the oldest first; each thing once."""
    asked = frozenset(kinds)
    found: dict[tuple[str, str], Found] = {}
    for kind, shelf in SHELVES.items():
        if kind in asked:
            for row in shelf(wanted, actor):
                text, title = composed(row.text), composed(row.title)
                found[row.noun, row.key] = replace(row, text=text, title=title)
    return tuple(sorted(found.values(), key=lambda row: (row.at, row.noun, row.key)))


def _lines(wanted: Wanted, actor: Actor) -> Iterator[Found]:
    since, before = wanted.span
    rows = Entry.objects.within(ledger.reach(actor)).filter(at__gte=since, at__lt=before)
    rows = rows.exclude(kind__in=noisy_kinds()).annotate(plain=Cast("body", TextField()))
    mark = _marks()
    for row in rows.filter(wanted.maybe("sentence", "plain")).order_by().iterator():
        text = f"{row.sentence}\n{typed_in(row)}".strip()
        if wanted.is_in(text):
            told = f"Written by {row.actor_name}\n\n{text}"
            title = f"{mark(row.matter_key)}{kind_in_words(row.kind)}"
            yield Found(LINES, str(row.pk), title, row.at, told)


def _marks() -> Callable[[str], str]:
    """What stands before the title of what belongs to a restricted matter, so that it is seen."""
    rows = Matter.objects.filter(restricted=True).values_list("pk", flat=True)
    keys = {str(pk) for pk in rows}
    return lambda key: RESTRICTED if key in keys else ""


def typed_in(entry: Entry) -> str:
    """What a person typed in a line, as far as its sentence does not say it."""
    try:
        words = kind_named(entry.kind).from_plain(entry.body).words()
    except (KeyError, TypeError, ValueError):
        return ""
    return "" if words in entry.sentence else words


def _matters(wanted: Wanted, actor: Actor) -> Iterator[Found]:
    since, before = wanted.span
    rows = Matter.objects.within(matters.reach_inside(actor)).filter(opened_at__lt=before)
    rows = rows.filter(Q(closed_at=None) | Q(closed_at__gte=since))
    texts = ("title", "standing", "public_text", "next_step")
    for row in rows.filter(wanted.maybe(*texts)).order_by().iterator():
        parts = [row.title, row.standing, row.public_text, row.next_step]
        text = "\n\n".join(part for part in parts if part)
        if wanted.is_in(text):
            title = f"{RESTRICTED if row.restricted else ''}{row.title}"[:200]
            yield Found(MATTERS, str(row.pk), title, row.opened_at, text)


def _mail_in(wanted: Wanted, actor: Actor) -> Iterator[Found]:
    since, before = wanted.span
    rows = Received.objects.within(notices.received_reach(actor))
    rows = rows.filter(received_at__gte=since, received_at__lt=before)
    texts = ("subject", "text", "from_name", "from_address", "to_addresses", ENCLOSED)
    rows = rows.filter(wanted.maybe(*texts)).distinct().order_by()
    for row in rows.prefetch_related("enclosures"):
        sender = f"{row.from_name} <{row.from_address}>".strip()
        files = list(row.enclosures.all())
        text = _mail((("From", sender), ("To", row.to_addresses)), row.subject, row.text, files)
        if wanted.is_in(text):
            yield Found(MAIL_IN, str(row.pk), row.subject[:200], row.received_at, text)
            yield from _enclosed(files, row.received_at)


def _mail_out(wanted: Wanted, actor: Actor) -> Iterator[Found]:
    since, before = wanted.span
    rows = Message.objects.within(notices.reach(actor))
    rows = rows.filter(queued_at__gte=since, queued_at__lt=before)
    texts = ("subject", "text", "to_name", "to_address", ENCLOSED)
    rows = rows.filter(wanted.maybe(*texts)).distinct().order_by()
    for row in rows.prefetch_related("enclosures"):
        files = list(row.enclosures.all())
        to = f"{row.to_name} <{row.to_address}>".strip()
        text = _mail((("To", to),), row.subject, row.text, files)
        if wanted.is_in(text):
            yield Found(MAIL_OUT, str(row.pk), row.subject[:200], row.queued_at, text)
            yield from _enclosed(files, row.queued_at)


def _mail(
    heads: Sequence[tuple[str, str]], subject: str, text: str, files: Sequence[Document]
) -> str:
    lines = [f"{label}: {value}" for label, value in heads if value]
    lines.append(f"Subject: {subject}")
    if files:
        lines.append("Enclosed: " + ", ".join(sorted(file.name for file in files)))
    return "\n".join(lines) + f"\n\n{text.strip()}"


def _enclosed(files: Iterable[Document], at: datetime) -> Iterator[Found]:
    for file in files:
        yield _file(file, at, "")


def _files(wanted: Wanted, actor: Actor) -> Iterator[Found]:
    since, before = wanted.span
    rows = Attachment.objects.within(documents.attachment_reach(actor))
    rows = rows.filter(added_at__gte=since, added_at__lt=before, removed_at=None)
    rows = rows.annotate(name=F("document__name")).filter(wanted.maybe("name", "caption"))
    for row in rows.order_by().select_related("document"):
        if wanted.is_in(f"{row.document.name}\n{row.caption}"):
            yield _file(row.document, row.added_at, row.caption)


def _file(document: Document, at: datetime, caption: str) -> Found:
    text = f"{document.name}\n{caption}".strip()
    key = str(document.pk)
    return Found(FILES, key, document.name[:200], at, text, document_id=document.pk)


SHELVES: Mapping[str, Callable[[Wanted, Actor], Iterator[Found]]] = {
    LINES: _lines,
    MATTERS: _matters,
    MAIL_IN: _mail_in,
    MAIL_OUT: _mail_out,
    FILES: _files,
}
