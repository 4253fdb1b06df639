"""What can be noted on the page of somebody: each a form, an action, and what is said then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest

from wardroom.casework.queries import PartyFile, get_party_seen, seen_party_ids
from wardroom.directory import actions
from wardroom.directory.queries import get_own_seat, get_people_called
from wardroom.directory.rules import CHANNELS as WAYS
from wardroom.directory.rules import LANGUAGES, ORGANISATION_KINDS, OWN_KINDS, PURPOSES
from wardroom.kernel.errors import Refused
from wardroom.matters.actions import log_contact
from wardroom.matters.queries import get_matter
from wardroom.matters.rules import CHANNELS
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.people import forms
from wardroom.web.rows import number_meant, own_ward
from wardroom.web.ui.forms import Form


class Move(NamedTuple):
    """Something that can be noted here: how it is done, and what is said then."""

    act: Callable[[Any, dict[str, Any], HttpRequest], Any]
    said: str


def _contact(found: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    actor = actor_of(request)
    number = number_meant(given.pop("about"))
    matter = get_matter(number, actor) if number is not None else None
    return log_contact(
        matter, party=found, **given, ward_code=own_ward(actor), stamp=stamp_of(request)
    )


def _point(found: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.note_contact_point(found, **given, stamp=stamp_of(request))


def _bounced(found: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    actions.mark_bounced(found, **given, stamp=stamp_of(request))
    return found


def _consent(found: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    allowed = given.pop("said") == "yes"
    return actions.note_consent(found, given=allowed, **given, stamp=stamp_of(request))


def _end(found: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.end_contact_point(found, **given, stamp=stamp_of(request))


def _describe(found: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    words = actions.PartyWords(**given)
    return actions.describe_party(found, words=words, stamp=stamp_of(request))


def _rename(found: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.name_party(found, name=given["called"], on=given["on"], stamp=stamp_of(request))


def _seat(found: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.add_seat(found, **given, stamp=stamp_of(request))


def _fill(found: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    seat = get_own_seat(given["seat_id"], found.pk)
    holder = person_meant(given["who"], request)
    return actions.fill_seat(
        seat,
        holder=holder,
        name="" if holder is not None else given["who"],
        since_on=given["since_on"],
        stamp=stamp_of(request),
    )


def _vacate(found: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    seat = get_own_seat(given.pop("seat_id"), found.pk)
    return actions.vacate_seat(seat, **given, stamp=stamp_of(request))


def _close(found: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    seat = get_own_seat(given.pop("seat_id"), found.pk)
    return actions.close_seat(seat, **given, stamp=stamp_of(request))


def known_person(text: str, request: HttpRequest) -> Any:
    """Somebody of the directory; none where nobody was typed.

    Refuses: `two_are_called_so`, `unknown_person`.
    """
    if not text.strip():
        return None
    found = person_meant(text, request, field="who")
    if found is None:
        sentence = "Nobody whom you can see is called so. Leave this empty to go on without."
        raise Refused("unknown_person", sentence, field="who")
    return found


def person_meant(text: str, request: HttpRequest, *, field: str = "name") -> Any:
    """The one person within reach that a name or a number like P-12 means; none for a new name.

    Refuses: `two_are_called_so`, `unknown_person`.
    """
    actor = actor_of(request)
    number = number_meant(text.strip().upper().removeprefix("P-"))
    if number is not None:
        if not seen_party_ids(actor, [number]):
            raise Refused("unknown_person", "There is nobody with this number.", field=field)
        return get_party_seen(number, actor)
    people = get_people_called(text)
    seen = seen_party_ids(actor, [person.pk for person in people])
    some = [person for person in people if person.pk in seen]
    if len(some) > 1:
        numbers = " or ".join(f"P-{person.pk}" for person in some)
        raise Refused(
            "two_are_called_so",
            f"More than one is called so. Write the number instead: {numbers}.",
            field=field,
        )
    return some[0] if some else None


MOVES: Mapping[str, Move] = {
    "contact": Move(_contact, "The contact was logged."),
    "point": Move(_point, "Saved how to reach them."),
    "bounced": Move(_bounced, "It is marked as not working."),
    "consent": Move(_consent, "Noted what they said."),
    "end": Move(_end, "It is not used any more."),
    "describe": Move(_describe, "Saved."),
    "rename": Move(_rename, "The new name is saved, and the one before stays findable."),
    "seat": Move(_seat, "The seat was added."),
    "fill": Move(_fill, "Noted who holds the seat."),
    "vacate": Move(_vacate, "Noted that they left the seat."),
    "close": Move(_close, "The seat is closed."),
}


def forms_of(request: HttpRequest, file: PartyFile, verb: str = "") -> dict[str, Form]:
    """The forms of the page; the one that was sent holds what was sent."""
    about = [(str(c.matter_id), f"W-{c.matter_id}: {c.title}") for c in file.open_issues]
    card = file.card

    def sent(name: str) -> Any:
        return request.POST if name == verb else None

    kinds = [(k, v) for k, v in ORGANISATION_KINDS.items() if k not in OWN_KINDS]
    free = not card.is_person and card.organisation_kind not in OWN_KINDS
    written = {
        "language": card.language_code,
        "interpreter": card.interpreter,
        "access_needs": card.access_needs,
        "organisation_kind": card.organisation_kind,
        "area": card.area,
    }
    seat, point = (_picked(request, name) for name in ("seat", "point"))
    return {
        "contact": forms.ContactForm(
            sent("contact"),
            channels=CHANNELS.items(),
            about=about,
            begin="log" in request.GET,
        ),
        "point": forms.PointForm(sent("point"), ways=WAYS.items()),
        "bounced": forms.BouncedForm(sent("bounced")),
        "consent": forms.ConsentForm(
            sent("consent"), purposes=PURPOSES.items(), initial={"point_id": point}
        ),
        "end": forms.EndForm(sent("end"), initial={"point_id": point}),
        "describe": forms.DescribeForm(
            sent("describe"),
            languages=LANGUAGES.items(),
            kinds=kinds if free else None,
            initial=written,
        ),
        "rename": forms.RenameForm(sent("rename"), initial={"called": card.name}),
        "seat": forms.SeatForm(sent("seat")),
        "fill": forms.FillForm(sent("fill"), initial={"seat_id": seat}),
        "vacate": forms.VacateForm(
            sent("vacate"), holders=_holders(file, seat), initial={"seat_id": seat}
        ),
        "close": forms.CloseForm(sent("close"), initial={"seat_id": seat}),
    }


def _holders(file: PartyFile, seat: str) -> list[tuple[str, str]]:
    rows = (s.holders for s in file.card.seats if str(s.seat_id) == seat)
    return [(str(holder.tenure_id), holder.name) for holder in next(rows, ())]


def picked_seat(request: HttpRequest, file: PartyFile) -> Any:
    """The seat that the page was opened for, where the asker may keep it."""
    number = _picked(request, "seat")
    rows = (s for s in file.card.seats if str(s.seat_id) == number and s.may_keep)
    return next(rows, None)


def picked_point(request: HttpRequest, file: PartyFile) -> Any:
    """The number or address that the page was opened for."""
    number = _picked(request, "point")
    rows = (p for p in file.card.points if str(p.point_id) == number and p.own and not p.ended_at)
    return next(rows, None)


def _picked(request: HttpRequest, name: str) -> str:
    given = request.POST.get(f"{name}_id") or request.GET.get(name, "")
    return given if given.isascii() and given.isdigit() and len(given) <= 18 else ""
