"""What groups work by: the documents, issuing and changing one, and who accepted it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.engagement import actions
from wardroom.engagement.queries.groups import get_group
from wardroom.engagement.queries.guidelines import (
    AcceptedRow,
    GuidelineFile,
    get_guideline,
    guideline_file,
    guideline_list,
    may_issue_guidelines,
)
from wardroom.engagement.rules.group_plans import GUIDELINES
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.groups import work_forms
from wardroom.web.groups.views import crumbs
from wardroom.web.ui.moves import (
    Failed,
    Move,
    as_filled_in,
    make,
    offers,
    takes_move,
)
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, table
from wardroom.web.ui.words import counted, day_text

COLUMNS = (Column("Document"), Column("Version"), Column("Groups that have it"))
GROUPS = (Column("Group"), Column("Has version"), Column("Accepted"))


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The frameworks and guidelines, and how many groups have the newest version of each."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    rows = guideline_list(actor)
    cells = [
        (
            Cell(
                row.title,
                href=reverse("guideline", args=[row.id]),
                sub=GUIDELINES[row.kind],
                main=True,
            ),
            Cell(str(row.version), sub=day_text(row.issued_on)),
            Cell(f"{row.accepted} of {row.groups}"),
        )
        for row in rows
    ]
    return page(
        request,
        "groups/guidelines.html",
        title="Guidelines for groups",
        crumbs=(*crumbs(), Crumb("Guidelines")),
        issues=may_issue_guidelines(actor),
        table=table(counted(len(rows), "document"), COLUMNS, cells, empty="None was issued yet."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Issue a framework or a guideline."""
    if not may_issue_guidelines(actor_of(request)):
        raise NotAllowed
    return new_page(
        request,
        "groups/work_new.html",
        work_forms.GuidelineForm(posted(request)),
        lambda given: actions.issue_guideline(None, **given, stamp=stamp_of(request)),
        leads_to=lambda made: (reverse("guideline", args=[made.pk]), "Issued as version 1."),
        title="Issue a guideline",
        lead="Each change is a version of its own, and each group accepts the newest one.",
        button="Issue it",
        back=reverse("guidelines"),
        crumbs=(*_crumbs(), Crumb("Issue a guideline")),
    )


@require_safe
def guideline(request: HttpRequest, guideline_id: int) -> HttpResponse:
    """One document: its words, its versions, and which version each group has."""
    return _page(request, guideline_file(guideline_id, actor_of(request)), {})


@takes_move(("revise", "accept"))
def make_move(request: HttpRequest, guideline_id: int, verb: str) -> HttpResponse:
    """Change a document, or note that a group accepted it."""
    file = guideline_file(guideline_id, actor_of(request))
    move = _moves(request, file)[verb]
    return make(
        request,
        move,
        get_guideline(guideline_id, actor_of(request)),
        move.form(request.POST),
        address=reverse("guideline", args=[guideline_id]),
        again=lambda form: _page(request, file, {verb: form}),
    )


def _moves(request: HttpRequest, file: GuidelineFile) -> dict[str, Move]:
    owing = [(str(row.group_id), row.group_name) for row in file.owing]
    return {
        "accept": Move(
            "accept",
            "Note that a group accepted it",
            _accept,
            "Noted.",
            lambda posted=None: work_forms.AcceptanceForm(
                posted, groups=owing, initial={"accepted_on": today_of(request)}
            ),
        ),
        "revise": Move(
            "revise",
            "Issue another version",
            as_filled_in(actions.revise_guideline),
            "Issued. Each group accepts it anew.",
            lambda posted=None: work_forms.ReviseForm(posted, initial={"text": file.newest.text}),
        ),
    }


def _accept(found: Any, given: dict[str, Any], request: HttpRequest) -> object:
    group = get_group(given.pop("group"), actor_of(request))
    return actions.accept_guideline(group, guideline=found, **given, stamp=stamp_of(request))


def _page(request: HttpRequest, file: GuidelineFile, failed: Failed) -> HttpResponse:
    cells = [
        (
            Cell(row.group_name, href=reverse("group", args=[row.group_id]), main=True),
            Cell(f"Version {row.version}" if row.version else "", tags=_owes(row, file)),
            Cell(day_text(row.accepted_on), sub=row.accepted_by),
        )
        for row in file.groups
    ]
    return page(
        request,
        "groups/guideline.html",
        title=file.title,
        crumbs=(*_crumbs(), Crumb(file.title)),
        file=file,
        kind=GUIDELINES[file.kind],
        **offers(_moves(request, file), file.allowed, failed),
        groups=table("Groups", GROUPS, cells, empty="There is no group yet.", caption_hidden=True),
    )


def _owes(row: AcceptedRow, file: GuidelineFile) -> tuple[Tag, ...]:
    if row.version == file.newest.version:
        return ()
    return (Tag("Not the newest" if row.version else "Not accepted", "warn"),)


def _crumbs() -> tuple[Crumb, ...]:
    return (*crumbs(), Crumb("Guidelines", reverse("guidelines")))
