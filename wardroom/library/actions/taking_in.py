"""A file of services: read, shown, written exactly as it was shown, and taken back whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.library import facts, policy
from wardroom.library.models import HsdsRow, ListedOrganization, ListedService, ServiceImport
from wardroom.library.queries.hsds import AT_ONCE, MODELS, known_rows, plain_rows, services_touched
from wardroom.library.rules.hsds.cells import Row
from wardroom.library.rules.hsds.comparing import NEW, Compared, compare, digest_of, writes
from wardroom.library.rules.hsds.reading import read_package
from wardroom.library.rules.hsds.tables import TABLES

MOST_LEFT_OUT = 500


@action(policy.may_import_services)
def read_service_file(_: None, *, data: bytes, source: str, stamp: Stamp) -> ServiceImport:
    """Read a file of services, so that what it would do can be looked at; nothing is written.

    Refuses: what `read_package` refuses. Records: `ServiceFileRead`.
    """
    package = read_package(data)
    made: ServiceImport = ServiceImport.objects.create(
        source=" ".join(source.replace("\0", "").split())[:120] or "A file",
        content={"rows": package.rows, "not_kept": sorted(package.not_kept)[:100]},
        left_out=[asdict(row) for row in package.left_out[:MOST_LEFT_OUT]],
        read_at=stamp.at,
        read_by=stamp.actor.name[:120],
        reader_id=stamp.actor.user_id,
    )
    fact = facts.ServiceFileRead(import_id=made.pk, source=made.source, rows=package.count)
    record(fact, stamp=stamp)
    return made


@action(policy.may_write_service_file)
def write_service_file(made: ServiceImport, *, digest: str, stamp: Stamp) -> ServiceImport:
    """Write a file of services as it was shown: new rows, and columns of known ones.

    What the office has and the file has not stays. Refuses: one that is written; nothing new;
    `stale` where the office's own rows changed since it was shown. Records: `ServicesImported`.
    """
    if made.written_at is not None:
        raise Refused("already_written", "This file was imported already.")
    given = made.content["rows"]
    rows = compare(given, known_rows(given))
    if digest_of(rows) != digest:
        raise Refused("stale", "This is not what you saw before. Look again, then import.")
    to_write = [row for row in rows if writes(row)]
    if not to_write:
        raise Refused("nothing_to_import", "There is nothing new in this file.")
    made.before = _written(to_write, stamp)
    made.added = sum(1 for row in to_write if row.state == NEW)
    made.changed = len(to_write) - made.added
    made.written_at = stamp.at
    made.save()
    _move_services([(row.table, row.id) for row in to_write], stamp)
    fact = facts.ServicesImported(
        import_id=made.pk, source=made.source, added=made.added, changed=made.changed
    )
    record(fact, stamp=stamp)
    return made


@action(policy.may_write_service_file)
def take_services_back(made: ServiceImport, *, stamp: Stamp) -> ServiceImport:
    """Take a whole file back: what came with it goes, and what it changed is as before.

    A row that was changed again since stays, and is named. Refuses: one that was not written,
    or was taken back. Records: `ServicesTakenBack`.
    """
    if made.written_at is None or made.undone_at is not None:
        raise Refused("already_undone", "There is nothing of this file to take back.")
    back, kept = [], []
    for told in reversed(made.before):
        now = plain_rows(told["table"], [told["id"]]).get(told["id"])
        if now != told["after"]:
            kept.append({"table": told["table"], "id": told["id"], "name": told["name"]})
            continue
        _put_back(told, stamp)
        back.append((told["table"], told["id"]))
    _move_services(back, stamp)
    made.undone_at, made.undone_by, made.kept = stamp.at, stamp.actor.name[:120], kept
    made.save(update_fields=["undone_at", "undone_by", "kept"])
    fact = facts.ServicesTakenBack(
        import_id=made.pk, source=made.source, taken_back=len(back), kept=len(kept)
    )
    record(fact, stamp=stamp)
    return made


def _written(rows: list[Compared], stamp: Stamp) -> list[dict[str, Any]]:
    """Write the rows; returns what is needed to take each of them back."""
    told = []
    for name in TABLES:
        mine = [row for row in rows if row.table == name]
        before = plain_rows(name, [row.id for row in mine], withdrawn=True)
        last_days = _last_days(name, before)
        _save(name, [row.row for row in mine], stamp)
        after = plain_rows(name, [row.id for row in mine])
        told += [
            {
                "table": name,
                "id": row.id,
                "name": row.name,
                "before": before.get(row.id),
                "new": row.state == NEW,
                "after": after[row.id],
                "alert_until": last_days.get(row.id),
            }
            for row in mine
        ]
    return told


def _save(table: str, rows: list[Row], stamp: Stamp) -> None:
    """Write rows of one table, whether they are there or not."""
    model: Any = MODELS[table]
    given = [{**row, **_besides(model, row, stamp)} for row in rows]
    made = [model(**one) for one in given]
    there: set[str] = set()
    for start in range(0, len(made), AT_ONCE):
        keys = [row["id"] for row in rows[start : start + AT_ONCE]]
        found = model.objects.filter(pk__in=keys).values_list("pk", flat=True)
        there |= {str(key) for key in found}
    model.objects.bulk_create([one for one in made if one.id not in there], batch_size=AT_ONCE)
    columns = {column.name for column in TABLES[table].columns}.union(*given) - {"id"}
    known = [one for one in made if one.id in there]
    if model is ListedService:
        _end_alerts_changed(known)
    model.objects.bulk_update(known, [*sorted(columns), "withdrawn_at"], batch_size=50)


def _end_alerts_changed(services: list[Any]) -> None:
    """The last day of an alert goes with its words; where they stay, it stays."""
    for one in services:
        changed = ListedService.objects.filter(pk=one.id).exclude(alert=one.alert)
        changed.update(alert_until=None)


def _besides(model: Any, row: Row, stamp: Stamp) -> dict[str, Any]:
    """What the office keeps of a row besides the columns of the standard."""
    if model is ListedService:
        return {"modified_at": stamp.at}
    if model is ListedOrganization:
        return {"party_id": _party_called(row["name"])}
    return {}


def _party_called(name: str) -> int | None:
    """The one organization of the directory with exactly this name; nobody where it is open."""
    found = Party.objects.filter(
        kind=Party.Kind.ORGANISATION, name__iexact=name, withdrawn_at=None, merged_into=None
    )
    keys = list(found.order_by("pk").values_list("pk", flat=True)[:2])
    return keys[0] if len(keys) == 1 else None


def _last_days(table: str, keys: Iterable[str]) -> dict[str, str]:
    """Until when the alerts of services hold, which is no column of the standard."""
    if MODELS[table] is not ListedService:
        return {}
    rows = ListedService.objects.filter(pk__in=list(keys)).exclude(alert_until=None)
    return {str(row.pk): row.alert_until.isoformat() for row in rows.only("alert_until")}


def _put_back(told: dict[str, Any], stamp: Stamp) -> None:
    model: Any = MODELS[told["table"]]
    if told["before"] is not None:
        _save(told["table"], [told["before"]], stamp)
    if told.get("alert_until"):
        ListedService.objects.filter(pk=told["id"]).update(alert_until=told["alert_until"])
    if told["new"]:
        row: HsdsRow = model.objects.get(pk=told["id"])
        row.withdrawn_at = stamp.at
        row.save(update_fields=["withdrawn_at"])


def _move_services(rows: list[tuple[str, str]], stamp: Stamp) -> None:
    """Say of every service that something of it changed, for those who ask what is new."""
    ListedService.objects.filter(pk__in=services_touched(rows)).update(modified_at=stamp.at)
