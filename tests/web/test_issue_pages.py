"""The pages of an issue: asks composed, clocks started, people told, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from tests.casework.reporting import report
from tests.cast import HOUSE
from tests.conftest import NOON
from tests.web.conftest import World
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import take_complaint
from wardroom.casework.models import Complaint, Report
from wardroom.city.rules import address_key
from wardroom.directory.actions import note_person
from wardroom.directory.queries import get_agency, get_party_of
from wardroom.matters.actions import AskDraft, add_legal_deadline, add_task, ask_agencies
from wardroom.matters.models import Ask, Matter
from wardroom.service_requests.models import ServiceRequest

pytestmark = pytest.mark.django_db
DUE = "2026-12-04"


def send(world: World, role: str, path: str, sent: Mapping[str, object], status: int) -> str:
    """What the page says to this form, with this status."""
    answer = world.clients[role].post(path, sent)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode() if status != 302 else str(answer.headers["Location"])


def own(world: World, name: str, *more: object) -> str:
    return reverse(name, args=[world.issues["5"].pk, *more])


def test_311_number_alone_brings_place_topic_and_words(world: World) -> None:
    request = world.requests["5"]
    sent = {"request_number": request.external_id, "channel": "311", "anonymous": "on"}
    send(world, "liaison5", reverse("intake"), sent, 302)
    complaint = Complaint.objects.order_by("-pk")[0]
    assert complaint.request == request
    assert request.service.name in complaint.said
    assert complaint.matter.place is not None
    assert complaint.matter.place.key == request.place_key
    seen = world.clients["liaison5"].post(reverse("intake"), {**sent, "look": "1"})
    assert request.service.name in seen.content.decode()


def test_311_number_of_another_ward_tells_nothing(world: World) -> None:
    other = world.requests["7"]
    sent = {"request_number": other.external_id, "channel": "311", "anonymous": "on"}
    page = send(world, "liaison5", reverse("intake"), {**sent, "look": "1"}, 200)
    assert other.service.name not in page
    assert "It is kept as typed" in page
    page = send(world, "liaison5", reverse("intake"), sent, 422)
    assert "We have no 311 request with this number. Also say where" in page
    told = {**sent, "said": "Bags in the alley", "ward_code": "5"}
    send(world, "liaison5", reverse("intake"), told, 302)
    assert Complaint.objects.order_by("-pk")[0].request_number == other.external_id


def test_address_that_only_311_knows_is_offered_with_its_point(world: World) -> None:
    request = world.requests["5"]
    address = "1700 - 1799 BLOCK OF MIRROR STREET NE"
    with guard_pass("a row as the city writes it, without an address id"):
        ServiceRequest.objects.filter(pk=request.pk).update(
            address=address, place_key=address_key(address)
        )
    look = {"place_text": "1700 - 1799 block of Mirror St NE", "look": "1"}
    offered = f'|{address}"'
    page = send(world, "liaison5", reverse("intake"), look, 200)
    assert offered in page
    assert f'value="at:{str(request.latitude)[:6]}' in page
    assert "Use the 311 point" in page
    assert offered not in send(world, "liaison7", reverse("intake"), look, 200)
    shorter = {**look, "place_text": "1700 - 1799 block of Mirror"}
    assert offered not in send(world, "liaison5", reverse("intake"), shorter, 200)


def test_one_more_voice_is_not_called_a_new_issue(world: World) -> None:
    issue = world.issues["5"]
    sent = {"said": "Here too", "channel": "phone", "name_": "Neighbour", "onto": issue.pk}
    answer = world.clients["liaison5"].post(reverse("intake"), sent, follow=True)
    said = f"Added to W-{issue.pk}: one more voice. {issue.owner.name} owns it."
    assert said in answer.content.decode()
    new = {**sent, "onto": "", "ward_code": "5"}
    answer = world.clients["liaison5"].post(reverse("intake"), new, follow=True)
    assert "Taken in as W-" in answer.content.decode()


def test_a_known_caller_of_the_same_name_is_chosen_until_somebody_says_otherwise(
    world: World,
) -> None:
    person = note_person(None, name="Ada Poe", phone="202-555-0147", stamp=HOUSE)
    take_complaint(
        world.issues["5"].place,
        said="Bags",
        channel="phone",
        reporter=person,
        onto=world.issues["5"],
        stamp=world.cast["liaison5"].stamp,
    )
    look = {"name_": " ada  POE", "phone": "(202) 555-0147", "look": "1"}
    chosen = f'value="{person.pk}" checked'
    page = send(world, "liaison5", reverse("intake"), look, 200)
    assert chosen in page
    said = {**look, "person": "other", "offered": f"{person.pk},"}
    other = send(world, "liaison5", reverse("intake"), said, 200)
    assert chosen not in other
    assert 'value="other" checked' in other
    relative = {**look, "name_": "Ben Poe"}
    assert chosen not in send(world, "liaison5", reverse("intake"), relative, 200)


def test_going_to_look_starts_with_the_time_of_now(world: World) -> None:
    page = world.clients["liaison5"].get(own(world, "issue")).content.decode()
    now = localtime(NOON).strftime("%Y-%m-%dT%H:%M")
    assert re.search(rf'name="seen_at" value="{now}"', page)


def test_click_on_the_map_is_the_place(world: World) -> None:
    place = world.matters["5"].place
    assert place is not None
    point = f"{place.latitude},{place.longitude}"
    look = {"place_text": "", "spot_for": "", "point": point, "look": "1"}
    page = send(world, "liaison5", reverse("intake"), look, 200)
    assert f'value="id:{place.pk}"' in page
    typed = {**look, "place_text": "Somewhere else"}
    assert f'value="id:{place.pk}"' not in send(world, "liaison5", reverse("intake"), typed, 200)
    for odd in ("nowhere", "1", "91,181,3", "999,999"):
        send(world, "liaison5", reverse("intake"), {**look, "point": odd}, 200)


def test_three_asks_are_sent_at_once_or_kept(world: World) -> None:
    path = own(world, "issue_ask")
    three = {
        f"ask{n}-{name}": value
        for n, code in enumerate(("DPW", "DDOT", "DOB"))
        for name, value in (("agency_code", code), ("wording", "Look"), ("due_on", DUE))
    }
    assert send(world, "liaison5", path, three, 302).endswith("#asks")
    asked = Ask.objects.filter(matter=world.issues["5"], kind="referral")
    assert {ask.state for ask in asked} == {"requested"}
    send(world, "liaison5", path, {**three, "keep": "1"}, 302)
    assert asked.filter(state="proposed").count() == 3
    again = world.clients["liaison5"].get(f"{path}?like=before").content.decode()
    assert "The same ask as last time here" in again
    assert 'value="Clear it, DPW"' in again


def test_whoever_asks_after_hours_is_told_when_the_mail_leaves(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "wardroom.web.issues.asking.next_hours", lambda at: datetime(2026, 11, 23, 14, tzinfo=UTC)
    )
    sent = {"ask0-agency_code": "DPW", "ask0-wording": "Look", "ask0-due_on": DUE}
    path = send(world, "liaison5", own(world, "issue_ask"), sent, 302)
    page = world.clients["liaison5"].get(path).content.decode()
    assert "1 ask sent. The mail goes out on Monday at 9 a.m." in page


def test_ask_that_is_not_whole_keeps_what_was_typed(world: World) -> None:
    sent = {"ask1-agency_code": "DPW", "ask1-wording": "Clear it", "ask1-due_on": "2026-11-18"}
    page = send(world, "liaison5", own(world, "issue_ask"), sent, 422)
    assert "the agency has to have time" in page
    assert 'value="Clear it"' in page
    page = send(world, "liaison5", own(world, "issue_ask"), {"ask0-wording": "Only words"}, 422)
    assert "Choose the agency." in page
    assert 'value="Only words"' in page


def test_date_of_an_ask_explains_itself_where_a_promise_gave_it(world: World) -> None:
    page = world.clients["liaison5"].get(own(world, "issue_ask")).content.decode()
    assert "Why these dates" in page
    sent = {"ask0-agency_code": "DPW", "ask0-wording": "Clear it", "ask0-due_on": "2026-12-03"}
    send(world, "liaison5", own(world, "issue_ask"), sent, 302)
    ask = Ask.objects.get(matter=world.issues["5"], kind="referral")
    assert ask.why_due is not None
    page = world.clients["liaison5"].get(reverse("ask", args=[ask.pk])).content.decode()
    assert "Why this date" in page
    assert "If the agency stays silent" in page
    assert reverse("issue", args=[ask.matter_id]) in page


def test_clock_of_the_law_runs_pauses_and_ends_on_the_page(world: World) -> None:
    me = world.cast["liaison5"].party.pk
    sent = {"which": "clock", "rule_code": "dc-foia", "started_at": "2026-11-18T09:00",
            "party_id": me}  # fmt: skip
    send(world, "liaison5", own(world, "issue_todo"), sent, 302)
    clock = Ask.objects.get(kind="legal_deadline", matter=world.issues["5"])
    assert (clock.wording, clock.due_on) == ("Public-records answer", date(2026, 12, 10))
    page = world.clients["liaison5"].get(own(world, "issue")).content.decode()
    assert "D.C. Code 2-532(c)" in page
    assert "Thanksgiving" in page
    move = {"from_on": "2026-11-18", "reason": ""}
    page = send(world, "liaison5", own(world, "issue_task", clock.pk, "pause_clock"), move, 422)
    assert "Fill in “Why”." in page
    assert 'value="2026-11-18"' in page
    move["reason"] = "The fee is to be paid"
    send(world, "liaison5", own(world, "issue_task", clock.pk, "pause_clock"), move, 302)
    page = world.clients["liaison5"].get(own(world, "issue")).content.decode()
    assert "Clock paused" in page
    send(world, "liaison5", own(world, "issue_task", clock.pk, "finish_task"), {}, 302)
    clock.refresh_from_db()
    assert clock.state == "done"
    world.clients["liaison5"].get(own(world, "issue"))
    day = world.clients["liaison5"].get("/day/").content.decode()
    assert "Public-records answer" not in day


def test_longer_clock_needs_its_condition_at_its_field(world: World) -> None:
    me = world.cast["liaison5"].party.pk
    sent = {"which": "clock", "rule_code": "dc-foia-extended", "started_at": "2026-11-18T09:00",
            "party_id": me, "wording": "Their letter"}  # fmt: skip
    page = send(world, "liaison5", own(world, "issue_todo"), sent, 422)
    assert 'id="clock_condition_error"' in page
    assert 'value="Their letter"' in page


def test_approval_is_asked_of_a_colleague_and_given(world: World) -> None:
    boss = world.cast["director"].party.pk
    sent = {"which": "task", "kind": "approval", "wording": "Tell the press", "party_id": boss,
            "due_on": DUE}  # fmt: skip
    send(world, "liaison5", own(world, "issue_todo"), sent, 302)
    task = Ask.objects.get(kind="approval")
    assert task.party_id == boss
    send(world, "director", own(world, "issue_task", task.pk, "refuse_approval"), {}, 422)
    send(world, "director", own(world, "issue_task", task.pk, "approve_task"), {}, 302)
    task.refresh_from_db()
    assert task.state == "done"


def test_task_of_another_issue_is_not_there(world: World) -> None:
    elsewhere = world.tasks["5"].pk
    send(world, "liaison5", own(world, "issue_task", elsewhere, "finish_task"), {}, 404)
    send(world, "liaison5", own(world, "issue_task", elsewhere, "no_such_verb"), {}, 404)


def test_day_row_of_a_clock_says_its_law(world: World) -> None:
    who = world.cast["liaison5"]
    add_legal_deadline(
        world.issues["5"], party=who.party, wording="Answer them", rule_code="dc-foia",
        started_at=NOON, stamp=who.stamp,
    )  # fmt: skip
    liaison = world.clients["liaison5"]
    page = "".join(liaison.get(f"/day/?page={n}").content.decode() for n in (1, 2))
    assert "D.C. Code 2-532(c)" in page
    assert f"#task_{Ask.objects.get(kind='legal_deadline', matter=world.issues['5']).pk}" in page


def known_voice(world: World, **more: object) -> Matter:
    person = note_person(
        None, name="A resident", email="one@example.org", consent=True,
        consent_how="said so", stamp=HOUSE,
    )  # fmt: skip
    who = world.cast["liaison5"]
    return take_complaint(
        world.matters["5"].place, said="Bags", channel="phone", reporter=person,
        stamp=who.stamp, **more,  # type: ignore[arg-type]
    ).matter  # fmt: skip


def test_who_gets_what_is_shown_before_anything_is_sent(world: World) -> None:
    matter = known_voice(world, language="es")
    path = reverse("issue_close", args=[matter.pk])
    sent = {"outcome": "not_fixed", "text": "No: the lot is private.", "text_es": "No.",
            "preview": "1"}  # fmt: skip
    page = send(world, "liaison5", path, sent, 200)
    assert "Before it goes out" in page
    assert "one@example.org" in page
    assert "Tell them and close" in page
    matter.refresh_from_db()
    assert matter.state == "open"
    page = send(world, "liaison5", path, {**sent, "outcome": ""}, 422)
    assert "No: the lot is private." in page
    assert "Tell them and close" not in page
    sent.pop("preview")
    send(world, "liaison5", path, {**sent, "send": "1"}, 302)
    matter.refresh_from_db()
    assert (matter.state, matter.outcome) == ("closed", "not_fixed")


def matter_of(made: Report) -> Matter:
    assert made.complaint is not None
    return made.complaint.matter


def test_issue_that_may_be_the_same_is_joined_with_one_press(world: World) -> None:
    older, newer = (matter_of(report(said=said)) for said in ("Rats at night", "Rats, twelve"))
    path = reverse("issue", args=[newer.pk])
    page = world.clients["liaison5"].get(path).content.decode()
    assert f"Join it to W-{older.pk}" in page
    assert path in world.clients["liaison5"].get("/day/?reason=twin&whose=all").content.decode()
    send(world, "liaison5", f"{path}join/", {"into": f"W-{older.pk}"}, 302)
    newer.refresh_from_db()
    assert newer.merged_into == older
    assert "It is another problem" not in world.clients["liaison5"].get(path).content.decode()
    send(world, "liaison5", f"{path}apart/", {}, 422)


def test_sending_is_taken_back_from_the_bar(world: World) -> None:
    matter = known_voice(world)
    own_page = reverse("issue", args=[matter.pk])
    sent = {"outcome": "fixed", "text": "Gone.", "send": "1"}
    send(world, "liaison5", reverse("issue_close", args=[matter.pk]), sent, 302)
    undo = reverse("issue_move", args=[matter.pk, "untell"])
    assert undo in world.clients["liaison5"].get(own_page).content.decode()
    send(world, "liaison5", undo, {}, 302)
    matter.refresh_from_db()
    assert matter.state == "open"
    page = send(world, "liaison5", undo, {}, 409)
    assert "nothing to take back" in page


def test_closing_says_when_the_letter_goes_and_that_it_waits(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = known_voice(world)
    path, own_page = (reverse(f"issue{way}", args=[matter.pk]) for way in ("_close", ""))
    sent = {"outcome": "fixed", "text": "Gone."}
    page = send(world, "liaison5", path, {**sent, "preview": "1"}, 200)
    assert "1 e-mail goes out half a minute after you press the button; until then" in page
    morning = datetime(2026, 11, 23, 14, tzinfo=UTC)
    monkeypatch.setattr("wardroom.web.issues.closing.next_hours", lambda at: morning)
    page = send(world, "liaison5", path, {**sent, "preview": "1"}, 200)
    assert "1 e-mail goes out on Monday at 9 a.m.; until then you can take it back." in page
    send(world, "liaison5", path, {**sent, "send": "1"}, 302)
    page = world.clients["liaison5"].get(own_page).content.decode()
    assert "E-mail goes to 1 person on Monday at 9 a.m.; until then you can take it back" in page
    assert "1 letter waits" in page
    assert "1 of 1" not in page
    assert "The letter to them waits to go out" in page


def test_what_is_open_is_listed_and_keeps_the_issue_from_closing(world: World) -> None:
    matter, who = known_voice(world), world.cast["liaison5"]
    ask_in = [AskDraft(get_agency(code), "Look", date(2026, 12, 4)) for code in ("DPW", "DDOT")]
    asked = ask_agencies(matter, drafts=ask_in, send=True, stamp=who.stamp)
    party = get_party_of(who.actor)
    task = add_task(
        matter, wording="Call the block", party=party, due_on=date(2026, 12, 4),
        stamp=who.stamp,
    )  # fmt: skip
    path = reverse("issue_close", args=[matter.pk])
    sent = {"outcome": "fixed", "text": "Gone.", "preview": "1"}
    page = send(world, "liaison5", path, sent, 200)
    assert "2 asks and 1 to-do are still open." in page
    assert f"{reverse('issue', args=[matter.pk])}#task_{task.pk}" in page
    assert all(reverse("ask", args=[ask.pk]) in page for ask in asked)
    assert "Tell them and close" not in page
    sent.pop("preview")
    page = send(world, "liaison5", path, {**sent, "send": "1"}, 422)
    assert "2 asks and 1 to-do are still open. Finish" in page


def test_closed_issue_says_so_and_leads_back(world: World) -> None:
    matter = known_voice(world)
    path = reverse("issue_close", args=[matter.pk])
    sent = {"outcome": "fixed", "text": "Gone.", "send": "1"}
    send(world, "liaison5", path, sent, 302)
    for name in ("issue_close", "issue_ask", "issue_todo"):
        page = send(world, "liaison5", reverse(name, args=[matter.pk]), sent, 409)
        assert "This issue is closed already." in page
        assert f'href="{reverse("issue", args=[matter.pk])}"' in page
    send(world, "records", path, sent, 403)


def test_word_that_is_no_move_has_no_page(world: World) -> None:
    client, own_page = world.clients["liaison5"], own(world, "issue")
    assert client.get(f"{own_page}nonsense/").status_code == 404
    assert client.post(f"{own_page}nonsense/").status_code == 404
    assert client.get(f"{own_page}next/").headers["Location"] == own_page


def test_whoever_has_no_address_is_told_first_beside_the_text(world: World) -> None:
    who = world.cast["liaison5"]
    complaint = take_complaint(
        world.matters["5"].place, said="Bags", channel="phone", reporter_typed="A neighbor",
        stamp=who.stamp,
    )  # fmt: skip
    path = reverse("issue_close", args=[complaint.matter_id])
    sent = {"outcome": "fixed", "text": "Gone.", "preview": "1"}
    page = send(world, "liaison5", path, sent, 200)
    assert "Tell these yourself first" in page
    assert "Tell them and close" not in page
    tell = reverse("issue_move", args=[complaint.matter_id, "tell"])
    told = {"complaint_id": complaint.pk, "how": "phone", "text": "Gone.", "back": path}
    assert send(world, "liaison5", tell, told, 302) == path
    assert "Tell them and close" in send(world, "liaison5", path, sent, 200)


def test_partner_reads_no_word_of_a_resident(world: World) -> None:
    who = world.cast["liaison5"]
    complaint = take_complaint(
        world.matters["5"].place, said="Mr. X next door dumps", channel="phone",
        reporter_typed="Mrs. Y", stamp=who.stamp,
    )  # fmt: skip
    draft = AskDraft(get_agency("DPW"), "Clear the alley", date(2026, 12, 4))
    (ask,) = ask_agencies(complaint.matter, drafts=[draft], stamp=who.stamp)
    for path in ("/asks/", reverse("ask", args=[ask.pk])):
        page = world.clients["partner_dpw"].get(path).content.decode()
        assert "Clear the alley" in page
        for word in ("Mr. X", "Mrs. Y"):
            assert word not in page
