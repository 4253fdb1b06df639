"""What the storeys above tell this one: what has to be handed over, and what words may go out.

A part of the house whose things belong to a person (a group they keep, a meeting that comes
back every month, a promise they made) registers a `Gatherer` as the house starts, in
`wardroom.config.apps`. Handovers then gather its things, show them, refuse to let the person
go while one is live, and give each to whoever accepts it, without knowing what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from wardroom.access.actor import Actor, Stamp
from wardroom.directory.models import Party
from wardroom.kernel.facts import Ref


@dataclass(frozen=True)
class LiveThing:
    """One thing that is somebody's now and has to become somebody else's.

    ``noun`` and ``key`` say what it is; ``ward_code`` is empty where it is in no ward.
    ``needs`` says who can take it: `ward`, whoever runs that ward; `liaison`, the director
    or any liaison; `director`, a director; `staff`, anybody of the office. ``matter_id`` is
    the matter that it belongs to, so that what is restricted stays unseen. ``detail`` is one
    line on where it stands, ``address`` the path of its page where it is no matter and no ask.
    """

    noun: str
    key: str
    title: str
    ward_code: str = ""
    detail: str = ""
    due_on: date | None = None
    matter_id: int | None = None
    matter_kind: str = ""
    needs: str = "staff"
    address: str = ""


@dataclass(frozen=True)
class Gatherer:
    """How one kind of live thing is found, counted and passed on.

    ``kind`` is its name for programs, kept for ever; ``one`` and ``many`` are its words.
    ``gather`` gives everything live of a person on a day, in a number of statements that
    does not grow. ``count`` gives the same as numbers for several people, in one statement;
    who has none may be absent. ``pass_on`` is called with the thing, the leaver, the successor
    and the stamp; it makes the thing the successor's, by actions and in the commit that runs,
    and raises `Refused` where that cannot be. Afterwards the thing is not gathered for the
    leaver any more. ``blocks`` says that nobody may
    go while such a thing is theirs. ``noun`` claims rows of the worklist that are covered.
    """

    kind: str
    one: str
    many: str
    noun: str
    gather: Callable[[Party, date], tuple[LiveThing, ...]]
    count: Callable[[Iterable[int], date], Mapping[int, int]]
    pass_on: Callable[[Ref, Party, Party, Stamp], None]
    blocks: bool = True


_GATHERERS: dict[str, Gatherer] = {}


def gather_with(*more: Gatherer) -> None:
    """Register how a kind of live thing is gathered; the same kind again replaces it."""
    for gatherer in more:
        _GATHERERS[gatherer.kind] = gatherer


def gatherers() -> tuple[Gatherer, ...]:
    """Every kind of live thing, in the order in which things are shown and passed on."""
    return tuple(_GATHERERS.values())


def gatherer_of(kind: str) -> Gatherer:
    """How this kind is gathered; KeyError where nothing registered it."""
    return _GATHERERS[kind]


SeesParty = Callable[[Actor, int], bool]
_SEES: list[SeesParty] = []


def ask_who_sees_parties(sees: SeesParty) -> None:
    """Let the storey that knows why people are here say whom somebody may see."""
    _SEES[:] = [sees]


def sees_party(actor: Actor, party_id: int) -> bool:
    """Whether somebody may see a person or an organisation."""
    return all(sees(actor, party_id) for sees in _SEES)


@dataclass(frozen=True)
class Outside:
    """How words are judged that others than the office will read.

    ``resident_in`` gives the first name of somebody who complained in a ward, or anywhere where
    none is given, as it stands in a text. ``is_delicate`` says whether a text speaks of people
    who live outside or need protection.
    """

    resident_in: Callable[[str, str], str]
    is_delicate: Callable[[str], bool]


_OUTSIDE: list[Outside] = []


def judge_words_with(outside: Outside) -> None:
    """Let the storey that knows the residents say whom a text names."""
    _OUTSIDE[:] = [outside]


def resident_in(text: str, ward_code: str = "") -> str:
    """The first resident whom a text names; empty where it names none."""
    return next((found for o in _OUTSIDE if (found := o.resident_in(text, ward_code))), "")


def is_delicate(text: str) -> bool:
    """Whether a text speaks of what is never published."""
    return any(outside.is_delicate(text) for outside in _OUTSIDE)
