"""Files of services: read, shown row by row, written or taken back; and everything as a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.library import policy
from wardroom.library.actions import read_service_file, take_services_back, write_service_file
from wardroom.library.queries import (
    everything_nested,
    everything_packed,
    get_service_import,
    service_imports,
    service_preview,
)
from wardroom.library.queries.imports import ImportRow
from wardroom.library.rules.hsds.comparing import CHANGED, NEW, REFUSED, SAME, STATES
from wardroom.library.rules.hsds.reading import LARGEST_FILE
from wardroom.library.rules.hsds.tables import TABLES
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.referrals.listed import HOME
from wardroom.web.reports.rows import streamed
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, table
from wardroom.web.ui.words import counted, instant_text

TONES = {NEW: "good", CHANGED: "accent", SAME: "", REFUSED: "bad"}
HERE = "Files of services"


class FileForm(Form):
    """A file by HSDS 3.0."""

    name = "services"

    file = forms.FileField(
        label="A file of services (HSDS 3.0: CSV data package as ZIP, or JSON; up to 5 MB)",
        allow_empty_file=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def service_files(request: HttpRequest) -> HttpResponse:
    """Read a file of services; what it would do is shown before anything is written."""
    actor = actor_of(request)
    if not policy.may_import_services(actor, None):
        raise NotAllowed
    sent = request.method == "POST"
    form = FileForm(request.POST if sent else None, request.FILES if sent else None)
    made = submit(form, lambda given: _read(request, given["file"])) if sent else None
    if made is not None:
        return go_on(request, reverse("service_file", args=[made.pk]), "")
    columns = (Column("File"), Column("What it did"), Column("Read"), Column("Since then"))
    return page(
        request,
        "referrals/import.html",
        title=HERE,
        crumbs=(HOME, Crumb(HERE)),
        status=form.status,
        form=form,
        table=table(
            "Last files",
            columns,
            [_cells(row) for row in service_imports(actor)],
            empty="No file was read yet.",
        ),
    )


@require_safe
def service_file_read(request: HttpRequest, import_id: int) -> HttpResponse:
    """One file: what it would do, or what it did."""
    found = service_preview(import_id, actor_of(request))
    columns = (Column("Row"), Column("What"), Column("What would change"))
    rows = [
        (
            Cell(row.name or row.id, tags=(Tag(STATES[row.state], TONES[row.state]),), main=True),
            Cell(TABLES[row.table].label),
            Cell(
                row.why
                or "; ".join(
                    f"{d.column}: {d.before or 'nothing'} → {d.after}" for d in row.differs
                )
            ),
        )
        for row in found.rows
    ]
    return page(
        request,
        "referrals/import_file.html",
        title=found.row.source,
        crumbs=(HOME, Crumb(HERE, reverse("service_files")), Crumb(found.row.source)),
        found=found,
        counts=[(STATES[code], n, TONES[code]) for code, n in found.counts.items() if n],
        table=table(
            "Rows of the file", columns, rows, empty="Nothing of it is new.", caption_hidden=True
        ),
    )


@takes_form()
def service_file_move(request: HttpRequest, import_id: int, verb: str) -> HttpResponse:
    """Write a file as it was shown, or take it back whole."""
    made = get_service_import(import_id, actor_of(request))
    if verb == "write":
        digest = request.POST.get("digest", "")
        done = write_service_file(made, digest=digest, stamp=stamp_of(request))
        said = f"{counted(done.added, 'row')} added, {done.changed:,} changed."
    elif verb == "undo":
        done = take_services_back(made, stamp=stamp_of(request))
        said = "The file was taken back."
        if done.kept:
            said += f" {counted(len(done.kept), 'row')} stayed, because of later changes."
    else:
        raise Http404
    return go_on(request, reverse("service_file", args=[import_id]), said)


@require_safe
def as_package(request: HttpRequest) -> StreamingHttpResponse:
    """Every service as a CSV data package."""
    if not actor_of(request).is_staff:
        raise NotAllowed
    made = everything_packed(actor_of(request))
    return streamed(request, "services.zip", made, "application/zip")


@require_safe
def as_json(request: HttpRequest) -> StreamingHttpResponse:
    """Every service as JSON, each with everything that belongs to it."""
    if not actor_of(request).is_staff:
        raise NotAllowed
    made = _listed(everything_nested(actor_of(request)))
    return streamed(request, "services.json", made, "application/json")


def _listed(services: Iterable[dict[str, object]]) -> Iterator[bytes]:
    """A list in JSON, one of its things after the other."""
    before = "[\n"
    for service in services:
        yield (before + json.dumps(service, indent=1, ensure_ascii=False)).encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _read(request: HttpRequest, file: Any) -> Any:
    size, name = getattr(file, "size", 0), getattr(file, "name", "")
    if size > LARGEST_FILE:
        raise Refused("too_large", "Keep the file within five megabytes.", field="file")
    data = file.read()
    return read_service_file(None, data=data, source=name, stamp=stamp_of(request))


def _cells(row: ImportRow) -> tuple[Cell, ...]:
    since: tuple[Tag, ...]
    if row.undone_at:
        since = (Tag("Taken back"),)
    else:
        since = () if row.written_at else (Tag("Not imported yet", "warn"),)
    did = f"{row.added:,} added, {row.changed:,} changed" if row.written_at else "Nothing yet"
    return (
        Cell(row.source, href=reverse("service_file", args=[row.id]), main=True),
        Cell(did),
        Cell(instant_text(row.read_at), sub=row.read_by),
        Cell(tags=since),
    )
