"""Whose word a message is: each of the office finds their own, however many others there are."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from tests.cast import HOUSE, Cast
from tests.jobs.bells import ring_bell
from wardroom.access.actor import Stamp
from wardroom.access.gate import guard_pass
from wardroom.notices.actions import queue_message
from wardroom.notices.models import Message
from wardroom.notices.queries import outbox_page

pytestmark = pytest.mark.django_db


def write(stamp: Stamp) -> Message:
    """A message that follows from a line of somebody."""
    entry = ring_bell(None, tone="high", stamp=stamp)
    return queue_message(
        None,
        entry_id=entry,
        to_name="DPW",
        to_address="desk@dpw.example",
        subject=f"Asked: {entry}",
        text="Please sweep.",
        stamp=HOUSE,
    )


def test_each_finds_their_own_and_the_director_all(
    liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    ours, theirs, house = write(liaison5.stamp), write(liaison7.stamp), write(HOUSE)

    def seen(who: Cast) -> set[int]:
        return {row.id for row in outbox_page(who.actor).rows}

    assert seen(liaison5) == {ours.pk}
    assert seen(liaison7) == {theirs.pk}
    assert seen(director) == {ours.pk, theirs.pk, house.pk}


def test_messages_of_before_are_told_by_their_lines(liaison5: Cast) -> None:
    write(liaison5.stamp), write(HOUSE)
    whose = list(Message.objects.order_by("pk").values_list("by", flat=True))
    assert whose == [liaison5.user.pk, None]
    with guard_pass("as it was before"):
        Message.objects.update(by=None)
        fill = import_module("wardroom.notices.migrations.0014_fill_who_caused").fill
        fill(apps, None)
    assert list(Message.objects.order_by("pk").values_list("by", flat=True)) == whose
