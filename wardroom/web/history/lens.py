"""The one timeline: what it shows of its lines, by what its page's address asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest
from django.urls import reverse

from wardroom.access.actor import Actor, Role
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import Lines, TimelineLine, TimelineRun, timeline
from wardroom.web.edge import actor_of
from wardroom.web.rows import number_meant
from wardroom.web.ui.tables import address

RECENT_RUNS = 12
WHO_READS = (("", "All lines"), ("internal", "Office only"), ("partner", "Shared with agencies"))
READERS, AUTOMATIC, OLDER, HERE = "lines", "automatic", "older", "#lines"
OFF = "off"
OF_THE_OFFICE = frozenset({"swap", "shift", "rota"})


@dataclass(frozen=True)
class Choice:
    """One way to look at the lines, as a link."""

    text: str
    href: str
    here: bool


@dataclass(frozen=True)
class Lens:
    """A timeline ready to draw: runs of lines, and the ways to look at them.

    ``staff`` readers are told which lines an agency reads; partners see no others. Of the
    office's own things no agency reads a line: these have no such choice.
    """

    recent: tuple[TimelineRun, ...]
    earlier: tuple[TimelineRun, ...]
    earlier_lines: int
    readers: tuple[Choice, ...] = ()
    automatic: Choice | None = None
    older: str = ""
    newest: str = ""
    whole: str = ""
    staff: bool = False
    settles: bool = False
    filtered: bool = False


def lens(request: HttpRequest, lines: Sequence[TimelineLine]) -> Lens:
    """The timeline of these lines; another choice in the address asks the ledger again."""
    actor, state = actor_of(request), request.GET
    refs = lines.refs if isinstance(lines, Lines) else ()
    wanted = state.get(READERS, "")
    wanted = wanted if actor.is_staff and wanted in dict(WHO_READS) else ""
    before = number_meant(state.get(OLDER, ""))
    noise = state.get(AUTOMATIC) != OFF
    filtered = bool(wanted) or not noise or before is not None
    if filtered and refs:
        found = timeline(actor, refs=refs, before=before, audience=wanted or "all", noise=noise)
        lines = found.lines
    runs = runs_of(lines)
    shared = any(ref.noun not in OF_THE_OFFICE for ref in refs)
    older = lines.older if isinstance(lines, Lines) else None
    earlier = runs[RECENT_RUNS:] if before is None else ()
    return Lens(
        recent=runs[:RECENT_RUNS] if before is None else runs,
        earlier=earlier,
        earlier_lines=sum(len(run.lines) for run in earlier),
        readers=_readers(request, wanted) if shared and actor.is_staff else (),
        automatic=_automatic(request, lines, noise=noise) if refs else None,
        older=address(state, **{OLDER: str(older)}) + HERE if older else "",
        newest=address(state, **{OLDER: ""}) + HERE if before is not None else "",
        whole=_whole(actor, refs),
        staff=actor.is_staff,
        settles=actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF),
        filtered=filtered,
    )


def runs_of(lines: Iterable[TimelineLine]) -> tuple[TimelineRun, ...]:
    """Automatic lines that stand together as one run, every other line by itself."""
    made: list[TimelineRun] = []
    for noise, group in groupby(lines, key=lambda line: line.noise):
        together = tuple(group)
        parts = [together] if noise else [(line,) for line in together]
        made += [TimelineRun(noise, part) for part in parts]
    return tuple(made)


def _readers(request: HttpRequest, wanted: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(text, _at(request, **{READERS: value, OLDER: ""}), here=value == wanted)
        for value, text in WHO_READS
    )


def _automatic(
    request: HttpRequest, lines: Sequence[TimelineLine], *, noise: bool
) -> Choice | None:
    """The way to leave automatic lines out, where there are some, or to have them back."""
    if not noise:
        back = _at(request, **{AUTOMATIC: "", OLDER: ""})
        return Choice("With automatic lines", back, here=True)
    if not any(line.noise for line in lines):
        return None
    without = _at(request, **{AUTOMATIC: OFF, OLDER: ""})
    return Choice("Without automatic lines", without, here=False)


def _at(request: HttpRequest, **changes: str) -> str:
    return address(request.GET, **changes) + HERE


def _whole(actor: Actor, refs: Sequence[Ref]) -> str:
    """The whole history, for staff, where the timeline is a matter's."""
    keys = [ref.key for ref in refs if ref.noun == "matter"]
    return reverse("matter_history", args=[keys[0]]) if keys and actor.is_staff else ""
