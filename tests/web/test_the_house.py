"""The page of the house: how it stands, and what the director can do about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_q.models import Failure
from pytest_django import DjangoAssertNumQueries

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.jobs.bells import BellHeard, ring_bell
from tests.upkeep.dead import cracked_bell, register_bells_again
from tests.upkeep.test_standing import MADE, PROVEN
from tests.web.conftest import SignIn
from wardroom.jobs.delivery import sweep
from wardroom.jobs.upkeep import check_ledger
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.notices.actions import end_hold, hold_mail, queue_message
from wardroom.notices.models import MailHold, Message
from wardroom.upkeep.actions import note_backup, note_beat
from wardroom.upkeep.queries.checks import look_at_outbox
from wardroom.upkeep.queries.rounds import Rounds

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
HOUR = timedelta(hours=1)
OTHERS = ("liaison5", "partner_dpw")


@pytest.fixture
def house(director: Cast, sign_in: SignIn) -> Client:
    return sign_in(director)


def text(client: Client, status: int = 200) -> str:
    answer = client.get("/house/")
    assert answer.status_code == status
    return answer.content.decode()


def test_it_tells_of_every_part(house: Client) -> None:
    note_beat("worker", began_at=NOON, took_at=NOON, stamp=HOUSE)
    note_backup(None, fact=MADE, stamp=HOUSE)
    note_backup(None, fact=PROVEN, stamp=HOUSE)
    check_ledger()
    shown = text(house)
    for words in ("A worker runs and takes tasks.", "The ledger is whole", MADE.file, "Whole",
                  "Nothing was given up", "Stored files", "Walk the ledger now"):  # fmt: skip
        assert words in shown, words
    assert "Mail is held" not in shown


def test_worst_stands_first_and_on_top(house: Client) -> None:
    shown = text(house)
    assert "parts of the house are wrong" in shown
    assert "TEMPLATE-VARIABLE-MISSING" not in shown
    for words in ("None yet", "Never", "Not yet"):
        assert words in shown, words
    parts = shown[shown.index('id="parts-title"') :]
    assert parts.index("No worker runs") < parts.index("Nothing was given up.")


@pytest.mark.parametrize("who", OTHERS)
def test_others_have_no_such_page_and_no_way_to_it(
    who: str, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    client = sign_in(request.getfixturevalue(who))
    assert client.get("/house/").status_code == 403
    assert client.post("/house/check/").status_code == 403
    assert 'href="/house/"' not in client.get("/").content.decode()


def test_ledger_is_walked_on_asking(house: Client, records_officer: Cast, sign_in: SignIn) -> None:
    assert house.post("/house/check/").headers["Location"] == "/house/#ledger"
    assert "The ledger is being walked." in text(house)
    walk = Receipt.objects.get(reaction="walk the ledger")
    assert deliver_receipt(walk.pk, stamp=HOUSE)
    shown = text(house)
    assert "is being walked" not in shown
    assert f"{Entry.objects.count() - 1:,} lines" in shown
    reader = sign_in(records_officer)
    assert "Walk the ledger now" not in text(reader)
    assert reader.post("/house/check/").status_code == 403


def test_what_failed_is_tried_again_and_done(house: Client) -> None:
    dead = cracked_bell()
    shown = text(house)
    assert "The bell rang cracked" in shown
    assert "ValueError: no sound" in shown
    Receipt.objects.get(pk=dead, state="failed")
    answer = house.post(f"/house/given-up/{dead}/retry/", follow=True)
    assert "tried again within a minute" in answer.content.decode()
    with register_bells_again():  # mended meanwhile: this one can be heard
        assert sweep() == 1
    assert Receipt.objects.get(pk=dead).state == "done"
    assert Entry.objects.filter(kind=BellHeard.__name__).count() == 1
    assert Entry.objects.filter(kind="ConsequenceRetried").count() == 1
    assert house.post(f"/house/given-up/{dead}/retry/").status_code == 409


def test_giving_up_takes_a_reason_and_goes_off_the_list(house: Client) -> None:
    dead = cracked_bell()
    address = f"/house/given-up/{dead}/drop/"
    empty = house.post(address, {"reason": " "})
    assert empty.status_code == 422
    assert "Why it need not happen" in empty.content.decode()
    assert house.post(address, {"reason": "The bell is gone"}).status_code == 302
    assert Receipt.objects.get(pk=dead).state == "given_up"
    assert "Nothing was given up" in text(house)
    late = house.post(address, {"reason": "Once more"})
    assert late.status_code == 409
    assert "already dealt with" in late.content.decode()
    line = Entry.objects.get(kind="ConsequenceGivenUp")
    assert "The bell is gone" in line.sentence


def test_reason_that_is_too_long_stays_in_its_row(house: Client) -> None:
    for _ in range(27):
        cracked_bell()
    last = Receipt.objects.filter(state="failed").latest("pk").pk
    second = house.get("/house/?page=2").content.decode()
    assert f'action="/house/given-up/{last}/drop/?page=2"' in second
    long = f"The bell is gone {'for good ' * 30}".strip()
    answer = house.post(f"/house/given-up/{last}/drop/?page=2", {"reason": long})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert shown.count(f'value="{long}" aria-invalid="true"') == 1
    assert f'id="give_up_{last}"' in shown


def test_records_officer_reads_and_does_nothing(records_officer: Cast, sign_in: SignIn) -> None:
    dead = cracked_bell()
    reader = sign_in(records_officer)
    assert "Try again" not in text(reader)
    assert reader.post(f"/house/given-up/{dead}/retry/").status_code == 403
    sent = {"reason": "No need"}
    assert reader.post(f"/house/given-up/{dead}/drop/", sent).status_code == 403
    assert Receipt.objects.get(pk=dead).state == "failed"


def test_line_that_one_may_not_read_tells_the_kind_of_the_error_alone(
    house: Client, records_officer: Cast, sign_in: SignIn
) -> None:
    """Lines about money are for few; the power check is the director, who reads them."""
    cracked_bell(audience="money")
    theirs, ours = text(sign_in(records_officer)), text(house)
    for words in ("The bell rang cracked", "no sound"):
        assert words not in theirs
        assert words in ours
    assert "A line that you may not read" in theirs
    assert "ValueError" in theirs


def test_jobs_that_failed_tell_their_name_and_no_word_of_anybody(house: Client) -> None:
    Failure.objects.create(
        id="1", name="x", func="wardroom.jobs.news.write_digests", group="digests",
        success=False, started=NOON, stopped=NOON - HOUR,
        result="Traceback\nsmtplib.SMTPServerDisconnected: jane.canary@example.org",
    )  # fmt: skip
    shown = text(house)
    assert "Digests" in shown
    assert "SMTPServerDisconnected" in shown
    assert "jane.canary" not in shown


def hold() -> Message:
    asked = ring_bell(None, tone="high", stamp=HOUSE)
    message = queue_message(
        None, entry_id=asked, to_name="DPW", to_address="desk@dpw.example", subject="Sweep",
        text="Please sweep.", stamp=replace(HOUSE, at=NOON - 9 * HOUR),
    )  # fmt: skip
    hold_mail(None, taken_at=NOON - 8 * HOUR, stamp=replace(HOUSE, at=NOON - HOUR))
    return message


def test_held_mail_is_told_on_three_pages_and_let_go_on_one(house: Client) -> None:
    message = hold()
    assert "Mail is held" in text(house)
    assert "Let it go on the page The house" in text(house)
    for page in ("/", reverse("outbox")):
        shown = house.get(page).content.decode()
        assert "was restored from a backup" in shown, page
        assert 'href="/house/"' in shown, page
        assert "should have gone out" not in shown, page
    wrong = house.post("/house/release/", {"stopped_at": ""})
    assert wrong.status_code == 422
    later = house.post("/house/release/", {"stopped_at": "2030-01-01T08:00"})
    assert later.status_code == 422
    assert "before it was restored" in later.content.decode()
    assert MailHold.objects.get().stopped_at is None
    stopped = {"stopped_at": "2026-11-18T10:30"}
    done = house.post("/house/release/", stopped, follow=True)
    assert "0 messages will go out and 1 will be set aside" in done.content.decode()
    shown = text(house)
    assert "The worker lives through the time until then once more" in shown
    assert "Let mail go out again" not in shown
    assert house.post("/house/release/", stopped).status_code == 409
    held = MailHold.objects.get()
    assert held.stopped_at is not None
    end_hold(held, lived_to=held.stopped_at, stamp=HOUSE)
    message.refresh_from_db()
    assert message.state == "set_aside"
    assert "Mail is held" not in text(house)
    again = house.post("/house/release/", stopped, follow=True)
    assert "not held any more" in again.content.decode()


def test_mistyped_stop_is_changed_on_the_page(house: Client) -> None:
    """The page says which day was taken, and takes another one until mail goes out."""
    hold()
    said = house.post("/house/release/", {"stopped_at": "2026-11-17T10:30"}, follow=True)
    assert "Wardroom stopped on Nov 17, 2026, 10:30 a.m.: of what" in said.content.decode()
    shown = house.get("/house/").content.decode()
    assert "Change when it stopped" in shown
    assert 'value="2026-11-17T10:30"' in shown
    wrong = house.post("/house/release/", {"stopped_at": "2030-01-01T08:00"})
    assert wrong.status_code == 422
    assert "Change it" in wrong.content.decode()
    changed = house.post("/house/release/", {"stopped_at": "2026-11-18T10:30"}, follow=True)
    assert "Wardroom stopped on Nov 18, 2026, 10:30 a.m.: of what" in changed.content.decode()
    assert MailHold.objects.get().stopped_at == NOON - 1.5 * HOUR


def test_hold_is_told_though_nothing_waits(house: Client) -> None:
    """The house stands still: what would fill the outbox by the clock waits itself."""
    hold_mail(None, taken_at=NOON - 8 * HOUR, stamp=replace(HOUSE, at=NOON - HOUR))
    for page in ("/", reverse("outbox")):
        shown = house.get(page).content.decode()
        assert "was restored from a backup" in shown, page
        assert "0 messages wait since then" in shown, page
        assert "so does what comes by the clock" in shown, page


def test_call_that_is_late_is_wrong_though_mail_is_held(house: Client) -> None:
    hold()
    assert look_at_outbox(Rounds(NOON)).rank == 1, "what is held is not late"
    queue_message(
        None, entry_id=ring_bell(None, tone="low", stamp=replace(HOUSE, at=NOON - HOUR / 2)),
        to_name="Jo", to_address="jo@dpw.example", subject="Come", text="Please come.", quick=True,
        stamp=replace(HOUSE, at=NOON - HOUR / 2),
    )  # fmt: skip
    found = look_at_outbox(Rounds(NOON))
    assert found.rank == 2
    assert "1 message late, the oldest by 30 minutes" in found.sentence
    assert "1 message should have gone out" in house.get(reverse("outbox")).content.decode()


def test_letting_mail_go_asks_for_proof_after_a_quarter_of_an_hour(
    house: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold()
    monkeypatch.setattr("wardroom.web.factors.stepping.is_proved", lambda *_: False)
    asked = house.post("/house/release/", {"stopped_at": "2026-11-18T10:30"})
    assert "Confirm it is you" in asked.content.decode()
    assert MailHold.objects.filter(released_at=None).exists()


def test_those_who_only_read_see_that_mail_is_held(records_officer: Cast, sign_in: SignIn) -> None:
    hold()
    reader = sign_in(records_officer)
    shown = text(reader)
    assert "The director lets it go." in shown
    assert "Let mail go out again" not in shown
    sent = {"stopped_at": "2026-11-18T10:30"}
    assert reader.post("/house/release/", sent).status_code == 403


def test_it_asks_as_much_of_a_full_house_as_of_an_empty_one(
    house: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        cracked_bell()
    with django_assert_max_num_queries(34) as few:
        text(house)
    for _ in range(30):
        cracked_bell()
    with django_assert_max_num_queries(len(few)):
        assert "33 consequences" in text(house)
