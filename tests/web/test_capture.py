"""What is said back about a line that was written down."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.web.conftest import World
from wardroom.ledger.models import Entry
from wardroom.matters.models import Ask

pytestmark = pytest.mark.django_db


def said(world: World, line: str) -> str:
    """What the page says after this line."""
    sent = {"text": line, "back": "/day/"}
    answer = world.clients["liaison5"].post(reverse("capture"), sent, follow=True)
    assert answer.redirect_chain[-1][0] == "/day/"
    return " ".join(str(message) for message in answer.context["messages"])


def test_past_day_is_named_and_the_line_is_kept(world: World) -> None:
    before = Ask.objects.count()
    text = said(world, "Walked the alley !11/2/2026")
    assert "!11/2/2026 is Nov 2, 2026, which is past: no to-do for it." in text
    assert Ask.objects.count() == before
    assert Entry.objects.latest("pk").body["text"] == "Walked the alley !11/2/2026"


def test_weekday_says_which_day_it_means(world: World) -> None:
    assert "To do by Monday, November 23." in said(world, "Ring the crew !mon")


def test_day_of_another_year_says_the_year(world: World) -> None:
    assert "To do by Tuesday, November 2, 2027." in said(world, "Ring the crew !11/2")
