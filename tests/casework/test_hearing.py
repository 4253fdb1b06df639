"""What a resident says later waits in the day of the issue's owner until the office acted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.reporting import OUTSIDE, report
from tests.casework.test_following import CONSENTING, closed, of
from tests.cast import Cast
from tests.conftest import NOON
from wardroom.access.queries import actor_for
from wardroom.casework.actions import (
    answer_office,
    ask_reporter,
    close_issue,
    join_issues,
    mark_words_read,
    rate_outcome,
    reopen_issue,
    say_still_there,
)
from wardroom.casework.models import Report, ReportQuestion
from wardroom.casework.queries import follow_token, issue_file, voices
from wardroom.casework.queries.voices import ComplaintRow, complaint_rows
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import hand_over_matter, restrict_matter, set_next_step
from wardroom.matters.models import Matter, Waiting
from wardroom.matters.queries import worklist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def heard(who: Cast) -> list[tuple[str, int | None]]:
    """What residents said that waits for this person: why, and of which issue."""
    found = worklist(actor_for(who.user, on=NOON.date()), on=NOON.date(), size=100)
    return [(row.reason, row.matter_id) for row in found.rows if row.noun == "word"]


def asked(made: Report, liaison: Cast) -> ReportQuestion:
    one = of(made)
    return ask_reporter(one.matter, complaint_id=one.pk, text="At night?", stamp=liaison.stamp)


def still(made: Report, **more: str) -> None:
    say_still_there(None, token=follow_token(made), stamp=OUTSIDE, **more)


def test_still_there_on_an_open_issue_waits_for_its_owner_until_read(
    liaison5: Cast, liaison7: Cast
) -> None:
    made = report(**CONSENTING)
    matter = of(made).matter
    assert heard(liaison5) == []
    still(made, text="Two more")
    assert heard(liaison5) == [("still_there", matter.pk)]
    assert heard(liaison7) == []
    file = issue_file(matter.pk, liaison5.actor)
    assert file.word == "Somebody says that it is still there"
    assert "mark_words_read" in file.allowed
    with pytest.raises(NotAllowed):
        mark_words_read(matter, stamp=liaison7.stamp)
    mark_words_read(matter, stamp=liaison5.stamp)
    assert heard(liaison5) == []
    assert issue_file(matter.pk, liaison5.actor).word == ""
    assert Entry.objects.get(kind="WordsRead").sentence.startswith("Read what was said")
    with pytest.raises(Refused) as no:
        mark_words_read(matter, stamp=liaison5.stamp)
    assert no.value.code == "nothing_new"


def test_a_return_by_link_waits_on_the_new_issue(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    former = closed(made, liaison5)
    still(made)
    again = Matter.objects.exclude(pk=former.pk).get(kind="issue")
    assert heard(liaison5) == [("came_back", again.pk)]
    set_next_step(
        again, next_on=NOON.date() + timedelta(days=2), next_step="Walk there",
        stamp=liaison5.stamp,
    )  # fmt: skip
    assert heard(liaison5) == []


def test_an_answer_waits_until_something_else_is_asked(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    question = asked(made, liaison5)
    assert heard(liaison5) == []
    answer_office(
        None, token=follow_token(made), question_id=question.pk, text="Yes", stamp=OUTSIDE
    )
    assert heard(liaison5) == [("answered", of(made).matter_id)]
    asked(made, liaison5)
    assert heard(liaison5) == []


def statements_of_rows(matter: Matter, who: Cast) -> tuple[int, tuple[ComplaintRow, ...]]:
    with CaptureQueriesContext(connection) as seen:
        rows = complaint_rows(matter, who.actor)
    return len(seen), rows


def test_all_of_a_return_and_the_report_before_is_read_at_once(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    assert statements_of_rows(of(made).matter, liaison5)[0] == 1
    before = closed(made, liaison5)
    still(made, text="It is back")
    again = Matter.objects.exclude(pk=before.pk).get(kind="issue")
    asked, (row,) = statements_of_rows(again, liaison5)
    assert asked == 1
    assert (row.report_number, row.can_be_asked) == (made.number, True)
    assert row.first is not None
    assert (row.first.matter_id, row.first.said) == (before.pk, of(made).said)


def test_power_a_column_that_is_not_read_is_asked_for_alone(
    liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "READ", tuple(name for name in voices.READ if name != "said"))
    assert statements_of_rows(of(report(**CONSENTING)).matter, liaison5)[0] == 2


@pytest.mark.parametrize("rating", ["no", "partly"])
def test_a_low_rating_waits_until_it_is_open_again(liaison5: Cast, rating: str) -> None:
    made = report(**CONSENTING)
    matter = closed(made, liaison5)
    rate_outcome(None, token=follow_token(made), rating=rating, stamp=OUTSIDE)
    assert heard(liaison5) == [("not_solved", matter.pk)]
    reopen_issue(matter, reason="Not solved", next_on=NOON.date(), stamp=liaison5.stamp)
    assert heard(liaison5) == []


def test_solved_waits_for_nobody(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    closed(made, liaison5)
    rate_outcome(None, token=follow_token(made), rating="yes", stamp=OUTSIDE)
    assert heard(liaison5) == []


def test_telling_everybody_deals_with_what_was_said(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    still(made)
    close_issue(of(made).matter, outcome="fixed", text="Clean.", stamp=liaison5.stamp)
    assert heard(liaison5) == []


def test_what_is_said_twice_is_one_row_with_the_first_day(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    still(made)
    later = replace(OUTSIDE, at=OUTSIDE.at + timedelta(days=3))
    say_still_there(None, token=follow_token(made), text="Yet", stamp=later)
    [row] = [
        r for r in worklist(liaison5.actor, on=later.at.date(), size=100).rows if r.noun == "word"
    ]
    assert row.due_on == NOON.date() + timedelta(days=2)
    assert row.title.endswith(": Yet")


def test_it_goes_along_with_the_issue(liaison5: Cast, director: Cast) -> None:
    made, other = report(**CONSENTING), report(said="The same rats, seen by me")
    still(made)
    matter, target = of(made).matter, of(other).matter
    join_issues(matter, into=target, stamp=liaison5.stamp)
    assert heard(liaison5) == [("still_there", target.pk)]
    target.refresh_from_db()
    hand_over_matter(target, owner=director.party, stamp=director.stamp)
    assert heard(liaison5) == []
    assert heard(director) == [("still_there", target.pk)]


def joined_words(liaison5: Cast, first: str, then: str) -> tuple[str, date, datetime]:
    """What waits at an issue that another was joined to days later: words, day, since when.

    The words ``first`` are of that day, ``then`` of the next; a name says at which issue.
    """
    made, other = report(**CONSENTING), report(said="Other rats", latitude=38.9255)
    to = {"joined": made, "target": other}
    for days, where in enumerate((first, then)):
        if where:
            when = replace(OUTSIDE, at=OUTSIDE.at + timedelta(days=days))
            words = f"Words {days}"
            say_still_there(None, token=follow_token(to[where]), text=words, stamp=when)
    matter, target = of(made).matter, of(other).matter
    six = replace(liaison5.stamp, at=NOON + timedelta(days=6))
    join_issues(matter, into=target, stamp=six)
    [row] = Waiting.objects.filter(noun="word")
    assert row.key == str(target.pk)
    assert row.title.startswith(f"{target.title}: ")
    assert row.due_on is not None
    return row.title.removeprefix(f"{target.title}: "), row.due_on, row.since_at


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        ("joined", "", "Words 0"),
        ("joined", "target", "Words 1"),
        ("target", "joined", "Words 1"),
    ],
)
def test_words_and_day_of_what_was_said_go_along_where_issues_are_joined(
    liaison5: Cast, first: str, then: str, words: str
) -> None:
    said, due_on, since = joined_words(liaison5, first, then)
    assert said == words
    assert due_on == NOON.date() + timedelta(days=2)
    assert since == NOON + timedelta(days=1 if then else 0)


def test_of_a_restricted_issue_only_its_readers_learn_it(liaison5: Cast, director: Cast) -> None:
    made = report(**CONSENTING)
    restrict_matter(
        of(made).matter, readers=[director.party], reason="At risk", stamp=director.stamp
    )
    still(made)
    found = worklist(
        actor_for(liaison5.user, on=NOON.date()), on=NOON.date(), whose="all", size=100
    )
    holders = {row.party_name for row in found.rows if row.noun == "word"}
    assert holders <= {liaison5.party.name}
