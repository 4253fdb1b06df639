"""A location's file: its analysis, its story, and taking it up again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.access.actor import Stamp
from wardroom.kernel.errors import NotAllowed
from wardroom.problems import queries
from wardroom.problems.actions import reopen_location, write_analysis
from wardroom.problems.queries import LocationFile, StoryLine
from wardroom.problems.rules.stories import BOUNDARIES, SORTS
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.locations.file_forms import AnalysisForm, ReopenForm
from wardroom.web.locations.views import location_page
from wardroom.web.ui import filters
from wardroom.web.ui.forms import submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table
from wardroom.web.ui.words import counted, day_text

THEN = (
    Column("From"),
    Column("Ward"),
    Column("ANC"),
    Column("SMD"),
    Column("Liaison"),
)


@dataclass(frozen=True)
class Told:
    """A line of the story with its page."""

    line: StoryLine
    sort: str
    href: str


@require_http_methods(["GET", "HEAD", "POST"])
def analysis(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Write what you make of the trouble; the earlier text stays in the history."""
    actor = actor_of(request)
    file = queries.analysis_file(matter_id, actor)
    if "write_analysis" not in file.allowed:
        raise NotAllowed
    location = queries.get_location(matter_id, actor)
    sent = request.method == "POST"
    form = AnalysisForm(request.POST if sent else None, initial=file.analysis.texts)
    if sent:
        done = submit(form, lambda given: _write(location, given, stamp_of(request)))
        if done is not None:
            address = reverse("location", args=[matter_id]) + "#analyze"
            return go_on(request, address, "The analysis was saved. The earlier text is kept.")
    return page(
        request,
        "locations/analysis.html",
        title="Analysis",
        crumbs=(
            Crumb("Locations", "/locations/"),
            Crumb(file.title, reverse("location", args=[matter_id])),
            Crumb("Analysis"),
        ),
        status=form.status,
        form=form,
        file=file,
    )


def _write(location: Any, given: dict[str, Any], stamp: Stamp) -> Any:
    answers = {name: text for name, text in given.items() if name != "seen"}
    return write_analysis(location, answers=answers, seen=given["seen"], stamp=stamp)


@takes_form()
def reopen(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Take a location up that was left: the same file is open again."""
    actor = actor_of(request)
    file: LocationFile = queries.location_file(matter_id, actor, at=stamp_of(request).at)
    location = queries.get_location(matter_id, actor)
    form = ReopenForm(request.POST)

    def act(given: dict[str, Any]) -> Any:
        return reopen_location(
            location,
            reason=given["reason"],
            next_on=given["next_on"],
            relapsed=given["how"] == "relapsed",
            stamp=stamp_of(request),
        )

    if submit(form, act) is None:
        return location_page(request, file, failed={"reopen": form})
    return go_on(request, reverse("location", args=[matter_id]), "The file is open again.")


@require_safe
def story(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Everything that ever happened at the place, by sort of line."""
    sort = filters.choice(request.GET, "sort", "What", [("", "Everything"), *SORTS.items()])
    found = queries.place_story(
        matter_id,
        actor_of(request),
        on=today_of(request),
        sort=sort.value,
        page=page_number(request.GET),
    )
    return page(
        request,
        "locations/story.html",
        title="Everything that happened here",
        crumbs=(
            Crumb("Locations", "/locations/"),
            Crumb(found.title, reverse("location", args=[matter_id])),
            Crumb("Story"),
        ),
        story=found,
        filters=filters.bar(request.GET, sort),
        lines=[Told(line, SORTS[line.sort], _address(line)) for line in found.lines],
        caption=counted(found.total, "line"),
        paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        then=table(
            "Where it lay, and who was liaison, the newest first",
            THEN,
            [
                (
                    Cell(
                        day_text(row.from_on),
                        sub=f"to {day_text(row.until_on)}" if row.until_on else "until today",
                        main=True,
                    ),
                    Cell(row.ward or "-"),
                    Cell(row.anc or "-"),
                    Cell(row.smd or "-"),
                    Cell(row.liaison or "nobody"),
                )
                for row in found.then
            ],
            empty="No boundary is known for this place.",
            caption_hidden=True,
        ),
    )


def _address(line: StoryLine) -> str:
    if line.sort == BOUNDARIES:
        return reverse("area", args=[line.noun, line.key])
    return reverse(line.noun, args=[line.key]) if line.noun else ""
