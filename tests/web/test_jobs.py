"""The public pages of jobs: reading, applying without an account, and what programs read."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.hiring.jobs import CANARY, PDF, VISITOR, applied, begun, drafted, opened
from wardroom.documents import actions as documents
from wardroom.hiring.actions import end_posting, move_application
from wardroom.hiring.models import Application, Posting
from wardroom.hiring.queries.own import link_token
from wardroom.hiring.rules.tongues import TONGUES
from wardroom.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def noon(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, noon: Any) -> None:
    """Fixed noon, a place for files, and nothing counted yet."""
    settings.FILES_ROOT = tmp_path / "files"
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
    cache.clear()


def begin(client: Client, posting: Posting, language: str = "en") -> str:
    """The address of a draft, begun on the public page."""
    answer = client.post(
        f"/jobs/{posting.slug}/apply/",
        {"applicant": CANARY, "email": "one@example.org", "language": language},
    )
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def whole(posting: Posting, **given: str) -> dict[str, str]:
    """A form filled in, but for the resume."""
    asked = posting.questions.filter(asked_of="applicant")
    answers = {f"answer_{q.pk}": "yes" if q.kind == "yes_no" else "Five" for q in asked}
    return {"applicant": CANARY, "phone": "", "lives_here": "yes", "pasted": "", **answers, **given}


def test_everybody_reads_what_is_open_and_nobody_a_draft(director: Cast, client: Client) -> None:
    posting, draft = opened(director), drafted(director, title="Not yet public")
    text = client.get("/jobs/").content.decode()
    assert posting.title in text
    assert "$85,500 a year" in text
    assert "Not yet public" not in text
    assert client.get(f"/jobs/{draft.slug}/").status_code == 404
    assert client.get(f"/jobs/{draft.slug}/apply/").status_code == 404
    end_posting(posting, state="withdrawn", reason="No money", stamp=director.stamp)
    assert client.get(f"/jobs/{posting.slug}/").status_code == 404


def test_job_searches_read_the_posting_as_data_that_no_browser_runs(
    director: Cast, client: Client
) -> None:
    posting = opened(director, title="</script><script>alert(1)", salary_to=90_000_00)
    answer = client.get(f"/jobs/{posting.slug}/")
    text = answer.content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    data = json.loads(found[0])
    assert len(found) == 1
    assert "<script>alert" not in text
    assert (data["@type"], data["title"]) == ("JobPosting", posting.title)
    assert data["validThrough"] == "2026-11-20T23:59:59"
    assert data["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "unitText": "YEAR",
        "minValue": 85500.0,
        "maxValue": 90000.0,
    }
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    end_posting(posting, state="closed", reason="Enough", stamp=director.stamp)
    assert b"ld+json" not in client.get(f"/jobs/{posting.slug}/").content


def test_an_application_without_script_from_the_first_line_to_the_receipt(
    director: Cast, client: Client
) -> None:
    posting = opened(director)
    address = begin(client, posting)
    assert b"Nothing is sent yet" in client.get(address).content
    file = SimpleUploadedFile("cv.pdf", PDF)
    typed = {"applicant": CANARY, "pasted": "Half a lif"}
    assert client.post(address, {**typed, "resume": file, "do": "save"}).status_code == 302
    other = Client().get(address).content.decode()
    assert "Half a lif" in other
    assert "Attached: cv.pdf" in other
    assert client.post(address, {**whole(posting), "do": "send"}).status_code == 302
    shown = client.get(address).content.decode()
    assert "Your application was sent" in shown
    assert Application.objects.get().receipt[0]["digest"] in shown
    paper = client.get(f"{address}receipt.pdf")
    assert paper.headers["Content-Type"] == "application/pdf"
    assert "attachment" in paper.headers["Content-Disposition"]
    assert client.post(address, {**whole(posting), "do": "send"}).status_code == 302
    assert Application.objects.get().number == 1
    client.post(f"{address}withdraw/")
    assert b"You withdrew your application" in client.get(address).content


def test_a_resume_in_which_the_scanner_found_something_is_refused_at_its_field(
    director: Cast, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    posting = opened(director)
    address = begin(client, posting)
    settings.SCANNER = "tcp://127.0.0.1:1"
    monkeypatch.setattr(documents, "scan", lambda content: "Found")
    given = {**whole(posting), "resume": SimpleUploadedFile("cv.pdf", PDF), "do": "save"}
    answer = client.post(address, given)
    assert answer.status_code == 422
    assert {*answer.context["form"].errors} == {"resume"}
    assert Application.objects.get().file_digest == ""


@pytest.mark.parametrize("code", sorted(TONGUES))
def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(
    director: Cast, client: Client, code: str
) -> None:
    posting = opened(director)
    address, say = begin(client, posting, code), TONGUES[code].wrong
    bad = SimpleUploadedFile("photo.pdf", b"\x89PNG\r\n\x1a\n" + bytes(20))
    given = whole(posting, applicant="", phone="202-555-0142", lives_here="")
    answer = client.post(address, {**given, "resume": bad, "do": "send"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'lang="{TONGUES[code].tag}"' in text
    for key in ("no_name", "no_answer", "not_as_named"):
        assert say[key].replace("'", "&#x27;") in text, key
    assert "202-555-0142" in text
    assert "202-555-0142" in client.get(address).content.decode()
    assert Application.objects.get().stage == "draft"


@pytest.mark.parametrize("code", sorted(TONGUES))
def test_what_is_missing_is_named_and_a_file_is_missed_until_there_is_one(
    director: Cast, client: Client, code: str
) -> None:
    posting = opened(director)
    address, words = begin(client, posting, code), TONGUES[code]
    answer = client.post(address, {"applicant": CANARY, "do": "send"})
    summary = unescape(answer.content.decode()).split('class="error-summary"')[1].split("</ul>")[0]
    for question in posting.questions.filter(asked_of="applicant"):
        assert f"{question.text} {words.wrong['no_answer']}" in summary
    assert f"{words.form.lives_here} {words.wrong['no_answer']}" in summary
    client.post(address, {"applicant": CANARY, "do": "save"})
    assert words.wrong["no_resume"] in unescape(client.get(f"{address}?saved=1").content.decode())
    client.post(address, {"applicant": CANARY, "pasted": "Ten years", "do": "save"})
    text = unescape(client.get(f"{address}?saved=1").content.decode())
    assert words.form.saved in text
    assert words.wrong["no_resume"] not in text


def test_a_script_keeps_what_is_typed_and_is_told_what_was_not_kept(
    director: Cast, client: Client
) -> None:
    address = begin(client, opened(director))
    assert client.post(address, {"applicant": "Somebody", "do": "keep"}).status_code == 204
    assert Application.objects.get().name == "Somebody"
    too_long = client.post(address, {"pasted": "a" * 30_001, "do": "keep"})
    assert too_long.status_code == 422


def test_a_time_out_or_another_phone_loses_nothing(director: Cast) -> None:
    posting = opened(director)
    strict = Client(enforce_csrf_checks=True)
    token = begun(posting)
    answer = strict.post(
        f"/jobs/mine/{token}/", {**whole(posting, pasted="All of it"), "do": "send"}
    )
    assert answer.status_code == 302
    assert Application.objects.get().stage == "received"


def test_machines_and_crowds_are_kept_out(director: Cast, client: Client) -> None:
    posting = opened(director)
    given = {"applicant": "A", "email": "a@example.org", "language": "en"}
    machine = client.post(f"/jobs/{posting.slug}/apply/", {**given, "leave_empty": "x"})
    assert machine.headers["Location"] == "/jobs/"
    assert not Application.objects.exists()
    codes = [
        client.post(f"/jobs/{posting.slug}/apply/", {**given, "email": f"a{n}@example.org"})
        for n in range(5)
    ]
    assert [answer.status_code for answer in codes] == [302] * 4 + [429]
    assert b"A" in codes[-1].content


def test_no_other_link_opens_an_application(director: Cast, client: Client) -> None:
    token = begun(opened(director))
    for wrong in ("x" * 43, token[:-1] + ("A" if token[-1] != "A" else "B"), token.lower()):
        answer = client.get(f"/jobs/mine/{wrong}/")
        assert answer.status_code == 404
        assert CANARY.encode() not in answer.content
    assert client.get(f"/jobs/mine/{token}/receipt.pdf").status_code == 404
    assert client.get(f"/jobs/mine/{token}/withdraw/").status_code == 302
    headers = client.get(f"/jobs/mine/{token}/").headers
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("private, no-store", "noindex")


def test_no_line_of_the_ledger_holds_a_word_of_who_applied(director: Cast, client: Client) -> None:
    posting = opened(director)
    address = begin(client, posting)
    client.post(address, {**whole(posting, pasted=CANARY), "do": "send"})
    client.post(f"{address}withdraw/")
    for entry in Entry.objects.all():
        told = f"{entry.sentence} {entry.body} {entry.actor_name}"
        assert CANARY not in told
        assert "one@example.org" not in told


@pytest.mark.parametrize("code", list(TONGUES))
def test_words_added_to_a_letter_stay_with_that_letter(
    director: Cast, client: Client, code: str
) -> None:
    row = applied(opened(director), language=code)
    words = "Come on Friday at 10."
    move_application(row, to="interview", reason="x", words=words, stamp=director.stamp)
    move_application(row, to="not_selected", reason="x", stamp=director.stamp)
    text = unescape(client.get(f"/jobs/mine/{link_token(row)}/").content.decode())
    tongue = TONGUES[code]
    stands = re.search(r'<div class="note note--good".*?</div>', text, re.S)
    assert stands is not None
    assert tongue.letters.stages["not_selected"] in stands.group()
    assert words not in stands.group()
    (letters,) = re.findall(
        r'<section[^>]*aria-labelledby="letters-title">(.*?)</section>', text, re.S
    )
    assert tongue.receipt.letters in letters
    assert letters.index(tongue.letters.stages["not_selected"]) < letters.index(words)
    assert tongue.letters.stages["interview"] in letters
    assert letters.count(tongue.day(VISITOR.at.date())) == 2
    assert text.count(words) == 1
