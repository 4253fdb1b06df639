"""Sheets for one's pocket: a briefing memo, an after-action note, and the ledger of a walk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.matters.queries import kinds_of
from wardroom.reporting.actions import keep_policy_memo, keep_sheet
from wardroom.reporting.queries import sheets
from wardroom.reporting.rules.sheets import LEDGER, MEMO, OF_EVENTS, POLICY, Part, Sheet
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.reports.rows import WORD, sent
from wardroom.web.reports.views import HOME
from wardroom.web.rows import matter_address
from wardroom.web.ui.forms import DayField, Form, LongText, speak_plainly, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Table, table

READ_AGAIN = timedelta(weeks=4)
Begun = tuple[Sheet, Form, Callable[[dict[str, Any]], object]]


@require_safe
def sheet(request: HttpRequest, kind: str, about_id: int) -> HttpResponse:
    """A memo, a note or a ledger on a page, with the same on paper and in Word."""
    fresh = request.GET.get("fresh") == "1"
    found = sheets.sheet(kind, about_id, actor_of(request), at=stamp_of(request).at, fresh=fresh)
    return page(
        request,
        "reports/sheet.html",
        title=f"{found.kind_label}: {found.title}",
        crumbs=(HOME, Crumb(found.kind_label)),
        found=found,
        parts=[(part, _table(part)) for part in found.shown],
        about=_about(request, found),
        editable=sheets.may_edit(kind, about_id, actor_of(request)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_edit(request: HttpRequest, kind: str, about_id: int) -> HttpResponse:
    """Edit the memo or the note of an event, or the memo on a policy, and keep it."""
    begin = _memo_to_write if kind == POLICY else _sheet_to_edit
    found, form, keep = begin(request, kind, about_id)
    if request.method == "POST" and submit(form, keep) is not None:
        return go_on(request, reverse("sheet", args=[kind, about_id]), "Kept as you wrote it.")
    return page(
        request,
        "reports/sheet_edit.html",
        title=f"Edit: {found.kind_label}",
        crumbs=(
            HOME,
            Crumb(found.kind_label, reverse("sheet", args=[kind, about_id])),
            Crumb("Edit"),
        ),
        status=form.status,
        found=found,
        form=form,
    )


def _sheet_to_edit(request: HttpRequest, kind: str, about_id: int) -> Begun:
    actor, stamp = actor_of(request), stamp_of(request)
    event = sheets.get_event_to_edit(kind, about_id, actor)
    fresh = request.GET.get("fresh") == "1"
    found = sheets.sheet_for_all(kind, event, actor, at=stamp.at, fresh=fresh)
    form = SheetForm(request.POST if request.method == "POST" else None, found=found)

    def keep(given: dict[str, Any]) -> object:
        return keep_sheet(event, kind=kind, texts=form.texts(given), stamp=stamp)

    return found, form, keep


def _memo_to_write(request: HttpRequest, kind: str, about_id: int) -> Begun:
    actor, stamp = actor_of(request), stamp_of(request)
    matter = sheets.get_policy_to_write_on(about_id, actor)
    found = sheets.memo_for_all(matter, actor, at=stamp.at)
    started = {"next_on": today_of(request) + READ_AGAIN}
    form = PolicyMemoForm(
        request.POST if request.method == "POST" else None, found=found, initial=started
    )

    def keep(given: dict[str, Any]) -> object:
        texts = form.texts(given)
        return keep_policy_memo(matter, texts=texts, next_on=given["next_on"], stamp=stamp)

    return found, form, keep


class SheetForm(Form):
    """The sentences of a sheet, part by part; a table stays as it was drafted."""

    name = "sheet"

    def __init__(self, *args: Any, found: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n, part in enumerate(found.parts):
            if not part.editable:
                continue
            field = LongText(
                label=part.title,
                required=False,
                max_length=3000,
                help_text=part.ask,
                widget=forms.Textarea(attrs={"rows": max(2, len(part.lines))}),
            )
            speak_plainly(field)
            self.fields[f"part_{n}"] = field
            self.initial[f"part_{n}"] = "\n".join(part.lines)

    def texts(self, given: dict[str, Any]) -> dict[str, str]:
        """What was written, by the place of its part."""
        parts = {name: text for name, text in given.items() if name.startswith("part_")}
        return {name.removeprefix("part_"): text for name, text in parts.items()}


class PolicyMemoForm(SheetForm):
    """What the director makes of the numbers, and when to read what is said from now on."""

    next_on = DayField(label="Read what was said since by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next_on"] = self.fields.pop("next_on")


@require_safe
def sheet_pdf(request: HttpRequest, kind: str, about_id: int) -> HttpResponse:
    """The same on paper."""
    at = stamp_of(request).at
    name, content = sheets.sheet_pdf(kind, about_id, actor_of(request), at=at)
    return sent(name, content, "application/pdf")


@require_safe
def sheet_word(request: HttpRequest, kind: str, about_id: int) -> HttpResponse:
    """The same as a Word file."""
    at = stamp_of(request).at
    name, content = sheets.sheet_word(kind, about_id, actor_of(request), at=at)
    return sent(name, content, WORD)


def _table(part: Part) -> Table | None:
    if not part.rows:
        return None
    rows = [(Cell(row[0], main=True), *(Cell(cell) for cell in row[1:])) for row in part.rows]
    columns = [Column(word) for word in part.head]
    return table(part.title, columns, rows, empty=part.none, caption_hidden=True)


def _about(request: HttpRequest, found: Sheet) -> str:
    """The page of what the sheet is about."""
    if found.kind == MEMO:
        kinds = kinds_of(actor_of(request), [found.key])
        return matter_address(kinds[found.key], found.key)
    if found.kind in OF_EVENTS:
        return reverse("event", args=[found.key])
    if found.kind == POLICY:
        return reverse("policy", args=[found.key])
    return reverse("walk_ledger" if found.kind == LEDGER else "outing", args=[found.key])
