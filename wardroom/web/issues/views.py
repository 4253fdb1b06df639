"""Taking a complaint in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.access.actor import Actor
from wardroom.casework.actions import take_in
from wardroom.casework.queries import (
    KnownHere,
    SpotMeant,
    get_party_seen,
    known_here,
    spot_meant,
)
from wardroom.casework.rules import CHANNELS
from wardroom.city.queries import get_place
from wardroom.directory.rules import LANGUAGES
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.library.queries import topics
from wardroom.matters.policy import may_see_matter
from wardroom.matters.queries import get_matter
from wardroom.web.data.taking import filled_by_mail, with_mail
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.issues.caller import check_caller_chosen, person_chosen
from wardroom.web.issues.forms import IntakeForm
from wardroom.web.issues.place import picked, picked_again
from wardroom.web.rows import number_meant, rows_address, takes_in
from wardroom.web.ui.forms import submit
from wardroom.web.ui.map import pick_map
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.words import counted, day_text
from wardroom.web.wards import all_wards, my_wards

UNKNOWN_NUMBER = "We have no 311 request with this number. It is kept as typed."
NUMBER_ALONE = "We have no 311 request with this number. Also say where it is and what was said."


@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Take a complaint in; while it is typed, say what is known of the place and the caller.

    Looking something up is a post too, so that no name stands in an address.
    """
    actor = actor_of(request)
    if not takes_in(actor):
        raise NotAllowed
    if request.method == "POST" and "look" not in request.POST:
        return _take(request)
    given = request.POST if request.method == "POST" else request.GET
    given = filled_by_mail(request, given)
    form = _form(request, initial={k: v for k, v in given.items() if k in IntakeForm.base_fields})
    if given.get("spot") and not given.get("place_text"):
        form.fields["place_text"].widget.attrs.pop("autofocus", None)
        form.fields["said"].widget.attrs["autofocus"] = True
    return _intake_page(request, form, given)


def _take(request: HttpRequest) -> HttpResponse:
    form = _form(request, data=request.POST)
    actor = actor_of(request)
    known = spot_meant(actor, at=stamp_of(request).at, districts=False, **_where(request.POST))

    def act(given: dict[str, Any]) -> Any:
        chosen = picked(request.POST)
        bare = not (given["said"].strip() or given["place_text"].strip() or known.place)
        if known.unknown_number and bare:
            raise Refused("unknown_number", NUMBER_ALONE, field="request_number")
        check_caller_chosen(actor, given, request.POST)
        place, request_said = known.place, known.request
        place_id = place.place_id if place is not None else chosen.place_id
        there = known.known
        if there is None and place_id is not None:
            there = get_place(place_id, actor)
        new_point = place is not None and place.place_id is None and place.latitude is not None
        person, onto = number_meant(given["person"]), number_meant(given["onto"])
        return take_in(
            None,
            place=there,
            spot=f"{place.latitude},{place.longitude}" if place and new_point else chosen.point,
            place_text=place.label if place and new_point else given["place_text"],
            name=given["name_"],
            phone=given["phone"],
            email=given["email"],
            consent=given["consent"],
            reporter=get_party_seen(person, actor) if person is not None else None,
            said=given["said"] or (request_said.sentence if request_said else ""),
            channel=given["channel"],
            topic_code=_topic(request.POST, known),
            anonymous=given["anonymous"],
            language=given["language"] or "en",
            interpreter=given["interpreter"],
            may_share=given["may_share"],
            request_number=given["request_number"],
            ward_code=given["ward_code"],
            onto=get_matter(onto, actor) if onto is not None else None,
            received_at=given["received_at"],
            stamp=stamp_of(request),
        )

    complaint = submit(form, with_mail(request, act))
    if complaint is None:
        return _intake_page(request, form, request.POST)
    matter = complaint.matter
    if not _sees(actor, matter):
        if f"matter:{matter.pk}" in actor.reach.sealed:
            return go_on(request, reverse("home"), "Taken in. Somebody looks after it already.")
        said = f"{_what_came(complaint)} It is in Ward {matter.ward_code}: "
        return go_on(request, reverse("home"), f"{said}{matter.owner.name} has it now.")
    address = reverse("issue", args=[matter.pk])
    return go_on(request, address, f"{_what_came(complaint)} {matter.owner.name} owns it.")


def _sees(actor: Actor, matter: Any) -> bool:
    """Whether the page of what was just taken in is open to the actor; mostly without a look."""
    if may_see_matter(actor, matter, ()):
        return True
    try:
        get_matter(matter.pk, actor)
    except NotFound:
        return False
    return True


def _what_came(complaint: Any) -> str:
    """Whether a new issue was opened or an open one got one more voice."""
    number = complaint.matter_id
    if complaint.is_one_more_voice:
        return f"Added to W-{number}: one more voice."
    return f"Taken in as W-{number}."


def _known(request: HttpRequest, given: Any) -> KnownHere:
    return known_here(
        actor_of(request),
        at=stamp_of(request).at,
        **_where(given),
        said=given.get("said", "")[:4000],
        topic_code=given.get("topic_code", "") or given.get("topic_pick", ""),
        name=given.get("name_", "")[:200],
        phone=given.get("phone", "")[:40],
        email=given.get("email", "")[:254],
    )


def _where(given: Any) -> dict[str, Any]:
    """What was picked and typed of the place, and the 311 number that may name it."""
    chosen = picked(given)
    return {
        "place_text": given.get("place_text", "")[:200],
        "place_id": chosen.place_id,
        "point": chosen.where,
        "label": chosen.label,
        "request_number": given.get("request_number", "")[:40],
    }


def _topic(given: Any, known: SpotMeant) -> str:
    """The topic that was chosen, or that the 311 request says."""
    chosen = given.get("topic_code", "") or given.get("topic_pick", "")
    return str(chosen or (known.request.topic_code if known.request else ""))


def _intake_page(request: HttpRequest, form: IntakeForm, given: Any) -> HttpResponse:
    known = _known(request, given)
    if known.unknown_number:
        form.fields["request_number"].help_text = UNKNOWN_NUMBER
    return page(
        request,
        "issues/intake.html",
        title="Take a complaint in",
        crumbs=(Crumb("Issues", "/issues/"), Crumb("Take a complaint in")),
        status=form.status,
        form=form,
        mail=given.get("mail", ""),
        known=known,
        map=pick_map(ward=str(form["ward_code"].value() or "")),
        typed=given.get("place_text", ""),
        onto=given.get("onto", ""),
        person=person_chosen(known, given),
        topic_pick=given.get("topic_pick", ""),
        spot=picked_again(known),
        nothing_known=_nothing(known),
        in_short=_in_short(known),
        behind=rows_address("requests", [("place_key", str(known.place_key))])
        if known.place_key is not None
        else "",
    )


def _form(request: HttpRequest, **kwargs: Any) -> IntakeForm:
    initial = {"channel": "phone", "language": "en"}
    if "data" not in kwargs:
        wards = my_wards(request)
        if len(wards) == 1:
            initial["ward_code"] = wards[0][0]
    initial |= kwargs.pop("initial", {})
    return IntakeForm(
        kwargs.get("data"),
        initial=initial,
        topics=lambda: [(t.code, t.name) for t in topics() if not t.routine],
        channels=tuple(CHANNELS.items()),
        languages=tuple(LANGUAGES.items()),
        wards=lambda: all_wards(request),
    )


def _nothing(known: KnownHere) -> bool:
    rows = (known.danger, known.found.rows, known.place, known.people, known.request)
    return not any((*rows, known.unknown_number, known.topics, known.expected))


def _in_short(known: KnownHere) -> tuple[str, ...]:
    """What is known, in a line, for the lower edge of a phone."""
    said = [counted(len(known.found.rows), "place") + " to choose from"] if known.found.rows else []
    if known.open_near:
        said.append(f"{len(known.open_near)} open here")
    if known.ground and known.ground.owner and not known.ground.owner.answers_to_city:
        said.append(f"ground of {known.ground.owner.owner_name}")
    if known.expected:
        said.append(f"expected {day_text(known.expected.due.due_on)}")
    if known.people or known.other_callers:
        said.append("caller known?")
    return tuple(said)
