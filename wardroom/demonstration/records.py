"""Two made requests for records: one that was searched, and a new one."""

from __future__ import annotations

from datetime import timedelta

from wardroom.access.actor import NOBODY, Stamp, Window
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.records.actions import (
    ask_for_records,
    look_for_records,
)
from wardroom.records.models import RecordsRequest
from wardroom.records.rules import KINDS

OFFICER = "records@wardroom.example"
ASKED = (
    (
        "Marguerite Okonjo",
        "Everything about illegal dumping in the alleys of ward 7 this fall.",
        12,
    ),
    ("Lucian Ferraro", "Letters of agencies about rodents since last month.", 5),
)


def show_records(plan: Plan) -> int:
    """A request that was searched and waits for decisions, and a new one."""
    if RecordsRequest.objects.exists():
        return RecordsRequest.objects.count()
    rows = []
    for number, (name, words, days) in enumerate(ASKED, 1):
        visitor = Stamp(actor=NOBODY, at=plan.now - timedelta(days=days), window=Window.WEB)
        email = f"asks{number}@example.org"
        rows.append(
            ask_for_records(None, name=name, email=email, words=words, language="en", stamp=visitor)
        )
    officer = stamp_of(OFFICER, plan.now - timedelta(days=1))
    look_for_records(
        rows[0],
        words="dumping",
        from_on=plan.end - timedelta(days=60),
        until_on=plan.end,
        kinds=[kind for kind in KINDS if kind != "line"],
        stamp=officer,
    )
    return RecordsRequest.objects.count()
