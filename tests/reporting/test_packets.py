"""The packet of a commission's meeting: what is in it, frozen when it is sent, offered in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

import pytest

from tests.cast import HOUSE, Cast
from tests.commissions import make_commission
from tests.conftest import NOON, stamp_for
from tests.ground import NEXT, Ground
from tests.trouble import load_topics
from wardroom.calendar.actions import cancel_event
from wardroom.calendar.models import Event
from wardroom.casework.actions import take_complaint
from wardroom.directory.actions import OFFICE, add_party, hold_seat
from wardroom.directory.models import Party
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.engagement.actions import (
    confirm_commitment,
    hear_commitment,
    plan_commission_meeting,
    take_in_paper,
)
from wardroom.engagement.queries.touches import touch_page
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.actions import propose_ask, request_ask
from wardroom.matters.models import Matter, Waiting
from wardroom.reporting.actions import offer_packet, send_packet, withdraw_packet_offer
from wardroom.reporting.queries import get_offers_to_change, packet_page, packet_paper
from wardroom.reporting.queries.sheets import sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
TODAY = NOON.date()
RESIDENT = "Ada Quillfeather"


@pytest.fixture
def meeting(ground: Ground, director: Cast, liaison5: Cast) -> Event:
    """ANC 5B meets in six days; an issue, a promise and a paper are open there."""
    load_topics()
    commission = make_commission(director)
    complaint = take_complaint(
        ground.places["5"], said="Bags", channel="phone", reporter_typed=RESIDENT, ward_code="5",
        title=f"{RESIDENT} cannot pass", stamp=liaison5.stamp,
    )  # fmt: skip
    assert complaint.matter.place == ground.places["5"]
    shared: dict[str, Any] = {"owner": liaison5.party, "next_on": NEXT, "ward": ground.wards["5"]}
    hear_commitment(
        None, wording="We will put two cans there", maker="mayor", maker_name="The Mayor",
        made_to="ANC 5B", said_on=TODAY, **shared, stamp=liaison5.stamp,
    )  # fmt: skip
    take_in_paper(
        None, kind="anc_proposal", anc_code="5B", title="No trucks at night", concerns=["Noise"],
        received_on=TODAY, voted_on=TODAY, yes=7, **shared, stamp=liaison5.stamp,
    )  # fmt: skip
    return plan_commission_meeting(
        commission, on=TODAY + timedelta(days=6), starts=time(19), stamp=liaison5.stamp
    )


def seated(who: Cast) -> None:
    house = add_party(None, name=OFFICE, kind="organisation", stamp=HOUSE)
    hold_seat(
        house, title=LIAISON_SEAT, holder=who.party, since_on=TODAY, ward_code="5", stamp=HOUSE
    )


def test_packet_tells_what_is_open_and_names_nobody(
    meeting: Event, liaison5: Cast, liaison7: Cast
) -> None:
    found = packet_page(meeting.pk, liaison5.actor, at=NOON)
    second = found.facts["smds"][1]
    assert (second["code"], second["many"]) == ("5B02", 1)
    assert "open 0 days. No agency was asked yet." in second["lines"][0]["sentence"]
    assert "next clock" in found.facts["papers"][0]["sentence"]
    assert RESIDENT not in str(found.facts)
    with pytest.raises(NotFound):
        packet_page(meeting.pk, liaison7.actor, at=NOON)


def test_packet_tells_a_promise_once_it_is_confirmed(
    meeting: Event, liaison5: Cast, director: Cast
) -> None:
    assert packet_page(meeting.pk, liaison5.actor, at=NOON).facts["commitments"] == []
    promise = Matter.objects.get(kind="commitment")
    confirm_commitment(promise, wording="Two cans", next_on=NEXT, stamp=director.stamp)
    (told,) = packet_page(meeting.pk, liaison5.actor, at=NOON).facts["commitments"]
    assert told["sentence"].endswith("Confirmed.")


def test_sent_packet_is_frozen_and_the_next_one_says_what_changed(
    meeting: Event, liaison5: Cast, liaison7: Cast, agencies: Mapping[str, Party]
) -> None:
    with pytest.raises(NotAllowed):
        send_packet(meeting, stamp=liaison7.stamp)
    with pytest.raises(Refused, match="names no resident") as no:
        send_packet(meeting, note=f"Ask {RESIDENT}", stamp=liaison5.stamp)
    assert no.value.field == "note"
    first = send_packet(meeting, note="See you there.", stamp=liaison5.stamp)
    matter = first.content["smds"][1]["lines"][0]["matter_id"]
    ask = propose_ask(
        Matter.objects.get(pk=matter), party=agencies["DPW"],
        wording="Clear it", authority="", due_on=NEXT, stamp=liaison5.stamp,
    )  # fmt: skip
    request_ask(ask, stamp=liaison5.stamp)
    later = stamp_for(liaison5.actor, NOON + timedelta(hours=1))
    second = send_packet(meeting, stamp=later)
    assert (first.version, second.version) == (1, 2)
    (change,) = second.content["changes"]
    assert "DPW: No answer yet. It was: No agency was asked yet." in change["sentence"]
    kept = packet_page(meeting.pk, liaison5.actor, at=NOON, version=1)
    assert (kept.facts, kept.note) == (first.content, "See you there.")
    assert packet_page(meeting.pk, liaison5.actor, at=NOON).version == 2


def test_packet_waits_in_my_day_until_it_is_sent(meeting: Event, liaison5: Cast) -> None:
    assert get_offers_to_change(on=TODAY) == (), "nobody is the liaison of the ward"
    seated(liaison5)
    assert get_offers_to_change(on=TODAY - timedelta(days=2)) == ()
    assert get_offers_to_change(on=TODAY) == ((meeting, True),)
    offer_packet(meeting, stamp=HOUSE)
    row = Waiting.objects.get(noun="packet")
    assert (row.party, row.due_on) == (liaison5.party, TODAY + timedelta(days=6))
    assert get_offers_to_change(on=TODAY) == ()
    send_packet(meeting, stamp=liaison5.stamp)
    assert not Waiting.objects.filter(noun="packet").exists()
    assert get_offers_to_change(on=TODAY) == ()


def test_commission_is_there_in_the_memo_of_its_own_meeting(meeting: Event, liaison5: Cast) -> None:
    told = {one.title: one for one in sheet("brief", meeting.pk, liaison5.actor, at=NOON).shown}
    assert told["Who is there"].lines == (f"{meeting.host}: it is their meeting",)
    assert "two cans" in told["What was promised before"].lines[0]
    reasons = {r.draft.party_id: r.reasons for r in touch_page(liaison5.actor, at=NOON).rows}
    assert "They come to Meeting of ANC 5B, " in str(reasons[meeting.host_id])


def test_packet_of_a_canceled_meeting_comes_off_the_list(meeting: Event, liaison5: Cast) -> None:
    seated(liaison5)
    offer_packet(meeting, stamp=HOUSE)
    cancel_event(meeting, reason="Snow", stamp=liaison5.stamp)
    assert get_offers_to_change(on=TODAY) == ((meeting, False),)
    withdraw_packet_offer(meeting, stamp=HOUSE)
    assert not Waiting.objects.filter(noun="packet").exists()
    with pytest.raises(Refused, match="canceled"):
        send_packet(meeting, stamp=liaison5.stamp)


def test_packet_is_one_paper_for_the_commission_and_for_one_smd(
    meeting: Event, liaison5: Cast
) -> None:
    sent = send_packet(meeting, stamp=liaison5.stamp)
    name, content = packet_paper(meeting.pk, liaison5.actor, at=NOON)
    assert (name, content[:5]) == (f"packet-5b-{TODAY + timedelta(days=6)}-v1.pdf", b"%PDF-")
    name, content = packet_paper(meeting.pk, liaison5.actor, at=NOON, smd="5B02")
    assert name.startswith("packet-5b02-")
    with pytest.raises(NotFound):
        packet_paper(meeting.pk, liaison5.actor, at=NOON, smd="5C01")
    assert sent.pdf is None
