"""Issues: the list, and taking a complaint in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.access.actor import Role
from wardroom.casework.actions import take_in
from wardroom.casework.queries import IssueRow, KnownHere, issue_page, known_here
from wardroom.casework.rules import CHANNELS
from wardroom.city.queries import get_place
from wardroom.directory.queries import get_person_noted
from wardroom.directory.rules import LANGUAGES
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.library.queries import topics
from wardroom.matters.queries import get_matter
from wardroom.web.data.taking import filled_by_mail, with_mail
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.issues.forms import IntakeForm
from wardroom.web.rows import number_meant, rows_address
from wardroom.web.ui import filters
from wardroom.web.ui.forms import submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, state_tag
from wardroom.web.wards import all_wards, my_wards, ward_choices

STATES = [("open", "Open"), ("closed", "Closed"), ("all", "All")]
COLUMNS = (
    Column("Issue"),
    Column("Topic"),
    Column("Voices", number=True),
    Column("Next", sort="next"),
    Column("Opened", sort="-opened"),
)


@require_safe
def issue_list(request: HttpRequest) -> HttpResponse:
    """The issues within reach, the soonest next date first."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    today = today_of(request)
    ward = filters.choice(request.GET, "ward", "Ward", ward_choices(request))
    state = filters.choice(request.GET, "state", "State", STATES, default="open")
    known = [("", "All topics"), *((t.code, t.name) for t in topics())]
    topic = filters.choice(request.GET, "topic", "Topic", known)
    back = filters.choice(
        request.GET, "back", "Came back", [("", "All"), ("yes", "Came back after closing")]
    )
    found = issue_page(
        actor,
        ward=ward.value,
        state=state.value,
        topic=topic.value,
        came_back=back.value == "yes",
        sort=request.GET.get("sort", "next"),
        page=page_number(request.GET),
    )
    return page(
        request,
        "issues/list.html",
        title="Issues",
        crumbs=(Crumb("Home", "/"), Crumb("Issues")),
        filters=filters.bar(request.GET, ward, state, topic, back, keep=("sort",)),
        table=table(
            counted(found.total, "issue"),
            COLUMNS,
            [_cells(row, today) for row in found.rows],
            empty="No issue answers to these filters. Take a complaint in to begin one.",
            state=request.GET,
            sort=found.sort,
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Take a complaint in; while it is typed, say what is known of the place and the caller.

    Looking something up is a post too, so that no name stands in an address.
    """
    actor = actor_of(request)
    if not actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF):
        raise NotAllowed
    if request.method == "POST" and "look" not in request.POST:
        return _take(request)
    given = request.POST if request.method == "POST" else request.GET
    given = filled_by_mail(request, given)
    form = _form(request, initial={k: v for k, v in given.items() if k in IntakeForm.base_fields})
    return _intake_page(request, form, given)


def _take(request: HttpRequest) -> HttpResponse:
    form = _form(request, data=request.POST)
    actor = actor_of(request)

    def act(given: dict[str, Any]) -> Any:
        place_id, spot = _chosen_place(request.POST), _chosen_spot(request.POST)
        person, onto = number_meant(given["person"]), number_meant(given["onto"])
        return take_in(
            None,
            place=get_place(place_id, actor) if place_id is not None else None,
            spot=spot.point,
            place_text=spot.label or given["place_text"],
            name=given["name_"],
            phone=given["phone"],
            email=given["email"],
            consent=given["consent"],
            reporter=get_person_noted(person, actor) if person is not None else None,
            said=given["said"],
            channel=given["channel"],
            topic_code=given["topic_code"],
            anonymous=given["anonymous"],
            language=given["language"] or "en",
            interpreter=given["interpreter"],
            may_share=given["may_share"],
            request_number=given["request_number"],
            ward_code=given["ward_code"],
            onto=get_matter(onto, actor) if onto is not None else None,
            stamp=stamp_of(request),
        )

    complaint = submit(form, with_mail(request, act))
    if complaint is None:
        return _intake_page(request, form, request.POST)
    matter = complaint.matter
    try:
        get_matter(matter.pk, actor)
    except NotFound:
        said = f"Taken in as W-{matter.pk}. It lies in Ward {matter.ward_code}: "
        return go_on(request, reverse("home"), f"{said}{matter.owner.name} has it now.")
    address = reverse("issue", args=[matter.pk])
    return go_on(request, address, f"Taken in as W-{matter.pk}. {matter.owner.name} owns it.")


def _intake_page(request: HttpRequest, form: IntakeForm, given: Any) -> HttpResponse:
    place_id, spot = _chosen_place(given), _chosen_spot(given)
    known = known_here(
        actor_of(request),
        at=stamp_of(request).at,
        place_text=given.get("place_text", "")[:200],
        place_id=place_id,
        point=spot.where,
        label=spot.label,
        said=given.get("said", "")[:4000],
        name=given.get("name_", "")[:200],
        phone=given.get("phone", "")[:40],
        email=given.get("email", "")[:254],
    )
    return page(
        request,
        "issues/intake.html",
        title="Take a complaint in",
        crumbs=(Crumb("Issues", "/issues/"), Crumb("Take a complaint in")),
        status=form.status,
        form=form,
        mail=given.get("mail", ""),
        known=known,
        typed=given.get("place_text", ""),
        onto=given.get("onto", ""),
        person=given.get("person", ""),
        spot=given.get("spot", "") if known.place is not None else "",
        nothing_known=_nothing(known),
        behind=rows_address("requests", [("place_key", str(known.place_key))])
        if known.place_key is not None
        else "",
    )


def _form(request: HttpRequest, **kwargs: Any) -> IntakeForm:
    wards = my_wards(request)
    initial = {"channel": "phone", "language": "en"}
    if len(wards) == 1:
        initial["ward_code"] = wards[0][0]
    initial |= kwargs.pop("initial", {})
    return IntakeForm(
        kwargs.get("data"),
        initial=initial,
        topics=[(t.code, t.name) for t in topics() if not t.routine],
        channels=tuple(CHANNELS.items()),
        languages=tuple(LANGUAGES.items()),
        wards=all_wards(request),
    )


@dataclass(frozen=True)
class Spot:
    """A point that was picked, and what it is called."""

    point: str = ""
    label: str = ""

    @property
    def where(self) -> tuple[float, float] | None:
        """The point as latitude and longitude, or none where nothing fitting was sent."""
        try:
            latitude, longitude = (float(part) for part in self.point.split(","))
        except ValueError:
            return None
        return latitude, longitude


def _picked(given: Any) -> str:
    """What was picked from the list, unless other words were typed since."""
    typed = " ".join(given.get("place_text", "").split())
    for_words = given.get("spot_for")
    if for_words is not None and " ".join(for_words.split()) != typed:
        return ""
    return str(given.get("spot", ""))


def _chosen_place(given: Any) -> int | None:
    spot = _picked(given)
    return number_meant(spot.removeprefix("id:")) if spot.startswith("id:") else None


def _chosen_spot(given: Any) -> Spot:
    spot = _picked(given)
    point, _, label = spot.removeprefix("at:").partition("|")
    return Spot(point, label[:200]) if spot.startswith("at:") else Spot()


def _nothing(known: KnownHere) -> bool:
    rows = (known.danger, known.found.rows, known.place, known.people)
    return not any(rows)


def _cells(row: IssueRow, today: Any) -> tuple[Cell, ...]:
    late = row.next_on is not None and row.next_on < today
    tags = [state_tag("closed")] if row.state == "closed" else []
    tags += [Tag("Came back", "bad")] if row.came_back else []
    return (
        Cell(
            row.title,
            href=reverse("issue", args=[row.matter_id]),
            sub=f"W-{row.matter_id} · Ward {row.ward_code} · {row.owner_name}",
            tags=tuple(tags),
            main=True,
        ),
        Cell(row.topic_name or "-"),
        Cell(f"{row.voices:,}", number=True),
        Cell(
            day_text(row.next_on) or "-",
            tags=(Tag("Overdue", "bad"),) if late else (),
            sub=row.next_step,
        ),
        Cell(day_text(row.opened_on)),
    )
