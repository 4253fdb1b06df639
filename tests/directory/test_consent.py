"""What may be used for what: no file and no joining ever lifts what somebody refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.conftest import NOON
from wardroom.directory import rules
from wardroom.directory.actions import (
    end_contact_point,
    import_contacts,
    join_parties,
    mark_bounced,
    note_consent,
    note_contact_point,
    note_person,
    part_parties,
)
from wardroom.directory.models import Consent, ContactPoint, Party
from wardroom.directory.queries import email_addresses, party_card
from wardroom.directory.queries.consents import consents_of, points_allowed
from wardroom.directory.queries.drafts import ContactDraft, ImportLine, changes_of
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry

pytestmark = pytest.mark.django_db
STATES = st.sampled_from([None, True, False])
SAID = st.fixed_dictionaries(dict.fromkeys(rules.PURPOSES, STATES))
EMAIL = "robin@example.org"


def refused(code: str, call: Callable[[], object]) -> None:
    with pytest.raises(Refused) as no:
        call()
    assert no.value.code == code


def person(who: Cast, name: str = "Robin Vale", **more: Any) -> Party:
    return note_person(None, name=name, **{"email": EMAIL, **more}, stamp=who.stamp)


def point_of(party: Party) -> ContactPoint:
    return ContactPoint.objects.get(party=party)


def say(party: Party, purpose: str, given: bool, who: Cast, how: str = "on the phone") -> None:
    note_consent(
        party,
        point_id=point_of(party).pk,
        purpose=purpose,
        given=given,
        how=how,
        stamp=who.stamp,
    )


def states(party: Party) -> dict[str, str]:
    point = point_of(party).pk
    return {row.purpose: row.state for row in consents_of([point])[point][0]}


@pytest.mark.any_database
def test_consent_is_by_purpose_and_what_was_said_before_is_kept(liaison5: Cast) -> None:
    who = person(liaison5)
    assert set(states(who).values()) == {rules.NOT_ASKED}
    say(who, "invitations", True, liaison5)
    assert states(who) == {"answers": "", "invitations": "yes", "progress": ""}
    assert points_allowed([who.pk], purpose="invitations", channel="email") == {who.pk: EMAIL}
    assert email_addresses(who.pk) == ()
    say(who, "invitations", False, liaison5, how="")
    assert points_allowed([who.pk], purpose="invitations", channel="email") == {}
    shown = party_card(who.pk, liaison5.actor, on=NOON.date()).points[0]
    assert [(row.purpose, row.state, row.how) for row in shown.said_before] == [
        ("invitations", "yes", "on the phone")
    ]
    assert Entry.objects.filter(kind="PurposeConsentNoted").count() == 2


def test_permission_to_answer_is_the_one_letters_go_by(liaison5: Cast) -> None:
    who = person(liaison5)
    say(who, "answers", True, liaison5)
    assert email_addresses(who.pk) == (EMAIL,)
    note_contact_point(
        who, channel="email", value=EMAIL, consent=False, how="wrote so", stamp=liaison5.stamp
    )
    assert (states(who)["answers"], email_addresses(who.pk)) == ("no", ())


def test_permission_needs_how_and_a_known_purpose(liaison5: Cast, partner_dpw: Cast) -> None:
    who = person(liaison5)
    refused("how_missing", lambda: say(who, "progress", True, liaison5, how=" "))
    refused("unknown_purpose", lambda: say(who, "fund drives", True, liaison5))
    with pytest.raises(NotAllowed):
        say(who, "progress", True, partner_dpw)


def test_address_that_bounced_or_ended_is_used_for_nothing(liaison5: Cast) -> None:
    who = person(liaison5, consent=True, consent_how="said so")
    say(who, "progress", True, liaison5)
    mark_bounced(who, channel="email", value=EMAIL, reason="No such box", stamp=liaison5.stamp)
    assert points_allowed([who.pk], purpose="progress", channel="email") == {}
    other = person(liaison5, "Ash Reed", email="ash@example.org", consent=True, consent_how="yes")
    point = point_of(other)
    end_contact_point(other, point_id=point.pk, reason="Moved away", stamp=liaison5.stamp)
    assert email_addresses(other.pk) == ()
    refused(
        "no_such_contact",
        lambda: end_contact_point(other, point_id=point.pk, reason="x", stamp=liaison5.stamp),
    )


@given(own=st.sampled_from(["yes", "no", ""]), others=st.lists(st.sampled_from(["yes", "no", ""])))
def test_rule_of_joining_never_lifts(own: str, others: list[str]) -> None:
    after = rules.after_joining(own, others)
    assert after in {own, rules.NO}
    assert after == rules.NO if rules.NO in {own, *others} else after == own


@given(own=st.sampled_from(["yes", "no", ""]), brought=st.sampled_from(["yes", "no", ""]))
def test_rule_of_import_never_lifts(own: str, brought: str) -> None:
    assert rules.after_import(own, brought) in {own, rules.NO}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(one=SAID, two=SAID)
def test_joining_two_records_lifts_no_refusal_and_parting_brings_all_back(
    director: Cast, one: dict[str, bool | None], two: dict[str, bool | None]
) -> None:
    who = director
    kept, gone = person(who), person(who)
    for party, said in ((kept, one), (gone, two)):
        for purpose, given_ in said.items():
            if given_ is not None:
                say(party, purpose, given_, who)
    before = states(kept), states(gone)
    join_parties(gone, into=kept, reason="The same person", stamp=who.stamp)
    for old, now in zip(before, (states(kept), states(gone)), strict=True):
        for purpose in rules.PURPOSES:
            refusal = "no" in {before[0][purpose], before[1][purpose]}
            assert now[purpose] == ("no" if refusal else old[purpose])
    part_parties(Party.objects.get(pk=gone.pk), reason="Two after all", stamp=who.stamp)
    assert (states(kept), states(gone)) == before


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(said=SAID, refuses=st.booleans())
def test_import_lifts_no_refusal(
    director: Cast, said: dict[str, bool | None], refuses: bool
) -> None:
    who = director
    known = person(who, f"Robin {Party.objects.count()}")
    for purpose, given_ in said.items():
        if given_ is not None:
            say(known, purpose, given_, who)
    before = states(known)
    draft = ContactDraft(
        line=2,
        name=known.name,
        points=(("email", EMAIL), ("phone", "202-555-0147")),
        language="es",
        refuses=refuses,
    )
    line = ImportLine(draft, known.pk, changes_of(draft, known))
    import_contacts(None, source="A list", lines=[line], stamp=who.stamp)
    points = ContactPoint.objects.filter(party=known).order_by("pk")
    held = consents_of(point.pk for point in points)
    for point, old in zip(points, (before, dict.fromkeys(rules.PURPOSES, "")), strict=True):
        for row in held[point.pk][0]:
            assert row.state == ("no" if refuses else old[row.purpose])


def test_newer_word_outlives_parting(liaison5: Cast) -> None:
    kept, gone = person(liaison5), person(liaison5)
    say(kept, "progress", True, liaison5)
    say(gone, "progress", False, liaison5)
    join_parties(gone, into=kept, reason="The same person", stamp=liaison5.stamp)
    say(kept, "progress", False, liaison5, how="wrote again")
    part_parties(Party.objects.get(pk=gone.pk), reason="Two", stamp=liaison5.stamp)
    assert states(kept)["progress"] == "no"
    assert Consent.objects.filter(how="wrote again").exists()
