"""S2: of what residents tell, and of what the office writes about it, nothing gets out.

Some cases here, a thousand in the long tier (`tests/torture/test_private_cases.py`).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import NOON, stamp_for
from tests.counting import count_anew
from tests.engagement.subscribed import subscribe
from tests.security.outside import outside
from tests.security.thousand import found_in, letters_out, take_cases, too_much
from tests.web.conftest import World, agencies, fixed_noon, fresh_cache, lent, standing, world
from wardroom.access.actor import SYSTEM
from wardroom.access.models import User
from wardroom.casework import reactions
from wardroom.casework.actions import reporting
from wardroom.casework.models import Complaint
from wardroom.directory.models import Party
from wardroom.jobs import news

__all__ = ["agencies", "fixed_noon", "fresh_cache", "lent", "standing", "world"]
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
DPW = "dpw@example.org"
CASES = 16
KINDS = {"name", "mail", "unit", "said", "note", "talk", "work", "task", "step", "phone", "staff"}
LINK_OF_ONE = re.compile(r"//[^/\s]+/mine/([\w-]+)/")
Found = dict[str, set[tuple[int, str]]]


def letters_to_others(patch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """All letters to people who are not of the office, with the news of the day, by address."""
    day_after = stamp_for(SYSTEM, NOON + timedelta(days=1))
    patch.setattr(news, "worker_stamp", lambda: day_after)
    news.write_digests()
    own = {*User.objects.values_list("email", flat=True)}
    given: dict[str, list[str]] = {}
    for to, text in letters_out():
        if to not in own:
            given.setdefault(to, []).append(text)
    return given


def said_too_much(given: Mapping[str, list[str]]) -> Found:
    """What letters say that their readers must not read."""
    wrong = {
        to: {each for text in texts for each in too_much(to, text, DPW)}
        for to, texts in given.items()
    }
    return {to: found for to, found in wrong.items() if found}


def shown_outside(world: World, *, most: int) -> Found:
    """What stands on public pages, in files and feeds, and in what errors say."""
    shown = {path: found_in(said) for path, said in outside(world, most=most)}
    assert len(shown) > 150
    return {path: found for path, found in shown.items() if found}


def shown_to_reporters(given: Mapping[str, list[str]]) -> Found:
    """What the page of somebody's link shows that is not their own."""
    wrong: Found = {}
    for to, texts in given.items():
        for token in sorted({each for text in texts for each in LINK_OF_ONE.findall(text)}):
            count_anew()
            page = Client().get(f"/mine/{token}/")
            assert page.status_code == 200
            if found := too_much(to, page.content.decode(), DPW):
                wrong[to] = found
    return wrong


def keeps_all_private(world: World, agency: Party, many: int, *, most: int) -> int:
    """Take so many cases and look at all that is outside; gives how many of them can be seen."""
    with pytest.MonkeyPatch.context() as patch:
        subscribe("neighbor@example.org")
        take_cases(many, agency, "rodents")
        given = letters_to_others(patch)
        assert said_too_much(given) == {}
        assert shown_to_reporters(given) == {}
        assert shown_outside(world, most=most) == {}
    return len({case for texts in given.values() for t in texts for case, _ in found_in(t)})


def test_nothing_of_a_case_is_outside(
    world: World, agencies: Mapping[str, Party], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        heard = keeps_all_private(world, agencies["DPW"], CASES, most=CASES)
    assert heard > CASES / 2, "letters say back what is somebody's own"
    lines = "\n".join(record.getMessage() for record in caplog.records)
    assert found_in(lines) == set()


def test_what_is_kept_private_is_there_for_those_who_work_on_it(
    world: World, agencies: Mapping[str, Party]
) -> None:
    take_cases(5, agencies["DPW"], "rodents")
    seen: set[tuple[int, str]] = set()
    for one in Complaint.objects.order_by("-pk")[:5]:
        pages = (f"/issues/{one.matter_id}/", f"/matters/{one.matter_id}/history/")
        for path in (*pages, reverse("party", args=(one.reporter_id,))):
            seen |= found_in(world.clients["director"].get(path).content.decode())
    assert {what for _, what in seen} >= KINDS


def test_power_check_an_address_that_is_not_made_public_by_its_block(
    world: World, agencies: Mapping[str, Party], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "_city_address", lambda place: place.label)
    take_cases(2, agencies["DPW"], "rodents")
    assert any((2, "unit") in found_in(said) for _, said in outside(world, most=2))


def test_power_check_a_letter_that_calls_an_issue_by_its_title(
    agencies: Mapping[str, Party], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reactions, "_title", lambda complaint: complaint.matter.title)
    take_cases(3, agencies["DPW"], "rodents")
    with pytest.MonkeyPatch.context() as patch:
        wrong = said_too_much(letters_to_others(patch))
    assert (3, "note") in {each for found in wrong.values() for each in found}
