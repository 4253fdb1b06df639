"""What goes out with an answer: the records with their bars, the letter, the list, the hashes.

The papers are made of what is left, so that what was taken out is in no layer, title or
property of them; nor is the name of a file or the subject of a mail, which may hold a name.
The same answer gives the same bytes each time.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.city.queries import is_schematic
from wardroom.documents.gateways import content_pieces, read_content
from wardroom.documents.models import Document, Rendition
from wardroom.documents.rules import SERVED
from wardroom.kernel.errors import NotFound
from wardroom.kernel.text import long_day
from wardroom.library.queries import ExemptionRow, exemptions_on
from wardroom.records import rules
from wardroom.records.models import FoundRecord, RecordsRequest, Redaction, Release
from wardroom.records.queries.requests import get_record, get_request, spans_of
from wardroom.records.rules.redacting import pieces_of, reaching_words
from wardroom.records.rules.tongues import tongue_of
from wardroom.reporting.gateways.paper import typeset
from wardroom.reporting.rules.open_data import csv_lines

STANDING = Redaction.objects.filter(put_back_at=None).order_by("start", "pk")
BORN = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP file can hold; no clock is in the papers
LOG_HEAD = ("record", "what_it_is", "day", "kept_back", "code", "ground", "reason")
WHOLE, PARTS = "All of it", "1 place"
UNTOLD = "words that are not told here"
PREVIEW = "preview, not sent"


@dataclass(frozen=True)
class Answer:
    """What an answer is made of."""

    request: RecordsRequest
    on: date
    outcome: str
    words: str
    by_name: str
    rows: tuple[FoundRecord, ...]
    grounds: Mapping[str, ExemptionRow]

    @property
    def given(self) -> tuple[FoundRecord, ...]:
        """What goes out, in the order of its numbers."""
        return tuple(row for row in self.rows if row.decision == rules.RELEASE)

    @property
    def kept_back(self) -> tuple[FoundRecord, ...]:
        """What is kept back whole."""
        return tuple(row for row in self.rows if row.decision == rules.WITHHOLD)


def release_package(release: Release) -> tuple[str, bytes]:
    """Everything that goes out with an answer, as one ZIP file with the hashes of its parts."""
    answer = _answer(release.request, release.at, release.outcome, release.words, release.by_name)
    parts: dict[str, bytes] = {
        "letter.pdf": typeset(_letter(answer), template="records_letter"),
        "records.pdf": typeset(_paper(answer, mark=""), template="records_release"),
        "kept-back.csv": ("\ufeff" + csv_lines([LOG_HEAD, *log_rows(answer)])).encode(),
    }
    for row in answer.given:
        if row.document is not None:
            name, content = _file_of(row, row.document)
            parts[f"files/{name}"] = content
    parts["manifest.json"] = _manifest(answer, release, parts)
    number = release.request_id
    return f"records-request-{number}-answer-{release.pk}.zip", _zipped(parts)


def preview_paper(request_id: int, actor: Actor, *, at: datetime) -> tuple[str, bytes]:
    """The records as they would go out now, marked as a preview; undecided ones are not in it."""
    request = get_request(request_id, actor)
    answer = _answer(request, at, "", "", actor.name)
    content = typeset(_paper(answer, mark=PREVIEW), template="records_release")
    return f"records-request-{request.pk}-preview.pdf", content


def log_rows(answer: Answer) -> list[tuple[str, ...]]:
    """What was kept back or taken out: one line for each record and ground, with the reason."""
    lines: list[tuple[str, ...]] = []
    for row in answer.rows:
        head = (str(row.number), _kind(row), localdate(row.said_at).isoformat())
        if row.decision == rules.WITHHOLD:
            lines.append((*head, WHOLE, row.code, _ground(answer, row.code), row.reason))
        elif row.decision == rules.RELEASE:
            counts: dict[tuple[str, str], int] = {}
            for cut in row.redactions.all():
                key = (cut.code, cut.reason)
                counts[key] = counts.get(key, 0) + 1
            for (code, reason), many in sorted(counts.items()):
                extent = PARTS if many == 1 else f"{many} places"
                lines.append((*head, extent, code, _ground(answer, code), reason))
    return lines


def _answer(
    request: RecordsRequest, at: datetime, outcome: str, words: str, by_name: str
) -> Answer:
    rows = request.records.exclude(decision="").exclude(decision=rules.NOT_ASKED)
    on = localdate(at)
    return Answer(
        request=request,
        on=on,
        outcome=outcome,
        words=words,
        by_name=by_name,
        rows=tuple(
            rows.order_by("number")
            .select_related("document")
            .prefetch_related(Prefetch("redactions", queryset=STANDING), "document__renditions")
        ),
        grounds={row.code: row for row in exemptions_on(on)},
    )


def _paper(answer: Answer, *, mark: str) -> dict[str, Any]:
    used = {row.code for row in answer.kept_back} | {
        cut.code for row in answer.given for cut in row.redactions.all()
    }
    return {
        "title": f"Records request {answer.request.pk}",
        "lead": f"Answered on {long_day(answer.on)}"
        if not mark
        else f"As of {long_day(answer.on)}",
        "counts": _counts(answer),
        "on": answer.on.isoformat(),
        "mark": mark,
        "schematic": is_schematic(),
        "records": [_shown(row) for row in answer.given],
        "log": [
            [number, f"{kind}, {_day(day)}", extent, f"{code} {ground}".strip(), reason]
            for number, kind, day, extent, code, ground, reason in log_rows(answer)
        ],
        "grounds": [
            [row.code, row.name, row.meaning, row.citation]
            for code, row in answer.grounds.items()
            if code in used
        ],
    }


def _shown(row: FoundRecord) -> dict[str, Any]:
    spans = spans_of(tuple(row.redactions.all()))
    return {
        "number": row.number,
        "about": f"{_kind(row)} · {long_day(localdate(row.said_at))}",
        "file": f"files/{_file_name(row, row.document)}" if row.document is not None else "",
        "pieces": [
            {"bar": bool(piece.codes), "text": ", ".join(piece.codes) or piece.text}
            for piece in pieces_of(row.text, spans)
        ],
    }


def _letter(answer: Answer) -> dict[str, Any]:
    request = answer.request
    clock = [
        f"Your request {request.pk} came on {long_day(request.received_on)};"
        f" the answer was due on {long_day(request.due_on)}."
    ]
    if request.extended_for:
        clock.append(
            f"It took longer than the first day, {long_day(request.first_due_on)}:"
            f" {request.extended_for}"
        )
    return {
        "title": "Answer to your request for records",
        "on": answer.on.isoformat(),
        "schematic": is_schematic(),
        "name": request.name,
        "post": request.post,
        "asked": request.words,
        "clock": clock,
        "outcome": f"{rules.OUTCOMES[answer.outcome]}.",
        "counts": _counts(answer),
        "words": answer.words,
        "searches": [_searched(one, answer) for one in request.searches.order_by("pk")],
        "appeal": tongue_of("en").stands.appeal,
        "by": answer.by_name,
    }


def _searched(search: Any, answer: Answer) -> str:
    shelves = ", ".join(rules.KINDS[kind].lower() for kind in search.kinds)
    told = [term for term in search.terms if _may_be_told(term, answer)]
    words = [f"“{term}”" for term in told] + [UNTOLD] * (len(told) < len(search.terms))
    terms = ", ".join(words)
    many = "1 record" if search.found == 1 else f"{search.found} records"
    return (
        f"{long_day(localdate(search.at))}: {terms} from {long_day(search.from_on)} to"
        f" {long_day(search.until_on)}, in {shelves}: {many}."
    )


def _may_be_told(term: str, answer: Answer) -> bool:
    """Whether a word that was searched for gives nothing away that was taken out or kept back."""
    word = _plain(term)
    cuts = [
        _plain(row.text[cut.start : cut.end])
        for row in answer.given
        for cut in row.redactions.all()
    ]
    if reaching_words(term) or any(word in cut or cut in word for cut in cuts):
        return False
    left = (_plain(_left_of(row)) for row in answer.given)
    kept = (_plain(row.text) for row in answer.kept_back)
    return any(word in text for text in left) or not any(word in text for text in kept)


def _left_of(row: FoundRecord) -> str:
    pieces = pieces_of(row.text, spans_of(tuple(row.redactions.all())))
    return " ".join(piece.text for piece in pieces if not piece.codes)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _counts(answer: Answer) -> str:
    given = answer.given
    cut = sum(1 for row in given if row.redactions.all())
    out = "1 record goes out" if len(given) == 1 else f"{len(given)} records go out"
    return f"{out}, {cut} of them with parts taken out; {len(answer.kept_back)} kept back whole."


def _manifest(answer: Answer, release: Release, parts: Mapping[str, bytes]) -> bytes:
    said = {
        "request": release.request_id,
        "answer": release.pk,
        "answered_on": answer.on.isoformat(),
        "outcome": answer.outcome,
        "files": [
            {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(parts.items())
        ],
    }
    return (json.dumps(said, indent=2, sort_keys=True) + "\n").encode()


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(parts.items()):
            entry = zipfile.ZipInfo(name, BORN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return made.getvalue()


def _file_of(row: FoundRecord, document: Document) -> tuple[str, bytes]:
    """A file as it goes out: of a picture the one made anew, with nothing hidden in it."""
    made = _public(document.renditions.all())
    digest = made.digest if made is not None else document.digest
    return _file_name(row, document), read_content(digest)


def _file_name(row: FoundRecord, document: Document) -> str:
    made = _public(document.renditions.all())
    _, dot, suffix = document.name.rpartition(".")
    ending = ".jpg" if made is not None else f"{dot}{suffix}".lower() if dot else ""
    plain = ending if ending[1:].isalnum() and len(ending) <= 6 else ""
    return f"record-{row.number:04d}{plain}"


def _public(rows: Iterable[Rendition]) -> Rendition | None:
    return next((row for row in rows if row.variant == Rendition.Variant.PUBLIC), None)


def _kind(row: FoundRecord) -> str:
    return {
        rules.LINES: "Line of a timeline",
        rules.MATTERS: "Matter",
        rules.MAIL_IN: "Mail in",
        rules.MAIL_OUT: "Message out",
        rules.FILES: "File",
    }[row.noun]


def _ground(answer: Answer, code: str) -> str:
    found = answer.grounds.get(code)
    return found.name if found is not None else ""


def _day(text: str) -> str:
    on = date.fromisoformat(text)
    return f"{on:%b} {on.day}, {on.year}"


def record_bytes(request_id: int, number: int, actor: Actor) -> tuple[str, str, bytes]:
    """The file of a record as it came: its name, its type and its bytes; `NotFound` without one."""
    row = get_record(request_id, number, actor)
    if row.document is None:
        raise NotFound(f"record {number} of request {request_id} is no file")
    kind = row.document.media_type
    known = kind if kind in SERVED else "application/octet-stream"
    return _file_name(row, row.document), known, read_content(row.document.digest)


def release_pieces(request_id: int, release_id: int, actor: Actor) -> tuple[str, Iterator[bytes]]:
    """What went out with an answer, as it is on file, in pieces; `NotFound` before that."""
    request = get_request(request_id, actor)
    rows = request.releases.select_related("package").exclude(package=None)
    release: Release | None = rows.filter(pk=release_id).first()
    if release is None or release.package is None:
        raise NotFound(f"no answer {release_id} of records request {request_id}")
    return release.package.name, content_pieces(release.package.digest)
