"""Sending somebody to services: who it was is kept nowhere, whether it helped is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid5

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import Ground
from tests.library.files import SPACE, as_json, key, pantry
from tests.trouble import load_topics
from wardroom.directory.actions import note_person
from wardroom.directory.models import ContactPoint
from wardroom.engagement.actions import (
    answer_referral_by_link,
    end_referral,
    make_referral,
    note_answers,
    note_gap,
    refer_elsewhere,
)
from wardroom.engagement.models import ServiceReferral
from wardroom.engagement.queries.referrals import (
    gaps,
    helped_sheet,
    referral_file,
    referral_page,
    services_to_check,
)
from wardroom.engagement.rules import referrals as rules
from wardroom.jobs.delivery import send_waiting, sweep
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.library.actions import (
    load_needs,
    read_service_file,
    write_service_file,
)
from wardroom.library.models import ListedService, Need
from wardroom.library.queries import service_preview
from wardroom.library.rules.needs import need_id
from wardroom.matters.models import Matter
from wardroom.matters.queries import worklist
from wardroom.notices.actions import mark_address_bounced
from wardroom.notices.actions.keys import open_text
from wardroom.notices.models import Key, Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("agencies")]
TODAY = NOON.date()
ADDRESS = "somebody@example.org"
LATER = NOON + timedelta(days=5, hours=1)


@pytest.fixture
def services(liaison5: Cast) -> list[ListedService]:
    """Three pantries, by name."""
    load_topics()
    load_needs(None, stamp=HOUSE)
    named = [
        {
            "id": key(name),
            "name": name,
            "status": "active",
            "organization": pantry()["organization"],
            "phones": [{"id": str(uuid5(SPACE, f"{name} phone")), "number": "202-555-0100"}],
        }
        for name in ("First pantry", "Second pantry", "Third pantry")
    ]
    made = read_service_file(None, data=as_json(*named), source="x", stamp=liaison5.stamp)
    digest = service_preview(made.pk, liaison5.actor).digest
    write_service_file(made, digest=digest, stamp=liaison5.stamp)
    return list(ListedService.objects.order_by("name"))


def sent(ground: Ground, who: Cast, services: list[ListedService], **changes: Any) -> Matter:
    """Somebody of the ward who needs food, sent to these services."""
    sound: dict[str, Any] = {
        "services": services,
        "way": "print",
        "owner": who.party,
        "ward": ground.wards[next(iter(who.actor.reach.wards))],
    }
    need = Need.objects.get(pk=need_id("food-pantry"))
    return make_referral(need, **{**sound, **changes}, stamp=who.stamp).matter


def mailed(ground: Ground, who: Cast, services: list[ListedService], **changes: Any) -> Matter:
    by_mail = {"way": "mail", "address": ADDRESS, "may_ask": True, "language": "es", **changes}
    matter = sent(ground, who, services, **by_mail)
    sweep()
    return matter


def token() -> str:
    made = Key.objects.get(purpose="helped")
    return open_text(f"{{{{key:{made.pk}}}}}", holder=ADDRESS, at=NOON)


def lines_of(matter: Matter) -> list[int]:
    row = ServiceReferral.objects.get(matter=matter)
    return list(row.lines.order_by("position").values_list("pk", flat=True))


def test_it_asks_itself_after_five_days(
    ground: Ground, liaison5: Cast, liaison7: Cast, services: list[ListedService]
) -> None:
    matter = sent(ground, liaison5, services[:2])
    assert (matter.next_step, matter.next_on) == (rules.ASK_STEP, TODAY + timedelta(days=5))
    due = replace(liaison5.stamp, at=LATER)
    titles = [row.title for row in worklist(liaison5.actor, on=LATER.date()).rows]
    assert f"{matter.title}: {rules.ASK_STEP}" in titles
    assert referral_page(liaison5.actor, on=LATER.date(), state="to_ask").total == 1
    assert referral_page(liaison7.actor, on=LATER.date(), state="").total == 0
    with pytest.raises(NotFound):
        referral_file(matter.pk, liaison7.actor, on=TODAY)
    first, second = lines_of(matter)
    note_answers(matter, answers={first: "did_not_help", second: "helped"}, stamp=due)
    matter.refresh_from_db()
    assert (matter.state, matter.outcome) == ("closed", "helped")
    page = referral_page(liaison5.actor, on=LATER.date(), state="helped")
    assert (page.asked, page.answered, page.rows[0].state) == (1, 1, "Helped")


def test_what_did_not_help_leads_to_another_or_to_a_gap(
    ground: Ground, liaison5: Cast, services: list[ListedService]
) -> None:
    matter = sent(ground, liaison5, services[:1])
    [line] = lines_of(matter)
    note_answers(matter, answers={line: "did_not_help"}, stamp=liaison5.stamp)
    matter.refresh_from_db()
    assert (matter.state, matter.next_step) == ("open", rules.AGAIN_STEP)
    with pytest.raises(Refused, match="already"):
        refer_elsewhere(matter, services=services[:1], stamp=liaison5.stamp)
    refer_elsewhere(matter, services=services[1:2], stamp=liaison5.stamp)
    matter.refresh_from_db()
    assert matter.next_step == rules.ASK_STEP
    note_answers(matter, answers={lines_of(matter)[1]: "not_reached"}, stamp=liaison5.stamp)
    end_referral(matter, outcome="nothing_fits", stamp=liaison5.stamp)
    [gap] = gaps(liaison5.actor, on=TODAY)
    assert (gap.need, gap.rows[0].ward, gap.rows[0].language) == ("Food pantry", "5", "English")
    assert gap.rows[0].shown == "not shown"
    with pytest.raises(Refused, match="over"):
        note_answers(matter, answers={line: "helped"}, stamp=liaison5.stamp)


def test_letter_goes_out_in_their_language_and_asks_by_a_link(
    ground: Ground, liaison5: Cast, services: list[ListedService], mailoutbox: list[Any]
) -> None:
    matter = mailed(ground, liaison5, services[:2])
    letters = list(Message.objects.order_by("due_at"))
    assert letters[1].due_at - letters[0].due_at > timedelta(days=4)
    assert "Servicios para usted / Services for you" in letters[0].subject
    assert "202-555-0100" in letters[0].text
    assert helped_sheet(token(), at=LATER).language == "es"
    first, second = lines_of(matter)
    answers = {first: "did_not_help", second: "partly"}
    visitor = replace(HOUSE, at=LATER)
    answer_referral_by_link(None, token=token(), answers=answers, stamp=visitor)
    matter.refresh_from_db()
    assert matter.outcome == "partly"
    assert ServiceReferral.objects.get(matter=matter).address == ""
    lines = Entry.objects.filter(kind__in=("MessageQueued", "MessageSent"))
    assert lines.count() >= 2
    assert not [line for line in lines if ADDRESS in f"{line.sentence}{line.body}"]
    for again in (helped_sheet, lambda t, at: answer_referral_by_link(
        None, token=t, answers=answers, stamp=visitor)):  # fmt: skip
        with pytest.raises(Refused) as no:
            again(token(), at=LATER)
        assert no.value.code == "key_closed"
    assert ADDRESS not in "".join(
        str(entry.body) for entry in Entry.objects.exclude(kind__startswith="Message")
        .exclude(kind__startswith="Key")
    )  # fmt: skip


def test_letter_that_comes_back_marks_the_address_though_no_line_says_it(
    ground: Ground, liaison5: Cast, services: list[ListedService], mailoutbox: list[Any]
) -> None:
    note_person(None, name="A neighbor", email=ADDRESS, stamp=liaison5.stamp)
    mailed(ground, liaison5, services[:1])
    letter = Message.objects.order_by("due_at")[0]
    mark_address_bounced(letter, hard=True, reason="no such user", stamp=HOUSE)
    sweep()
    assert ContactPoint.objects.get(value=ADDRESS).bounced_at is not None


@pytest.mark.parametrize("answer", ["helped", "did_not_help"])
def test_nobody_is_asked_once_it_is_known(
    ground: Ground, liaison5: Cast, services: list[ListedService], answer: str
) -> None:
    matter = mailed(ground, liaison5, services[:1])
    assert referral_file(matter.pk, liaison5.actor, on=TODAY).letter_asks
    note_answers(matter, answers={lines_of(matter)[0]: answer}, stamp=liaison5.stamp)
    sweep()
    states = dict(Message.objects.values_list("subject", "state"))
    assert sorted(states.values()) == ["queued", "recalled"]
    assert not referral_file(matter.pk, liaison5.actor, on=TODAY).letter_asks
    send_waiting()


def test_the_letter_does_not_wait_for_working_hours_and_the_question_does(
    ground: Ground, liaison5: Cast, services: list[ListedService]
) -> None:
    mailed(ground, liaison5, services[:1])
    services_letter, question = Message.objects.order_by("due_at")
    assert (services_letter.urgent, question.urgent) == (True, False)
    assert services_letter.due_at - services_letter.queued_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"services": []}, "nothing_chosen"),
        ({"way": "pigeon"}, "unknown_way"),
        ({"way": "mail"}, "address_missing"),
        ({"way": "mail", "address": "no address"}, "bad_email"),
        ({"may_ask": True}, "no_way_to_ask"),
        ({"language": "tlh"}, "unknown_language"),
    ],
)
def test_what_is_not_whole_is_refused(
    ground: Ground, liaison5: Cast, services: list[ListedService], changes: Any, code: str
) -> None:
    with pytest.raises(Refused) as no:
        sent(ground, liaison5, **{"services": services[:1], **changes})
    assert no.value.code == code


def test_staff_send_anywhere_and_only_the_ward_writes_the_answer(
    ground: Ground,
    liaison5: Cast,
    liaison7: Cast,
    staff: Cast,
    auditor: Cast,
    services: list[ListedService],
) -> None:
    ward: dict[str, Any] = {"owner": liaison5.party, "ward": ground.wards["5"]}
    need = Need.objects.get(pk=need_id("food"))
    matter = make_referral(need, services=services, way="told", **ward, stamp=staff.stamp).matter
    assert note_gap(need, **ward, stamp=staff.stamp).outcome == "nothing_fits"
    for who in (liaison7, auditor):
        with pytest.raises(NotAllowed):
            end_referral(matter, outcome="not_known", stamp=who.stamp)
    with pytest.raises(NotAllowed):
        note_gap(need, **ward, stamp=auditor.stamp)


def test_many_gaps_are_shown_and_few_are_not(
    ground: Ground, liaison5: Cast, services: list[ListedService]
) -> None:
    need = Need.objects.get(pk=need_id("law-papers"))
    words: dict[str, Any] = {"owner": liaison5.party, "ward": ground.wards["5"]}
    for language in ["es"] * 5 + ["am"] * 2:
        note_gap(need, language=language, **words, stamp=liaison5.stamp)
    [gap] = gaps(liaison5.actor, on=TODAY)
    assert {(row.language, row.shown) for row in gap.rows} == {
        ("Spanish", "5"),
        ("Amharic", "not shown"),
    }
    assert gap.shown == "at least 6"
    assert gaps(liaison5.actor, on=TODAY + timedelta(days=366)) == ()


def test_need_in_somebodys_own_words_stays_within_reach(
    ground: Ground, liaison5: Cast, liaison7: Cast
) -> None:
    words: dict[str, Any] = {"owner": liaison5.party, "ward": ground.wards["5"]}
    note_gap(None, need_text="Maria was put out", **words, stamp=liaison5.stamp)
    assert [gap.need for gap in gaps(liaison5.actor, on=TODAY)] == ["Maria was put out"]
    assert [gap.need for gap in gaps(liaison7.actor, on=TODAY)] == ["Another need"]


def test_service_that_mostly_did_not_help_is_marked(
    ground: Ground, liaison5: Cast, services: list[ListedService]
) -> None:
    for answer in ("did_not_help", "not_reached", "did_not_help"):
        assert services_to_check([services[0].pk], on=TODAY) == frozenset()
        matter = sent(ground, liaison5, services[:1])
        note_answers(matter, answers={lines_of(matter)[0]: answer}, stamp=liaison5.stamp)
    assert services_to_check([s.pk for s in services], on=TODAY) == {str(services[0].pk)}
    for _ in range(3):
        matter = sent(ground, liaison5, services[:1])
        note_answers(matter, answers={lines_of(matter)[0]: "helped"}, stamp=liaison5.stamp)
    assert services_to_check([services[0].pk], on=TODAY) == frozenset()
