"""What the director answered to the lines of a report."""

from __future__ import annotations

from datetime import datetime

from wardroom.ledger.models import Entry
from wardroom.reporting import rules
from wardroom.reporting.facts import DirectorAnswered
from wardroom.reporting.models import Edition
from wardroom.reporting.queries.shapes import Answer
from wardroom.reporting.rules.items import items_of


def was_answered(matter_id: int, week: str, text: str) -> bool:
    """Whether the director said just this of a matter in that week already."""
    lines = Entry.objects.filter(kind=DirectorAnswered.__name__, matter_key=str(matter_id))
    return lines.filter(body__week=week, body__text=text).exists()


def answers_to(edition: Edition, *, until: datetime | None = None) -> dict[str, Answer]:
    """The director's answers to the lines of a report, also those given in the roll-up.

    With ``until``, those that were given by then.
    """
    items = items_of(edition.facts, edition.edits)
    asked = {i.key: i.row["matter_id"] for i in items if i.row.get("matter_id") is not None}
    if edition.report == rules.MONTHLY or not asked:
        return {}
    lines = Entry.objects.filter(kind=DirectorAnswered.__name__, body__week=edition.week)
    lines = lines.filter(matter_key__in={str(pk) for pk in asked.values()})
    if until is not None:
        lines = lines.filter(at__lte=until)
    found = {}
    for body, at in lines.order_by("pk").values_list("body", "at"):
        answer = Answer(body["text"], at)
        ward = body["ward_code"] or edition.ward_code
        keys = {body["key"], body["key"].removeprefix(f"w{ward}-"), f"w{ward}-{body['key']}"}
        found.update(dict.fromkeys(keys & asked.keys(), answer))
    return found
