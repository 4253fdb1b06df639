"""An agency's own system works with Wardroom: no person of the agency signs in for it.

A liaison asks the agency on the pages. The agency's system gets signed word of it, reads the ask
with its key, accepts it and reports it done; the liaison's board hears of each answer.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pytest_django import Settings

from tests.api.v1.conftest import Program, open_office, program_of
from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import Ground
from tests.notices.sink import Sink, open_sink
from tests.web.conftest import SignIn, open_site, stop_at_noon
from wardroom.casework.actions import take_complaint
from wardroom.jobs import hooks as job
from wardroom.matters.models import Ask, Matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> SignIn:
    stop_at_noon(monkeypatch)
    return open_site


def word_from(sink: Sink) -> list[tuple[str, int]]:
    """What came in since the last look: the kind of each line, and the ask that it is about."""
    job.send_hooks(30)
    told = [json.loads(body) for _, body in sink.came]
    sink.came.clear()
    return [
        (one["type"], int(ref["key"]))
        for one in told
        for ref in one["data"]["about"]
        if ref["noun"] == "ask"
    ]


def hook_up(program: Program, sink: Sink, *kinds: str) -> None:
    """A program asks for word of these kinds of line."""
    sent = {"name": "Own system", "address": sink.address, "kinds": list(kinds)}
    assert program.post("/hooks", sent).status_code == 201


def test_agency_answers_by_its_own_system(
    ground: Ground,
    liaison5: Cast,
    liaison7: Cast,
    partner_dpw: Cast,
    partner_ddot: Cast,
    director: Cast,
    settings: Settings,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.HOOKS_INSIDE = True
    open_office(ground, {"5": liaison5, "7": liaison7})
    monkeypatch.setattr(job, "worker_stamp", lambda: replace(director.stamp, at=NOON))
    agency, board = program_of(partner_dpw), program_of(liaison5)
    with open_sink() as theirs, open_sink() as ours, open_sink() as other:
        hook_up(agency, theirs, "AskRequested")
        hook_up(board, ours, "AskAccepted", "AskDone")
        hook_up(program_of(partner_ddot), other)
        said = "Bags lie in the alley, my name is Mx. Neighbor"
        taken = take_complaint(
            ground.places["5"], said=said, channel="phone", anonymous=True, stamp=liaison5.stamp
        )
        number = taken.matter_id
        form = {
            "ask0-agency_code": "DPW",
            "ask0-wording": "Clear the alley",
            "ask0-due_on": "2026-12-01",
        }
        page = sign_in(liaison5).post(f"/issues/{number}/ask/", form)
        assert page.status_code == 302, page.content.decode()
        ask = Ask.objects.get(matter=number)

        assert word_from(theirs) == [("AskRequested", ask.pk)]
        read = agency.data(f"/asks/{ask.pk}")
        assert read["data"]["row"]["wording"] == "Clear the alley"
        assert "Neighbor" not in json.dumps(read)
        accept = read["links"]["accept_ask"]["href"].removeprefix("/api/v1")
        promise = {"promised_on": "2026-11-25", "text": "Crew 4"}
        assert agency.post(accept, promise, Idempotency_Key="dpw-771").status_code == 200
        assert agency.post(accept, promise, Idempotency_Key="dpw-771").status_code == 200
        assert word_from(ours) == [("AskAccepted", ask.pk)]

        done = agency.post(f"/asks/{ask.pk}/done", {"disposition": "fixed", "text": "Cleared"})
        assert done.status_code == 200
        assert word_from(ours) == [("AskDone", ask.pk)]
        assert word_from(other) == []
    assert Matter.objects.get(pk=number).state == "open"
    shown = sign_in(liaison5).get(f"/asks/{ask.pk}/").content.decode()
    assert "Crew 4" in shown or "Cleared" in shown
