"""Rats at a park whose edge is federal: three agencies, one of which has to say no."""

from __future__ import annotations

import io
import json

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.ExifTags import GPS, IFD
from shapely.geometry import box, mapping

from tests.stories.errands import (
    ask_agencies,
    look_up,
    preview_telling,
    take_in,
    tell_and_close,
)
from tests.stories.office import DIRECTOR, LIAISON2, LIAISON7, Office, planted

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SPOT = planted("2")
EIGHT_METRES = 0.0000924
HEALTH, WORKS, PARKS = "desk.doh@city.example", "desk.dpw@city.example", "desk.dpr@city.example"
BAIT, BINS, STRIP = (
    "Bait the burrows",
    "Empty the bins twice a week",
    "Close the burrows at the edge",
)
SAID = "Rats come out of the bins and the planted edge every evening."
CALLER = "Neighbour across the park"
TOLD = "The burrows are baited and the bins are emptied; the edge is federal, and referred."
NORTH, WEST = (38.0, 54.0, 0.0), (77.0, 2.0, 0.0)


def test_rats_take_three_agencies_and_one_owner_more(office: Office) -> None:
    the_ground_is_known(office)
    issue = a_call_comes_in(office)
    three_are_asked_in_one_go(office, issue)
    each_answers_in_its_own_way(office)
    the_office_follows_up(office, issue)
    the_work_is_done_and_shown(office, issue)
    somebody_looks_and_the_caller_is_told(office, issue)
    only_then_it_closes(office, issue)
    the_file_tells_it_in_order(office, issue)


def the_ground_is_known(office: Office) -> None:
    office.clock.strikes("2026-11-18 13:30")
    office.shell("detect")
    edge = SPOT.lon + EIGHT_METRES
    south, north = SPOT.lat - 0.0005, SPOT.lat + 0.0005
    park, strip = box(SPOT.lon - 0.0006, south, edge, north), box(edge, south, edge + 0.0004, north)
    owners = (
        ("P21", "Corner Park", park, "DPR", "the Department of Parks and Recreation", "agency"),
        ("R21", "Reservation 21", strip, "NPS", "the National Park Service", "federal"),
    )
    names = ("CODE", "NAME", "owner_code", "owner_name", "kind")
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(names, (code, name, *owner), strict=True)),
            "geometry": mapping(shape),
        }
        for code, name, shape, *owner in owners
    ]
    file = office.folder / "ground.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    office.shell("import", "boundaries", file, "--kind", "ground", "--valid-from", "2022-01-01")
    office.asks_of("DPR", "Department of Parks and Recreation")


def a_call_comes_in(office: Office) -> str:
    office.clock.strikes("2026-11-18 14:00")
    liaison = office.at_desk(LIAISON2)
    look_up(liaison, SPOT.address, said=SAID).says(
        "Corner Park: the ground of the Department of Parks and Recreation.",
        "Confirm the owner: a border is near.",
        "the National Park Service (Reservation 21, 8 m)",
        "Nothing is open within 100 meters.",
    )
    call = {"topic_code": "rodents", "channel": "phone", "name_": CALLER, "phone": "202-555-0147"}
    issue = take_in(liaison, **call)
    liaison.page.says(CALLER, SAID, "Not told yet", "Liaison of Ward 2", "Nobody looked")
    return issue


def three_are_asked_in_one_go(office: Office, issue: str) -> None:
    office.clock.strikes("2026-11-18 14:05")
    liaison = office.at_desk(LIAISON2)
    asks = (("DOH", BAIT, "2026-12-04"), ("DPW", BINS, "2026-12-01"), ("DPR", STRIP, "2026-12-04"))
    ask_agencies(liaison, issue, asks)
    liaison.press("Save", {"next_on": "2026-12-09", "next_step": "Go and look"}, at="/next/")
    liaison.page.says("The next step was saved.")
    assert sorted(office.worker()) == [
        f"{HEALTH}: Asked of Department of Health: {BAIT}",
        f"{PARKS}: Asked of Department of Parks and Recreation: {STRIP}",
        f"{WORKS}: Asked of Department of Public Works: {BINS}",
    ]
    for letter in (office.letter(HEALTH, BAIT), office.letter(WORKS, BINS)):
        assert CALLER not in letter
        assert "202-555-0147" not in letter


def each_answers_in_its_own_way(office: Office) -> None:
    office.clock.strikes("2026-11-19 09:00")
    parks = office.by_link(PARKS, STRIP)
    parks.page.silent_about(CALLER, SAID, BAIT, BINS)
    parks.press("Decline", {"code": "ground_is_federal", "text": "The edge is Reservation 21"})
    parks.page.says("You declined: The ground is federal")

    works = office.at_desk("dpw@city.example")
    works.follow(BINS)
    works.press("Offer this date", {"counter_on": "2026-12-08", "text": "Leaf season first"})

    health = office.by_link(HEALTH, BAIT)
    health.press("Accept", {"promised_on": "2026-12-02"}).says("Promise now Dec 2, 2026")
    assert sorted(office.worker()) == [
        f"{LIAISON2}: Department of Health accepted: {BAIT}",
        f"{LIAISON2}: Department of Parks and Recreation declined: {STRIP}",
        f"{LIAISON2}: Department of Public Works suggests another date: {BINS}",
    ]


def the_office_follows_up(office: Office, issue: str) -> None:
    office.clock.strikes("2026-11-20 10:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(issue).says("The ground is federal")
    liaison.follow(BINS)
    liaison.press("Agree").says("It is now the agency's promise.")
    liaison.open(issue)
    referred = {"owner": "the National Park Service", "channel": "email"}
    said = "Burrows in Reservation 21, along the edge of the park"
    liaison.press("Write it down", {**referred, "text": said})
    liaison.page.says("It does not close the issue.", "Next Dec 9, 2026 (in 19 days) Go and look")
    liaison.page.silent_about("Closed Nov")
    assert any(
        line.startswith("Referred to the National Park Service by an e-mail: Burrows in")
        for line in liaison.page.happened()
    )
    assert office.worker() == [f"{WORKS}: Your date is agreed: {BINS}"]


def photograph_with_a_position() -> SimpleUploadedFile:
    """A picture as a telephone takes it, which knows where it was."""
    picture = Image.new("RGB", (80, 60), (90, 110, 60))
    exif = picture.getexif()
    exif[0x010F] = "A telephone"
    where = {GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: NORTH, GPS.GPSLongitudeRef: "W",
             GPS.GPSLongitude: WEST}  # fmt: skip
    exif[IFD.GPSInfo] = {int(key): value for key, value in where.items()}
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    content = out.getvalue()
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(IFD.GPSInfo)
    return SimpleUploadedFile("after the baiting.jpg", content, "image/jpeg")


def the_work_is_done_and_shown(office: Office, issue: str) -> None:
    office.clock.strikes("2026-12-02 08:00")
    health = office.by_link(HEALTH, BAIT)
    moved = {"promised_on": "2026-12-04", "reason": "Rain washes the bait away"}
    health.press("Move the promise", moved).says("First promise Dec 2, 2026", "Dec 4, 2026")
    office.clock.strikes("2026-12-04 15:00")
    health.open(health.page.address)
    health.press(
        "Report it done",
        {"disposition": "fixed", "text": "Nine burrows baited"},
        files={"photographs": photograph_with_a_position()},
    )
    office.clock.strikes("2026-12-08 11:00")
    works = office.at_desk("dpw@city.example")
    works.follow(BINS)
    works.press("Report it done", {"disposition": "temporary"})
    assert len(office.worker()) == 3

    liaison = office.at_desk(LIAISON2)
    liaison.open(issue).says(
        "Agency says done 2 of 2, last DPW, Dec 8",
        "We saw Nobody looked",
        "Next Dec 9, 2026 (in 1 day)",
    )
    liaison.follow(BAIT).says("after the baiting.jpg")
    shown = {
        node.attrs["src"]
        for node in liaison.page.root.all("img")
        if "/documents/" in node.attrs["src"]
    } | {a.attrs["href"] for a in liaison.page.root.all("a") if "/documents/" in a.attrs["href"]}
    assert len(shown) == 2
    for address in shown:
        answer = liaison.client.get(address)
        kept = Image.open(io.BytesIO(b"".join(answer)))
        assert kept.format == "JPEG"
        assert not dict(kept.getexif())
        assert not kept.getexif().get_ifd(IFD.GPSInfo)
    for email in (LIAISON7, "dpw@city.example"):
        assert office.at_desk(email).client.get(shown.pop()).status_code == 404


def somebody_looks_and_the_caller_is_told(office: Office, issue: str) -> None:
    office.clock.strikes("2026-12-09 09:00")
    director = office.at_desk(DIRECTOR)
    director.open(issue)
    seen = {"seen_at": "2026-12-09T08:15", "finding": "partly", "rating": "2"}
    director.press("Save the check", {**seen, "note": "Fresh burrows at the federal edge only"})
    director.page.says("Seen by The Director.", "We saw Partly: better, not gone, Dec 9")

    liaison = office.at_desk(LIAISON2)
    closing = {"outcome": "partly_fixed", "text": TOLD}
    preview_telling(liaison, issue, closing).says("Tell these yourself first", CALLER)
    assert "Tell them and close" not in liaison.page.buttons()
    refused = liaison.push(f"{issue}close/", {**closing, "send": "1"}, status=422)
    refused.says(f"{CALLER} left no e-mail address that we may use.")
    liaison.open(issue).says("Residents told Nobody yet", "Not told yet").silent_about("Closed Dec")
    preview_telling(liaison, issue, closing)
    liaison.press("Note it", {"how": "phone", "text": TOLD}, at="/tell/")
    liaison.page.says("Saved: they were told.", "Residents told 1 of 1")
    liaison.open(issue).says("Residents told 1 of 1").silent_about("Closed Dec")


def only_then_it_closes(office: Office, issue: str) -> None:
    liaison = office.at_desk(LIAISON2)
    before = len(mail.outbox)
    tell_and_close(liaison, issue, outcome="partly_fixed", text=TOLD)
    liaison.page.says("Closed Dec 9, 2026: Partly fixed")
    office.clock.strikes("2026-12-09 09:30")
    office.worker()
    assert [m.subject for m in mail.outbox[before:]] == []
    bait = next(row for row in liaison.page.rows() if BAIT in row)
    assert "Dec 4, 2026 first promise Dec 2, 2026, +2 days" in bait
    bins = next(row for row in liaison.page.rows() if BINS in row)
    assert "Dec 1, 2026" in bins
    assert "Dec 8, 2026" in bins


def the_file_tells_it_in_order(office: Office, issue: str) -> None:
    liaison = office.at_desk(LIAISON2)
    happened = liaison.open(issue).happened()
    told = iter(happened)
    for words in (
        "was opened. Liaison of Ward 2 owns it",
        f"DOH was asked for '{BAIT}' by Friday, December 4, 2026",
        f"DPW was asked for '{BINS}' by Tuesday, December 1, 2026",
        f"DPR was asked for '{STRIP}'",
        f"DPR declined '{STRIP}': The ground is federal (The edge is Reservation 21)",
        f"DPW offered Tuesday, December 8, 2026 for '{BINS}'",
        f"DOH promised '{BAIT}' for Wednesday, December 2, 2026",
        "The office agreed to Tuesday, December 8, 2026",
        "Referred to the National Park Service by an e-mail",
        f"DOH moved its promise of '{BAIT}' from Wednesday, December 2, 2026",
        f"DOH says '{BAIT}' is done: Fixed (Nine burrows baited)",
        f"DPW says '{BINS}' is done: Fixed for the time being",
        "The Director looked on Wednesday, December 9, 2026",
        f"{CALLER} was told by phone",
        "1 person was told",
        "was closed: Partly fixed",
    ):
        assert any(words in line for line in told), (
            f"“{words}” is not told in its place: {happened}"
        )
