"""A form that is not whole says what to do, at the field, and keeps all that was typed."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from tests.cast import PASSWORD
from tests.ground import AskMaker
from tests.web.addresses import address
from tests.web.conftest import World
from tests.web.test_reach import ask_in_state
from tests.web.test_reading import row_counts
from wardroom.casework.rules.tongues import told_in
from wardroom.matters.actions import counter_ask
from wardroom.web.residents.forms import StillForm
from wardroom.web.ui.forms import ListedChoice

pytestmark = pytest.mark.django_db
LONG = "x" * 501


def says(page: str, control: str) -> str:
    """The sentence beside a control, and nothing where there is none."""
    found = re.search(rf'id="{re.escape(control)}_error">([^<]*)<', page)
    return unescape(found[1]) if found else ""


def kept(page: str, sent: dict[str, Any]) -> list[str]:
    """What was typed and does not stand in its control any more."""
    lost = []
    for name, value in sent.items():
        shown = re.escape(str(value).replace("&", "&amp;").replace("<", "&lt;").replace(
            ">", "&gt;").replace('"', "&quot;").replace("'", "&#x27;"))  # fmt: skip
        control = (
            rf'name="{name}"[^>]*value="{shown}"[^>]*|<textarea name="{name}"[^>]*>\s*{shown}<'
        )
        chosen = rf'<select name="{name}".*?<option value="{shown}" selected>'
        ticked = rf'type="radio"[^>]*name="{name}" value="{shown}" checked'
        pieces = (control, chosen, ticked)
        if value != "" and not any(re.search(p, page, re.DOTALL) for p in pieces):
            lost.append(name)
    return lost


def refused(world: World, role: str, path: str, sent: dict[str, Any], status: int = 422) -> str:
    """The page that comes back when a form is not taken; nothing was written."""
    before = row_counts()
    answer = world.clients[role].post(path, sent)
    assert answer.status_code == status, path
    page = answer.content.decode()
    assert row_counts() == before
    assert "This was not saved" in page
    return page


WORDS = {"reason": 'It\'s <bad> & "old"'}
DECIDE = [
    ({}, "verdict", "Choose “What do you decide”."),
    ({"verdict": "burn", **WORDS}, "verdict",
     "Choose one of the answers listed under “What do you decide”."),
    ({"verdict": "refuse"}, "reason", "Fill in “Reason”."),
    ({"verdict": "refuse", "reason": " "}, "reason", "Fill in “Reason”."),
    ({"verdict": "refuse", "reason": LONG}, "reason",
     "Keep “Reason” within 500 characters; it has 501 now."),
    ({"verdict": "watch", **WORDS}, "look_again_on",
     "Name the day on which you will look again."),
    ({"verdict": "watch", "look_again_on": "2026-11-18", **WORDS}, "look_again_on",
     "Look again on a day after today and within a year."),
    ({"verdict": "watch", "look_again_on": "soon", **WORDS}, "look_again_on",
     "“Look again on” must be a date, such as 2026-11-30."),
    ({"verdict": "watch", "look_again_on": "9999-12-31", **WORDS}, "look_again_on",
     "Look again on a day after today and within a year."),
    ({"verdict": "designate", **WORDS}, "next_on",
     "Name the next date: the day by which the work plan is written."),
    ({"verdict": "designate", "next_on": "2026-11-17", **WORDS}, "next_on",
     "Choose today or a later day for the next step."),
    ({"verdict": "designate", "next_on": "0001-01-01", **WORDS}, "next_on",
     "Choose today or a later day for the next step."),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "field", "sentence"), DECIDE)
def test_a_decision_that_is_not_whole(
    sent: dict[str, str], field: str, sentence: str, world: World
) -> None:
    page = refused(world, "liaison5", address(world, "decide"), sent)
    assert says(page, f"decide_{field}") == sentence
    drop = {"verdict"} if sent.get("verdict") == "burn" else set()
    assert kept(page, {k: v for k, v in sent.items() if k not in drop}) == []
    assert f'href="#decide_{field}"' in page


SEEN = "2026-11-18T09:00"
LOCATION = [
    ("check", {}, "seen_at", "Fill in “When were you there”."),
    ("check", {"seen_at": "yesterday", "note": "Bags"}, "seen_at", "Enter a valid date/time."),
    ("check", {"seen_at": "2026-11-19T09:00", "finding": "clean", "rating": "1"}, "seen_at",
     "This is in the future."),
    ("check", {"seen_at": "2026-09-01T09:00", "finding": "clean", "rating": "1"}, "seen_at",
     "This was more than 30 days ago. Go and look again."),
    ("check", {"seen_at": "0001-01-01T00:00", "finding": "clean", "rating": "1"}, "seen_at", None),
    ("check", {"seen_at": "9999-12-31T23:59", "finding": "clean", "rating": "1"}, "seen_at", None),
    ("check", {"seen_at": SEEN, "rating": "3", "note": "Bags"}, "finding",
     "Choose “What did you find”."),
    ("check", {"seen_at": SEEN, "finding": "worse", "note": "Bags"}, "rating",
     "Rate it from 1 to 4."),
    ("check", {"seen_at": SEEN, "finding": "clean", "rating": "4"}, "rating",
     "Clean goes with rating 1, and trouble with 2 to 4."),
    ("check", {"seen_at": SEEN, "finding": "clean", "rating": "9"}, "rating",
     "Choose one of the answers listed under “How bad is it”."),
    ("check", {"seen_at": SEEN, "finding": "cannot_determine", "rating": "2"}, "rating",
     "Leave out the rating where you could not tell."),
    ("next", {"next_step": "Look again"}, "next_on", "Fill in “Next date”."),
    ("next", {"next_on": "2026-12-24"}, "next_step", "Fill in “Next step”."),
    ("next", {"next_on": "2026-11-17", "next_step": "Look"}, "next_on",
     "Choose today or a later day for the next step."),
    ("close", {"reason": "All is well"}, "outcome", "Choose “Outcome”."),
    ("close", {"outcome": "stopped"}, "reason", "Say why it ends like this."),
    ("close", {"outcome": "magic", "reason": "Gone"}, "outcome",
     "Choose one of the answers listed under “Outcome”."),
]  # fmt: skip


@pytest.mark.parametrize(("form", "sent", "field", "sentence"), LOCATION)
def test_a_form_of_a_location_that_is_not_whole(
    form: str, sent: dict[str, str], field: str, sentence: str | None, world: World
) -> None:
    page = refused(world, "liaison5", f"{address(world, 'location')}{form}/", sent)
    told = says(page, f"{form}_{field}")
    assert told == sentence if sentence else told
    out = {("rating", "9"), ("outcome", "magic")}
    assert kept(page, {k: v for k, v in sent.items() if (k, v) not in out}) == []


ANSWERS = [
    ("accept_ask", {"text": "Soon"}, "promised_on", "Fill in “We promise it by”."),
    ("accept_ask", {"promised_on": "2026-11-17", "text": "Soon"}, "promised_on",
     "Tuesday, November 17, 2026 is in the past. Promise today or a later day."),
    ("decline_ask", {"text": "No"}, "code", "Choose “Reason”."),
    ("decline_ask", {"code": "other"}, "text", "Say which other reason it is."),
    ("counter_ask", {"counter_on": "2026-12-01", "text": "So"}, "counter_on",
     "This is the day that was asked for. Accept the ask, or offer another day."),
    ("counter_ask", {"counter_on": "2026-11-18", "text": "So"}, "counter_on",
     "Offer a day after today."),
    ("move_promise", {"promised_on": "2026-12-01", "reason": "Rain"}, "promised_on",
     "The promise is already Tuesday, December 1, 2026."),
    ("move_promise", {"promised_on": "2026-12-09"}, "reason", "Fill in “Why it moves”."),
    ("report_done", {"text": "Done"}, "disposition", "Choose “What was done”."),
    ("repeat_ask", {"due_on": "2026-11-18", "reason": "Back"}, "due_on",
     "Ask for a day after today, Wednesday, November 18, 2026: the agency has to have time."),
    ("withdraw_ask", {}, "reason", "Fill in “Why we withdraw it”."),
]  # fmt: skip
STATES = {"move_promise": "accepted", "report_done": "accepted", "repeat_ask": "done"}
AGENCY = {"accept_ask", "decline_ask", "counter_ask", "move_promise", "report_done"}


@pytest.mark.parametrize(("verb", "sent", "field", "sentence"), ANSWERS)
def test_an_answer_that_is_not_whole(
    verb: str,
    sent: dict[str, str],
    field: str,
    sentence: str,
    world: World,
    ask_in: AskMaker,
) -> None:
    ask = ask_in_state(STATES.get(verb, "requested"), ask_in, world)
    role = "partner_dpw" if verb in AGENCY else "liaison5"
    page = refused(world, role, f"/asks/{ask.pk}/{verb}/", sent)
    assert says(page, f"{verb}_{field}") == sentence
    assert kept(page, sent) == []


def test_whoever_was_slower_is_told_and_loses_nothing(world: World, ask_in: AskMaker) -> None:
    ask = ask_in_state("requested", ask_in, world)
    partner = world.cast["partner_dpw"]
    counter_ask(ask, counter_on=date(2026, 12, 9), stamp=partner.stamp)
    sent = {"disposition": "fixed", "text": "Two crews came"}
    page = refused(world, "partner_dpw", f"/asks/{ask.pk}/report_done/", sent, status=409)
    assert "Somebody else may have done it first" in page
    assert kept(page, sent) == []


REPORTS = [
    ({"week": "2026-W47"}, "ward", "Choose “Ward”."),
    ({"ward": "7", "week": "2026-W47"}, "ward", "Choose one of the answers listed under “Ward”."),
    ({"ward": "5"}, "week", "Fill in “Week”."),
    ({"ward": "5", "week": "2026-W60"}, "week", None),
    ({"ward": "5", "week": "next"}, "week", None),
    ({"ward": "5", "week": "0000-W01"}, "week", None),
    ({"ward": "5", "week": "9999-W52"}, "week", None),
    ({"ward": "5", "week": "2026-W50"}, "week", "Week 2026-W50 has not begun."),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "field", "sentence"), REPORTS)
def test_a_draft_of_no_week(
    sent: dict[str, str], field: str, sentence: str | None, world: World
) -> None:
    page = refused(world, "liaison5", "/reports/draft/", sent)
    told = says(page, f"draft_{field}")
    assert told == sentence if sentence else told
    assert kept(page, {k: v for k, v in sent.items() if (k, v) != ("ward", "7")}) == []


def test_a_report_is_not_signed_without_a_word(world: World) -> None:
    page = refused(world, "liaison5", address(world, "report_sign"), {})
    assert "What matters this week: write it before you sign" in page


def test_a_correction_needs_its_reason(world: World) -> None:
    path = address(world, "report_correct")
    page = refused(world, "liaison5", path, {"reason": " "})
    assert says(page, "correct_reason") == "Fill in “What does the correction correct”."
    page = refused(world, "liaison5", path, {"reason": LONG})
    assert kept(page, {"reason": LONG}) == []


def test_words_of_a_report_that_are_too_long_come_back_whole(world: World) -> None:
    sent = {"summary": "y" * 20_000, "needs": 'A <crane> & "crew"', "next_week": "Walk"}
    page = refused(world, "liaison5", address(world, "report_edit"), sent)
    assert says(page, "narrative_summary")
    assert kept(page, sent) == []


def test_wrong_password_is_told_plainly(world: World) -> None:
    sent = {"login": "director@example.org", "password": "wrong-horse"}
    answer = world.clients["anonymous"].post("/account/login/", sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The email address and/or password you specified are not correct." in page
    assert 'value="director@example.org"' in page
    assert "wrong-horse" not in page


def test_guessing_passwords_ends_after_ten(world: World) -> None:
    visitor = world.clients["anonymous"]
    sent = {"login": "director@example.org", "password": "wrong-horse"}
    for _ in range(10):
        assert "are not correct." in visitor.post("/account/login/", sent).content.decode()
    answer = visitor.post("/account/login/", {**sent, "password": PASSWORD})
    assert answer.status_code == 200
    assert (
        "Too many failed login attempts. Wait a quarter of an hour, then try again."
        in answer.content.decode()
    )


def test_ward_that_is_spelled_with_a_space_can_be_chosen() -> None:
    listed = ListedChoice(choices=list)
    assert listed.valid_value("North East")
    assert not listed.valid_value("5\x00")
    assert not listed.valid_value("5" * 41)


def test_form_that_was_refused_keeps_the_map_on_the_ward(world: World) -> None:
    liaison = world.clients["liaison5"]
    assert 'data-ward="5"' in liaison.get("/issues/new/").content.decode()
    answer = liaison.post("/issues/new/", {"ward_code": "5", "said": "x" * 100_000})
    assert answer.status_code == 422
    assert 'data-ward="5"' in answer.content.decode()


def test_forms_of_two_readers_keep_their_languages() -> None:
    """One is shown before the other, and read after it."""
    forms = [StillForm({"text": "x" * 100_000}, told=told_in(code)) for code in ("en", "es")]
    wrong = [form.errors["text"] for form in forms]
    assert [told_in(code).form.wrong["too_long"] for code in ("en", "es")] == [
        text for (text,) in wrong
    ]
