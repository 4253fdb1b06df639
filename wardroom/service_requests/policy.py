"""Who may read the mirror, and who may feed it."""

from __future__ import annotations

from typing import Any, Protocol

from wardroom.access.actor import NO_ROWS, Actor, Role, Scope, staff_reach


def reach(actor: Actor) -> Scope:
    """Office staff see the requests of their wards; partners and visitors see none here."""
    return actor.reach.by(ward="ward_code") if actor.is_staff else NO_ROWS


def may_see_imports(actor: Actor) -> bool:
    """Office staff see which files were read."""
    return actor.is_staff


def may_import(actor: Actor, _: Any) -> bool:
    """Files come in through the operator at the shell, the worker, or the director."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


class DriftRow(Protocol):
    """What a policy reads of a drift, or of something that was sent on."""

    @property
    def ward_code(self) -> str: ...
    @property
    def matter_id(self) -> int | None: ...


def reach_of_drift(actor: Actor) -> Scope:
    """Drift and submissions of the actor's wards; a restricted matter's only for its people."""
    return staff_reach(actor, ward="ward_code", matter="matter_id")


def may_see_endpoints(actor: Actor) -> bool:
    """Office staff see which endpoints there are and how their readings went."""
    return actor.is_staff


def may_keep_endpoint(actor: Actor, _: Any) -> bool:
    """The director says which endpoints are read and sent to; the shell and worker too."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_submit_request(actor: Actor, _: Any) -> bool:
    """Whoever works on matters; the app above says which of them."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.SYSTEM)


def may_settle_drift(actor: Actor, drift: DriftRow) -> bool:
    """The liaison of the ward, and the director, where the matter is open to them."""
    row = {"ward_code": drift.ward_code, "matter_id": drift.matter_id}
    return actor.has(Role.DIRECTOR, Role.LIAISON) and reach_of_drift(actor).covers(row)


def may_work_submission(actor: Actor, submission: DriftRow) -> bool:
    """The liaison of the ward, the director, and the worker that sends it."""
    return actor.has(Role.SYSTEM) or may_settle_drift(actor, submission)
