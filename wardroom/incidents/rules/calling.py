"""Who is called next to an incident, how long one waits for an answer, and what is said.

Field practice asks for an answer within 15 minutes; the waits are the house's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

ON_CALL, BACKUP, LIAISON, DIRECTOR = "on_call", "backup", "liaison", "director"
# Whoever had an incident without being called, and gave it back: it stands on no rung.
UNCALLED = "uncalled"
ROLES: Mapping[str, str] = {
    ON_CALL: "on call",
    BACKUP: "the backup",
    LIAISON: "the liaison of the ward",
    DIRECTOR: "the director",
    UNCALLED: "nobody called them: they had it",
}
RUNGS = (ON_CALL, BACKUP, DIRECTOR)
STEP_MINUTES: Mapping[int, int] = {1: 5, 2: 10, 3: 15}
AGAIN_MINUTES = 15
MOST_DIRECTOR_CALLS = 6
NO_WAKING = 3
LINK_HOURS = 24
SHORTEST = 160
CALL_OPEN, CALL_TAKEN, CALL_PASSED = "open", "taken", "passed"
CALL_LAPSED, CALL_ENDED = "lapsed", "ended"
WAITED_ON = frozenset({CALL_OPEN, CALL_PASSED})
CALL_STATES: Mapping[str, str] = {
    CALL_OPEN: "Called, no answer yet",
    CALL_TAKEN: "Has it",
    CALL_PASSED: "Cannot",
    CALL_LAPSED: "No answer in time",
    CALL_ENDED: "Somebody else took it",
}
ADDRESS_KINDS: Mapping[str, str] = {
    "email": "E-mail",
    "short": "Mail that arrives as a text message",
}
CALLED_OFF = "Called off: nobody is needed"


def call_state_label(state: str, *, taken: bool) -> str:
    """What became of a call; one that ended while nobody had it was called off."""
    return CALLED_OFF if state == CALL_ENDED and not taken else CALL_STATES[state]


@dataclass(frozen=True)
class Called:
    """A call that was made: the rung it stands on, who it was, and whether they cannot."""

    rung: str
    party: int
    cannot: bool = False


@dataclass(frozen=True)
class NextCall:
    """Whom to call next: the rung, as what, who, and why somebody else stands in."""

    rung: str
    role: str
    party: int
    why: str = ""


@dataclass(frozen=True)
class People:
    """Who could be called now, by their numbers; none where nobody is on duty."""

    on_call: int | None
    backup: int | None
    liaison: int | None
    directors: tuple[int, ...]


def next_call(called: Sequence[Called], people: People) -> NextCall | None:
    """Whom to call after these calls; none where everybody was called often enough.

    Nobody is called twice but the directors, who are called in turn; whoever said that they
    cannot is called again only where nobody else is left.
    """
    rungs = [call.rung for call in called if call.rung != UNCALLED]
    stood = RUNGS.index(rungs[-1]) if rungs else -1
    known = {call.party for call in called}
    if stood < 0 and people.on_call not in known:
        first = _first(people, known, ON_CALL, people.on_call, "Nobody is on call")
        if first is not None:
            return first
    if stood < 1:
        second = _first(people, known, BACKUP, people.backup, "Nobody else is the backup")
        if second is not None:
            return second
    made = sum(call.rung == DIRECTOR for call in called)
    if not people.directors or made >= MOST_DIRECTOR_CALLS:
        return None
    why = "" if called else "Nobody is on call, and the ward has no liaison"
    return NextCall(DIRECTOR, DIRECTOR, _in_turn(called, people.directors, made), why)


def _in_turn(called: Sequence[Called], directors: Sequence[int], made: int) -> int:
    """The director whose turn it is, passing over those who cannot as long as another can."""
    cannot = {call.party for call in called if call.cannot}
    first = made % len(directors)
    turns = [*directors[first:], *directors[:first]]
    return next((party for party in turns if party not in cannot), turns[0])


def _first(
    people: People, known: set[int], rung: str, on_duty: int | None, why: str
) -> NextCall | None:
    if on_duty is not None and on_duty not in known:
        return NextCall(rung, rung, on_duty)
    if people.liaison is not None and people.liaison not in known:
        return NextCall(rung, LIAISON, people.liaison, f"{why}, so the liaison of the ward is")
    return None


def falls_at(
    made: Sequence[Called],
    call: NextCall,
    *,
    severity: int,
    at: datetime,
    opens: Callable[[datetime], datetime],
) -> datetime:
    """When the step after this call falls; ``opens`` gives the next working hour.

    Minutes are counted on the line of time, so a change of the clocks moves nothing. What is
    least grave wakes nobody but the first: the next step waits for the morning.
    """
    again = call.rung == DIRECTOR and any(one.rung == DIRECTOR for one in made)
    falls = at.astimezone(UTC) + timedelta(
        minutes=AGAIN_MINUTES if again else STEP_MINUTES[severity]
    )
    return opens(falls) if severity >= NO_WAKING else falls


def asked_again_at(
    *, severity: int, at: datetime, opens: Callable[[datetime], datetime]
) -> datetime:
    """When somebody who said that they cannot is called again, where nobody else is left."""
    falls = at.astimezone(UTC) + timedelta(minutes=AGAIN_MINUTES)
    return opens(falls) if severity >= NO_WAKING else falls


def brought_forward(due_at: datetime, *, severity: int, former: int, at: datetime) -> datetime:
    """When the next step falls now that an incident turned out graver: never later than before."""
    if severity >= former or severity >= NO_WAKING:
        return due_at
    return min(due_at, at.astimezone(UTC) + timedelta(minutes=STEP_MINUTES[severity]))


def short_text(label: str, where: str, address: str, *, exercise: bool, token_length: int) -> str:
    """A call-out in at most 160 letters: what, where, and the link; the place is cut, not it.

    ``address`` is the link with its mark, such as https://x.example/call/{{key:12}}/, whose
    token is ``token_length`` letters long once it is put in.
    """
    mark = address[address.index("{{") : address.index("}}") + 2]
    link = len(address) - len(mark) + token_length
    lead = f"{'EXERCISE ' if exercise else ''}CALL-OUT {label}"
    room = SHORTEST - link - 1
    words = f"{lead}, {where}" if where else lead
    if len(words) > room:
        words = words[: max(0, room - 3)].rstrip(" ,") + "..."
    return f"{words} {address}"
