"""News: only what the owner of a mailbox confirmed, and nothing that anybody else lifts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Q
from django.test import Client

from tests.cast import HOUSE, PASSWORD, Cast
from tests.conftest import NOON
from tests.engagement.subscribed import (
    EVERYTHING,
    HOME,
    follow,
    later,
    link_in,
    make_home,
    make_smds,
    own_token,
    sent,
    subscribe,
    visitor,
    worker,
)
from tests.ground import Ground
from wardroom.directory.actions import add_contact_point, join_parties, note_consent, note_person
from wardroom.directory.models import Consent
from wardroom.engagement.actions import (
    add_news,
    add_subscriber,
    ask_for_news,
    confirm_news,
    stop_news,
    stop_subscriber,
)
from wardroom.engagement.models import Agreement, Subscriber, Subscription
from wardroom.engagement.queries.consenting import hindrances
from wardroom.engagement.queries.own_news import own_news
from wardroom.engagement.queries.subscribers import subscriber_file, wish_page
from wardroom.engagement.rules.subscriptions import AROUND, MINE, NAMED, REFUSED, STOPPED, Wanted
from wardroom.engagement.rules.tongues import TONGUES, tongue_of, topic_in
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.actions import erase_values
from wardroom.ledger.models import Entry
from wardroom.ledger.queries import verified_chain
from wardroom.library.actions import load_reference_data
from wardroom.library.rules import OTHER, TOPICS
from wardroom.notices.actions import mark_address_bounced
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ADDRESS = "neighbor@example.org"


def why_not() -> str:
    one = Subscriber.objects.get()
    return hindrances([one])[one.pk]


def test_nothing_begins_before_the_mailbox_confirms() -> None:
    ask_for_news(None, address=ADDRESS, language="es", wanted=EVERYTHING, stamp=visitor())
    assert why_not() == "The address was never confirmed."
    (letter,) = sent()
    assert letter.subject == "Confirme, por favor: noticias sobre toda la ciudad"
    assert "hasta el 25 de noviembre de 2026" in letter.text
    assert letter.unsubscribe == ""

    confirm_news(None, token=link_in(letter, "confirm"), stamp=visitor())
    assert why_not() == ""
    said = Agreement.objects.get()
    assert (said.given, said.shown) == (True, tongue_of("es").pages.consent)
    with pytest.raises(Refused, match="used already"):
        confirm_news(None, token=link_in(letter, "confirm"), stamp=visitor())

    (welcome,) = sent()
    assert welcome.unsubscribe.endswith(f"/news/stop/{own_token(Subscriber.objects.get())}/")


def test_own_district_is_computed_with_the_version_of_the_boundaries(ground: Ground) -> None:
    version = make_smds()
    make_home()
    row = subscribe(wanted=Wanted(MINE, kind="smd", where="1200 first st. ne"))
    assert row.district is not None
    assert (row.district.code, row.district.boundary_set) == ("5A01", version)
    assert (row.ward_code, row.where) == ("5", HOME)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(AROUND, where="7 Nowhere Street", metres=800), "unknown_place"),
        (Wanted(AROUND, where=HOME, metres=7), "unknown_distance"),
        (Wanted(NAMED, code="9Z99"), "unknown_district"),
        (Wanted(MINE, kind="smd", where=HOME), "unknown_place"),
        (Wanted("moon"), "unknown_area"),
        (Wanted("city", frequency="hourly"), "unknown_frequency"),
        (Wanted("city", topics=("dragons",)), "unknown_topic"),
    ],
)
def test_a_wish_that_cannot_be_kept_is_refused(ground: Ground, wanted: Wanted, code: str) -> None:
    make_home()
    with pytest.raises(Refused) as no:
        ask_for_news(None, address=ADDRESS, language="en", wanted=wanted, stamp=visitor())
    assert no.value.code == code
    assert not Subscription.objects.exists()


def test_one_mailbox_is_not_asked_again_and_again() -> None:
    for _ in range(5):
        ask_for_news(None, address=ADDRESS, language="en", wanted=EVERYTHING, stamp=visitor())
    with pytest.raises(Refused, match="often enough"):
        ask_for_news(None, address=ADDRESS, language="en", wanted=EVERYTHING, stamp=visitor())


def test_stopping_refuses_for_everybody_who_has_the_address(liaison5: Cast) -> None:
    person = note_person(None, name="A neighbor", email=ADDRESS, stamp=liaison5.stamp)
    one = subscribe().subscriber
    stop_news(None, token=own_token(one), stamp=visitor(later(hours=1)))
    assert why_not() == STOPPED
    said = Consent.objects.get(point__party=person, purpose="progress")
    assert said.given is False
    with pytest.raises(Refused, match="Only its owner can start it again"):
        add_subscriber(
            person,
            address=ADDRESS,
            language="en",
            wanted=EVERYTHING,
            how="at the meeting",
            stamp=liaison5.stamp,
        )


def test_message_in_the_outbox_is_dropped_where_its_reader_stopped_since() -> None:
    one = subscribe().subscriber
    add_news(None, token=own_token(one), wanted=EVERYTHING, stamp=visitor(later(hours=1)))
    follow(later(hours=1))
    stop_news(None, token=own_token(one), stamp=visitor(later(hours=2)))
    assert sent(later(hours=3)) == []
    dropped = Message.objects.latest("pk")
    assert (dropped.state, dropped.error) == ("recalled", STOPPED)


def test_a_refusal_noted_later_outranks_and_joining_lifts_nothing(liaison5: Cast) -> None:
    subscribe()
    person = note_person(None, name="A neighbor", email=ADDRESS, stamp=liaison5.stamp)
    point = person.contact_points.get()
    hour = liaison5.stamp.at + timedelta(hours=1)
    at = visitor(hour).at
    stamp = type(HOUSE)(actor=liaison5.actor, at=at, window=HOUSE.window)
    note_consent(
        person, point_id=point.pk, purpose="progress", given=False, how="called", stamp=stamp
    )
    assert why_not() == REFUSED

    other = note_person(None, name="Another neighbor", stamp=liaison5.stamp)
    add_contact_point(other, channel="email", value=ADDRESS, consent=True, stamp=HOUSE)
    join_parties(person, into=other, reason="the same", stamp=stamp)
    assert why_not() == REFUSED

    row = subscribe(at=later(hours=3))
    assert why_not() == "", "their own word, from their own mailbox, is newer"
    assert row.subscriber.pk == Subscriber.objects.get().pk


def test_an_address_that_came_back_gets_nothing_more() -> None:
    subscribe()
    message = Message.objects.latest("pk")
    mark_address_bounced(message, hard=True, reason="no such user", stamp=worker())
    follow()
    assert why_not() == "The address takes no mail."
    lines = Entry.objects.filter(Q(kind__startswith="Message") | Q(kind="AddressBounced"))
    assert lines.filter(kind="AddressBounced").exists()
    assert not [line for line in lines if ADDRESS in f"{line.sentence}{line.body}"]


def test_a_permission_in_the_directory_begins_at_once(liaison5: Cast) -> None:
    person = note_person(None, name="A neighbor", email=ADDRESS, stamp=liaison5.stamp)
    wish = {
        "address": ADDRESS,
        "language": "en",
        "wanted": EVERYTHING,
        "how": "on the sheet",
        "stamp": liaison5.stamp,
    }
    waits = add_subscriber(person, **wish)  # type: ignore[arg-type]
    assert waits.confirmed_at is None
    point = person.contact_points.get()
    note_consent(
        person,
        point_id=point.pk,
        purpose="progress",
        given=True,
        how="on the sheet",
        stamp=liaison5.stamp,
    )
    begun = add_subscriber(person, **wish)  # type: ignore[arg-type]
    assert begun.confirmed_at == NOON


def test_other_ward_sees_no_subscriber(ground: Ground, liaison5: Cast, liaison7: Cast) -> None:
    row = subscribe(wanted=Wanted(NAMED, code="Ward 5"))
    assert wish_page(liaison5.actor).total == 1
    assert wish_page(liaison7.actor).total == 0
    assert subscriber_file(row.subscriber_id, liaison5.actor).hindrance == ""
    with pytest.raises(NotFound):
        subscriber_file(row.subscriber_id, liaison7.actor)


def test_one_click_stops_without_cookie_and_a_look_changes_nothing(client: Client) -> None:
    one = subscribe(language="fr").subscriber
    address = f"/news/stop/{own_token(one)}/"
    plain = Client(enforce_csrf_checks=True)
    look = plain.get(address)
    assert look.status_code == 200
    assert "Voulez-vous arrêter toutes les nouvelles" in look.content.decode()
    assert "Set-Cookie" not in look.headers
    assert why_not() == ""

    body = {"List-Unsubscribe": "One-Click"}
    assert plain.post(address, body).status_code == 200
    assert why_not() == STOPPED
    assert plain.post(address, body).status_code == 200
    assert Agreement.objects.filter(given=False).count() == 1
    assert plain.get("/news/stop/no-such-link/").status_code == 404


def test_own_page_changes_adds_and_stops_one_area(ground: Ground) -> None:
    row = subscribe(language="vi")
    token, plain = own_token(row.subscriber), Client(enforce_csrf_checks=True)
    page = plain.get(f"/news/mine/{token}/").content.decode()
    assert "toàn thành phố" in page
    changed = {"wish": str(row.pk), "frequency": "monthly", "language": "en"}
    assert plain.post(f"/news/mine/{token}/change/", changed).status_code == 302
    more = {"area": "named", "code": "Ward 7", "metres": "800", "frequency": "daily"}
    assert plain.post(f"/news/mine/{token}/more/", more).status_code == 302
    wrong = plain.post(f"/news/mine/{token}/more/", {**more, "code": "Ward 70"})
    assert wrong.status_code == 422
    assert "There is no district of this name" in wrong.content.decode()
    now = own_news(token, at=NOON)
    assert [(w.area, w.frequency) for w in now.rows] == [
        ("the whole city", "monthly"),
        ("Ward 7", "daily"),
    ]
    plain.post(f"/news/mine/{token}/change/", {"wish": str(row.pk), "stop": "1"})
    assert [w.area for w in own_news(token, at=NOON).rows] == ["Ward 7"]


def test_public_page_says_the_same_whoever_is_known(ground: Ground) -> None:
    subscribe(ADDRESS)
    asked = {
        "address": ADDRESS,
        "language": "ko",
        "area": "city",
        "metres": "800",
        "frequency": "weekly",
        "consent": "on",
    }
    plain = Client()
    load_reference_data(None, stamp=HOUSE)
    assert "Ratas y otras plagas" in plain.get("/news/?language=es").content.decode()
    known, unknown = (
        plain.post("/news/", {**asked, "address": address})
        for address in (ADDRESS, "new@example.org")
    )
    assert known.content == unknown.content
    assert "이 주소로 링크를 보냈습니다" in known.content.decode()
    without = plain.post("/news/", {**asked, "consent": ""})
    assert without.status_code == 422
    assert "이 항목을 작성하십시오" in without.content.decode()


@pytest.mark.django_db
def test_wish_confirmed_after_a_stop_begins_and_goes_by_its_own_language() -> None:
    one = subscribe(language="en").subscriber
    ask_for_news(
        None, address=one.address, language="es", wanted=EVERYTHING, stamp=visitor(later(hours=1))
    )
    (letter,) = sent(later(hours=1))
    assert tongue_of("es").mail.confirm_subject.split("{")[0] in letter.subject
    one.refresh_from_db()
    assert one.language == "en", "nobody but the owner of the mailbox changes it"
    stop_news(None, token=own_token(one), stamp=visitor(later(hours=2)))
    row = confirm_news(None, token=link_in(letter, "confirm"), stamp=visitor(later(hours=3)))
    assert row.ended_at is None
    one.refresh_from_db()
    assert (one.stopped_at, one.language) == (None, "es")
    said = one.agreements.order_by("-pk").first()
    assert said is not None
    assert (said.language, said.shown) == ("es", tongue_of("es").pages.consent)


@pytest.mark.django_db
def test_a_liaison_writes_down_and_stops_news_about_the_whole_city(
    ground: Ground, liaison5: Cast
) -> None:
    client = Client()
    client.post("/account/login/", {"login": liaison5.email, "password": PASSWORD})
    given = {"language": "en", "frequency": "weekly", "how": "by phone"}
    for address, area, leads_to in (
        ("city@example.org", {"area": "city"}, "/subscribers/{}/"),
        ("far@example.org", {"area": "named", "code": "Ward 7"}, "/subscribers/"),
    ):
        answer = client.post("/subscribers/new/", {**given, **area, "address": address})
        made = Subscriber.objects.get(match=address)
        assert answer.headers["Location"] == leads_to.format(made.pk)
    city = Subscriber.objects.get(match="city@example.org")
    stop_subscriber(city, how="by phone", stamp=liaison5.stamp)
    city.refresh_from_db()
    assert city.stopped_at is not None


@pytest.mark.django_db
def test_who_is_known_and_allowed_it_is_named_on_the_page_and_begins_at_once(
    liaison5: Cast,
) -> None:
    person = note_person(None, name="A neighbor", email=ADDRESS, stamp=liaison5.stamp)
    note_consent(
        person,
        point_id=person.contact_points.get().pk,
        purpose="progress",
        given=True,
        how="on the sheet",
        stamp=liaison5.stamp,
    )
    client = Client()
    client.post("/account/login/", {"login": liaison5.email, "password": PASSWORD})
    given = {"language": "en", "frequency": "weekly", "how": "by phone", "area": "city"}
    sent = {**given, "address": ADDRESS, "who": "Nobody of this name"}
    page = client.post("/subscribers/new/", sent)
    assert page.status_code == 422
    assert "Nobody whom you can see is called so." in page.content.decode()
    assert not Subscriber.objects.exists()
    assert client.post("/subscribers/new/", {**sent, "who": f"P-{person.pk}"}).status_code == 302
    made = Subscriber.objects.get()
    assert (made.party, made.confirmed_at is not None) == (person, True)


@pytest.mark.parametrize("language", sorted(set(TONGUES) - {"en"}))
def test_every_topic_has_a_name_in_every_language_of_news(language: str) -> None:
    assert all(topic_in(language, seed.name) != seed.name for seed in (*TOPICS, OTHER))
    assert topic_in(language, "A topic of this office") == "A topic of this office"


def test_home_around_which_news_is_wanted_goes_out_of_the_ledger_for_good(ground: Ground) -> None:
    make_home()
    near = subscribe("near@example.org", Wanted(AROUND, where=HOME, metres=400))
    stop_news(None, token=own_token(near.subscriber), stamp=visitor())
    follow()
    told = Entry.objects.filter(body__area__icontains=HOME)
    assert {"NewsWanted", "NewsConfirmed"} <= set(told.values_list("kind", flat=True))
    erase_values(list(told.values_list("pk", flat=True)), reason="As it must", stamp=HOUSE)
    assert not Entry.objects.filter(body__area__icontains=HOME).exists()
    assert not Entry.objects.filter(kind__startswith="News", sentence__icontains=HOME).exists()
    assert verified_chain().broken is None
