"""Candidates: the ranked list with its map, one candidate's file, and the decision."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.library.queries import topics
from wardroom.problems import actions, queries
from wardroom.problems.queries import CandidateFile, CandidatePage, Chosen, Past
from wardroom.problems.rules import COURSES, REPORTING_DEFINITIONS
from wardroom.web.candidates import lists
from wardroom.web.candidates.forms import SAID, STATES, DecideForm
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.rows import AS_OF, as_of_given, as_of_words, rows_address
from wardroom.web.ui import filters
from wardroom.web.ui.bars import Bars, monthly_bars
from wardroom.web.ui.forms import submit
from wardroom.web.ui.map import area_map, point_map
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Table, page_number, paging, table
from wardroom.web.ui.words import counted, day_text
from wardroom.web.wards import ward_choices

SURE = [("", "Sure enough to list"), ("all", "All that were weighed")]
PAST = ("decided_from", AS_OF)


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
    listed = lists.list_given(request.GET)
    sure = filters.choice(request.GET, "sure", "How sure", SURE)
    chosen = Chosen(
        listed=listed,
        sure=sure.value != "all",
        ward=ward.value or None,
        decided=decided.value,
        topic=topic.value or None,
    )
    found = queries.candidate_page(
        actor,
        on=today_of(request),
        chosen=chosen,
        past=past,
        sort=request.GET.get("sort", ""),
        page=page_number(request.GET),
    )
    shown = [ward, decided, topic, *([sure] if listed == "ordinary" else [])]
    points = [(item.name, item.value) for item in shown]
    points += [(name, request.GET.get(name, "")) for name in ("list", *PAST)]
    return page(
        request,
        "candidates/list.html",
        title="Candidates",
        crumbs=(Crumb("Home", "/"), Crumb("Candidates")),
        filters=filters.bar(request.GET, *shown, keep=("list", "sort", *PAST)),
        tabs=lists.tabs(request.GET, listed),
        lead=lists.LEADS[listed],
        found=found,
        map=area_map(rows_address("feed_candidates", points), ward=ward.value),
        table=_table(request, found, chosen, past),
        orders=lists.orders(request.GET, listed, office=found.weights is not None),
        adds=lists.adds_in_words(found.weights),
        told_of_evening=lists.told_of(found.evening),
        definitions=REPORTING_DEFINITIONS if found.evening else (),
        meant=lists.meant(listed),
    )


def _table(
    request: HttpRequest, found: CandidatePage, chosen: Chosen, past: Past | None
) -> Table:  # fmt: skip
    listed, office = chosen.listed, found.weights
    mixed = chosen.decided == "all" or bool(past and past.decided_from)
    ward = not chosen.ward
    return table(
        _caption(found.total, "office" if office else listed, past),
        lists.columns(listed, office=office is not None),
        [lists.cells(r, listed, ward=ward, state=mixed, office=office) for r in found.rows],
        empty=lists.EMPTY[listed],
        state=request.GET,
        sort=found.sort,
        paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
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
        bars=_bars(file),
        course=COURSES.get(row.course),
        course_tone=lists.TONES.get(row.course, ""),
        map=point_map(row.latitude, row.longitude, row.label, radius_m=row.radius_m),
        may_decide="decide_candidate" in file.allowed,
    )


def _bars(file: CandidateFile) -> Bars:
    if file.expected_a_month is None:
        return monthly_bars(
            file.months, caption="Reports of this case, month by month", unit="reports"
        )
    return monthly_bars(
        file.months,
        caption="Episodes that began here, month by month",
        unit="episodes",
        expected=file.expected_a_month,
    )


def _past(given: Mapping[str, str]) -> Past | None:
    at = as_of_given(given)
    return Past(at, filters.as_day(given.get("decided_from", ""))) if at else None


def _caption(total: int, listed: str, past: Past | None) -> str:
    places = counted(total, "place")
    if past is None:
        return f"{places}, {lists.ORDERS[listed]}"
    since = past.decided_from
    decided = f" decided from {day_text(since)} on" if since else ""
    return f"{places}{decided}{as_of_words(past.at)}"
