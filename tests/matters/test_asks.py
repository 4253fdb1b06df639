"""Asking and answering: the office asks, the agency itself answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.ground import DUE, FRIDAY, AskMaker
from wardroom.access.gate import guard_pass
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import timeline
from wardroom.matters import actions
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries import ask_file, ask_list, asks_of, get_ask

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
YESTERDAY = TODAY - timedelta(days=1)
LATER = FRIDAY + timedelta(days=7)

ANSWERS: dict[str, dict[str, Any]] = {
    "accept_ask": {"promised_on": FRIDAY},
    "decline_ask": {"code": "no_budget", "text": ""},
    "counter_ask": {"counter_on": FRIDAY, "text": "The crew is booked"},
    "move_promise": {"promised_on": LATER, "reason": "Snow"},
    "report_done": {"disposition": "fixed"},
}
OURS: dict[str, dict[str, Any]] = {
    "request_ask": {},
    "repeat_ask": {"due_on": LATER, "reason": "Too late for us"},
    "agree_counter": {},
    "withdraw_ask": {"reason": "The lot was sold"},
}


def make(name: str, ask: Ask, who: Cast, **words: Any) -> Ask:
    """Call one action on an ask, with sound words unless others are given."""
    call: Callable[..., Ask] = getattr(actions, name)
    return call(ask, **{**ANSWERS.get(name, {}), **OURS.get(name, {}), **words}, stamp=who.stamp)


def newest(ask: Ask, who: Cast) -> str:
    """The newest line on the ask's timeline as this person reads it."""
    return timeline(who.actor, refs=[Ref("ask", str(ask.pk))]).lines[0].sentence


def test_agency_promises_a_day(requested: Ask, partner_dpw: Cast, liaison5: Cast) -> None:
    ask = make("accept_ask", requested, partner_dpw)
    assert (ask.state, ask.first_promised_on, ask.promised_on) == ("accepted", FRIDAY, FRIDAY)
    assert (ask.answered_at, ask.answered_by) == (NOON, "Partner at DPW")
    sentence = "DPW promised 'Clear the alley' for Friday, December 4, 2026"
    assert newest(ask, liaison5) == newest(ask, partner_dpw) == sentence
    for noun, key in (("matter", ask.matter_id), ("place", ask.case.place_id)):
        assert timeline(liaison5.actor, refs=[Ref(noun, str(key))]).lines[0].sentence == sentence


def test_agency_declines_with_a_reason(requested: Ask, partner_dpw: Cast) -> None:
    ask = make("decline_ask", requested, partner_dpw, code="not_ours", text="It is federal")
    assert (ask.state, ask.decline_code, ask.answer_text) == (
        "declined",
        "not_ours",
        "It is federal",
    )
    assert newest(ask, partner_dpw) == (
        "DPW declined 'Clear the alley': Not our jurisdiction (It is federal)"
    )
    file = ask_file(ask.pk, partner_dpw.actor)
    assert file.decline_label == "Not our jurisdiction"
    assert not file.allowed


def test_other_reason_is_told_in_its_own_words(requested: Ask, partner_dpw: Cast) -> None:
    ask = make("decline_ask", requested, partner_dpw, code="other", text="The truck burned")
    assert newest(ask, partner_dpw) == "DPW declined 'Clear the alley': The truck burned"


def test_office_agrees_to_another_day_and_it_becomes_the_promise(
    requested: Ask, partner_dpw: Cast, liaison5: Cast
) -> None:
    ask = make("counter_ask", requested, partner_dpw)
    assert (ask.state, ask.counter_on, ask.promised_on) == ("countered", FRIDAY, None)
    assert newest(ask, liaison5) == (
        "DPW offered Friday, December 4, 2026 for 'Clear the alley' "
        "instead of Tuesday, December 1, 2026: The crew is booked"
    )
    ask = make("agree_counter", ask, liaison5)
    assert (ask.state, ask.first_promised_on, ask.promised_on) == ("accepted", FRIDAY, FRIDAY)
    assert newest(ask, partner_dpw).startswith("The office agreed to Friday, December 4, 2026")


def test_offer_that_is_over_is_not_agreed_to(
    requested: Ask, partner_dpw: Cast, liaison5: Cast
) -> None:
    ask = make("counter_ask", requested, partner_dpw)
    late = stamp_for(liaison5.actor, NOON + timedelta(days=30))
    with pytest.raises(Refused) as no:
        actions.agree_counter(ask, stamp=late)
    assert no.value.code == "promise_in_the_past"


def test_office_asks_again_instead_of_agreeing(
    requested: Ask, partner_dpw: Cast, liaison5: Cast
) -> None:
    ask = make("counter_ask", requested, partner_dpw)
    ask = make("repeat_ask", ask, liaison5)
    assert (ask.state, ask.due_on, ask.counter_on, ask.answered_at) == (
        "requested",
        LATER,
        None,
        None,
    )
    assert newest(ask, partner_dpw) == (
        "DPW was asked again for 'Clear the alley' by Friday, December 11, 2026 (Too late for us)"
    )


def test_agency_may_come_round_before_the_office_replies(requested: Ask, partner_dpw: Cast) -> None:
    ask = make("counter_ask", requested, partner_dpw)
    ask = make("accept_ask", ask, partner_dpw, promised_on=DUE)
    assert (ask.state, ask.promised_on, ask.counter_on) == ("accepted", DUE, None)


def test_first_promise_is_kept_for_ever(requested: Ask, partner_dpw: Cast, liaison5: Cast) -> None:
    ask = make("accept_ask", requested, partner_dpw)
    ask = make("move_promise", ask, partner_dpw)
    assert (ask.first_promised_on, ask.promised_on) == (FRIDAY, LATER)
    assert newest(ask, liaison5) == (
        "DPW moved its promise of 'Clear the alley' from Friday, December 4, 2026 "
        "to Friday, December 11, 2026: Snow"
    )
    assert asks_of(ask.case.pk, liaison5.actor)[0].slip_days == 7
    ask = make("report_done", ask, partner_dpw)
    ask = make("repeat_ask", ask, liaison5, due_on=LATER, reason="It came back")
    assert (ask.state, ask.promised_on, ask.first_promised_on) == ("requested", None, FRIDAY)
    ask = make("accept_ask", ask, partner_dpw, promised_on=LATER)
    assert (ask.first_promised_on, ask.promised_on) == (FRIDAY, LATER)


def test_done_is_the_agencys_word_and_closes_no_matter(
    requested: Ask, partner_dpw: Cast, liaison5: Cast
) -> None:
    ask = make("accept_ask", requested, partner_dpw)
    ask = make("report_done", ask, partner_dpw, disposition="inspected_no_violation", text="Twice")
    assert (ask.state, ask.done_at, ask.disposition) == ("done", NOON, "inspected_no_violation")
    assert ask.case.state == "open"
    assert newest(ask, liaison5) == (
        "DPW says 'Clear the alley' is done: Inspected, no violation (Twice)"
    )


def test_withdrawn_ask_tells_the_agency_why(
    requested: Ask, liaison5: Cast, partner_dpw: Cast
) -> None:
    ask = make("withdraw_ask", requested, liaison5)
    assert newest(ask, partner_dpw) == (
        "The office withdrew 'Clear the alley' from DPW: The lot was sold"
    )
    assert not ask_file(ask.pk, partner_dpw.actor).allowed


def test_dropped_proposal_is_never_shown_to_the_agency(
    proposed: Ask, liaison5: Cast, partner_dpw: Cast
) -> None:
    ask = make("withdraw_ask", proposed, liaison5)
    assert newest(ask, liaison5).startswith("The ask 'Clear the alley' was dropped")
    with pytest.raises(NotFound):
        get_ask(ask.pk, partner_dpw.actor)
    assert not timeline(partner_dpw.actor, refs=[Ref("ask", str(ask.pk))]).lines


@pytest.mark.parametrize("name", ANSWERS)
def test_nobody_answers_for_the_agency(
    name: str,
    requested: Ask,
    director: Cast,
    liaison5: Cast,
    liaison7: Cast,
    records_officer: Cast,
    partner_dpw: Cast,
    partner_ddot: Cast,
) -> None:
    if name in {"move_promise", "report_done"}:
        make("accept_ask", requested, partner_dpw)
    for who in (director, liaison5, liaison7, records_officer, partner_ddot):
        with pytest.raises(NotAllowed):
            make(name, requested, who)
    make(name, requested, partner_dpw)


@pytest.mark.parametrize("name", OURS)
def test_only_the_wards_liaison_and_the_director_ask(
    name: str,
    proposed: Ask,
    director: Cast,
    liaison5: Cast,
    liaison7: Cast,
    records_officer: Cast,
    partner_dpw: Cast,
) -> None:
    if name in {"repeat_ask", "agree_counter"}:
        make("request_ask", proposed, liaison5)
        make("counter_ask", proposed, partner_dpw)
    for who in (liaison7, records_officer, partner_dpw):
        with pytest.raises(NotAllowed):
            make(name, proposed, who)
    make(name, proposed, director)


def test_agency_cannot_answer_what_it_was_not_asked(proposed: Ask, partner_dpw: Cast) -> None:
    with pytest.raises(NotAllowed):
        make("accept_ask", proposed, partner_dpw)


@pytest.mark.parametrize(
    ("name", "words", "code", "field"),
    [
        ("accept_ask", {"promised_on": YESTERDAY}, "promise_in_the_past", "promised_on"),
        ("accept_ask", {"text": "x" * 501}, "too_long", "text"),
        ("decline_ask", {"code": "because"}, "unknown_reason", "code"),
        ("decline_ask", {"code": "other", "text": " "}, "reason_missing", "text"),
        ("counter_ask", {"counter_on": DUE}, "counter_is_the_due_date", "counter_on"),
        ("counter_ask", {"counter_on": TODAY}, "counter_too_early", "counter_on"),
        ("withdraw_ask", {"reason": ""}, "reason_missing", "reason"),
        ("report_done", {}, "wrong_state", None),
        ("move_promise", {}, "wrong_state", None),
        ("agree_counter", {}, "wrong_state", None),
        ("repeat_ask", {}, "wrong_state", None),
        ("request_ask", {}, "wrong_state", None),
    ],
)  # fmt: skip
def test_refusal_of_a_waiting_ask_names_code_and_field(
    requested: Ask,
    liaison5: Cast,
    partner_dpw: Cast,
    name: str,
    words: dict[str, Any],
    code: str,
    field: str | None,
) -> None:
    with pytest.raises(Refused) as no:
        make(name, requested, partner_dpw if name in ANSWERS else liaison5, **words)
    assert (no.value.code, no.value.field) == (code, field)
    requested.refresh_from_db()
    assert requested.state == "requested"


@pytest.mark.parametrize(
    ("name", "words", "code", "field"),
    [
        ("move_promise", {"promised_on": FRIDAY}, "promise_unchanged", "promised_on"),
        ("move_promise", {"promised_on": YESTERDAY}, "promise_in_the_past", "promised_on"),
        ("move_promise", {"reason": ""}, "reason_missing", "reason"),
        ("report_done", {"disposition": "magic"}, "unknown_disposition", "disposition"),
        ("report_done", {"text": "x" * 501}, "too_long", "text"),
        ("accept_ask", {}, "wrong_state", None),
        ("decline_ask", {}, "wrong_state", None),
        ("counter_ask", {}, "wrong_state", None),
    ],
)  # fmt: skip
def test_refusal_of_an_accepted_ask_names_code_and_field(
    requested: Ask,
    partner_dpw: Cast,
    name: str,
    words: dict[str, Any],
    code: str,
    field: str | None,
) -> None:
    make("accept_ask", requested, partner_dpw)
    with pytest.raises(Refused) as no:
        make(name, requested, partner_dpw, **words)
    assert (no.value.code, no.value.field) == (code, field)


def test_proposal_and_repetition_need_a_day_after_today(
    matter5: Matter, ask_in: AskMaker, proposed: Ask, liaison5: Cast, partner_dpw: Cast
) -> None:
    with pytest.raises(Refused) as no:
        actions.request_ask(proposed, stamp=stamp_for(liaison5.actor, NOON + timedelta(days=30)))
    assert no.value.field == "due_on"
    make("request_ask", proposed, liaison5)
    make("counter_ask", proposed, partner_dpw)
    with pytest.raises(Refused) as no:
        make("repeat_ask", proposed, liaison5, due_on=TODAY)
    assert no.value.field == "due_on"
    with pytest.raises(Refused) as no:
        make("repeat_ask", proposed, liaison5, reason="")
    assert no.value.field == "reason"


def test_done_ask_of_a_closed_matter_is_not_repeated(
    matter5: Matter, requested: Ask, liaison5: Cast, partner_dpw: Cast
) -> None:
    make("accept_ask", requested, partner_dpw)
    done = make("report_done", requested, partner_dpw)
    actions.close_matter(matter5, outcome="resolved", stamp=liaison5.stamp)
    assert "repeat_ask" not in ask_file(done.pk, liaison5.actor).allowed
    with pytest.raises(Refused) as no:
        make("repeat_ask", done, liaison5)
    assert no.value.code == "wrong_state"


def test_allowed_moves_are_those_that_work(
    requested: Ask, liaison5: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    def allowed(who: Cast) -> frozenset[str]:
        return ask_file(requested.pk, who.actor).allowed

    assert allowed(liaison5) == {"withdraw_ask"}
    assert allowed(partner_dpw) == {"accept_ask", "decline_ask", "counter_ask"}
    assert allowed(records_officer) == frozenset()
    make("counter_ask", requested, partner_dpw)
    assert allowed(liaison5) == {"withdraw_ask", "agree_counter", "repeat_ask"}
    make("agree_counter", requested, liaison5)
    assert allowed(partner_dpw) == {"move_promise", "report_done"}


def test_list_filters_sorts_and_counts(
    matter5: Matter, matter7: Matter, ask_in: AskMaker, liaison5: Cast, liaison7: Cast,
    director: Cast, partner_dpw: Cast,
) -> None:  # fmt: skip
    first = ask_in(matter5, liaison5, "DPW")
    ask_in(matter5, liaison5, "DDOT")
    ask_in(matter7, liaison7, "DPW", asked=False)
    make("accept_ask", first, partner_dpw, promised_on=LATER)

    def listed(**words: Any) -> list[str]:
        page = ask_list(director.actor, on=TODAY, **words)
        assert page.total == len(page.rows)
        return [f"{row.agency_code}{row.ward_code}{row.state}" for row in page.rows]

    assert listed() == ["DDOT5requested", "DPW7proposed", "DPW5accepted"]
    assert listed(sort="-due") == ["DPW5accepted", "DPW7proposed", "DDOT5requested"]
    assert listed(agency="DPW", sort="asked") == ["DPW5accepted", "DPW7proposed"]
    assert listed(ward="7") == ["DPW7proposed"]
    assert listed(state="accepted") == ["DPW5accepted"]
    assert listed(state="live", sort="agency") == [
        "DDOT5requested",
        "DPW7proposed",
        "DPW5accepted",
    ]
    late = ask_list(director.actor, on=DUE + timedelta(days=1), overdue=True)
    assert [row.agency_code for row in late.rows] == ["DDOT"]
    assert late.filters == {"overdue": "yes"}


def test_list_takes_the_same_few_statements_however_long(
    matter5: Matter,
    ask_in: AskMaker,
    liaison5: Cast,
    django_assert_num_queries: Any,
) -> None:
    for count in (1, 12):
        for _ in range(count):
            ask_in(matter5, liaison5, "DPW")
        with django_assert_num_queries(2):
            ask_list(liaison5.actor, on=TODAY)


def test_pages_of_the_list_stay_within_bounds(
    matter5: Matter, ask_in: AskMaker, liaison5: Cast
) -> None:
    for _ in range(26):
        ask_in(matter5, liaison5, "DPW", asked=False)
    page = ask_list(liaison5.actor, on=TODAY, page=2)
    assert (page.total, page.pages, page.page, len(page.rows)) == (26, 2, 2, 1)
    assert ask_list(liaison5.actor, on=TODAY, page=99).page == 2
    assert ask_list(liaison5.actor, on=TODAY, sort="nonsense").sort == "due"


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "asleep"},
        {"state": "accepted"},
        {"state": "countered"},
        {"state": "declined"},
        {"promised_on": date(2026, 12, 4)},
        {"asked_agency": "DDOT"},
        {"asked_agency": ""},
        {"asked_at": None, "asked_agency": ""},
        {
            "state": "done",
            "promised_on": date(2026, 12, 4),
            "first_promised_on": date(2026, 12, 4),
        },
    ],
)
def test_database_agrees_about_asks(requested: Ask, broken: dict[str, Any]) -> None:
    with guard_pass("goes round the gate"), pytest.raises(DatabaseError), transaction.atomic():
        Ask.objects.filter(pk=requested.pk).update(**broken)
