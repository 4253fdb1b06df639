"""The pages of a walk: drawn, taken along, settled, ended; and the two addresses of a phone."""

from __future__ import annotations

import hashlib
import html
import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localtime

from tests.conftest import NOON
from tests.fieldwork.outings import (
    Phone,
    name_of,
    phone_of,
    picture,
    said_done,
    stops_of_walk,
    walk_of,
)
from tests.ground import DUE, AskMaker
from tests.web.conftest import World
from wardroom.casework.actions import take_complaint
from wardroom.fieldwork.models import Walk, WalkLine, WalkPhoto, WalkStop
from wardroom.kernel.addresses import block_of
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Ask

pytestmark = pytest.mark.django_db


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def hand_in(client: Client, phone: Phone, line: dict[str, Any], **headers: str) -> Any:
    said = {**line, "sent_at": NOON.isoformat()}
    return client.post(
        f"/walks/{phone.walk.pk}/lines/",
        said,
        content_type="application/json",
        headers={"X-Phone-Pass": phone.token, **headers},
    )


def test_walk_is_drawn_with_the_stops_that_were_chosen(world: World) -> None:
    client = world.clients["liaison5"]
    page = text_of(client, "/walks/new/?random=2")
    assert "Random stop" in page
    assert "nobody can choose where they fall" in page
    refs = re.findall(r'name="row" value="(\w+)"', page)
    assert {"r0", "r1", f"m{world.matters['5'].pk}"} <= set(refs)
    sent = {"ward": "5", "on": "2026-11-18", "stops": 20, "random": 2, "start": ""}
    sent["starts"] = "14:00"
    answer = client.post("/walks/new/", {**sent, "title": "North", "row": ["r1", refs[0]]})
    walk = Walk.objects.order_by("-pk")[0]
    first = walk.stops.get(position=1)
    assert walk.start_label == first.label
    assert walk.event is not None
    assert (walk.event.kind, walk.event.title, walk.event.place_text) == (
        "walk",
        "North",
        block_of(first.label),
    )
    assert localtime(walk.event.starts_at).hour == 14
    assert "North" in text_of(client, "/calendar/")
    assert "Meet " in text_of(client, f"/walks/{walk.pk}/")
    assert answer.headers["Location"] == f"/walks/{walk.pk}/"
    assert walk.stops.count() == len({"r1", refs[0]})
    assert walk.text in page
    assert str(walk.seed) in page


def test_nothing_typed_is_lost_where_no_stop_is_chosen(world: World) -> None:
    sent = {
        "ward": "5",
        "on": "2026-11-19",
        "stops": 9,
        "random": 0,
        "title": "A title to keep",
        "starts": "9:00",
    }
    answer = world.clients["liaison5"].post("/walks/new/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose at least one stop." in page
    assert "A title to keep" in page
    assert 'value="9"' in page


def test_resident_s_name_is_refused_where_others_read_it(world: World) -> None:
    client, walk = world.clients["liaison5"], world.walks["5"]
    matter = world.matters["5"]
    take_complaint(
        matter.place, said="Rats", channel="phone", reporter_typed="Ada Quimby",
        onto=world.issues["5"], stamp=world.cast["liaison5"].stamp,
    )  # fmt: skip
    sent = {"ward": "5", "on": "2026-11-18", "stops": 9, "random": 0, "starts": "9:00"}
    row = {"row": f"m{matter.pk}"}
    answer = client.post("/walks/new/", {**sent, **row, "title": "Past Ada Quimby's alley"})
    assert answer.status_code == 422
    assert "names_a_resident" not in answer.content.decode()
    assert "“Ada Quimby” reported something here" in html.unescape(answer.content.decode())
    answer = client.post(f"/walks/{walk.pk}/end/", {"who_came": "Ms. Quimby\n6 neighbors"})
    assert answer.status_code == 422
    assert "Write “a resident”" in html.unescape(answer.content.decode())
    assert Walk.objects.get(pk=walk.pk).ended_at is None


@pytest.mark.parametrize("query", ["?on=yesterday", "?stops=900", "?random=-1", "?start=x&stops="])
def test_bad_words_in_the_address_are_said_at_their_field(query: str, world: World) -> None:
    page = text_of(world.clients["liaison5"], f"/walks/new/{query}", 422)
    assert "field__error" in page


def test_phone_s_page_holds_the_pass_and_no_person(world: World) -> None:
    client, walk = world.clients["liaison5"], world.walks["5"]
    assert client.post(f"/walks/{walk.pk}/take/").status_code == 302
    answer = client.get(f"/walks/{walk.pk}/go/")
    page = html.unescape(answer.content.decode())
    assert answer.headers["Cache-Control"] == "private, no-store"
    sheet = json.loads(re.search(r'data-sheet="(.*?)" data-worker', page, re.S)[1])  # type: ignore[index]
    assert [stop["position"] for stop in sheet["stops"]] == list(range(1, walk.stops.count() + 1))
    assert sheet["token"]
    assert "Caller of" not in page
    worker = client.get(f"/walks/{walk.pk}/go/worker.mjs")
    assert worker.headers["Content-Type"].startswith("text/javascript")


def sheet_of(client: Client, walk: Walk) -> dict[str, Any]:
    page = html.unescape(client.get(f"/walks/{walk.pk}/go/").content.decode())
    found: dict[str, Any] = json.loads(
        re.search(r'data-sheet="(.*?)" data-worker', page, re.S)[1]  # type: ignore[index]
    )
    return found


def test_phone_says_what_to_look_for_and_not_what_an_agency_claims(
    world: World, ask_in: AskMaker
) -> None:
    matter, who = world.matters["5"], world.cast["liaison5"]
    ask = said_done(matter, who, world.cast["partner_dpw"], ask_in)
    walk = walk_of(who, random=1, title="What to look for")
    client = world.clients["liaison5"]
    client.post(f"/walks/{walk.pk}/take/")
    stops = {stop["id"]: stop for stop in sheet_of(client, walk)["stops"]}
    stop = walk.stops.get(matter=matter)
    look = " ".join(stops[stop.pk]["look"])
    assert ask.wording.rstrip(".") in look
    assert f"Asked of DPW Nov 18, promised by {DUE:%b} {DUE.day}: " in look
    assert "closed" not in look
    assert "Reported " in look
    assert "says it is done" not in json.dumps(list(stops.values()))
    random = next(s for s in stops.values() if s["random"])
    assert random["look"] == []


def test_phone_keeps_nothing_of_what_was_restricted_after_the_walk_was_drawn(
    world: World,
) -> None:
    client, who = world.clients["liaison5"], world.cast["liaison5"]
    walk = walk_of(who, title="Past a witness")
    stop = walk.stops.exclude(matter=None).order_by("position")[0]
    client.post(f"/walks/{walk.pk}/take/")
    restrict_matter(stop.matter, readers=[who.party], reason="A witness", stamp=who.stamp)
    sheet = sheet_of(client, walk)
    (shown,) = [each for each in sheet["stops"] if each["id"] == stop.pk]
    assert (shown["label"], shown["look"]) == (f"Stop {stop.position}", [])
    assert shown["what"] == "Restricted since the walk was drawn. Ask in the office."
    kept = json.dumps(shown)
    assert stop.label not in kept
    assert stop.matter.title not in kept


def test_conflict_is_shown_until_somebody_settles_it(world: World) -> None:
    client, walk = world.clients["liaison5"], world.walks["5"]
    path = f"/walks/{walk.pk}/"
    assert "They say different things." in text_of(client, path)
    stop = WalkStop.objects.filter(walk=walk, lines__isnull=False)[0]
    line = WalkLine.objects.get(stop=stop, finding="not_fixed")
    send = {"line": line.pk, "reason": "I went back and looked"}
    refused = client.post(f"{path}stops/{stop.pk}/settle/", {"line": line.pk})
    assert refused.status_code == 422
    assert client.post(f"{path}stops/{stop.pk}/settle/", send).status_code == 302
    page = text_of(client, path)
    assert "They say different things." not in page
    assert "settled what counts: I went back and looked" in page
    assert WalkLine.objects.filter(stop=stop).count() == 2


def test_photograph_can_be_left_out_of_the_ledger(world: World) -> None:
    client, walk = world.clients["liaison5"], world.walks["5"]
    photo = WalkPhoto.objects.get(walk=walk)
    shown = f"/documents/{photo.document_id}/public/"
    stop = WalkStop.objects.get(lines__finding="not_fixed", walk=walk)
    line = WalkLine.objects.get(stop=stop, finding="not_fixed")
    client.post(f"/walks/{walk.pk}/stops/{stop.pk}/settle/", {"line": line.pk, "reason": "So"})
    assert shown in text_of(client, f"/walks/{walk.pk}/ledger/")
    client.post(f"/walks/{walk.pk}/photos/{photo.pk}/out/")
    assert shown not in text_of(client, f"/walks/{walk.pk}/ledger/")
    assert client.get(shown).status_code == 200


def test_picture_without_a_preview_says_so_and_is_offered_as_a_file(world: World) -> None:
    walk, liaison = world.walks["5"], world.cast["liaison5"]
    phone = phone_of(walk, liaison, name="heic")
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1" + b"x" * 64
    key = phone.photograph("whole", heic, place_stays=True)
    phone.send(phone.write(stops_of_walk(walk)[0], "partly", photos=[key]))
    document = WalkPhoto.objects.get(key=key).document
    client = world.clients["liaison5"]
    page = text_of(client, f"/walks/{walk.pk}/")
    original = f"/documents/{document.pk}/original/"
    assert "no preview of this kind of picture (HEIC) can be made here" in page
    assert f'href="{original}"' in page
    assert client.get(original).headers["Content-Disposition"].startswith("attachment")


def test_end_asks_again_only_what_the_walk_bears_out(world: World) -> None:
    client, walk = world.clients["liaison5"], world.walks["5"]
    ask = Ask.objects.filter(matter=world.matters["5"], kind="referral")[0]
    sent = {"again": [str(ask.pk)], "due_on": "2026-12-04", "who_came": "6 neighbors"}
    refused = client.post(f"/walks/{walk.pk}/end/", sent)
    assert refused.status_code == 422
    assert "6 neighbors" in refused.content.decode()
    assert Walk.objects.get(pk=walk.pk).ended_at is None


def test_finished_walk_is_offered_to_a_phone_only_to_hand_in(world: World) -> None:
    client, walk = world.clients["liaison5"], world.walks["5"]
    again = "Take it on this phone again, to hand in what it holds"
    assert again not in text_of(client, f"/walks/{walk.pk}/")
    answer = client.post(f"/walks/{walk.pk}/end/", {"who_came": "6 neighbors"})
    assert answer.status_code == 302
    page = text_of(client, f"/walks/{walk.pk}/")
    assert again in page
    assert "Take it on this phone<" not in page


def test_line_is_taken_without_a_cookie_and_echoed_each_time(world: World) -> None:
    phone = phone_of(world.walks["5"], world.cast["liaison5"], name="z")
    line = phone.write(stops_of_walk(phone.walk)[0], "fixed")
    visitor = Client(enforce_csrf_checks=True)
    for _ in range(3):
        answer = hand_in(visitor, phone, line)
        assert answer.json() == {"key": line["key"], "sha256": line["sha256"], "ended": False}
    assert not answer.cookies
    assert WalkLine.objects.filter(key=line["key"]).count() == 1
    other = {**phone.write(stops_of_walk(phone.walk)[0], "partly"), "key": line["key"]}
    assert hand_in(visitor, phone, other).status_code == 409


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b"\xff\xfe", b"[" * 9000, b"x" * 20_000, b'{"key": 1}', b"null"],
    ids=range(8),
)
def test_hostile_envelope_is_answered_with_a_sentence(body: bytes, world: World) -> None:
    phone = phone_of(world.walks["5"], world.cast["liaison5"], name="z")
    answer = Client().post(
        f"/walks/{phone.walk.pk}/lines/",
        body,
        content_type="application/json",
        headers={"X-Phone-Pass": phone.token},
    )
    assert answer.status_code == 422
    assert answer.json()["code"] == "bad_line"


def test_photograph_too_large_or_broken_off_is_refused(world: World) -> None:
    phone = phone_of(world.walks["5"], world.cast["liaison5"], name="z")
    path = f"/walks/{phone.walk.pk}/photographs/{name_of('big')}/"
    head = {"X-Phone-Pass": phone.token, "X-Phone-Sha256": hashlib.sha256(picture()).hexdigest()}
    send: Any = {"content_type": "application/octet-stream", "headers": head}
    assert Client().post(path, picture()[:-9], **send).json()["code"] == "damaged"
    large = Client().post(path, b"x" * (20 * 1024 * 1024 + 1), **send)
    assert large.json()["code"] == "too_large"
    assert Client().post(path, picture(), **send).status_code == 200


def test_pass_that_ran_out_says_that_nothing_is_lost(world: World, monkeypatch: Any) -> None:
    phone = phone_of(world.walks["5"], world.cast["liaison5"], name="z")
    late = replace(phone.stamp, at=NOON + timedelta(days=30)).at
    monkeypatch.setattr("wardroom.web.edge.timezone.now", lambda: late)
    answer = hand_in(Client(), phone, phone.write(stops_of_walk(phone.walk)[0]))
    assert answer.status_code == 403
    assert "Nothing is lost" in answer.json()["sentence"]
