"""A request for records comes: its clock is the law's, and whoever asked can see how it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import holidays
import pytest

from tests.cast import Cast
from tests.records.asking import (
    CANARY,
    TODAY,
    VISITOR,
    asked,
    day,
    follow,
    mail_in,
    note_complaint,
    searched,
)
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.ledger.queries import verified_chain
from wardroom.matters.models import Waiting
from wardroom.notices.actions import place_mail
from wardroom.notices.models import Message, Received
from wardroom.notices.queries.mail import seen_mail_ids
from wardroom.records.actions import (
    decide_the_rest,
    extend_request,
    note_appeal,
    release_records,
    reopen_request,
    take_request,
    uphold_answer,
    withdraw_request,
)
from wardroom.records.models import RecordsRequest
from wardroom.records.queries.own import link_token, own_request
from wardroom.records.queries.requests import get_request, records_requests, request_file
from wardroom.records.rules import NOUN, RELEASE
from wardroom.records.rules.tongues import TONGUES

pytestmark = pytest.mark.django_db
OURS = {date(2026, 4, 16), date(2027, 4, 16)}  # Emancipation Day


def at(on: date) -> datetime:
    """The fixed noon, on another day."""
    return VISITOR.at + timedelta(days=(on - TODAY).days)


def days_after(start: date, many: int) -> date:
    """So many business days after a day, by another calendar than the house's own.

    Juneteenth is a holiday by the Mayor's word alone: a deadline does not lean on it, so the
    earlier day of the two counts.
    """
    kept = set(holidays.country_holidays("US", subdiv="DC", years=[2025, 2026, 2027])) | OURS
    june = {day for day in kept if (day.month, day.day) in {(6, 18), (6, 19), (6, 20)}}
    return min(counted(start, many, kept), counted(start, many, kept - june))


def counted(start: date, many: int, free: set[date]) -> date:
    """So many days later that are neither free nor of a weekend."""
    on = start
    while many:
        on += timedelta(days=1)
        many -= on.weekday() < 5 and on not in free
    return on


@pytest.mark.one_database
@pytest.mark.parametrize("back", range(0, 300, 7))
def test_the_answer_is_due_after_fifteen_business_days(back: int, records_officer: Cast) -> None:
    came = TODAY - timedelta(days=back)
    row = take_request(
        None, name="Ada", email="a@example.net", words="All", channel="letter",
        received_on=came, stamp=records_officer.stamp,
    )  # fmt: skip
    assert row.due_on == row.first_due_on == days_after(came, 15)
    assert row.why_due["citation"] == "D.C. Code 2-532(c)"
    stamp = replace(records_officer.stamp, at=at(came))
    longer = extend_request(row, reason="They lie in three offices.", stamp=stamp)
    assert longer.due_on == days_after(came, 25)


def test_a_request_of_the_website_is_counted_waits_and_is_answered_by_mail(
    records_officer: Cast, liaison5: Cast
) -> None:
    row = asked(language="es")
    follow()
    [waits] = Waiting.objects.filter(noun=NOUN, key=str(row.pk))
    assert (waits.party, waits.due_on) == (records_officer.party, row.due_on)
    assert waits.title == f"Records request {row.pk}"
    letter = Message.objects.get(to_address="ada@example.net")
    assert letter.subject == TONGUES["es"].letters.receipt_subject.format(number=row.pk)
    assert TONGUES["es"].day(row.due_on) in letter.text
    own = own_request(link_token(row), at=VISITOR.at, today=TODAY)
    assert (own.number, own.due_on, own.is_late) == (row.pk, row.due_on, False)
    told = Entry.objects.filter(kind="RecordsAsked").get()
    assert "Ada" not in told.sentence + str(told.body)
    assert verified_chain().broken is None


def test_what_is_missing_is_said_at_its_field(records_officer: Cast) -> None:
    for given, field in (
        ({"name": " "}, "name"),
        ({"email": "nobody"}, "email"),
        ({"email": ""}, "email"),
        ({"words": ""}, "words"),
        ({"words": "x" * 4001}, "words"),
        ({"language": "xx"}, "language"),
    ):
        with pytest.raises(Refused) as no:
            asked(**given)
        assert no.value.field == field
    for words, field in (
        ({"channel": "smoke"}, "channel"),
        ({"email": "", "post": ""}, "email"),
        ({"received_on": TODAY + timedelta(days=1)}, "received_on"),
    ):
        whole: dict[str, Any] = {"name": "Ada", "email": "a@example.net", "words": "All"}
        with pytest.raises(Refused) as no:
            take_request(
                None,
                **{"received_on": TODAY, "channel": "mail", **whole, **words},
                stamp=records_officer.stamp,
            )
        assert no.value.field == field
    assert not RecordsRequest.objects.exists()


def test_it_takes_longer_once_in_time_and_in_writing(records_officer: Cast) -> None:
    row = asked()
    with pytest.raises(Refused) as no:
        extend_request(row, reason=" ", stamp=records_officer.stamp)
    assert no.value.field == "reason"
    row = extend_request(row, reason="Three offices keep them.", stamp=records_officer.stamp)
    follow()
    letter = Message.objects.order_by("-pk").first()
    assert letter is not None
    assert "Three offices keep them." in letter.text
    assert Waiting.objects.get(noun=NOUN).due_on == row.due_on > row.first_due_on
    with pytest.raises(Refused, match="once"):
        extend_request(row, reason="More.", stamp=records_officer.stamp)
    late = asked()
    after = replace(records_officer.stamp, at=at(late.due_on + timedelta(days=1)))
    with pytest.raises(Refused, match="silence"):
        extend_request(late, reason="Too late.", stamp=after)


def test_silence_past_its_day_may_be_appealed(records_officer: Cast) -> None:
    row = asked()
    with pytest.raises(Refused):
        note_appeal(row, appealed_on=TODAY, stamp=records_officer.stamp)
    on = row.due_on + timedelta(days=3)
    own = own_request(link_token(row), at=VISITOR.at, today=on)
    assert own.is_late
    stamp = replace(records_officer.stamp, at=at(on))
    row = note_appeal(row, appealed_on=on, stamp=stamp)
    assert row.appeal_due_on == days_after(on, 10)
    assert Waiting.objects.get(noun=NOUN).reason == "records_appeal"
    opened = reopen_request(row, reason="Search again.", due_on=on + timedelta(9), stamp=stamp)
    assert (opened.state, opened.due_on) == ("open", on + timedelta(9))
    with pytest.raises(Refused, match="The appeal set its day"):
        extend_request(opened, reason="More to read.", stamp=stamp)
    file = request_file(row.pk, records_officer.actor, today=on)
    assert "extend_request" not in file.allowed
    assert RecordsRequest.objects.get(pk=row.pk).due_on == on + timedelta(9)


def test_an_answer_stands_after_its_appeal(records_officer: Cast) -> None:
    row = asked()
    searched(row, records_officer, "nothing of the kind")
    release_records(row, stamp=records_officer.stamp)
    follow()
    row = note_appeal(row, appealed_on=TODAY, stamp=records_officer.stamp)
    row = uphold_answer(row, reason="The search was whole.", stamp=records_officer.stamp)
    assert (row.state, row.outcome) == ("answered", "none")
    assert not Waiting.objects.filter(noun=NOUN).exists()


def test_one_that_was_withdrawn_waits_for_nobody(records_officer: Cast) -> None:
    row = withdraw_request(asked(), stamp=records_officer.stamp)
    assert not Waiting.objects.filter(noun=NOUN).exists()
    with pytest.raises(Refused):
        extend_request(row, reason="No.", stamp=records_officer.stamp)


def test_others_take_a_request_and_read_none(
    records_officer: Cast, director: Cast, liaison5: Cast, partner_dpw: Cast
) -> None:
    row = take_request(
        None, name="Ada", post="1 Quill Street", words="All", channel="letter",
        received_on=day("2026-11-02"), stamp=liaison5.stamp,
    )  # fmt: skip
    assert records_requests(director.actor, today=TODAY).total == 1
    for who in (liaison5, partner_dpw):
        assert records_requests(who.actor, today=TODAY).total == 0
        for ask in (
            lambda actor: get_request(row.pk, actor),
            lambda actor: request_file(row.pk, actor, today=TODAY),
        ):
            with pytest.raises(NotFound):
                ask(who.actor)
        with pytest.raises(NotAllowed):
            extend_request(row, reason="Mine.", stamp=who.stamp)
    with pytest.raises(NotAllowed):
        take_request(
            None, name="Ada", post="x", words="All", channel="letter",
            received_on=TODAY, stamp=partner_dpw.stamp,
        )  # fmt: skip


def test_mail_that_it_came_in_lies_with_it(liaison5: Cast, records_officer: Cast) -> None:
    mail = mail_in("All about the alley", from_name="Ada", from_address="ada@example.net")
    assert seen_mail_ids(liaison5.actor, [mail.pk]) == {mail.pk}
    row = taken(liaison5, mail)
    mail.refresh_from_db()
    assert (mail.thread, mail.about, mail.state) == (f"{NOUN}:{row.pk}",) * 2 + ("threaded",)
    assert mail.read_by
    assert not Waiting.objects.filter(noun="mail").exists()
    assert seen_mail_ids(records_officer.actor, [mail.pk]) == {mail.pk}
    assert seen_mail_ids(liaison5.actor, [mail.pk]) == frozenset()


def test_mail_that_lies_elsewhere_or_is_not_seen_stays(
    liaison5: Cast, director: Cast, records_officer: Cast
) -> None:
    mail = mail_in("All about the alley", from_name="Ada", from_address="ada@example.net")
    place_mail(mail, thread="matter:1", ward_code="5", stamp=director.stamp)
    with pytest.raises(Refused, match="already been placed"):
        taken(records_officer, mail)
    taken(records_officer, other := mail_in("Another", from_address="bo@example.net"))
    with pytest.raises(Refused, match="no such message"):
        taken(liaison5, other)
    assert RecordsRequest.objects.count() == 1


def taken(who: Cast, mail: Received) -> RecordsRequest:
    """A request that is written down from a message."""
    return take_request(
        None, name="Ada", email="ada@example.net", words="All", channel="mail",
        received_on=TODAY, mail=mail, stamp=who.stamp,
    )  # fmt: skip


def test_it_is_answered_once_it_was_searched_for_and_all_is_decided(
    liaison5: Cast, records_officer: Cast
) -> None:
    note_complaint(liaison5)
    row = asked()

    def offered() -> bool:
        found = request_file(row.pk, records_officer.actor, today=TODAY)
        return "release_records" in found.allowed

    assert not offered()
    searched(row, records_officer, "nothing like it")
    assert offered()
    (found,) = searched(row, records_officer)
    assert not offered()
    page = request_file(row.pk, records_officer.actor, today=TODAY)
    assert page.next_open == found.number
    assert page.records[0].said.startswith(f"Noted: {CANARY} called about the alley")
    decide_the_rest(row, decision=RELEASE, stamp=records_officer.stamp)
    assert offered()
    assert request_file(row.pk, records_officer.actor, today=TODAY).next_open is None


def test_the_list_shows_what_is_due_next_first(records_officer: Cast) -> None:
    later, first, over = asked(), asked(), asked()
    withdraw_request(over, stamp=records_officer.stamp)
    rows = records_requests(records_officer.actor, today=TODAY).rows
    assert [row.id for row in rows] == [later.pk, first.pk, over.pk]
    after = later.due_on + timedelta(days=1)
    late = records_requests(records_officer.actor, today=after, state="late").rows
    assert [row.id for row in late] == [later.pk, first.pk]
    assert all(row.is_late for row in late)
