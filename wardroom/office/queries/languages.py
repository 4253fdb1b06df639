"""What people speak on duty: everybody for those who plan, oneself for everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wardroom.access.actor import Actor
from wardroom.access.models import User
from wardroom.kernel.errors import NotFound
from wardroom.office import policy
from wardroom.office.models import Rota
from wardroom.office.queries.people import DutyPerson, duty_people, languages_of
from wardroom.office.rules.languages import spoken_words
from wardroom.office.rules.rota import lane_words


@dataclass(frozen=True)
class CrewRow:
    """Somebody who can be on duty, with their wards and what they speak beside English."""

    user_id: int
    name: str
    wards: tuple[str, ...]
    languages: frozenset[str]
    can_change: bool

    @property
    def spoken(self) -> str:
        """The languages in words."""
        return spoken_words(self.languages)


def crew_list(actor: Actor, *, on: date) -> tuple[CrewRow, ...]:
    """Who can be on duty on a day, for those who see what everybody told of their days."""
    if not policy.wish_reach(actor).everything:
        return ()
    return tuple(_row(person, actor) for person in duty_people(on, on))


def crew_member(user_id: int, actor: Actor, *, on: date) -> CrewRow:
    """One of those who can be on duty, to say what they speak; `NotFound` for anybody else."""
    for person in duty_people(on, on):
        row = _row(person, actor)
        if person.user_id == user_id and row.can_change:
            return row
    raise NotFound(f"nobody {user_id} on duty whose languages these are to say")


def get_crew_member(user_id: int, actor: Actor, *, on: date) -> User:
    """The same, to act on."""
    return User.objects.get(pk=crew_member(user_id, actor, on=on).user_id)


def own_languages(actor: Actor) -> str:
    """What the asker speaks on duty, in words."""
    return spoken_words(languages_of([actor.user_id or 0])[actor.user_id or 0])


def lanes_of(rota_id: int) -> Mapping[str, str]:
    """Which turns of a rota can ask for a language, each by its key such as evening-5."""
    kinds = Rota.objects.filter(pk=rota_id).order_by("turns__role", "turns__ward_code")
    found = {
        f"{role}-{ward}": lane_words(role, ward)
        for role, ward in kinds.values_list("turns__role", "turns__ward_code").distinct()
    }
    evenings = [key for key in found if key.startswith("evening-")]
    every = {"evening-": "Evening in every ward"} if len(evenings) > 1 else {}
    return {**{k: v for k, v in found.items() if k not in evenings}, **every,
            **{key: found[key] for key in evenings}}  # fmt: skip


def _row(person: DutyPerson, actor: Actor) -> CrewRow:
    may = policy.may_note_languages(actor, person)
    wards = tuple(sorted(person.wards))
    return CrewRow(person.user_id, person.name, wards, person.languages, may)
