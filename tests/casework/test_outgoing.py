"""The page of a link tells an end with the letter and never before; what came back is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.casework.postroom import letters_go
from tests.casework.reporting import OUTSIDE, report
from tests.casework.test_following import CONSENTING, closed, of
from tests.cast import Cast
from wardroom.access.actor import Stamp
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import (
    close_issue,
    note_reporter_told,
    rate_outcome,
    reopen_issue,
    say_still_there,
    take_complaint,
    take_telling_back,
)
from wardroom.casework.actions.ending import note_letter_goes
from wardroom.casework.models import Report
from wardroom.casework.queries import FollowedReport, follow_token, followed_report, public_report
from wardroom.casework.queries.published import published_requests
from wardroom.casework.queries.report_rows import public_report_pieces
from wardroom.casework.queries.reporting import PublicReport
from wardroom.casework.rules import shown_number
from wardroom.jobs import delivery
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import Matter
from wardroom.notices.actions import recall_message, retry_message
from wardroom.notices.models import Key, Message
from wardroom.service_requests.queries.published import Wanted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
BEN: dict[str, Any] = {"name": "Ben", "email": "ben@example.org", "may_write": True}


def seen(made: Report, *, seconds: float = 0) -> FollowedReport:
    """The page of the link, which tells an end when everybody reads it, and not before."""
    at = OUTSIDE.at + timedelta(seconds=seconds)
    page, public = followed_report(follow_token(made), at=at), everybody_reads(made, at)
    assert (public.is_open, public.look_on) == (page.is_open, page.next_on)
    assert public.outcome == "" or not page.is_open
    return page


def everybody_reads(made: Report, at: datetime) -> PublicReport:
    """What everybody reads of a report at an instant, the same one by one, in lists and files."""
    found = public_report(shown_number(made.number), at=at)
    assert found is not None
    assert [r for piece in public_report_pieces(size=9, at=at) for r, _ in piece].count(found) == 1
    for state in ("open", "closed"):
        rows, _ = published_requests(Wanted(statuses=frozenset({state})), page=1, size=9, at=at)
        listed = found.number in [row.number for row in rows]
        assert listed == (found.is_open == (state == "open"))
    return found


def later(stamp: Stamp, **span: float) -> Stamp:
    return replace(stamp, at=stamp.at + timedelta(**span))


def outcomes() -> list[str]:
    """How the letters about an end stand."""
    rows = Message.objects.filter(entry__kind="ReporterTold").order_by("pk")
    return list(rows.values_list("state", flat=True))


def tells_the_end(found: FollowedReport) -> bool:
    known = [line.code for line in found.facts if line.known]
    told = [bool(found.lines), not found.is_open, found.can_rate, "told" in known]
    assert len(set(told)) == 1, told
    return told[0]


def test_the_page_tells_the_end_when_the_letter_goes(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    closed(made, liaison5, goes=False)
    assert not tells_the_end(seen(made))
    letters_go(minutes=0.1)
    assert outcomes() == ["queued"]
    assert not tells_the_end(seen(made, seconds=3600))
    with pytest.raises(Refused) as no:
        rate_outcome(None, token=follow_token(made), rating="yes", stamp=OUTSIDE)
    assert no.value.code == "wrong_state"
    letters_go()
    assert outcomes() == ["sent"]
    assert tells_the_end(seen(made, seconds=360))


def test_what_is_taken_back_is_never_told(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    matter = closed(made, liaison5, goes=False)
    delivery.sweep()
    take_telling_back(matter, stamp=liaison5.stamp)
    letters_go()
    assert not tells_the_end(seen(made, seconds=3600))


def test_who_gets_no_letter_reads_it_when_it_can_no_longer_be_taken_back(liaison5: Cast) -> None:
    made = report()
    matter = closed(made, liaison5, goes=False)
    assert not tells_the_end(seen(made, seconds=29))
    assert tells_the_end(seen(made, seconds=31))
    with pytest.raises(Refused) as no:
        take_telling_back(matter, stamp=later(liaison5.stamp, seconds=31))
    assert no.value.code == "too_late"
    assert take_telling_back(matter, stamp=liaison5.stamp).state == "open"


def test_nobody_reads_an_end_while_the_letter_of_another_can_be_taken_back(liaison5: Cast) -> None:
    mine = report()
    report(onto=of(mine).matter_id, said="Me too", **BEN)
    closed(mine, liaison5, goes=False)
    assert not tells_the_end(seen(mine, seconds=60))
    letters_go()
    assert tells_the_end(seen(mine, seconds=360))


def unreachable(made: Report) -> None:
    """The address of the link is no longer one that the directory knows: no letter is written."""
    assert made.link is not None
    with guard_pass("an address that is gone"):
        Key.objects.filter(pk=made.link.pk).update(holder="old@example.org")


def test_what_no_letter_tells_is_not_taken_back_once_the_page_told_it(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    unreachable(made)
    matter = closed(made, liaison5)
    assert outcomes() == []
    assert not tells_the_end(seen(made, seconds=29))
    assert tells_the_end(seen(made, seconds=31))
    with pytest.raises(Refused) as no:
        take_telling_back(matter, stamp=later(liaison5.stamp, seconds=31))
    assert no.value.code == "too_late"
    assert take_telling_back(matter, stamp=later(liaison5.stamp, seconds=29)).state == "open"


def test_who_gets_no_letter_reads_no_words_while_another_can_be_taken_back(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    report(onto=of(made).matter_id, said="Me too", **BEN)
    unreachable(made)
    matter = closed(made, liaison5, goes=False)
    letters_go(minutes=0.1)
    assert outcomes() == ["queued"]
    assert not tells_the_end(seen(made, seconds=60))
    assert take_telling_back(matter, stamp=later(liaison5.stamp, seconds=60)).state == "open"


def test_a_letter_taken_back_by_hand_hides_its_words_and_not_the_end(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    other = report(onto=of(made).matter_id, said="Me too", name="Ben", phone="202-555-0143")
    note_reporter_told(
        of(other).matter, complaint_id=of(other).pk, how="phone", text="Done.", stamp=liaison5.stamp
    )
    matter = closed(made, liaison5, goes=False)
    letters_go(minutes=0.1)
    recall_message(Message.objects.get(entry__kind="ReporterTold"), stamp=liaison5.stamp)
    letters_go()
    assert seen(other, seconds=29).is_open
    for each in (other, made):
        told = seen(each, seconds=31)
        assert (told.is_open, told.can_rate) == (False, True)
    assert "The alley is clean." not in str(seen(made, seconds=31).lines)
    with pytest.raises(Refused) as no:
        take_telling_back(matter, stamp=later(liaison5.stamp, seconds=31))
    assert no.value.code == "too_late"


def test_an_end_stays_told_while_its_letter_is_tried_anew(liaison5: Cast, director: Cast) -> None:
    made = report(**CONSENTING)
    matter = closed(made, liaison5, goes=False)
    letters_go(minutes=0.1)
    letter = Message.objects.get(entry__kind="ReporterTold")
    with guard_pass("a letter that failed"):
        failed = Message.objects.filter(pk=letter.pk)
        failed.update(state="failed", attempts=8, error="The mail server is away.")
    note_letter_goes(letter.pk, stamp=later(OUTSIDE, seconds=60))
    assert tells_the_end(seen(made, seconds=3600))
    letter.refresh_from_db()
    retry_message(letter, stamp=later(director.stamp, hours=1))
    assert tells_the_end(seen(made, seconds=3601))
    with pytest.raises(Refused) as no:
        take_telling_back(matter, stamp=later(liaison5.stamp, seconds=3601))
    assert no.value.code == "too_late"


def test_what_was_told_by_phone_is_told_at_once(liaison5: Cast) -> None:
    made = report(name="Ada", phone="202-555-0143")
    note_reporter_told(
        of(made).matter, complaint_id=of(made).pk, how="phone", text="Done.", stamp=liaison5.stamp
    )
    found = seen(made)
    assert [line.text for line in found.lines] == ["Done."]
    assert found.is_open


@pytest.mark.parametrize("written", [True, False])
def test_a_return_withdraws_the_letter_that_still_waits(liaison5: Cast, written: bool) -> None:
    made = report(**CONSENTING)
    former = closed(made, liaison5, goes=False)
    if written:
        letters_go(minutes=0.1)
        assert outcomes() == ["queued"]
    again = say_still_there(None, token=follow_token(made), stamp=later(OUTSIDE, seconds=10))
    assert again is not None
    letters_go()
    assert outcomes() == (["recalled"] if written else [])
    line = Entry.objects.get(kind="TellingTakenBack")
    assert line.sentence == (
        "What Ada was to be told was taken back before it went out: somebody said that it came back"
    )
    assert line.about.filter(noun="matter", key=str(former.pk)).exists()
    found = seen(made, seconds=3600)
    assert found.is_open
    assert "told" not in [each.code for each in found.facts if each.known]
    assert any("We closed it" in line.heading for line in found.lines)
    assert "The alley is clean." not in str(found.lines)
    assert of(made).matter_id == former.pk


def test_who_else_was_to_be_told_hears_of_it_when_the_return_closes(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    other = report(onto=of(made).matter_id, said="Me too", **BEN)
    closed(made, liaison5, goes=False)
    again = say_still_there(None, token=follow_token(made), stamp=OUTSIDE)
    assert again is not None
    assert of(other).matter == again.matter
    assert of(other).told_at is None
    assert seen(other).is_open
    close_issue(again.matter, outcome="fixed", text="Now.", stamp=liaison5.stamp)
    letters_go()
    to = Message.objects.filter(entry__kind="ReporterTold", state="sent").order_by("to_address")
    assert list(to.values_list("to_address", flat=True)) == ["ada@example.org", "ben@example.org"]
    assert "Now." in str(seen(other, seconds=360).lines)
    assert not everybody_reads(made, OUTSIDE.at + timedelta(seconds=360)).is_open


def test_a_letter_that_went_out_stays_told(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    closed(made, liaison5)
    say_still_there(None, token=follow_token(made), stamp=OUTSIDE)
    assert outcomes() == ["sent"]
    assert not Entry.objects.filter(kind="TellingTakenBack").exists()
    assert "The alley is clean." in str(seen(made).lines)


def test_a_call_about_the_same_place_withdraws_it_too(liaison5: Cast, liaison7: Cast) -> None:
    made = report(**CONSENTING)
    closed(made, liaison5, goes=False)
    take_complaint(
        of(made).matter.place, said="Rats again", topic_code="rodents", anonymous=True,
        channel="phone", stamp=liaison7.stamp,
    )  # fmt: skip
    letters_go()
    assert outcomes() == []
    assert Matter.objects.filter(kind="issue", state="open").count() == 1


def test_opening_again_and_coming_back_change_a_public_report(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    matter = closed(made, liaison5)
    number = shown_number(made.number)
    day = later(liaison5.stamp, days=1)
    reopen_issue(matter, reason="Not so", next_on=day.at.date(), stamp=day)
    found = public_report(number, at=day.at)
    assert found is not None
    assert (found.is_open, found.changed_at) == (True, day.at)

    def numbers(**span: Any) -> list[str]:
        rows, _ = published_requests(Wanted(**span), page=1, size=50, at=day.at)
        return [row.number for row in rows]

    assert numbers(changed_after=day.at) == [number]
    assert numbers(changed_before=day.at - timedelta(hours=1)) == []
    assert numbers(changed_before=day.at) == [number]
    matter.refresh_from_db()
    close_issue(matter, outcome="fixed", text="Now.", stamp=later(day, hours=1))
    letters_go(since=day.at + timedelta(hours=1))
    back = later(OUTSIDE, days=3)
    say_still_there(None, token=follow_token(made), stamp=back)
    found = public_report(number, at=back.at)
    assert found is not None
    assert (found.is_open, found.changed_at) == (True, back.at)
