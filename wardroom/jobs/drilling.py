"""The drill: an incident that nobody answers, with workers that are killed in the middle of steps.

Run as `python -m wardroom.jobs.drilling` this is one worker of a drill: it calls whoever is due
at an instant, and waits at a point of the step where the drill can kill it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time as clock
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

BEFORE, AFTER, NEVER = "before", "after", "never"
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
MOST_STEPS = 20
TOGETHER = {2: 2}  # how many workers come to a step at once
PEOPLE = (("one", "First on call", "liaison"), ("two", "The backup", "liaison"))


@dataclass(frozen=True)
class Night:
    """One night of a drill: the day on which it begins, and when the incident is opened."""

    name: str
    opened_at: datetime

    @property
    def on_date(self) -> date:
        """The day on which the night begins."""
        return (self.opened_at - timedelta(hours=12)).date()


@dataclass
class Scene:
    """One incident of a drill, and the workers that are killed over it."""

    incident_id: int
    folder: Path
    environment: Mapping[str, str]
    killed: int = 0

    def call(self, at: datetime, *, wait: str = NEVER) -> subprocess.Popen[bytes]:
        """Start a worker that calls whoever is due at an instant."""
        ready = self.folder / f"ready-{clock.monotonic_ns()}"
        words = [sys.executable, "-m", "wardroom.jobs.drilling", at.isoformat(), wait, str(ready)]
        worker = subprocess.Popen(words, env=dict(self.environment), cwd=ROOT)
        if wait != NEVER:
            _until(ready.exists, worker)
        return worker

    def kill(self, at: datetime, *, wait: str) -> None:
        """Let a worker begin a step, and end it without a word: kill -9."""
        worker = self.call(at, wait=wait)
        worker.kill()
        worker.wait()
        self.killed += 1


def rehearse(
    night: Night, *, folder: Path, environment: Mapping[str, str]
) -> tuple[list[str], Scene]:
    """One night: nobody answers, and workers die. Gives what is wrong, and the scene.

    A worker is killed before its commit and another after it, and two come to
    one step at once.
    """
    from wardroom.incidents.queries.drilling import get_waiting_call

    scene = Scene(_opened(night), folder, environment)
    for turn in range(MOST_STEPS):
        waiting = get_waiting_call(scene.incident_id)
        if waiting is None:
            break
        at = waiting.due_at
        if turn == 0:
            scene.kill(at, wait=BEFORE)
        if turn == 1:
            scene.kill(at, wait=AFTER)
        elif turn in TOGETHER:
            _together([scene.call(at) for _ in range(TOGETHER[turn])])
        else:
            work(at, NEVER, folder)
    return list(faults(night, scene.incident_id)), scene


def faults(night: Night, incident_id: int) -> Iterator[str]:
    """Where the steps of a night are not what they should be: once each, in time, in order."""
    from wardroom.incidents.queries.drilling import drill_seen

    seen = drill_seen(incident_id)
    steps = seen.steps
    wanted = [*(name for _, name, _ in PEOPLE), *["The director"] * 6]
    if [step.name for step in steps] != wanted:
        yield f"{night.name}: called were {', '.join(step.name for step in steps)}"
    if [step.step for step in steps] != list(range(1, len(wanted) + 1)):
        yield f"{night.name}: the steps are {[step.step for step in steps]}"
    for step in steps:
        if step.messages != 1:
            yield f"{night.name}: step {step.step} has {step.messages} messages"
    if seen.lines != len(steps):
        yield f"{night.name}: {seen.lines} lines of the ledger for {len(steps)} steps"
    for before, after in pairwise(steps):
        if after.called_at != before.due_at:
            yield f"{night.name}: step {after.step} came at another time than it was due"
    waits = [(step.due_at - step.called_at) / timedelta(minutes=1) for step in steps]
    if waits != [5, 5, 5, 15, 15, 15, 15, 15]:
        yield f"{night.name}: the waits were {waits} minutes"


def prepare(nights: Sequence[Night]) -> None:
    """Hire who is called, and plan their shifts for every night."""
    from wardroom.access.actor import Role
    from wardroom.calendar.actions import ShiftPlan, place_shifts
    from wardroom.calendar.rules.shifts import Turn
    from wardroom.directory.actions import add_user, grant_role

    start = min(night.on_date for night in nights) - timedelta(days=7)
    stamp = _house(datetime.combine(start, time(12), tzinfo=nights[0].opened_at.tzinfo))
    users: dict[str, int | None] = {}
    for word, name, role in (*PEOPLE, ("three", "The director", "director")):
        email = f"{word}@drill.example"
        party = add_user(None, email=email, name=name, password=os.urandom(18).hex(), stamp=stamp)
        ward = "1" if role == "liaison" else ""
        grant_role(party, role=Role(role), ward_code=ward, valid_from=start, stamp=stamp)
        users[name] = party.user_id
    for night in nights:
        day, after = night.on_date, night.on_date + timedelta(days=1)
        held = {
            Turn(role, "", day, time(20), after, time(8)): users[name]
            for role, name in zip(("on_call", "backup"), users, strict=False)
        }
        lanes = frozenset((role, "") for role in ("on_call", "backup"))
        plan = ShiftPlan(f"drill {day}", "a drill", day, day, lanes, held)
        place_shifts(None, plan=plan, stamp=stamp)


def _opened(night: Night) -> int:
    from dataclasses import replace

    from wardroom.access.queries import actor_for
    from wardroom.directory.queries import get_person
    from wardroom.incidents.actions import open_critical_incident

    director = get_person("three@drill.example")
    assert director is not None
    actor = actor_for(director.user, on=night.on_date)
    stamp = replace(_house(night.opened_at), actor=actor)
    made = open_critical_incident(
        None, kind_code="fire", where_text=night.name, exercise=True, stamp=stamp
    )
    return int(made.pk)


def _house(at: datetime) -> Any:
    from wardroom.access.actor import SYSTEM, Stamp, Window

    return Stamp(actor=SYSTEM, at=at, window=Window.SHELL)


def _together(workers: list[subprocess.Popen[bytes]]) -> None:
    for worker in workers:
        worker.wait(PATIENCE)


def _until(true: Callable[[], bool], worker: subprocess.Popen[bytes]) -> None:
    until = clock.monotonic() + PATIENCE
    while not true():
        if clock.monotonic() > until or worker.poll() is not None:
            raise RuntimeError("a worker of the drill did not come to its step")
        clock.sleep(0.02)


def work(at: datetime, wait: str, ready: Path) -> None:
    """Call whoever is due, as the clock does each minute; wait where the drill wants to kill."""
    from wardroom.access.gate import before_commit
    from wardroom.incidents.actions import climb_call_out
    from wardroom.incidents.queries import get_due_call_outs
    from wardroom.kernel.errors import Refused

    def stand_still(_: object = None) -> None:
        ready.touch()
        clock.sleep(PATIENCE)

    if wait == BEFORE:
        before_commit(stand_still)
    for call_out in get_due_call_outs(at=at):
        try:
            climb_call_out(call_out.incident, stamp=_house(at))
        except Refused:
            continue  # a twin made the step
    if wait == AFTER:
        stand_still()


def main() -> int:
    """One worker of a drill."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardroom.config.settings")
    django.setup()
    at, wait, ready = sys.argv[1:4]
    work(datetime.fromisoformat(at), wait, Path(ready))
    return 0


if __name__ == "__main__":
    sys.exit(main())
