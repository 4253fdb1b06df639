"""What goes wrong after a commit is told to the log, and never to whoever saved."""

from __future__ import annotations

import pytest

from tests.casework.intake import take
from tests.cast import Cast
from tests.ground import Ground
from wardroom.ledger import reactions
from wardroom.matters.models import Matter

pytestmark = pytest.mark.django_db(transaction=True)


def test_listener_that_fails_undoes_nothing_and_stops_nobody(
    ground: Ground,
    director: Cast,
    liaison5: Cast,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(entry_id: int) -> None:
        raise RuntimeError("the queue is away")

    monkeypatch.setattr(reactions, "_LISTENERS", [fail])
    matter = take(liaison5, ground, topic_code="").matter
    assert Matter.objects.filter(pk=matter.pk).exists()
    assert "the queue is away" in caplog.text
