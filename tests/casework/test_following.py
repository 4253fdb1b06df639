"""Whoever reported follows it by the link: still there, an answer, a rating; nobody else can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.casework.postroom import Worker, letters_go
from tests.casework.reporting import OUTSIDE, report
from tests.cast import Cast
from wardroom.casework.actions import (
    answer_office,
    ask_for_links,
    ask_reporter,
    close_issue,
    rate_outcome,
    say_still_there,
)
from wardroom.casework.models import Complaint, Report
from wardroom.casework.queries import FollowedReport, follow_token, followed_report, taken
from wardroom.casework.rules.tongues import TOLD
from wardroom.directory.actions.consents import end_contact_point
from wardroom.directory.models import ContactPoint
from wardroom.jobs import delivery
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry, Receipt
from wardroom.library.actions import open_topic
from wardroom.library.models import Topic
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Matter
from wardroom.notices.actions.keys import open_text
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]

ADA = "ada@example.org"
CONSENTING: dict[str, Any] = {"name": "Ada", "email": ADA, "may_write": True}


def of(made: Report) -> Complaint:
    made.refresh_from_db()
    assert made.complaint is not None
    return made.complaint


def closed(made: Report, liaison: Cast, *, goes: bool = True) -> Matter:
    """The issue of a report, told and closed; its letter goes out unless said otherwise."""
    matter = close_issue(
        of(made).matter, outcome="fixed", text="The alley is clean.", stamp=liaison.stamp
    )
    if goes:
        letters_go()
    return matter


def seen(made: Report, **more: Any) -> FollowedReport:
    return followed_report(follow_token(made), at=OUTSIDE.at, **more)


def kinds() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


def letters() -> list[Message]:
    return list(Message.objects.order_by("pk"))


def test_the_page_says_number_role_and_day_and_no_name(liaison5: Cast) -> None:
    found = seen(report(**CONSENTING))
    assert found.number.startswith("R-")
    assert found.who == "The liaison of the Mayor's office for Ward 5"
    assert found.next_on is not None
    assert found.standing == ("We have it, and somebody looks after it.",)
    assert liaison5.party.name not in str(found)
    assert not any(line.known for line in found.facts)


def test_a_link_of_another_kind_opens_nothing() -> None:
    report(**CONSENTING)
    for token in ("", "x", "A" * 43):
        with pytest.raises(Refused) as no:
            followed_report(token, at=OUTSIDE.at)
        assert no.value.code == "key_closed"
        with pytest.raises(Refused):
            say_still_there(None, token=token, stamp=OUTSIDE)


def test_mail_to_somebody_without_a_name_is_to_their_address_alone(liaison5: Cast) -> None:
    made = report(**{**CONSENTING, "name": ""})
    complaint = of(made)
    ask_reporter(complaint.matter, complaint_id=complaint.pk, text="Which?", stamp=liaison5.stamp)
    closed(made, liaison5)
    sent = Message.objects.filter(to_address=ADA)
    assert sent.count() == 3
    assert {message.to_name for message in sent} == {""}


def test_still_there_on_an_open_issue_is_a_line_of_it() -> None:
    made = report()
    assert say_still_there(None, token=follow_token(made), text="Two more", stamp=OUTSIDE) is None
    line = Entry.objects.get(kind="StillThere")
    assert line.sentence.endswith("says that it is still there: Two more")
    assert of(made).matter.complaints.count() == 1


def test_still_there_after_the_closing_is_a_return_that_counts(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    former = closed(made, liaison5)
    again = say_still_there(None, token=follow_token(made), stamp=OUTSIDE)
    assert again is not None
    former.refresh_from_db()
    assert former.came_back_at is not None
    assert again.matter.issue.return_of == former
    assert again.reporter == of(made).reporter
    assert {"MatterCameBack", "MattersLinked"} <= set(kinds())
    found = seen(made)
    assert found.is_open
    assert found.standing == ("It came back, so we are at it again.",)
    assert [line.code for line in found.facts if line.known] == ["told", "back"]


def test_whoever_reports_first_reads_of_no_return_that_others_saw(liaison5: Cast) -> None:
    former = report(**CONSENTING, said="Rats again, says a neighbor.")
    closed(former, liaison5)
    first = report(said="Rats by the bins.", name="Ben", email="ben@example.org", may_write=True)
    assert of(first).matter.issue.return_of == of(former).matter
    new = seen(first)
    assert new.standing == ("We have it, and somebody looks after it.",)
    assert not any(line.known for line in new.facts)
    old = seen(former)
    assert old.standing == ("It came back, so we are at it again.",)
    assert [line.code for line in old.facts if line.known] == ["told", "back"]


def test_whoever_comes_back_with_a_new_report_reads_of_the_return(liaison5: Cast) -> None:
    closed(report(**CONSENTING), liaison5)
    second = report(**CONSENTING, said="They are back at the same house.")
    assert of(second).matter.issue.return_of is not None
    assert seen(second).standing == ("It came back, so we are at it again.",)


def test_nothing_of_what_was_said_is_lost_when_it_comes_back(liaison5: Cast) -> None:
    made = report(**CONSENTING, language="es")
    token = follow_token(made)
    say_still_there(None, token=token, text="Dos más", stamp=OUTSIDE)
    closed(made, liaison5)
    later = [replace(OUTSIDE, at=OUTSIDE.at + timedelta(hours=n)) for n in (1, 2, 3)]
    rate_outcome(None, token=token, rating="partly", text="Queda una", stamp=later[0])
    say_still_there(None, token=token, text="Otra vez", stamp=later[1])
    say_still_there(None, token=token, stamp=later[2])
    words = TOLD["es"].follow
    lines = seen(made).lines
    assert [line.text for line in lines[:3]] == ["", "Otra vez", "Queda una"]
    assert sorted(line.text for line in lines[3:]) == ["", "Dos más", "The alley is clean."]
    assert [line.text for line in lines if line.by_office] == ["The alley is clean."]
    assert words.ratings["partly"] in lines[2].heading
    assert words.still_send in lines[1].heading
    assert all(line.on == date(2026, 11, 18) for line in lines)


def test_what_is_said_of_another_report_is_not_in_the_lines(liaison5: Cast) -> None:
    mine = report(**CONSENTING)
    other = report(said="Others", onto=of(mine).matter_id)
    say_still_there(None, token=follow_token(other), text="Of the other", stamp=OUTSIDE)
    assert seen(mine).lines == ()


def test_a_second_still_there_speaks_of_the_same_return(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    closed(made, liaison5)
    say_still_there(None, token=follow_token(made), stamp=OUTSIDE)
    assert say_still_there(None, token=follow_token(made), stamp=OUTSIDE) is None
    assert Matter.objects.filter(kind="issue").count() == 2


def test_a_return_that_somebody_else_reported_is_seen_too(liaison5: Cast) -> None:
    mine = report(**CONSENTING)
    closed(mine, liaison5)
    report(said="They are back", name="Ben", email="ben@example.org", may_write=True)
    assert seen(mine).is_open


def test_the_office_asks_and_the_answer_is_a_line(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    matter = of(made).matter
    question = ask_reporter(
        matter, complaint_id=of(made).pk, text="Which gate?", stamp=liaison5.stamp
    )
    assert [row.text for row in seen(made).questions] == ["Which gate?"]
    answer_office(
        None, token=follow_token(made), question_id=question.pk, text="The left", stamp=OUTSIDE
    )
    (row,) = seen(made).questions
    assert (row.answer, row.answered_on) == ("The left", date(2026, 11, 18))
    assert Entry.objects.get(kind="ReporterAnswered").sentence == "Ada answered: The left"
    with pytest.raises(Refused) as no:
        answer_office(
            None, token=follow_token(made), question_id=question.pk, text="No", stamp=OUTSIDE
        )
    assert no.value.code == "already_answered"


def test_the_question_of_another_report_is_not_there(liaison5: Cast) -> None:
    mine, theirs = report(**CONSENTING), report(said="Other rats", email=ADA, may_write=True)
    question = ask_reporter(
        of(theirs).matter, complaint_id=of(theirs).pk, text="Where?", stamp=liaison5.stamp
    )
    assert seen(mine).questions == ()
    with pytest.raises(NotFound):
        answer_office(
            None, token=follow_token(mine), question_id=question.pk, text="x", stamp=OUTSIDE
        )


def test_only_who_runs_the_ward_asks(liaison7: Cast, liaison5: Cast) -> None:
    made = report(**CONSENTING)
    with pytest.raises(NotAllowed):
        ask_reporter(of(made).matter, complaint_id=of(made).pk, text="x", stamp=liaison7.stamp)
    with pytest.raises(Refused) as no:
        ask_reporter(of(made).matter, complaint_id=of(made).pk, text=" ", stamp=liaison5.stamp)
    assert no.value.code == "text_missing"


def test_who_left_no_address_is_not_asked_by_mail(liaison5: Cast) -> None:
    made = report()
    with pytest.raises(Refused) as no:
        ask_reporter(of(made).matter, complaint_id=of(made).pk, text="x", stamp=liaison5.stamp)
    assert no.value.code == "cannot_be_asked"


def test_the_end_is_rated_once_for_each_closing(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    with pytest.raises(Refused) as early:
        rate_outcome(None, token=follow_token(made), rating="yes", stamp=OUTSIDE)
    assert early.value.code == "wrong_state"
    closed(made, liaison5)
    assert seen(made).can_rate
    rate_outcome(None, token=follow_token(made), rating="no", text="Still rats", stamp=OUTSIDE)
    found = seen(made)
    assert (found.can_rate, found.rating) == (False, "no")
    assert Entry.objects.get(kind="OutcomeRated").sentence == (
        "Ada says that it is not solved: Still rats"
    )
    with pytest.raises(Refused) as twice:
        rate_outcome(None, token=follow_token(made), rating="yes", stamp=OUTSIDE)
    assert twice.value.code == "already_rated"


def test_a_restricted_issue_tells_its_reporter_nothing_of_the_work(liaison5: Cast) -> None:
    made = report(**CONSENTING)
    restrict_matter(of(made).matter, readers=[liaison5.party], reason="x", stamp=liaison5.stamp)
    found = seen(made)
    assert found.standing == ("We have it, and somebody looks after it.",)


def test_a_topic_without_numbers_shows_none(director: Cast) -> None:
    topic = Topic.objects.get(code="rodents")
    open_topic(topic, description="Rats.", kind="blackbox", stamp=director.stamp)
    assert seen(report(**CONSENTING)).number == ""


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Thank you for telling us"), ("es", "Gracias por avisarnos")]
)
def test_the_receipt_comes_in_the_language_of_the_report(
    language: str, word: str, worker: Worker, liaison5: Cast
) -> None:
    made = report(**CONSENTING, language=language)
    delivery.sweep()
    (letter,) = letters()
    assert letter.to_address == ADA
    assert word in letter.text
    assert liaison5.party.name not in letter.text
    told = open_text(letter.text, holder=ADA, at=OUTSIDE.at)
    assert f"/mine/{follow_token(made)}/" in told
    assert follow_token(made) not in letter.text


def test_who_gave_no_address_gets_no_letter(worker: Worker) -> None:
    report()
    delivery.sweep()
    assert letters() == []


def test_the_outcome_and_the_question_come_with_the_link(worker: Worker, liaison5: Cast) -> None:
    made = report(**CONSENTING, language="es")
    ask_reporter(
        of(made).matter, complaint_id=of(made).pk, text="Which gate?", stamp=liaison5.stamp
    )
    closed(made, liaison5)
    delivery.sweep()
    texts = {letter.subject.partition("] ")[2]: letter.text for letter in letters()}
    number = seen(made).number
    assert "(solo en inglés)" in texts[f"Una pregunta sobre su reporte {number}"]
    outcome = texts[f"Qué pasó con su reporte {number}"]
    assert "The alley is clean. (solo en inglés)" in outcome
    assert "{{key:" in outcome


def test_links_go_to_their_address_alone_and_nobody_learns_of_it(worker: Worker) -> None:
    mine = report(**CONSENTING)
    report(said="Others", name="Ben", email="ben@example.org", may_write=True)
    delivery.sweep()
    before = len(letters())
    assert ask_for_links(None, address="ADA@example.org ", stamp=OUTSIDE) == 1
    assert ask_for_links(None, address="nobody@example.org", stamp=OUTSIDE) == 0
    assert ask_for_links(None, address="", stamp=OUTSIDE) == 0
    delivery.sweep()
    (letter,) = letters()[before:]
    assert letter.to_address == ADA
    assert follow_token(mine) in open_text(letter.text, holder=ADA, at=OUTSIDE.at)
    lines = Entry.objects.filter(kind="LinksWanted")
    assert lines.count() == 3
    assert not any("@" in str(line.body) + line.sentence for line in lines)


def test_links_are_sent_once_an_hour(worker: Worker) -> None:
    report(**CONSENTING)
    delivery.sweep()
    before = len(letters())
    for _ in range(3):
        ask_for_links(None, address=ADA, stamp=OUTSIDE)
    delivery.sweep()
    assert len(letters()) == before + 1


def test_a_link_ends_after_two_years() -> None:
    made = report(**CONSENTING)
    with pytest.raises(Refused) as no:
        followed_report(follow_token(made), at=OUTSIDE.at + timedelta(days=732))
    assert no.value.code == "key_closed"


def test_nothing_is_sent_to_an_address_that_may_no_longer_be_used(
    worker: Worker, liaison5: Cast
) -> None:
    made = report(**CONSENTING)
    delivery.sweep()
    before = len(letters())
    assert made.reporter is not None
    point = ContactPoint.objects.get(party=made.reporter, channel="email")
    end_contact_point(made.reporter, point_id=point.pk, reason="Wrong", stamp=liaison5.stamp)
    ask_for_links(None, address=ADA, stamp=OUTSIDE)
    delivery.sweep()
    assert len(letters()) == before


def test_still_there_is_said_a_few_times_a_day() -> None:
    made = report()
    for _ in range(3):
        say_still_there(None, token=follow_token(made), stamp=OUTSIDE)
    with pytest.raises(Refused) as no:
        say_still_there(None, token=follow_token(made), stamp=OUTSIDE)
    assert no.value.code == "too_often"


def test_one_receipt_an_hour_goes_to_an_address(worker: Worker) -> None:
    for n in range(3):
        report(**CONSENTING, said=f"Night {n}")
    delivery.sweep()
    (letter,) = letters()
    assert "Night" not in letter.text


def test_program_that_left_an_address_without_consent_is_not_written_to(worker: Worker) -> None:
    report(channel="open311", email=ADA, may_write=False, once="from an app")
    worker.works()
    assert letters() == []
    assert not Receipt.objects.exclude(state="done").exists()


def test_day_that_is_past_is_promised_to_nobody(liaison5: Cast) -> None:
    first = report(once="first")
    late = OUTSIDE.at + timedelta(days=40)
    more = report(
        onto=of(first).matter.pk, once="later", stamp=replace(OUTSIDE, at=late), **CONSENTING
    )
    assert of(more).matter == of(first).matter
    assert taken(more).look_on is None
    assert followed_report(follow_token(more), at=late).next_on is None


def test_letter_tells_what_was_chosen_and_no_words_of_a_stranger(worker: Worker) -> None:
    report(
        **CONSENTING,
        language="fr",
        topic_code="signals",
        answers={"wrong": ("dark",), "hurt": ("yes",)},
    )
    report(email="b@example.org", may_write=True, topic_code="vehicles", answers={"tag": ("SPAM",)})
    delivery.sweep()
    chosen, typed = (letter.text for letter in letters())
    assert "Quel est le problème ? Il est éteint" in chosen
    assert "SPAM" not in typed
