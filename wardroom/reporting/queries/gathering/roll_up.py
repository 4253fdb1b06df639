"""What the director's roll-up of a week is told from: each ward's report, and the one before."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from wardroom.city.queries import districts
from wardroom.reporting.models import Edition
from wardroom.reporting.rules import SIGNED, WEEKLY, Week, week_of
from wardroom.reporting.rules.items import SECTIONS, finished

KEPT = ("title", "stage", "matter_id", "note", "sentence", "key", "ask_id", "agency", "passed")


def reports_of_week(week: Week, *, as_of: datetime) -> dict[str, Any]:
    """Every ward's report of the week and of the week before, as far as they are written."""
    before = week_of(week.starts_on - timedelta(days=7), zone=settings.TIME_ZONE)
    now, then = _newest(week.name), _newest(before.name)
    wards = districts("ward", week.starts_on)
    reports = [now.get(ward.code) for ward in wards]
    dates = [e.facts["data_as_of"] for e in reports if e is not None and e.facts["data_as_of"]]
    return {
        "head": {
            "week": week.name,
            "before": before.name,
            "starts_on": week.starts_on.isoformat(),
            "ends_on": week.ends_on.isoformat(),
            "as_of": as_of.isoformat(),
            "data_as_of": min(dates, default=""),
            "schematic": any(e is not None and e.facts["schematic"] for e in reports),
        },
        "wards": [
            {
                "code": ward.code,
                "now": _plain(now.get(ward.code)),
                "before": _plain(then.get(ward.code)),
            }
            for ward in wards
        ],
    }


def sources_of_roll_up(rows: dict[str, Any]) -> list[dict[str, str]]:
    """The editions that a roll-up was told from, each with its fingerprint."""
    sources = []
    for ward in rows["wards"]:
        told = ward["now"]
        if told is not None:
            state = f"signed, {told['digest'][:12]}" if told["state"] == SIGNED else "a draft"
            text = f"version {told['version']}, {state}"
            sources.append({"name": f"Weekly report of Ward {ward['code']}", "text": text})
    return sources


def _newest(week: str) -> dict[str, Edition]:
    """Of each ward the report that counts: the last that was signed, or else the draft."""
    rows = Edition.objects.filter(report=WEEKLY, week=week).select_related("signed_by")
    found: dict[str, Edition] = {}
    for edition in rows.order_by("version"):
        before = found.get(edition.ward_code)
        if before is None or edition.state == SIGNED:
            found[edition.ward_code] = edition
    return found


def _plain(edition: Edition | None) -> dict[str, Any] | None:
    if edition is None:
        return None
    figures = [f for group in edition.facts["groups"] for f in group["figures"]]
    return {
        "edition_id": edition.pk,
        "version": edition.version,
        "state": edition.state,
        "digest": edition.digest,
        "liaison": edition.facts["liaison"],
        "signed_by": edition.signed_by.name if edition.signed_by else "",
        "signed_at": edition.signed_at.isoformat() if edition.signed_at else "",
        "summary": edition.narrative.get("summary", ""),
        "wanted": edition.narrative.get("needs", ""),
        "figures": {f["code"]: {"shown": f["shown"], "note": f["note"]} for f in figures},
        **{
            code: [
                {name: row[name] for name in KEPT if name in row}
                for row in finished(edition.facts, edition.edits, code)
            ]
            for code in SECTIONS
        },
    }
