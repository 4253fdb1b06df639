"""A group: called together, joined by link, kept well, and met with minutes that are frozen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from wardroom.access.actor import NOBODY, Stamp
from wardroom.calendar.actions import hold_event
from wardroom.calendar.models import Event
from wardroom.directory.actions import add_party, hold_seat, join_parties, note_consent, note_person
from wardroom.directory.models import Consent, ContactPoint, Party
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.engagement.actions import (
    CharterDraft,
    GroupDraft,
    Meetings,
    accept_sign_up,
    approve_minutes,
    call_members,
    change_charter,
    decline_sign_up,
    found_group,
    note_item,
    send_group_notice,
    set_agenda,
    sign_up,
    switch_sign_up,
)
from wardroom.engagement.models import Group, Minutes, SignUp
from wardroom.engagement.queries.groups import group_file, group_page
from wardroom.engagement.queries.members import addresses_of_members
from wardroom.engagement.queries.sign_ups import get_open_group, sign_up_file
from wardroom.kernel.errors import NotAllowed, NotFound, Refused, Stale
from wardroom.matters.models import Waiting
from wardroom.matters.queries import worklist
from wardroom.web.groups.file import charter_now
from wardroom.web.groups.forms import CharterForm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies", "ground")]
TODAY = NOON.date()
CHARTER = CharterDraft(purpose="To keep the alley clean", who_may_join="Whoever lives here")
FIRST = TODAY + timedelta(days=7)
VISITOR = replace(HOUSE, actor=NOBODY)


def founded(who: Cast, **changes: object) -> Group:
    draft = GroupDraft(
        name="Neighbors of the Alley",
        ward_code=next(iter(who.actor.reach.wards)),
        charter=CHARTER,
        meetings=Meetings(first_on=FIRST, starts=time(18, 30)),
    )
    return found_group(replace(draft, **changes), stamp=who.stamp)  # type: ignore[arg-type]


def asked(group: Group, email: str = "ada@example.org", name: str = "Ada Quill") -> SignUp:
    sign_up(group, called=name, email=email, agreed=True, stamp=VISITOR)
    return SignUp.objects.get(group=group, match=email, state="waiting")


def joined(group: Group, who: Cast, **words: str) -> Party:
    row = accept_sign_up(asked(group, **words), person=None, stamp=who.stamp)
    assert row.party is not None
    return row.party


def later(who: Cast, days: int) -> Stamp:
    return replace(who.stamp, at=NOON + timedelta(days=days))


def first_meeting(group: Group) -> Event:
    event: Event = Event.objects.filter(host=group.party).order_by("starts_at")[0]
    return event


def test_one_form_makes_all_of_a_group(liaison5: Cast) -> None:
    file = group_file(founded(liaison5).pk, liaison5.actor, at=NOON)
    assert [role.title for role in file.roles] == ["Chair", "Vice chair", "Secretary"]
    assert file.health.vacant == 3
    assert len(file.coming) == 3
    assert file.next_agenda[0] == "Welcome, and who is here"
    assert file.charter.version == 1
    assert file.allowed == {"keep_group", "charter", "shut"}


def test_a_group_belongs_to_its_ward(
    liaison5: Cast, liaison7: Cast, director: Cast, partner_dpw: Cast
) -> None:
    group = founded(liaison5)
    assert group_page(director.actor, at=NOON).total == 1
    for other in (liaison7, partner_dpw):
        assert group_page(other.actor, at=NOON).total == 0
        with pytest.raises(NotFound):
            group_file(group.pk, other.actor, at=NOON)
        with pytest.raises(NotAllowed):
            switch_sign_up(group, is_open=False, stamp=other.stamp)
    with pytest.raises(NotAllowed):
        founded(liaison7, ward_code="5")


def test_a_changed_charter_is_a_new_version_with_its_reason(liaison5: Cast) -> None:
    group = founded(liaison5)
    with pytest.raises(Refused, match="Nothing was changed"):
        change_charter(group, charter=CHARTER, why="None", stamp=liaison5.stamp)
    decides = replace(CHARTER, decides=True, decides_what="Which projects to recommend")
    with pytest.raises(Refused, match="Say why it changes"):
        change_charter(group, charter=decides, why=" ", stamp=liaison5.stamp)
    change_charter(group, charter=decides, why="They want to vote", stamp=liaison5.stamp)
    file = group_file(group.pk, liaison5.actor, at=NOON)
    assert [row.version for row in file.charters] == [2, 1]
    assert file.decides
    seen = CharterForm(initial=charter_now(file)).initial["seen"]
    other = replace(decides, purpose="Another purpose")
    change_charter(group, charter=other, why="New aim", seen=seen, stamp=liaison5.stamp)
    with pytest.raises(Stale):
        change_charter(group, charter=decides, why="Mine", seen=seen, stamp=liaison5.stamp)


def test_who_asks_twice_waits_once_and_is_told_the_same(liaison5: Cast) -> None:
    group = founded(liaison5)
    asked(group)
    sign_up(group, called="Ada", email="ADA@example.org", agreed=True, stamp=VISITOR)
    assert group.sign_ups.count() == 1
    switch_sign_up(group, is_open=False, stamp=liaison5.stamp)
    with pytest.raises(Refused, match="takes nobody in"):
        asked(group, "other@example.org")
    with pytest.raises(NotFound):
        get_open_group(group.token + "x")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"email": "", "phone": ""}, "no_way_to_reach"),
        ({"email": "not an address"}, "bad_email"),
        ({"email": "", "phone": "call me"}, "bad_phone"),
        ({"language": "xx"}, "unknown_language"),
        ({"agreed": False}, "not_agreed"),
        ({"called": "<b>https://spam.example</b>"}, "bad_name"),
    ],
)
def test_what_a_stranger_types_is_looked_at(
    liaison5: Cast, words: dict[str, object], code: str
) -> None:
    sound: dict[str, object] = {"called": "Ada", "email": "ada@example.org", "agreed": True}
    with pytest.raises(Refused) as no:
        sign_up(founded(liaison5), **{**sound, **words}, stamp=VISITOR)  # type: ignore[arg-type]
    assert no.value.code == code


def test_consent_is_kept_and_no_refusal_is_lifted(liaison5: Cast) -> None:
    group = founded(liaison5)
    assert Consent.objects.get(point__party=joined(group, liaison5), purpose="invitations").given
    known = note_person(None, name="Bo Reed", email="bo@example.org", stamp=liaison5.stamp)
    point = ContactPoint.objects.get(party=known)
    note_consent(
        known, point_id=point.pk, purpose="invitations", given=False, how="", stamp=liaison5.stamp
    )
    row = asked(group, "bo@example.org", "Bo Reed")
    hints = sign_up_file(row.pk, group.pk, liaison5.actor).hints
    assert [hint.party_id for hint in hints] == [known.pk]
    accept_sign_up(row, person=known, stamp=liaison5.stamp)
    said = Consent.objects.filter(point=point, purpose="invitations").order_by("-pk")
    assert said[0].given is False
    members = group_file(group.pk, liaison5.actor, at=NOON).members
    assert {row.name: row.by_mail for row in members} == {"Ada Quill": True, "Bo Reed": False}


def test_a_refusal_holds_for_the_address_on_whosever_record(liaison5: Cast) -> None:
    group = founded(liaison5)
    known = note_person(None, name="Bo Reed", email="bo@example.org", stamp=liaison5.stamp)
    point = ContactPoint.objects.get(party=known)
    no = {"purpose": "invitations", "given": False, "how": "", "stamp": liaison5.stamp}
    note_consent(known, point_id=point.pk, **no)  # type: ignore[arg-type]
    stranger = joined(group, liaison5, email="bo@example.org", name="Bo Reed")
    assert not Consent.objects.filter(point__party=stranger, purpose="invitations").exists()
    ada = joined(group, liaison5)
    assert set(addresses_of_members(group.party_id, on=TODAY)) == {ada.pk}
    other = note_person(None, name="Cy", email="ADA@example.org", stamp=liaison5.stamp)
    point = ContactPoint.objects.get(party=other)
    note_consent(other, point_id=point.pk, **no)  # type: ignore[arg-type]
    assert addresses_of_members(group.party_id, on=TODAY) == {}


def test_a_member_whose_record_was_joined_is_still_written_to(
    liaison5: Cast, director: Cast
) -> None:
    group = founded(liaison5)
    ada = joined(group, liaison5)
    same = note_person(None, name="Ada B. Quill", stamp=liaison5.stamp)
    join_parties(ada, into=same, reason="The same", stamp=director.stamp)
    reached = addresses_of_members(group.party_id, on=TODAY)
    assert reached == {same.pk: ("Ada B. Quill", "ada@example.org")}
    assert group_file(group.pk, liaison5.actor, at=NOON).members[0].by_mail


def test_a_sign_up_is_decided_once(liaison5: Cast, liaison7: Cast) -> None:
    row = asked(founded(liaison5))
    with pytest.raises(NotAllowed):
        accept_sign_up(row, person=None, stamp=liaison7.stamp)
    decline_sign_up(row, reason="Lives elsewhere", stamp=liaison5.stamp)
    with pytest.raises(Refused, match="decided this already"):
        accept_sign_up(row, person=None, stamp=liaison5.stamp)


def test_a_notice_needs_somebody_and_goes_out_once(liaison5: Cast) -> None:
    group = founded(liaison5)
    with pytest.raises(Refused, match="No member has an e-mail address"):
        send_group_notice(group, subject="We meet", text="Come", stamp=liaison5.stamp)
    joined(group, liaison5)
    notice = send_group_notice(group, subject="We meet", text="Come", stamp=liaison5.stamp)
    assert notice.addresses == 1
    with pytest.raises(Refused, match="today already"):
        send_group_notice(group, subject="We meet", text="Come", stamp=liaison5.stamp)


def test_minutes_are_frozen_once_they_are_approved(liaison5: Cast) -> None:
    group = founded(liaison5)
    ada, event = joined(group, liaison5), first_meeting(group)
    then = later(liaison5, 8)
    with pytest.raises(Refused, match="still to come"):
        call_members(event, present=[ada.pk], stamp=liaison5.stamp)
    hold_event(event, stamp=then)
    how = {"approved_on": then.at.date(), "approved_how": "Nobody objected"}
    with pytest.raises(Refused, match="who came"):
        approve_minutes(event, **how, stamp=then)  # type: ignore[arg-type]
    call_members(event, present=[ada.pk], guests=["A neighbor"], stamp=then)
    call_members(event, present=[ada.pk], guests=["A neighbor"], stamp=then)
    note_item(event, position=2, text="The light is out", stamp=then)
    minutes = approve_minutes(event, **how, stamp=then)  # type: ignore[arg-type]
    assert minutes.content["present"] == ["Ada Quill", "A neighbor"]
    assert minutes.content["items"][1]["said"] == "The light is out"
    after: list[Callable[[], object]] = [
        lambda: call_members(event, present=[], stamp=then),
        lambda: note_item(event, position=2, text="No, it is not", stamp=then),
        lambda: approve_minutes(event, **how, stamp=then),  # type: ignore[arg-type]
        lambda: set_agenda(event, items=["Other"], stamp=then),
    ]
    for change in after:
        with pytest.raises(Refused):
            change()
    assert Minutes.objects.get(event=event).content == minutes.content
    file = group_file(group.pk, liaison5.actor, at=then.at)
    health = file.health
    assert (health.kept.held, health.attendance[0].came) == (1, 2)
    assert "of the group" in health.kept.definition.meaning
    assert health.kept.since_on == group.founded_on
    assert file.next_meeting is not None
    assert file.next_meeting.event.id != event.pk, "a notice is about the one that comes"


def test_who_asks_to_join_waits_in_my_day_until_it_is_decided(
    liaison5: Cast, director: Cast
) -> None:
    group = founded(liaison5)
    house = add_party(None, kind="organisation", name="Us", stamp=HOUSE)
    seat, holder = LIAISON_SEAT, liaison5.party
    first = asked(group)
    waits = Waiting.objects.get(noun="sign_up")
    assert (waits.key, waits.party) == (f"{group.pk}-{first.pk}", director.party)
    hold_seat(house, title=seat, holder=holder, since_on=TODAY, ward_code="5", stamp=HOUSE)
    second = asked(group, email="bo@example.org", name="Bo")
    row = next(r for r in worklist(liaison5.actor, on=TODAY).rows if r.noun == "sign_up")
    assert (row.key, row.title) == (f"{group.pk}-{second.pk}", "Neighbors of the Alley: Bo")
    accept_sign_up(first, person=None, stamp=liaison5.stamp)
    decline_sign_up(second, reason="Lives elsewhere", stamp=liaison5.stamp)
    assert not Waiting.objects.filter(noun="sign_up").exists()
