"""Who should speak for the Mayor at an event: people in an order, with the reasons for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from wardroom.kernel.errors import Refused

OWN_WARD, COVERS, CITY = "own", "covers", "city"
WARD_WORDS = {
    OWN_WARD: (3, "Works in this ward"),
    COVERS: (2, "Covers this ward for a colleague"),
    CITY: (1, "Works for the whole city"),
}
SPEAKS_IT, MANY = 4, 3


@dataclass(frozen=True)
class Speaker:
    """Somebody who could be asked, and what bears on it.

    ``ward`` is how they belong to the event's ward; ``load`` how many events they have in the
    seven days around it; ``clashes`` what they have at the same time.
    """

    party_id: int
    name: str
    ward: str
    languages: frozenset[str] = frozenset()
    load: int = 0
    clashes: tuple[str, ...] = ()
    declined: bool = False


@dataclass(frozen=True)
class Suggestion:
    """Somebody in the order in which they are suggested, with each reason for and against."""

    party_id: int
    name: str
    points: int
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    free: bool = field(default=True)


def suggested_speakers(
    people: Iterable[Speaker], *, languages: frozenset[str] = frozenset()
) -> tuple[Suggestion, ...]:
    """Who is suggested, the best first: ward, language, load and clash, each said aloud.

    A clash, or a no that was said already, puts somebody behind everybody who is free. People
    who are alike stand by name.
    """
    made = [_suggestion(person, languages) for person in people]
    return tuple(sorted(made, key=lambda one: (not one.free, -one.points, one.name)))


def _suggestion(person: Speaker, wanted: frozenset[str]) -> Suggestion:
    points, word = WARD_WORDS[person.ward]
    reasons, against = [word], []
    spoken = sorted(person.languages & wanted)
    if spoken:
        points += SPEAKS_IT
        reasons.append(f"Speaks {', '.join(spoken)}")
    elif wanted:
        against.append(f"Is not known to speak {', '.join(sorted(wanted))}")
    points -= person.load
    many = "1 other event" if person.load == 1 else f"{person.load} other events"
    told = f"Has {many} in the week around it" if person.load else "Has nothing else that week"
    (against if person.load >= MANY else reasons).append(told)
    against += [f"Is busy at that time: {what}" for what in person.clashes]
    if person.declined:
        against.append("Said no already")
    free = not (person.clashes or person.declined)
    return Suggestion(person.party_id, person.name, points, tuple(reasons), tuple(against), free)


def check_limits(may_promise: str, may_not_promise: str) -> tuple[str, str]:
    """The limits of a word given for the Mayor are written down before it is given."""
    for words, name, sentence in (
        (may_promise, "may_promise", "Write what they may promise."),
        (may_not_promise, "may_not_promise", "Write what they may not promise."),
    ):
        if not words.strip():
            raise Refused("limit_missing", sentence, field=name)
        if len(words.strip()) > 500:
            raise Refused("too_long", "Write at most 500 characters.", field=name)
    return may_promise.strip(), may_not_promise.strip()
