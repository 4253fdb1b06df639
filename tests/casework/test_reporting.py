"""A report from outside is taken in once, and the public reads no more of it than it may."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Q
from PIL import Image

from tests.casework.postroom import Worker
from tests.casework.reporting import OUTSIDE, rats, report
from tests.cast import HOUSE, Cast
from tests.service_requests.samples import row, take, write
from wardroom.casework.actions import Picture, close_issue, receive_report, take_in_report
from wardroom.casework.models import Complaint, Report
from wardroom.casework.queries import (
    follow_token,
    followed_report,
    public_report,
    public_reports,
    report_problems,
    report_waiting,
)
from wardroom.casework.rules import ReportRefused, shown_number
from wardroom.city.actions import add_place
from wardroom.directory.models import ContactPoint
from wardroom.documents.gateways import path_of, read_content
from wardroom.documents.models import Attachment
from wardroom.jobs import delivery
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.library.actions import close_topic, open_topic
from wardroom.library.models import Topic
from wardroom.matters.actions import restrict_matter
from wardroom.notices.queries import open_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def test_report_becomes_an_issue_of_the_liaison(liaison5: Cast) -> None:
    made = report()
    complaint = made.complaint
    assert complaint is not None
    assert (complaint.channel, complaint.anonymous) == ("web", True)
    assert complaint.matter.owner == liaison5.party
    assert "Live rats, Burrows" in complaint.said
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"ReportReceived", "ComplaintTaken", "MatterOpened"} <= kinds


def test_report_of_a_place_without_a_known_point_goes_to_the_director(director: Cast) -> None:
    made = report(latitude=None, longitude=None, address="The corner by the old mill")
    assert made.complaint is not None
    assert made.complaint.matter.owner == director.party
    assert made.complaint.matter.ward is None


def test_known_address_needs_no_point(liaison5: Cast) -> None:
    report(address="512 Lamont Street NE")
    made = report(latitude=None, longitude=None, address="512 LAMONT STREET NE", said="Again.")
    assert made.complaint is not None
    assert made.complaint.matter.owner == liaison5.party


def test_same_report_counts_once_within_ten_minutes() -> None:
    first = report(once="a form")
    soon = replace(OUTSIDE, at=OUTSIDE.at + timedelta(minutes=9))
    assert report(once="a form", stamp=soon).pk == first.pk
    assert Entry.objects.filter(kind="ReportRepeated").count() == 1
    assert report(once="a form", stamp=soon, said="Other words.").pk != first.pk
    later = replace(OUTSIDE, at=OUTSIDE.at + timedelta(minutes=11))
    again = report(once="a form", stamp=later)
    assert again.pk != first.pk
    assert report(once="a form", stamp=later).pk == again.pk


def test_same_words_of_two_strangers_are_two_reports() -> None:
    first, second = report(), report()
    assert first.pk != second.pk
    assert follow_token(first) != follow_token(second)


def test_number_is_eight_letters_that_say_nothing() -> None:
    made = [report(said=f"Rats, night {n}.") for n in range(3)]
    numbers = {row.number for row in made}
    assert len(numbers) == 3
    assert all(len(n) == 8 and not set(n) & set("ILOU") for n in numbers)
    found = public_report(shown_number(made[0].number).lower(), at=OUTSIDE.at)
    assert found is not None
    assert found.number == shown_number(made[0].number)
    assert public_report("R-00000000", at=OUTSIDE.at) is None


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"topic_code": ""}, "topic_missing", "topic_code"),
        ({"topic_code": "permits"}, "unknown_topic", "topic_code"),
        ({"longitude": None}, "half_a_point", "place"),
        ({"latitude": None, "longitude": None}, "nowhere", "place"),
        ({"latitude": 51.5, "longitude": -0.1}, "outside_the_city", "place"),
        ({"latitude": float("nan")}, "outside_the_city", "place"),
        (
            {"latitude": None, "longitude": None, "address_id": 99},
            "unknown_address",
            "place",
        ),
        ({"said": "x" * 4001}, "too_long", "said"),
        ({"email": "nobody"}, "bad_email", "email"),
        ({"phone": "12"}, "bad_phone", "phone"),
        ({"language": "xx"}, "unknown_language", "language"),
        ({"media_url": "javascript:alert(1)"}, "bad_url", "media_url"),
        ({"answers": {}}, "answer_missing", "answer_seen"),
        ({"answers": {"seen": ("owls",)}}, "bad_answer", "answer_seen"),
        (
            {"answers": {"seen": ("live",), "spot": ("street", "park")}},
            "bad_answer",
            "answer_spot",
        ),
    ],
)
def test_bad_report_is_refused_at_its_field(more: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(ReportRefused) as no:
        report(**more)
    assert [(p.code, p.field) for p in no.value.problems] == [(code, field)]
    assert not Report.objects.exists()
    assert not Complaint.objects.exists()


def test_all_that_is_wrong_is_said_at_once() -> None:
    draft = rats(email="nobody", answers={}, longitude=None)
    codes = {problem.code for problem in report_problems(draft, at=OUTSIDE.at)}
    assert codes == {"bad_email", "answer_missing", "half_a_point"}


def test_zero_bytes_and_half_letters_do_no_harm() -> None:
    made = report(said="Rats\0 \ud800here", name="\0", device_id="\0")
    assert made.said == "Rats here"


def test_person_is_written_to_only_where_they_said_so() -> None:
    report(name="A resident", email="resident@example.org")
    assert not ContactPoint.objects.get().consent
    report(name="A resident", email="other@example.org", may_write=True)
    assert ContactPoint.objects.get(value="other@example.org").consent


def test_follow_link_opens_the_report_and_is_kept_nowhere() -> None:
    made = report(email="resident@example.org", may_write=True)
    token = follow_token(made)
    held = open_key(token, purpose="follow_report", at=OUTSIDE.at)
    assert (held.noun, held.key, held.holder) == ("report", str(made.pk), "resident@example.org")
    assert not Entry.objects.filter(body__icontains=token).exists()


def test_public_reads_no_words_and_no_exact_point() -> None:
    made = report(
        address="512 Lamont Street NE",
        name="Ada Planted",
        email="planted@example.org",
        phone="202-555-0147",
        device_id="device-9",
        account_id="account-9",
    )
    [seen] = public_reports(_all(), most=9, at=OUTSIDE.at)
    told = repr(seen)
    assert (seen.latitude, seen.longitude) == (38.921, -77.003)
    assert seen.address == ""
    assert seen.said == ""
    for secret in ("Planted", "planted@", "555-0147", "device-9", "account-9", "Lamont", made.said):
        assert secret not in told


def test_words_are_public_only_where_the_app_says_so_and_masked() -> None:
    words = "Call me at 202-555-0147 or ada@example.org, I live at 512 Lamont Street NE."
    report(said=words, publishes=True, media_url="https://example.org/rat.jpg")
    [seen] = public_reports(_all(), most=9, at=OUTSIDE.at)
    assert seen.said == (
        "Call me at [phone number removed] or [e-mail removed],"
        " I live at 500 block of Lamont Street NE."
    )
    assert seen.media_url == "https://example.org/rat.jpg"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/rat.jpg?email=ada@example.org", "https://example.org/rat.jpg"),
        ("http://example.org/rat.jpg", ""),
        ("https://ada:pass@example.org/rat.jpg", ""),
    ],
)
def test_address_of_a_picture_names_nobody(url: str, shown: str) -> None:
    report(publishes=True, media_url=url)
    [seen] = public_reports(_all(), most=9, at=OUTSIDE.at)
    assert seen.media_url == shown


@pytest.mark.parametrize(
    "address",
    [
        "Behind Ada Planted's, ask for her",
        "1 block of Jane Doe 202-555-0147 hoarder",
        "12 Jane Doe sells drugs Street",
        "512 Lamont Street NE",
    ],
)
def test_address_that_only_a_stranger_wrote_is_not_shown(address: str) -> None:
    report(address=address)
    [seen] = public_reports(_all(), most=9, at=OUTSIDE.at)
    assert seen.address == ""


def test_address_that_the_city_knows_is_shown_by_its_block(tmp_path: Path) -> None:
    take(write(tmp_path / "r.csv", [row("26-1")]), layout_word="plain-full", feed_code="dc-311")
    report(address="500 Test Street NE")
    [seen] = public_reports(_all(), most=9, at=OUTSIDE.at)
    assert seen.address == "500 block of TEST STREET NE"


def test_nobody_outside_moves_a_place_that_we_know() -> None:
    place = add_place(None, text="Rear of the old school", stamp=HOUSE)
    made = report(address="Rear of the old school")
    place.refresh_from_db()
    assert place.latitude is None
    assert made.place is not None
    assert (made.place.latitude, made.place.longitude) == (38.92123, -77.00345)
    assert made.complaint is not None
    assert "Where: Rear of the old school" in made.complaint.said


@pytest.mark.parametrize("text", ["1, " * 1333, "1 and " * 660, "a." * 2000, "1-" * 2000])
def test_no_text_takes_long_to_mask(text: str) -> None:
    made = report(said=text, publishes=True)
    assert made.shown_said


def test_answers_stay_where_the_words_are_long() -> None:
    made = report(said="x" * 3990)
    assert made.complaint is not None
    assert "Live rats" in made.complaint.said
    assert len(made.complaint.said) <= 4000


def test_report_that_waits_is_one_more_voice_too(director: Cast, worker: Worker) -> None:
    first = report()
    assert first.complaint is not None
    _reopen("noise", "batch", director)
    made = report(topic_code="noise", answers={}, onto=first.complaint.matter.pk)
    delivery.sweep()
    made.refresh_from_db()
    assert made.complaint is not None
    assert made.complaint.matter == first.complaint.matter


def test_restricted_and_silent_reports_are_absent(director: Cast) -> None:
    sealed = report()
    assert sealed.complaint is not None
    restrict_matter(sealed.complaint.matter, reason="A threat", readers=(), stamp=director.stamp)
    _reopen("noise", "blackbox", director)
    silent = report(topic_code="noise", answers={})
    assert silent.complaint is not None
    assert list(public_reports(_all(), most=9, at=OUTSIDE.at)) == []
    assert public_report(shown_number(sealed.number), at=OUTSIDE.at) is None
    assert public_report(shown_number(silent.number), at=OUTSIDE.at) is None


def test_report_that_waits_is_taken_in_by_the_worker(director: Cast, worker: Worker) -> None:
    _reopen("noise", "batch", director)
    made = report(topic_code="noise", answers={"source": ("music",)})
    assert made.complaint is None
    assert report_waiting(made.token) == (made.token, "")
    assert list(public_reports(_all(), most=9, at=OUTSIDE.at)) == []
    delivery.sweep()
    made = Report.objects.get(pk=made.pk)
    assert made.complaint is not None
    assert "Music or a party" in made.complaint.said
    assert report_waiting(made.token) == (made.token, shown_number(made.number))
    with pytest.raises(Refused) as no:
        take_in_report(made, stamp=HOUSE)
    assert no.value.code == "taken_in"
    assert report_waiting("nothing") is None


def test_nobody_takes_in_what_waits_but_the_house(director: Cast) -> None:
    _reopen("noise", "batch", director)
    made = report(topic_code="noise", answers={})
    with pytest.raises(NotAllowed):
        take_in_report(made, stamp=director.stamp)


def test_closed_topic_takes_nothing_in(director: Cast) -> None:
    close_topic(Topic.objects.get(code="rodents"), stamp=director.stamp)
    with pytest.raises(ReportRefused):
        report()


def test_one_more_voice_joins_the_issue() -> None:
    first = report()
    assert first.complaint is not None
    second = report(said="I saw them too.", onto=first.complaint.matter.pk)
    assert second.complaint is not None
    assert second.complaint.matter == first.complaint.matter
    assert {seen.number for seen in public_reports(_all(), most=9, at=OUTSIDE.at)} == {
        shown_number(first.number),
        shown_number(second.number),
    }


def test_closed_issue_shows_its_outcome(liaison5: Cast) -> None:
    made = report()
    assert made.complaint is not None
    close_issue(
        made.complaint.matter,
        outcome="fixed",
        text="The rats are gone.",
        stamp=liaison5.stamp,
    )
    [seen] = public_reports(_all(), most=9, at=OUTSIDE.at + timedelta(minutes=1))
    assert (seen.is_open, seen.outcome) == (False, "Fixed")


def test_picture_keeps_nothing_hidden_unless_its_sender_lets_it() -> None:
    content = picture_with_spot()
    made = receive_report(rats(), pictures=[Picture("rat.jpg", content)], stamp=OUTSIDE)
    assert made.complaint is not None
    kept = Attachment.objects.get(noun="matter", key=str(made.complaint.matter.pk))
    assert kept.audience == "internal"
    assert b"planted camera" not in read_content(kept.document.digest)
    receive_report(
        rats(said="Again."),
        pictures=[Picture("rat.jpg", content, with_spot=True)],
        stamp=OUTSIDE,
    )
    assert Attachment.objects.filter(document__digest=_digest(content)).exists()


def test_a_picture_that_is_lost_or_damaged_is_left_out_of_the_page_of_the_link() -> None:
    pictures = []
    for color in ("red", "green", "blue"):
        out = io.BytesIO()
        Image.new("RGB", (400, 300), color).save(out, "JPEG")
        pictures.append(Picture(f"{color}.jpg", out.getvalue()))
    made = receive_report(rats(), pictures=pictures, stamp=OUTSIDE)
    shown = followed_report(follow_token(made), at=OUTSIDE.at).pictures
    assert len(shown) == 3
    lost, damaged = (path_of(hashlib.sha256(each).hexdigest()) for each in shown[:2])
    lost.unlink()
    damaged.chmod(0o600)
    damaged.write_bytes(b"something else")
    assert followed_report(follow_token(made), at=OUTSIDE.at).pictures == shown[2:]


def test_more_than_three_pictures_and_no_picture_are_refused() -> None:
    content = picture_with_spot()
    with pytest.raises(ReportRefused) as no:
        receive_report(rats(), pictures=[Picture("a.jpg", content)] * 4, stamp=OUTSIDE)
    assert no.value.problems[0].field == "pictures"
    with pytest.raises(ReportRefused) as no:
        receive_report(rats(), pictures=[Picture("a.jpg", b"MZ none")], stamp=OUTSIDE)
    assert no.value.problems[0].field == "pictures"
    assert not Report.objects.exists()


def picture_with_spot() -> bytes:
    """A small picture with a camera's name hidden in it."""
    out = io.BytesIO()
    picture = Image.new("RGB", (8, 8), (10, 20, 30))
    hidden = picture.getexif()
    hidden[0x0110] = "planted camera"
    picture.save(out, "JPEG", exif=hidden)
    return out.getvalue()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _all() -> Q:
    return Q()


def _reopen(code: str, kind: str, director: Cast) -> None:
    topic = Topic.objects.get(code=code)
    open_topic(topic, description="Noise at night.", kind=kind, stamp=director.stamp)
