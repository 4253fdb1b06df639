"""Candidates: the ranked list with its map, one candidate's file, and the decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.library.queries import topics
from wardroom.problems import actions, queries
from wardroom.problems.queries import CandidateFile, CandidateRow, Past
from wardroom.web.candidates.forms import DecideForm
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.rows import AS_OF, as_of_given, as_of_words, rows_address
from wardroom.web.ui import filters
from wardroom.web.ui.bars import monthly_bars
from wardroom.web.ui.forms import submit
from wardroom.web.ui.map import area_map, point_map
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, state_tag
from wardroom.web.wards import ward_choices

STATES = [
    ("undecided", "Undecided"),
    ("watch", "Watched"),
    ("refuse", "Refused"),
    ("designate", "Designated"),
    ("all", "All"),
]
COLUMNS = (
    Column("Rank and place", sort="rank"),
    Column("Episodes", sort="-episodes", number=True),
    Column("Times expected", sort="-ratio", number=True),
    Column("Active months", sort="-months", number=True),
)
STATE = Column("State")
PAST = ("decided_from", AS_OF)
SAID = {
    "watch": "Noted. The place comes back to you on the day you named.",
    "refuse": "Refused. The reason stays in the place's history.",
    "designate": "Designated. Now write its work plan.",
}


@require_safe
def candidate_list(request: HttpRequest) -> HttpResponse:
    """The ranked places that the latest detection put forward."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    wards = ward_choices(request)
    ward = filters.choice(request.GET, "ward", "Ward", wards)
    decided = filters.choice(request.GET, "decided", "State", STATES, default="undecided")
    troubles = [("", "Any trouble"), *((t.code, t.name) for t in topics() if not t.routine)]
    topic = filters.choice(request.GET, "topic", "Trouble", troubles)
    past = _past(request.GET)
    found = queries.candidate_page(
        actor,
        on=today_of(request),
        ward=ward.value or None,
        decided=decided.value,
        topic=topic.value or None,
        past=past,
        sort=request.GET.get("sort", "rank"),
        page=page_number(request.GET),
    )
    mixed = decided.value == "all" or bool(past and past.decided_from)
    points = [("ward", ward.value), ("decided", decided.value), ("topic", topic.value)]
    points += [(name, request.GET.get(name, "")) for name in PAST]
    return page(
        request,
        "candidates/list.html",
        title="Candidates",
        crumbs=(Crumb("Home", "/"), Crumb("Candidates")),
        filters=filters.bar(request.GET, ward, decided, topic, keep=("sort", *PAST)),
        found=found,
        map=area_map(rows_address("feed_candidates", points), ward=ward.value),
        table=table(
            _caption(found.total, past),
            (*COLUMNS, STATE) if mixed else COLUMNS,
            [_cells(row, ward=not ward.value, state=mixed) for row in found.rows],
            empty="No place fits these filters. Choose another state or ward.",
            state=request.GET,
            sort=found.sort,
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_safe
def candidate(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """One candidate: why it is here, the requests behind it, and the decision."""
    return _page(request, _file(request, candidate_id), DecideForm())


@takes_form()
def decide(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """Watch, refuse or designate."""
    row = queries.get_candidate(candidate_id, actor_of(request))
    form = DecideForm(request.POST)
    decision = submit(
        form, lambda given: actions.decide_candidate(row, **given, stamp=stamp_of(request))
    )
    if decision is None:
        return _page(
            request,
            queries.candidate_file(candidate_id, actor_of(request), on=today_of(request)),
            form,
        )
    verdict = form.cleaned_data["verdict"]
    file = queries.candidate_file(candidate_id, actor_of(request), on=today_of(request))
    matter = next((d.matter_id for d in file.decisions if d.matter_id), None)
    if verdict == "designate" and matter is not None:
        return go_on(request, reverse("location", args=[matter]), SAID[verdict])
    return go_on(request, reverse("candidate", args=[candidate_id]), SAID[verdict])


def _file(request: HttpRequest, candidate_id: int) -> CandidateFile:
    return queries.candidate_file(candidate_id, actor_of(request), on=today_of(request))


def _page(request: HttpRequest, file: CandidateFile, form: DecideForm) -> HttpResponse:
    row = file.row
    behind = rows_address("requests", [("place_key", str(file.place_key))])
    return page(
        request,
        "candidates/file.html",
        title=row.label,
        crumbs=(Crumb("Candidates", "/candidates/"), Crumb(row.label)),
        status=form.status,
        file=file,
        row=row,
        form=form,
        behind=behind,
        bars=monthly_bars(
            file.months, caption="Episodes that began here, month by month", unit="episodes"
        ),
        map=point_map(row.latitude, row.longitude, row.label),
        may_decide="decide_candidate" in file.allowed,
    )


def _cells(row: CandidateRow, *, ward: bool, state: bool) -> tuple[Cell, ...]:
    cells = (
        Cell(
            f"{row.rank}. {row.label}",
            href=reverse("candidate", args=[row.id]),
            sub=" · ".join(_why(row, ward=ward)),
            main=True,
        ),
        Cell(f"{row.episodes:,}", number=True),
        Cell(f"{row.ratio:.1f}", number=True),
        Cell(f"{row.active_months} of 12", number=True),
    )
    return (*cells, Cell(tags=(state_tag(row.state),))) if state else cells


def _why(row: CandidateRow, *, ward: bool) -> Iterator[str]:
    if ward:
        yield f"Ward {row.ward_code}"
    if row.topics:
        yield ", ".join(row.topics[:3])
    if row.returns:
        yield f"came back {row.returns} {'time' if row.returns == 1 else 'times'}"


def _past(given: Mapping[str, str]) -> Past | None:
    at = as_of_given(given)
    return Past(at, filters.as_day(given.get("decided_from", ""))) if at else None


def _caption(total: int, past: Past | None) -> str:
    places = counted(total, "place")
    if past is None:
        return f"{places}, the clearest case first"
    since = past.decided_from
    decided = f" decided from {day_text(since)} on" if since else ""
    return f"{places}{decided}{as_of_words(past.at)}"
