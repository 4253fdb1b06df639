"""Taking the words out of what was seen at something that is disposed of."""

from __future__ import annotations

from wardroom.fieldwork.models import ConditionCheck
from wardroom.matters.models import Matter


def empty_checks(matter: Matter) -> None:
    """Leave of each look at a place what was found and when, without a word of what was noted.

    Called inside the action that disposes of the matter. Records nothing by itself.
    """
    ConditionCheck.objects.filter(matter=matter).update(note="")
