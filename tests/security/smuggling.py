"""Putting hostile texts where the office keeps its own: into every text it shows to anybody."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from tests.security.payloads import lot
from tests.web.planting import OWN_LOOKUP, STEERS, name_of, text_columns, unlock_the_ledger
from wardroom.access.gate import guard_pass

ROOM_IN_JSON = 160
# Columns of so little room hold words that the program steers by, and no words of anybody.
LEAST_ROOM = 21
# Read as rules for dates, however long.
READ_AS_DATES = {"library.HoursOpen.byday", "library.HoursOpen.bymonthday"}


def takes_words(model: type[models.Model], field: Any) -> bool:
    """Whether a column holds what somebody wrote, not a word that the program steers by."""
    if (getattr(field, "max_length", None) or LEAST_ROOM) < LEAST_ROOM or field.choices:
        return False
    return not STEERS.search(field.name) and name_of(model, field) not in OWN_LOOKUP | READ_AS_DATES


def smuggle(turn: int = 0) -> list[str]:
    """Put hostile texts before what stands in each such column; gives the columns they are in.

    A text without end takes all of them; a short one those that its number begins with, so
    that a hundred turns bring each of them into each column that has room for it.
    """
    unlock_the_ledger()
    columns = [column for column in text_columns() if takes_words(*column)]
    return [
        name_of(model, field)
        for number, (model, field) in enumerate(columns)
        if _smuggled(model, field, number + turn)
    ]


def _smuggled(model: type[models.Model], field: Any, number: int) -> bool:
    name = field.name
    if isinstance(field, models.JSONField):
        return _into_json(model, name, lot(number, ROOM_IN_JSON))
    room = getattr(field, "max_length", None)
    words = lot(number, room)
    if not words:
        return False
    marked = Concat(Value(f"{words} "), F(name), output_field=models.TextField())
    value = Substr(marked, 1, room) if room else marked
    rows = model._base_manager.all()
    for chosen in (rows, rows.exclude(**{name: ""})):
        try:
            with transaction.atomic(), guard_pass("planting hostile texts"):
                return bool(chosen.update(**{name: value}))
        except DatabaseError:
            continue  # the database wants a form here, or one of a kind
    return False


def _into_json(model: type[models.Model], name: str, words: str) -> bool:
    found = False
    with transaction.atomic(), guard_pass("planting hostile texts"):
        for pk, value in model._base_manager.order_by("pk").values_list("pk", name):
            marked = _marked(value, words)
            if marked != value:
                model._base_manager.filter(pk=pk).update(**{name: marked})
                found = True
    return found


def _marked(value: Any, words: str) -> Any:
    if isinstance(value, dict):
        return {key: _marked(one, words) for key, one in value.items()}
    if isinstance(value, list):
        return [_marked(one, words) for one in value]
    return f"{words} {value}" if isinstance(value, str) and " " in value else value
