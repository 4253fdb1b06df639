"""The gate: every change is an action, and every action passes here.

It opens the transaction, locks and re-reads the row, asks the policy, runs the body, and
checks that the body wrote down at least one fact. A guard on the database connection
refuses any write outside an action; sessions and sign-in are the named exemption.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.db import NotSupportedError, OperationalError, connection, models, transaction

from wardroom.access.actor import Actor, Stamp
from wardroom.kernel.errors import NotAllowed
from wardroom.kernel.facts import Fact

P = ParamSpec("P")
S = TypeVar("S")
R = TypeVar("R")


@dataclass
class Work:
    """One running action and the facts it has recorded so far."""

    name: str
    stamp: Stamp
    facts: list[Fact] = field(default_factory=list)


@dataclass(frozen=True)
class ActionInfo:
    """What the house knows about an action: for the generated tables in docs/."""

    name: str
    app: str
    policy: str
    summary: str


@dataclass
class Unit:
    """Everything that stands or falls together: the actions of one commit.

    ``notes`` is what a part of the house keeps until the end of the unit, by its own name.
    """

    notes: dict[str, list[Any]] = field(default_factory=dict)


_unit: ContextVar[Unit | None] = ContextVar("unit_of_work", default=None)
_AT_START: list[Callable[[], None]] = []
_BEFORE_COMMIT: list[Callable[[Unit], None]] = []
_running: ContextVar[tuple[Work, ...]] = ContextVar("running_actions", default=())
_pass: ContextVar[str | None] = ContextVar("guard_pass", default=None)
ACTIONS: dict[str, ActionInfo] = {}
# A deadlock, and a plan of before the tables were changed.
UNDONE, TRIES = {"40P01", "0A000"}, 3
# Milliseconds.
HURRY = 100
HELD = "held rows"


def at_start(hook: Callable[[], None]) -> None:
    """Call this at the start of every unit of work, inside its transaction; it may end it.

    What is written at the start of the first of several units stands with that one alone.
    """
    if hook not in _AT_START:
        _AT_START.append(hook)


def before_commit(hook: Callable[[Unit], None], *, last: bool = False) -> None:
    """Call this at the end of every unit of work, inside its transaction.

    What takes a lock comes ``last``, so that nothing else is done while it is held.
    """
    if hook not in _BEFORE_COMMIT:
        _BEFORE_COMMIT.insert(len(_BEFORE_COMMIT) if last else 0, hook)


@contextmanager
def unit_of_work() -> Iterator[Unit]:
    """One commit. A unit inside another is part of it, and may still be undone by itself.

    What `before_commit` registered runs once, at the end of the outermost unit, so that a
    lock which it takes is the last of all and no two units can wait for each other's.
    """
    outer = _unit.get()
    with transaction.atomic():
        if outer is not None:
            before = {name: len(noted) for name, noted in outer.notes.items()}
            try:
                yield outer
            except BaseException:
                for name, noted in outer.notes.items():
                    del noted[before.get(name, 0) :]
                raise
            return
        unit = Unit()
        token = _unit.set(unit)
        try:
            for start in _AT_START:
                start()
            yield unit
            with guard_pass("the end of a unit of work"):
                for hook in _BEFORE_COMMIT:
                    hook(unit)
        finally:
            _unit.reset(token)


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """Give up almost at once where another holds the whole database, as one may with SQLite.

    For what is only noted on the way, and may be noted later. Raises `OperationalError` then.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {HURRY}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def note_in_unit(name: str, thing: Any) -> None:
    """Keep something until the end of the running unit of work."""
    unit = _unit.get()
    if unit is None:
        raise RuntimeError(f"{name} was noted outside a unit of work")
    unit.notes.setdefault(name, []).append(thing)


def noted_in_unit(name: str) -> list[Any]:
    """What was kept under this name until the end of the running unit, to be looked through."""
    unit = _unit.get()
    return unit.notes.setdefault(name, []) if unit is not None else []


def action(
    may: Callable[[Actor, Any], bool],
) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """Make a plain function a change that passes the gate.

    The function takes its subject first, everything else by keyword, ``stamp`` last.
    Refuses: `NotAllowed` where the policy says no. A body that records no fact is a
    mistake in the program and raises `RuntimeError`.
    """

    def wrap(body: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        module = body.__module__.split(".")
        ACTIONS[f"{module[1]}.{body.__name__}"] = ActionInfo(
            name=body.__name__,
            app=module[1],
            policy=may.__name__,
            summary=(body.__doc__ or "").strip().splitlines()[0] if body.__doc__ else "",
        )

        @functools.wraps(body)
        def run(subject: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            stamp = kwargs.get("stamp")
            if not isinstance(stamp, Stamp):
                raise TypeError(f"{body.__name__} needs a stamp")

            def once() -> R:
                work = Work(body.__name__, stamp)
                with unit_of_work():
                    token = _running.set((*_running.get(), work))
                    try:
                        row = cast(S, _locked(subject))
                        if not may(stamp.actor, row):
                            raise NotAllowed
                        result = body(row, *args, **kwargs)
                    finally:
                        _running.reset(token)
                    if not work.facts:
                        raise RuntimeError(f"{body.__name__} recorded no fact")
                return result

            return begun_anew(once)

        return cast(Callable[Concatenate[S, P], R], run)

    return wrap


def was_undone(error: Exception) -> bool:
    """Whether PostgreSQL undid a change that may simply be begun anew."""
    return getattr(error.__cause__, "sqlstate", "") in UNDONE


def begun_anew(once: Callable[[], R]) -> R:
    """Run a change; begin anew where the database undid it for no fault of the change.

    Two waited for each other, or a plan was older than the tables. Nothing of it is left then,
    and an action calls nothing outside.
    """
    for _ in range(TRIES - 1):
        try:
            return once()
        except (OperationalError, NotSupportedError) as error:
            if not was_undone(error) or transaction.get_connection().in_atomic_block:
                raise
    return once()


def hold(row: models.Model) -> None:
    """Keep a row as it is until this commit ends; whoever wants to change it waits.

    For what two changes have to agree on though neither is a change to it: work is not given
    to somebody who is let go at that moment. Read what the change depends on afterwards.
    """
    held = noted_in_unit(HELD)
    if (type(row), row.pk) not in held:
        _locked(row)
        note_held(row)


def note_held(row: models.Model) -> None:
    """Note that a row is held already, as it was read with a lock."""
    note_in_unit(HELD, (type(row), row.pk))


def _locked(subject: Any) -> Any:
    """The row as it is now, locked against other changes but not against being pointed at."""
    if isinstance(subject, models.Model) and subject.pk is not None:
        manager = type(subject)._base_manager
        return manager.select_for_update(of=("self",), no_key=True).get(pk=subject.pk)
    return subject


def note_fact(fact: Fact, stamp: Stamp) -> None:
    """Count a fact towards the running action; the ledger calls this for each line."""
    running = _running.get()
    if not running:
        raise RuntimeError(f"{fact.kind} was recorded outside an action")
    if running[-1].stamp != stamp:
        raise RuntimeError(f"{fact.kind} carries another stamp than its action")
    for work in running:
        work.facts.append(fact)


def action_is_running() -> bool:
    """Whether a change is under way in this thread."""
    return bool(_running.get())


@contextmanager
def guard_pass(reason: str) -> Iterator[None]:
    """Let writes through without an action: migrations, sign-in, the queue's own tables."""
    token = _pass.set(reason)
    try:
        yield
    finally:
        _pass.reset(token)


class WriteOutsideAction(RuntimeError):
    """Something wrote to the database without passing the gate."""


_WRITE = re.compile(
    r"^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+[\"']?(\w+)",
    re.IGNORECASE,
)
EXEMPT_TABLES = (
    *("django_session", "account_", "mfa_"),
    *("django_q_", "django_migrations", "django_site"),
)


def guard_writes(
    execute: Callable[[str, Any, bool, dict[str, Any]], Any],
    sql: str,
    params: Any,
    many: bool,
    context: dict[str, Any],
) -> Any:
    """Refuse a write while no action runs; installed on every connection."""
    match = _WRITE.match(sql)
    if match and not _running.get() and _pass.get() is None:
        table = match.group(1)
        if not table.startswith(EXEMPT_TABLES):
            raise WriteOutsideAction(f"{table} was written outside an action")
    return execute(sql, params, many, context)
