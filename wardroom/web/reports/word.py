"""The Word templates of the office: handing one in, and putting a former one back."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.reporting import actions, queries
from wardroom.reporting.queries.word_templates import TemplateFile, TemplateRow
from wardroom.reporting.rules.kinds import MOST_BYTES, WORD_TEMPLATES
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.reports.forms import PutBackForm, WordTemplateForm
from wardroom.web.reports.rows import WORD, sent
from wardroom.web.reports.views import HOME
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, table
from wardroom.web.ui.words import instant_text

HOUSE, NUMBER = "house", re.compile(r"[1-9]\d{0,4}", re.ASCII)
COLUMNS = (Column("Version"), Column("File"), Column("When and by whom"), Column("State"))


@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The Word template of a kind of report; a file that is sent is tried, then taken."""
    queries.word_template_file(kind, actor_of(request))
    form = WordTemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        made = submit(form, lambda given: _take(request, kind, given["file"]))
        if made is not None:
            said = "The template was filled with a sample and taken. Word files are made with it."
            return go_on(request, reverse("word_template", args=[kind]), said)
    return _show(request, kind, form=form)


@takes_form()
def put_back(request: HttpRequest, kind: str) -> HttpResponse:
    """Put a former template back, or what stood before any was handed in."""
    queries.word_template_file(kind, actor_of(request))
    form = PutBackForm(request.POST)
    made = submit(
        form,
        lambda given: actions.put_back_word_template(
            None, report=kind, version=given["version"], stamp=stamp_of(request)
        ),
    )
    if made is None:
        return _show(request, kind, back=form)
    return go_on(request, reverse("word_template", args=[kind]), "That template counts again.")


@require_safe
def template_file(request: HttpRequest, kind: str, version: str) -> HttpResponse:
    """A version of a template as a file, or the one that comes with the house."""
    number = 0 if version == HOUSE else int(version) if NUMBER.fullmatch(version) else -1
    name, content = queries.word_template_content(kind, number, actor_of(request))
    return sent(name, content, WORD)


def _take(request: HttpRequest, kind: str, file: Any) -> Any:
    content = file.read(MOST_BYTES + 1)
    checked = queries.checked_word_template(kind, file.name, content, actor_of(request))
    return actions.take_word_template(None, checked=checked, stamp=stamp_of(request))


def _show(
    request: HttpRequest,
    kind: str,
    *,
    form: WordTemplateForm | None = None,
    back: PutBackForm | None = None,
) -> HttpResponse:
    file = queries.word_template_file(kind, actor_of(request))
    refused: Form | None = back or form
    title = f"Word template: {file.title}"
    former = {row.version: row for row in file.rows if not row.counts and row.name}
    return page(
        request,
        "reports/word.html",
        title=title,
        crumbs=(HOME, Crumb("Word templates")),
        status=refused.status if refused else 200,
        file=file,
        form=form or WordTemplateForm(),
        back=back,
        former=[*former],
        tabs=[
            (label, reverse("word_template", args=[code]), code == kind)
            for code, label in WORD_TEMPLATES.items()
        ],
        table=table(
            "The versions, the newest first",
            COLUMNS,
            [_row(file, row) for row in file.rows],
            empty="Nobody has handed one in yet.",
        ),
    )


def _row(file: TemplateFile, row: TemplateRow) -> tuple[Cell, ...]:
    href = reverse("word_template_file", args=[file.report, row.version]) if row.name else ""
    own = "The folder's" if file.in_folder else "The one that comes with Wardroom"
    counts = (Tag("Counts now", "good"),) if row.counts else ()
    return (
        Cell(f"Version {row.version}", main=True),
        Cell(row.name or own, href=href),
        Cell(instant_text(row.put_at), sub=row.put_by),
        Cell(tags=counts, sub="put back" if row.put_back else ""),
    )
