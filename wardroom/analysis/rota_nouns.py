"""What a rota is proposed from, and what comes back: people, turns, wishes, rules, the answer.

Times are whole minutes since any one moment. Whoever calls takes them from instants, so that the
night on which clocks change counts as long as it truly is; nothing here knows a time zone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

ON_CALL, BACKUP = "on_call", "backup"
HOUR = 60


@dataclass(frozen=True)
class Person:
    """Somebody who takes turns, with what they can do and what they did before.

    Empty ``wards`` or ``roles`` mean any. The ``_before`` counts are of the weeks that fairness
    looks back on; ``last_holidays`` are the holidays worked when they last came round.
    ``worked_until`` and ``last_weekend`` carry rest and weekends over from the rota before.
    """

    key: str
    wards: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    nights_before: int = 0
    weekends_before: int = 0
    holidays_before: int = 0
    last_holidays: frozenset[str] = frozenset()
    worked_until: int | None = None
    last_weekend: int | None = None


@dataclass(frozen=True)
class Turn:
    """One place in the rota that one person fills.

    ``weight`` is what it counts as in fairness (0 for a turn in working hours, 1 for a night, more
    for a long one). ``weekend`` numbers the weekends one after the other; ``holiday`` names it.
    ``language``, by its name, is asked of whoever has it.
    Somebody in ``held_by`` keeps this turn.
    """

    key: str
    role: str
    starts: int
    ends: int
    week: int
    ward: str = ""
    language: str = ""
    weight: int = 1
    weekend: int | None = None
    holiday: str = ""
    held_by: str = ""


@dataclass(frozen=True)
class Wish:
    """What somebody asked: about one turn, or about every turn that touches a span of time.

    ``hard`` is leave or "cannot"; a soft one is "rather not", or "rather" where ``wants``, and
    ``weight`` is how much. ``words`` are said where the wish cannot be met. One that ``yields``
    gives way to a turn that is held.
    """

    key: str
    person: str
    words: str
    turn: str = ""
    starts: int = 0
    ends: int = 0
    hard: bool = True
    wants: bool = False
    weight: int = 3
    yields: bool = False

    def touches(self, turn: Turn) -> bool:
        """Whether this is about that turn."""
        if self.turn:
            return turn.key == self.turn
        return turn.starts < self.ends and self.starts < turn.ends


@dataclass(frozen=True)
class Rules:
    """What must hold. ``most_per_week`` 0 is no limit; ``gaps_allowed`` lets a turn stay empty.

    With ``backup_named`` every minute on call has a backup turn beside it. Where
    ``held_stands`` the rules take turns that are held as given, and hold for all the others:
    nobody is in two places all the same.
    """

    rest: int = 10 * HOUR
    no_two_weekends_running: bool = True
    rotate_holidays: bool = True
    most_per_week: int = 0
    backup_named: bool = True
    gaps_allowed: bool = False
    held_stands: bool = False


@dataclass(frozen=True)
class Problem:
    """Who shares which turns, under which wishes and rules."""

    people: tuple[Person, ...]
    turns: tuple[Turn, ...]
    wishes: tuple[Wish, ...] = ()
    rules: Rules = field(default_factory=Rules)

    def __post_init__(self) -> None:
        people, turns = {p.key for p in self.people}, {t.key for t in self.turns}
        if len(people) < len(self.people) or len(turns) < len(self.turns):
            raise ValueError("Two people or two turns have the same key.")
        if any(t.ends <= t.starts or t.weight < 0 for t in self.turns):
            raise ValueError("Every turn ends after it begins and weighs nothing less than 0.")
        if any(t.held_by and t.held_by not in people for t in self.turns):
            raise ValueError("A turn is held by somebody who is not in the rota.")
        for wish in self.wishes:
            if wish.person not in people or (wish.turn and wish.turn not in turns):
                raise ValueError(f"The wish {wish.key} is of nobody here or about no turn here.")
            if wish.hard and wish.wants and not wish.turn:
                raise ValueError(f"The wish {wish.key} must name the turn it has to have.")
        if self.rules.backup_named:
            _has_backups(self.turns)


def _has_backups(turns: tuple[Turn, ...]) -> None:
    backups = sorted((t.starts, t.ends) for t in turns if t.role == BACKUP)
    for turn in turns:
        reached = turn.starts
        for starts, ends in backups if turn.role == ON_CALL else ():
            if starts <= reached:
                reached = max(reached, ends)
        if turn.role == ON_CALL and reached < turn.ends:
            raise ValueError(f"The turn {turn.key} on call has no backup beside it.")


@dataclass(frozen=True)
class Load:
    """What one person carries: before this rota and in it together."""

    person: str
    nights: int
    weekends: int
    holidays: int
    turns: int


@dataclass(frozen=True)
class Spread:
    """The most minus the least that anybody carries."""

    nights: int
    weekends: int
    holidays: int


@dataclass(frozen=True)
class Proposal:
    """A rota: who has which turn, what stays empty, how fair it is, which wishes are not met.

    ``given`` pairs a turn's key with a person's, in the order of the turns. ``best`` says that no
    rota is better; otherwise the time was over first.
    """

    given: tuple[tuple[str, str], ...]
    gaps: tuple[str, ...]
    unmet: tuple[Wish, ...]
    loads: tuple[Load, ...]
    spread: Spread
    best: bool


class PartKind(StrEnum):
    """What a part of a conflict is."""

    WISH = "wish"
    RULE = "rule"
    HELD = "held"


@dataclass(frozen=True)
class Part:
    """One wish, rule or kept turn that a conflict is made of, in words."""

    kind: PartKind
    key: str
    words: str


@dataclass(frozen=True)
class Conflict:
    """No rota holds all of these ``parts`` together, and no smaller set of parts is impossible.

    ``turns`` are the fewest that would stay empty if everything asked were kept. Where the time
    was over first ``proven`` is False: the parts still contradict one another, and a smaller set
    may be there.
    """

    parts: tuple[Part, ...]
    turns: tuple[str, ...]
    proven: bool
