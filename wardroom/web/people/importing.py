"""Contacts read in from a paste or a file: shown first, then written, and taken back whole."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.casework.queries import (
    STATES,
    ImportedParty,
    ImportPreview,
    PreviewRow,
    contact_imports,
    get_contact_import,
    import_file,
    import_preview,
)
from wardroom.directory import policy
from wardroom.directory.actions import import_contacts, undo_contact_import
from wardroom.directory.rules import LARGEST_FILE, text_of
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.ui.forms import Form
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, instant_text

TONES = {"new": "good", "changed": "accent", "same": "", "doubtful": "warn", "rejected": "bad"}
ORDER = ("doubtful", "rejected", "changed", "new", "same")


class ImportForm(Form):
    """A table or cards, pasted or as a file."""

    name = "contacts"

    text = forms.CharField(
        label="Paste a table or cards",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text="The first line of a table names its columns, such as Name, E-mail, Phone.",
    )
    file = forms.FileField(
        label="Or choose a file (CSV or vCard, up to 1 MB)", required=False, allow_empty_file=True
    )

    def given(self) -> tuple[str, str]:
        """The text and what it is called. Refuses: nothing, a file that is no text, too much."""
        file = self.cleaned_data["file"]
        text = self.cleaned_data["text"].replace("\0", "")
        if file is not None:
            if file.size > LARGEST_FILE:
                raise Refused(
                    "too_large",
                    "Keep the file within one megabyte, and import it in parts.",
                    field="file",
                )
            return text_of(file.read()), file.name or ""
        if not text.strip():
            raise Refused("nothing_given", "Paste a table or choose a file.", field="text")
        if len(text.encode()) > LARGEST_FILE:
            raise Refused("too_large", "Keep it within one megabyte.", field="text")
        return text, self.data.get("source", "")[:120]


@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest) -> HttpResponse:
    """Show what a list of contacts would do; what was shown is then written, and no more."""
    actor = actor_of(request)
    if not policy.may_import_contacts(actor, None):
        raise NotAllowed
    sent = request.method == "POST"
    form = ImportForm(request.POST if sent else None, request.FILES if sent else None)
    if not sent or not form.is_valid():
        return _start(request, form)
    try:
        text, source = form.given()
        preview = import_preview(text, actor, chosen=_chosen(request))
    except Refused as no:
        form.refuse(no)
        return _start(request, form)
    if request.POST.get("preview") == preview.digest and "write" in request.POST:
        try:
            made = import_contacts(
                None, source=source, lines=preview.lines, stamp=stamp_of(request)
            )
        except Refused as no:
            return _show(request, preview, text, source, no.sentence)
        said = f"{counted(made.added, 'contact')} added, {made.changed} changed."
        return go_on(request, reverse("contacts_imported", args=[made.pk]), said)
    moved = "write" in request.POST
    warning = "This is not what you saw before. Look again, then import." if moved else ""
    return _show(request, preview, text, source, warning)


@require_safe
def imported(request: HttpRequest, import_id: int) -> HttpResponse:
    """One import, with whom it touched."""
    found = import_file(import_id, actor_of(request), page=page_number(request.GET))
    rows = [
        (
            Cell(row.name, href=reverse("party", args=[row.party_id]), main=True),
            Cell("Added" if row.added else "Changed"),
            Cell(tags=_since(row)),
        )
        for row in found.parties
    ]
    return page(
        request,
        "people/imported.html",
        title="An import of contacts",
        crumbs=(
            Crumb("People", reverse("people")),
            Crumb("Import contacts", reverse("contacts_import")),
            Crumb(found.row.source),
        ),
        found=found,
        table=table(
            counted(found.total, "contact"),
            (Column("Name"), Column("What was done"), Column("Since then")),
            rows,
            empty="Nobody of it is within your reach.",
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@takes_form()
def undo(request: HttpRequest, import_id: int) -> HttpResponse:
    """Take a whole import back."""
    made = get_contact_import(import_id, actor_of(request))
    done = undo_contact_import(made, stamp=stamp_of(request))
    kept = len(done.kept)
    said = "The import was taken back."
    if kept:
        said += f" {counted(kept, 'contact')} stayed, because more happened to them since."
    return go_on(request, reverse("contacts_imported", args=[import_id]), said)


def _since(row: ImportedParty) -> tuple[Tag, ...]:
    if row.gone:
        return (Tag("Taken out"),)
    return (Tag("Kept", "warn"),) if row.kept else ()


def _chosen(request: HttpRequest) -> dict[int, str]:
    """Of each doubtful row whom it means, as chosen."""
    found = {}
    for name, value in request.POST.items():
        line = name.removeprefix("row_")
        if name.startswith("row_") and line.isascii() and line.isdigit() and len(line) < 6:
            found[int(line)] = str(value)
    return found


def _start(request: HttpRequest, form: ImportForm) -> HttpResponse:
    rows = [
        (
            Cell(row.source, href=reverse("contacts_imported", args=[row.import_id]), main=True),
            Cell(f"{row.added} added, {row.changed} changed"),
            Cell(instant_text(row.made_at), sub=row.made_by),
            Cell(tags=(Tag("Taken back"),) if row.undone_at else ()),
        )
        for row in contact_imports(actor_of(request))
    ]
    columns = (Column("File"), Column("What it did"), Column("When"), Column("Since then"))
    return page(
        request,
        "people/import.html",
        title="Import contacts",
        crumbs=(Crumb("People", reverse("people")), Crumb("Import contacts")),
        status=form.status if not form.errors or form.status != 200 else 422,
        form=form,
        table=table("Last imports", columns, rows, empty="Nothing was imported yet."),
    )


def _show(
    request: HttpRequest, preview: ImportPreview, text: str, source: str, warning: str
) -> HttpResponse:
    shown = sorted(preview.rows, key=lambda row: ORDER.index(row.state))
    return page(
        request,
        "people/import_preview.html",
        title="What this import would do",
        crumbs=(
            Crumb("People", reverse("people")),
            Crumb("Import contacts", reverse("contacts_import")),
            Crumb("Preview"),
        ),
        status=409 if warning else 200,
        preview=preview,
        counts=[(STATES[code], n, TONES[code]) for code, n in preview.counts.items()],
        to_write=len(preview.lines),
        rows=[_row(row) for row in shown],
        text=text,
        source=source,
        warning=warning,
    )


def _row(row: PreviewRow) -> dict[str, Any]:
    draft = row.draft
    return {
        "row": row,
        "tag": Tag(STATES[row.state], TONES[row.state]),
        "reach": [value for _, value in draft.points],
        "line": draft.line,
    }
