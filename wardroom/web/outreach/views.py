"""The map of silence: a map, a table that says the same, and what both rest on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardroom.analysis.definitions import REAL_CONTACT, SILENCE
from wardroom.directory.rules import LANGUAGES
from wardroom.engagement.queries.silence import Lens, SilencePage, SilenceRow, silence_page
from wardroom.engagement.rules.outreach import BY, KIND, KINDS, LANGUAGE, SMD, WARD
from wardroom.engagement.rules.silence import STATES
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.outreach import showing
from wardroom.web.rows import rows_address
from wardroom.web.ui import filters
from wardroom.web.ui.map import Map, shaded_map
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Table, page_number, paging, table
from wardroom.web.ui.words import counted
from wardroom.web.wards import ward_choices

COLUMNS = (
    Column("Who", sort="name"),
    Column("Without contact", sort="silent"),
    Column("Contacts the plan wants", sort="-contacts"),
)
COUNTED = {
    SMD: ("district", "districts"),
    WARD: ("ward", "wards"),
    LANGUAGE: ("language", "languages"),
    KIND: ("kind of group", "kinds of groups"),
}
LEAD = "How long nobody of the office was in touch, against what the plan wants."
EMPTY = "Nothing here fits these filters. Choose another ward or state, or look by wards."


@require_safe
def silence(request: HttpRequest) -> HttpResponse:
    """The map of silence within reach."""
    actor, state = actor_of(request), request.GET
    if not actor.is_staff:
        raise NotAllowed
    by = filters.choice(state, "by", "By", BY.items(), default=SMD)
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    language = filters.choice(state, "language", "Language", [("", "All"), *LANGUAGES.items()])
    kind = filters.choice(state, "group", "Kind of group", [("", "All"), *KINDS.items()])
    stands = filters.choice(state, "state", "State", [("", "All"), *STATES.items()])
    lens = Lens(by=by.value, ward=ward.value, language=language.value, group_kind=kind.value)
    found = silence_page(
        actor,
        lens,
        at=stamp_of(request).at,
        state=stands.value,
        sort=state.get("sort", "silent"),
        page=page_number(state),
    )
    return page(
        request,
        "outreach/silence.html",
        title="Map of silence",
        lead=LEAD,
        crumbs=(Crumb("Home", "/"), Crumb("Outreach")),
        tabs=showing.tabs(showing.SILENCE),
        filters=filters.bar(state, by, ward, language, kind, stands, keep=("sort",)),
        found=found,
        plan=found.plans.of(ward.value),
        counts=[(STATES[s], n, _count_address(lens, s)) for s, n in found.counts.items() if n],
        narrowed=bool(language.value or kind.value),
        map=_map(lens),
        key=showing.KEY,
        definitions=(REAL_CONTACT, SILENCE),
        table=_table(request, lens, found),
    )


def _table(request: HttpRequest, lens: Lens, found: SilencePage) -> Table:
    state = request.GET
    return table(
        counted(found.total, *COUNTED[lens.by]),
        COLUMNS,
        [_cells(row) for row in found.rows],
        empty=EMPTY,
        state=state,
        sort=found.sort,
        paging=paging(state, page=found.page, pages=found.pages, total=found.total),
    )


def _cells(row: SilenceRow) -> tuple[Cell, ...]:
    return (
        Cell(
            row.label,
            href=_address(row),
            sub=f"Ward {row.ward_code}" if row.by == SMD and row.ward_code else "",
            tags=showing.state_tags(row),
            main=True,
        ),
        Cell(showing.days_words(row), sub=showing.last_words(row.last_on)),
        Cell(
            showing.plan_words(row),
            sub=_named_in_plan(row),
            href=_behind(row) if row.contacts else "",
        ),
    )


def _named_in_plan(row: SilenceRow) -> str:
    return row.target.label if row.target is not None and row.target.key else ""


def _address(row: SilenceRow) -> str:
    """Whom to turn to there; a language or a kind of group is a list of people."""
    if row.by == SMD:
        return rows_address("touches", [("smd", row.key)])
    if row.by == WARD:
        return rows_address("touches", [("ward", row.key)])
    named = {LANGUAGE: "language", KIND: "kind"}
    return rows_address("people", [(named[row.by], row.key)])


def _behind(row: SilenceRow) -> str:
    """The contacts that were counted."""
    days = str(row.target.days) if row.target is not None else ""
    return rows_address("real_contacts", [("by", row.by), ("key", row.key), ("days", days)])


def _count_address(lens: Lens, state: str) -> str:
    return rows_address("outreach", [*_as_query(lens), ("state", state)])


def _as_query(lens: Lens) -> list[tuple[str, str]]:
    """The lens as it stands in an address."""
    place = [("by", lens.by), ("ward", lens.ward)]
    return [*place, ("language", lens.language), ("group", lens.group_kind)]


def _map(lens: Lens) -> Map | None:
    if lens.by not in (SMD, WARD):
        return None
    return shaded_map(
        rows_address("feed_silence", _as_query(lens)),
        "Map of the days without contact",
        ward=lens.ward,
    )
