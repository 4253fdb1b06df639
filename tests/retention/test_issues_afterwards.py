"""What comes in, or somebody does, after an issue was destroyed puts no word on it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.casework.intake import take
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import AskMaker, Ground
from tests.records.asking import follow, mail_in
from tests.retention.test_issues import (
    MAIL,
    MARK,
    closed_long_ago,
    due,
    full_issue,
    gone,
    office,
    put_back,
    told_and_closed,
)
from wardroom.casework.actions import note_reporter_told, reopen_issue
from wardroom.casework.actions.joining import issue_to_join
from wardroom.casework.actions.mail import place_message
from wardroom.directory.actions import note_person
from wardroom.engagement.models import RealContact
from wardroom.kernel.errors import Refused
from wardroom.matters.actions import capture_line, link_matters, log_contact
from wardroom.matters.models import Matter
from wardroom.notices.models import Message, Received
from wardroom.retention.rules import DESTROYED

__all__ = ["office"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("office", "files"),
]


def destroyed(officer: Cast, director: Cast, matter: Matter) -> Matter:
    assert gone(officer, director)[str(matter.pk)] == DESTROYED
    return Matter.objects.get(pk=matter.pk)


def test_answer_to_an_old_letter_waits_for_a_person(
    liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker, director: Cast, records_officer: Cast
) -> None:
    matter = full_issue(liaison5, partner_dpw, ask_in)
    ours = Message.objects.exclude(thread="").filter(to_address=MAIL).latest("pk")
    theirs = Received.objects.get(subject=MARK)
    one = mail_in("Thanks", from_address=MAIL, in_reply_to=ours.message_id, subject="Re: it")
    assert (one.state, one.thread) == ("threaded", f"matter:{matter.pk}")
    destroyed(records_officer, director, matter)
    for n, answered in enumerate((ours, theirs, one)):
        mail = mail_in(f"Later {n}", from_address=MAIL, in_reply_to=answered.message_id)
        assert (mail.state, mail.thread) == ("waiting", "")


def test_nobody_places_mail_on_what_was_destroyed_or_joins_it(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    matter = destroyed(records_officer, director, closed_long_ago(liaison5, ground))
    mail = mail_in("It is me", from_address=MAIL, subject=f"W-{matter.pk}")
    with pytest.raises(Refused, match="destroyed"):
        place_message(mail, matter=matter, stamp=liaison5.stamp)
    with pytest.raises(Refused, match="no issue"):
        issue_to_join(matter.pk, liaison5.actor)


ACTS: dict[str, Callable[[Matter, Cast], Any]] = {
    "reopen": lambda m, who: reopen_issue(
        m, reason="It is back", next_on=NOON.date(), next_step="Look", stamp=who.stamp
    ),
    "note": lambda m, who: capture_line(m, text="Rats again", stamp=who.stamp),
    "contact": lambda m, who: log_contact(m, channel="phone", text="Again", stamp=who.stamp),
}


@pytest.mark.parametrize("act", ACTS)
def test_whoever_had_the_page_open_writes_nothing_on_it(
    act: str, liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    before = closed_long_ago(liaison5, ground)
    destroyed(records_officer, director, before)
    with pytest.raises(Refused, match="destroyed"):
        ACTS[act](before, liaison5)
    assert Matter.objects.get(pk=before.pk).state == "closed"


def test_nothing_is_linked_with_what_was_destroyed(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    matter = destroyed(records_officer, director, closed_long_ago(liaison5, ground))
    other = take(liaison5, ground, said="Again", reporter_typed="", anonymous=True).matter
    for one, two in ((matter, other), (other, matter)):
        with pytest.raises(Refused, match="destroyed"):
            link_matters(one, other=two, kind="related", stamp=liaison5.stamp)


def told_by_phone(matter: Matter, who: Cast) -> None:
    """It was closed four years ago, and who reported it was called."""
    follow()
    note_reporter_told(
        Matter.objects.get(pk=matter.pk), complaint_id=matter.complaints.get().pk, how="phone",
        text="Done.", stamp=who.stamp,
    )  # fmt: skip
    follow()
    told_and_closed(Matter.objects.get(pk=matter.pk), who)
    follow()
    put_back(matter)


def test_call_with_who_reported_it_keeps_neither(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    person = note_person(None, name="Olga Once", email="olga@example.org", stamp=HOUSE)
    matter = take(liaison5, ground, reporter=person, reporter_typed="").matter
    log_contact(matter, channel="phone", text="She called", party=person, stamp=liaison5.stamp)
    follow()
    assert RealContact.objects.get(party=person).matter_id == matter.pk
    told_by_phone(matter, liaison5)
    assert due() == {matter.pk}
    destroyed(records_officer, director, matter)
    person.refresh_from_db()
    assert person.name == "(destroyed)"
    assert RealContact.objects.filter(party=person).count() == 1


def test_call_about_another_issue_keeps_the_person(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    person = note_person(None, name="Olga Twice", email="olga@example.org", stamp=HOUSE)
    matter = take(liaison5, ground, reporter=person, reporter_typed="").matter
    told_by_phone(matter, liaison5)
    other = take(liaison5, ground, said="Again", reporter_typed="", anonymous=True).matter
    log_contact(other, channel="phone", text="She called", party=person, stamp=liaison5.stamp)
    follow()
    destroyed(records_officer, director, matter)
    person.refresh_from_db()
    assert person.name == "Olga Twice"
