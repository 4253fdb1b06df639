"""The rotas with what people wish for them, and a new one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.office import actions
from wardroom.office.actions import RotaDraft
from wardroom.office.queries import (
    CrewRow,
    RotaRow,
    WishRow,
    crew_list,
    may_plan,
    oversees,
    rota_list,
    wish_list,
)
from wardroom.office.rules.rota import span_words
from wardroom.web.duty.forms import RotaForm
from wardroom.web.duty.showing import entered_words, rota_crumb, rota_tag, withdraw_control
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, table
from wardroom.web.ui.words import counted, day_text, instant_text
from wardroom.web.wards import all_wards

COLUMNS = (Column("Rota"), Column("Weeks"), Column("Turns"), Column("State"))
CREW = (Column("Who"), Column("Wards"), Column("Speaks on duty"))
WISHES = (Column("Who"), Column("What"), Column("Days"), Column("Do it here"))
MADE = "The draft has all its turns. Ask for a proposal, or give the turns by hand."


@require_safe
def rotas(request: HttpRequest) -> HttpResponse:
    """The rotas; drafts for those who plan, with what people wish."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    found, today = rota_list(actor), today_of(request)
    plans = _plans(request)
    wishes = wish_list(actor, from_on=today) if oversees(actor) else ()
    crew = crew_list(actor, on=today)
    return page(
        request,
        "duty/rotas.html",
        title="Rota",
        crumbs=(Crumb("Office"), Crumb("Rota")),
        plans=plans,
        table=table(
            counted(len(found), "rota"),
            COLUMNS,
            [_rota_cells(row) for row in found],
            empty="No rota was published yet."
            + (" Begin one: it has all its turns at once." if plans else ""),
        ),
        crew=table(
            counted(len(crew), "person", "people"),
            CREW,
            [_crew_cells(row) for row in crew],
            empty="Nobody is a liaison or staff today.",
        )
        if oversees(actor)
        else None,
        wishes=table(
            counted(len(wishes), "wish", "wishes"),
            WISHES,
            [_wish_cells(row) for row in wishes],
            empty="Nobody has told of any days.",
        )
        if oversees(actor)
        else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rota_new(request: HttpRequest) -> HttpResponse:
    """Begin a rota."""
    if not _plans(request):
        raise NotAllowed
    form = RotaForm(posted(request), ward_codes=all_wards(request))
    return new_page(
        request,
        "duty/rota_new.html",
        form,
        lambda given: actions.draft_rota(
            None,
            draft=RotaDraft(given["title"], given["from_on"], given["weeks"], form.pattern(given)),
            stamp=stamp_of(request),
        ),
        leads_to=lambda made: (reverse("rota", args=[made.pk]), MADE),
        title="Begin a rota",
        crumbs=(rota_crumb(), Crumb("Begin a rota")),
    )


def _rota_cells(row: RotaRow) -> tuple[Cell, ...]:
    gaps = (Tag(counted(row.gaps, "gap"), "bad"),) if row.gaps else ()
    said = f"Published {instant_text(row.published_at)} by {row.published_by}"
    return (
        Cell(
            row.name,
            href=reverse("rota", args=[row.id]),
            sub=f"Version {row.version}",
            main=True,
        ),
        Cell(day_text(row.from_on), sub=f"to {day_text(row.until_on)}"),
        Cell(str(row.turns), tags=gaps),
        Cell(tags=(rota_tag(row),), sub=said if row.published_at else f"Begun by {row.made_by}"),
    )


def _crew_cells(row: CrewRow) -> tuple[Cell, ...]:
    href = reverse("rota_person", args=[row.user_id]) if row.can_change else ""
    spoken = f"English, {row.spoken}" if row.spoken else "English"
    return (
        Cell(row.name, href=href, main=True),
        Cell(", ".join(row.wards) or "Any"),
        Cell(spoken),
    )


def _wish_cells(row: WishRow) -> tuple[Cell, ...]:
    return (
        Cell(row.name, sub=entered_words(row), main=True),
        Cell(row.kind_label),
        Cell(span_words(row.from_on, row.until_on)),
        Cell(controls=(withdraw_control(row),) if row.can_withdraw else ()),
    )


def _plans(request: HttpRequest) -> bool:
    return may_plan(actor_of(request))
