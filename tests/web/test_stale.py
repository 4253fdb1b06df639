"""A page that was open too long: both versions are shown, and saving again is deliberate."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.ground import DUE, AskMaker
from tests.library.files import key
from tests.web.addresses import address
from tests.web.conftest import World
from tests.web.test_forms import kept
from tests.web.test_reach import ask_in_state
from tests.web.test_reading import row_counts
from wardroom.casework.actions import correct_issue
from wardroom.library.actions import revise_service
from wardroom.library.models import ListedService
from wardroom.library.queries.by_hand import draft_of
from wardroom.matters.actions import counter_ask, say_where_it_stands, set_next_step
from wardroom.matters.models import Matter

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LATER = date(2026, 12, 11)


def carried(page: str, name: str, form: str) -> str:
    """The version that a form on a page carries."""
    found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"[^>]*?id="{form}_{name}"', page) or (
        re.search(rf'name="{name}" value="([^"]*)" id="{form}_{name}"', page)
    )
    assert found, f"{form} carries no {name}"
    return unescape(found[1])


def told(answer: object) -> str:
    """What the page says stands there now."""
    page = unescape(answer.content.decode())  # type: ignore[attr-defined]
    assert answer.status_code == 409  # type: ignore[attr-defined]
    found = re.search(r'<div class="note note--bad stale".*?</div>\s*</dl>.*?</div>', page, re.S)
    assert found, "both versions are not shown"
    assert "The Director" in found[0] or "Partner at DPW" in found[0]
    return found[0]


def again(client: Client, path: str, sent: dict[str, str], page: str, name: str, form: str) -> int:
    """Send the same once more, with the version that the page carries now."""
    return client.post(path, {**sent, name: carried(page, name, form)}).status_code


@pytest.mark.parametrize("where", ["issue", "location"])
def test_next_step_of_somebody_else_is_shown_and_not_overwritten(where: str, world: World) -> None:
    matter = (world.issues if where == "issue" else world.matters)["5"]
    liaison, page = world.clients["liaison5"], address(world, where)
    path = f"{page}next/"
    seen = carried(liaison.get(page).content.decode(), "seen", "next")
    set_next_step(matter, next_on=DUE, next_step="Theirs", stamp=world.cast["director"].stamp)
    sent = {"next_on": "2026-12-24", "next_step": "Mine", "seen": seen}
    before = row_counts()
    answer = liaison.post(path, sent)
    assert "Theirs" in told(answer)
    assert row_counts() == before
    shown = answer.content.decode()
    mine = {"next_on": "2026-12-24", "next_step": "Mine"}
    assert kept(shown, mine) == []
    assert again(liaison, path, mine, shown, "seen", "next") == 302
    assert Matter.objects.get(pk=matter.pk).next_step == "Mine"


def test_standing_of_somebody_else_is_shown_and_not_overwritten(world: World) -> None:
    matter, liaison = world.issues["5"], world.clients["liaison5"]
    page = address(world, "issue")
    seen = carried(liaison.get(page).content.decode(), "former_version", "standing")
    say_where_it_stands(matter, text="Their words", stamp=world.cast["director"].stamp)
    answer = liaison.post(f"{page}standing/", {"text": "My words", "former_version": seen})
    assert "Their words" in told(answer)
    shown = answer.content.decode()
    assert kept(shown, {"text": "My words"}) == []
    sent = {"text": "My words"}
    assert again(liaison, f"{page}standing/", sent, shown, "former_version", "standing") == 302
    assert Matter.objects.get(pk=matter.pk).standing == "My words"


def test_details_that_both_changed_are_shown_and_not_overwritten(world: World) -> None:
    matter, liaison = world.issues["5"], world.clients["liaison5"]
    path = address(world, "issue_details")
    seen = carried(liaison.get(path).content.decode(), "seen", "details")
    correct_issue(
        matter, title="Their title", public_text="Theirs", stamp=world.cast["director"].stamp
    )
    sent = {"title": "My title", "topic_code": "", "seen": seen}
    answer = liaison.post(path, sent)
    words = told(answer)
    assert "Their title" in words
    assert "Theirs" not in words.replace("Their title", "")
    shown = answer.content.decode()
    mine = {"title": "My title", "topic_code": "", "public_text": "Theirs"}
    assert again(liaison, path, mine, shown, "seen", "details") == 302
    matter.refresh_from_db()
    assert (matter.title, matter.public_text) == ("My title", "Theirs")


def test_offer_that_changed_is_not_agreed_to_unseen(world: World, ask_in: AskMaker) -> None:
    ask = ask_in_state("countered", ask_in, world)
    liaison, page = world.clients["liaison5"], f"/asks/{ask.pk}/"
    seen = carried(liaison.get(page).content.decode(), "seen", "agree_counter")
    counter_ask(ask, counter_on=LATER, stamp=world.cast["partner_dpw"].stamp)
    answer = liaison.post(f"{page}agree_counter/", {"seen": seen})
    assert "Friday, December 11, 2026" in told(answer)
    shown = answer.content.decode()
    assert again(liaison, f"{page}agree_counter/", {}, shown, "seen", "agree_counter") == 302
    ask.refresh_from_db()
    assert (ask.state, ask.promised_on) == ("accepted", LATER)


def test_ask_that_ended_in_the_meantime_says_how_it_stands(world: World) -> None:
    liaison, page = world.clients["liaison5"], address(world, "ask")
    first = liaison.post(f"{page}withdraw_ask/", {"reason": "Sold"})
    assert first.status_code == 302
    answer = liaison.post(f"{page}withdraw_ask/", {"reason": "Sold twice"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "This is withdrawn, so it cannot be done now." in shown
    assert '<span class="tag">Withdrawn</span>' in shown
    assert kept(shown, {"reason": "Sold twice"}) == []


def test_service_is_not_saved_over_what_was_added_since(world: World) -> None:
    liaison, path = world.clients["liaison5"], address(world, "service_edit")
    row = ListedService.objects.get(pk=key("pantry"))
    seen = carried(liaison.get(path).content.decode(), "seen", "service")
    now = draft_of(row)
    theirs = replace(now, phones=(*now.phones, "202-555-0199"))
    revise_service(row, draft=theirs, stamp=world.cast["director"].stamp)
    sent: dict[str, Any] = {
        "called": now.name, "organization": now.organization, "languages": ["es", "am"],
        "phones": "202-555-0100", "seen": seen,
    }  # fmt: skip
    answer = liaison.post(path, sent)
    shown = unescape(answer.content.decode())
    assert (answer.status_code, "202-555-0199" in shown) == (409, True)
    assert len(re.findall(r'name="languages"[^>]*checked', shown)) == 2
    assert "202-555-0199" in draft_of(row).phones
    assert again(liaison, path, sent, answer.content.decode(), "seen", "service") == 302
    assert draft_of(row).phones == ("202-555-0100",)
