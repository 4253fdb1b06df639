"""What goes out: bars that are burned in, a list of what was kept back, hashes, the same each time.

Canaries are names, addresses and numbers that were taken out, or stand in what was kept back.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import Ground, open_at
from tests.records.asking import (
    CANARY,
    MAIL,
    PHONE,
    PRIVACY,
    TODAY,
    VISITOR,
    WHY,
    asked,
    cleared,
    follow,
    mail_in,
    note_complaint,
    searched,
)
from wardroom.access import gate
from wardroom.documents.actions import attach_document, keep_upload
from wardroom.documents.gateways import read_content
from wardroom.kernel.errors import NotFound, Refused
from wardroom.kernel.facts import kind_named
from wardroom.ledger.models import Entry
from wardroom.ledger.queries import verified_chain
from wardroom.notices.models import Message
from wardroom.records import reactions
from wardroom.records.actions import (
    decide_record,
    decide_the_rest,
    drop_redaction,
    redact_everywhere,
    redact_reaching,
    redact_words,
    release_records,
    releasing,
)
from wardroom.records.models import FoundRecord, RecordsRequest, Redaction, Release
from wardroom.records.queries import papers
from wardroom.records.queries.own import link_token, own_package, own_request
from wardroom.records.queries.papers import preview_paper, release_package
from wardroom.records.queries.requests import record_file, request_file
from wardroom.records.rules import NOT_ASKED, RELEASE, WITHHOLD
from wardroom.records.rules.redacting import Piece

pytestmark = pytest.mark.django_db
CANARIES = (CANARY, "Quillfeather", MAIL, PHONE, "Zebedee")


@pytest.fixture
def request_(liaison5: Cast, records_officer: Cast) -> RecordsRequest:
    """A request with what was found for it: a line, a message, and one that is kept back."""
    note_complaint(liaison5)
    note_complaint(liaison5, "Zebedee from legal thinks that the alley is ours.")
    mail_in(f"The alley is full. Yours, {CANARY}, {PHONE}")
    row = asked()
    searched(row, records_officer)
    for words in (CANARY, MAIL, "Zebedee"):  # so that nothing is missed
        searched(row, records_officer, words)
    return row


@pytest.fixture
def answered(request_: RecordsRequest, records_officer: Cast) -> Release:
    """The same, answered: names and numbers taken out, one record kept back."""
    stamp = records_officer.stamp
    redact_everywhere(request_, words=CANARY, code=PRIVACY, reason=WHY, stamp=stamp)
    redact_reaching(request_, code=PRIVACY, reason="How to reach somebody.", stamp=stamp)
    kept = request_.records.get(text__contains="Zebedee")
    decide_record(kept, decision=WITHHOLD, code="(a)(4)", reason="Before a decision.", stamp=stamp)
    decide_the_rest(request_, decision=RELEASE, stamp=stamp)
    return release_records(request_, words="Call us with any question.", stamp=stamp)


def parts_of(content: bytes) -> dict[str, bytes]:
    """The files of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words_of(pdf: bytes, folder: Path) -> str:
    """Every word, property and hidden string of a paper."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    told = [
        subprocess.run([*tool, str(path), *rest], capture_output=True, check=True).stdout.decode()
        for tool, rest in ((["pdftotext", "-layout"], ["-"]), (["pdfinfo"], []))
    ]
    inside = b"".join(
        zlib.decompressobj().decompress(stream)
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
        if stream[:1] == b"\x78"
    )
    return " ".join(" ".join((*told, (pdf + inside).decode("latin-1"))).split())


def test_power_the_papers_would_show_a_name_that_is_not_taken_out(
    answered: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "pieces_of", lambda text, spans: (Piece(text),))
    parts = parts_of(release_package(answered)[1])
    shown = words_of(parts["records.pdf"], tmp_path)
    assert CANARY in shown
    assert MAIL in shown


def test_nothing_that_was_taken_out_is_in_any_part(answered: Release, tmp_path: Path) -> None:
    parts = parts_of(release_package(answered)[1])
    assert set(parts) == {"records.pdf", "letter.pdf", "kept-back.csv", "manifest.json"}
    for name, content in parts.items():
        shown = words_of(content, tmp_path) if name.endswith(".pdf") else content.decode()
        assert not [word for word in CANARIES if word.casefold() in shown.casefold()], name
    shown = words_of(parts["records.pdf"], tmp_path)
    assert "rats again" in shown
    assert "The alley is full." in shown
    assert PRIVACY in shown


def test_two_runs_are_the_same_bytes(answered: Release) -> None:
    assert release_package(answered)[1] == release_package(answered)[1]


def test_the_list_names_each_ground_and_the_manifest_each_file(answered: Release) -> None:
    parts = parts_of(release_package(answered)[1])
    rows = list(csv.DictReader(io.StringIO(parts["kept-back.csv"].decode("utf-8-sig"))))
    cuts, kept = Redaction.objects.count(), FoundRecord.objects.filter(decision=WITHHOLD).count()
    places = [row["kept_back"] for row in rows if row["kept_back"] != "All of it"]
    assert sum(int(text.split()[0]) for text in places) == cuts > 0
    assert [r["code"] for r in rows if r["kept_back"] == "All of it"] == ["(a)(4)"] * kept
    assert all(row["reason"] and row["ground"] for row in rows)
    manifest = json.loads(parts.pop("manifest.json"))
    assert {f["name"]: f["sha256"] for f in manifest["files"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in parts.items()
    }


def test_the_letter_says_what_was_asked_searched_and_how_to_appeal(
    answered: Release, tmp_path: Path
) -> None:
    shown = words_of(parts_of(release_package(answered)[1])["letter.pdf"], tmp_path)
    for words in (
        "Everything about the alley behind Quill Street since May.",
        "Given out in part.",
        "Call us with any question.",
        "“alley” from Tuesday, November 18, 2025 to",
        "words that are not told here from Tuesday",
        "appeal to the Mayor in writing",
        "Ada Reporter",
    ):
        assert words in shown


def test_the_answer_is_filed_told_and_fetched_by_its_link(answered: Release) -> None:
    follow()
    request = RecordsRequest.objects.get()
    assert (request.state, request.outcome) == ("answered", "part")
    token = link_token(request)
    name, pieces = own_package(token, at=VISITOR.at)
    content = b"".join(pieces)
    own = own_request(token, at=VISITOR.at, today=TODAY)
    assert hashlib.sha256(content).hexdigest() == own.digest
    assert name == f"records-request-{request.pk}-answer-{answered.pk}.zip"
    told = [message.subject for message in Message.objects.order_by("pk")]
    assert told[-1] == f"Your records request {request.pk} is answered"
    assert content == read_content(own.digest)
    assert verified_chain().broken is None


def test_nobody_waits_with_a_change_while_papers_are_made(
    answered: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def make(release: Release) -> tuple[str, bytes]:
        seen.append(gate._unit.get())
        return "answer.zip", b"PK"

    monkeypatch.setattr(reactions, "release_package", make)
    follow()
    assert seen == [None]
    assert Release.objects.get().package is not None


def test_papers_made_twice_at_once_are_filed_once(answered: Release) -> None:
    entry = Entry.objects.get(kind="RecordsReleased")
    fact = kind_named(entry.kind).from_plain(entry.body)
    left = [reactions.make_release(fact, entry_id=entry.pk, stamp=HOUSE) for _ in range(2)]  # type: ignore[arg-type]
    for rest in left:
        assert rest is not None
        rest()
    assert Entry.objects.filter(kind="ReleaseFiled").count() == 1


def test_before_the_papers_are_made_there_is_nothing_to_fetch(answered: Release) -> None:
    request = RecordsRequest.objects.get()
    with pytest.raises(NotFound):
        own_package(link_token(request), at=VISITOR.at)


def test_after_the_answer_nothing_of_it_changes(answered: Release, records_officer: Cast) -> None:
    stamp = records_officer.stamp
    found = FoundRecord.objects.filter(decision=RELEASE).first()
    assert found is not None
    cut = Redaction.objects.first()
    assert cut is not None
    for change in (
        lambda: decide_record(found, decision=NOT_ASKED, stamp=stamp),
        lambda: redact_words(found, words="alley", code=PRIVACY, reason=WHY, stamp=stamp),
        lambda: drop_redaction(cut.record, redaction=cut.pk, stamp=stamp),
        lambda: release_records(RecordsRequest.objects.get(), stamp=stamp),
        lambda: searched(RecordsRequest.objects.get(), records_officer),
    ):
        with pytest.raises(Refused):
            change()
    seen = request_file(answered.request_id, records_officer.actor, today=TODAY)
    assert seen.allowed == frozenset()
    assert record_file(seen.id, 1, records_officer.actor, today=TODAY).allowed == frozenset()


def test_nothing_goes_out_while_a_record_is_undecided_or_nothing_was_searched(
    request_: RecordsRequest, records_officer: Cast
) -> None:
    with pytest.raises(Refused, match="not decided"):
        release_records(request_, stamp=records_officer.stamp)
    with pytest.raises(Refused, match="Search"):
        release_records(asked(), stamp=records_officer.stamp)


def test_keeping_back_wants_a_ground_of_the_law_and_a_reason(
    request_: RecordsRequest, records_officer: Cast
) -> None:
    found, stamp = request_.records.get(number=1), records_officer.stamp
    for code, reason, field in (("", WHY, "code"), ("(z)", WHY, "code"), (PRIVACY, "", "reason")):
        with pytest.raises(Refused) as no:
            decide_record(found, decision=WITHHOLD, code=code, reason=reason, stamp=stamp)
        assert no.value.field == field
        with pytest.raises(Refused) as no:
            redact_words(found, words="alley", code=code, reason=reason, stamp=stamp)
        assert no.value.field == field
    with pytest.raises(Refused) as no:
        redact_words(found, words="unicorn", code=PRIVACY, reason=WHY, stamp=stamp)
    assert no.value.field == "words"


def test_a_part_is_put_back_and_taken_out_once(
    request_: RecordsRequest, records_officer: Cast
) -> None:
    found, stamp = request_.records.get(number=1), records_officer.stamp
    redact_words(found, words="alley", code=PRIVACY, reason=WHY, stamp=stamp)
    with pytest.raises(Refused, match="already"):
        redact_words(found, words="alley", code=PRIVACY, reason=WHY, stamp=stamp)
    cut = found.redactions.get()
    drop_redaction(found, redaction=cut.pk, stamp=stamp)
    [kept] = found.redactions.all()
    assert (kept.put_back_at, kept.put_back_by) == (stamp.at, "The Records Officer")
    redact_words(found, words="alley", code=PRIVACY, reason=WHY, stamp=stamp)
    with pytest.raises(Refused):
        drop_redaction(found, redaction=cut.pk, stamp=stamp)


def test_the_preview_shows_bars_and_no_names(
    request_: RecordsRequest, records_officer: Cast, tmp_path: Path
) -> None:
    cleared(request_, records_officer, CANARY, MAIL, PHONE, "Zebedee")
    _, content = preview_paper(request_.pk, records_officer.actor, at=NOON)
    shown = words_of(content, tmp_path)
    assert "This is a preview." in shown
    assert not [word for word in CANARIES if word in shown]


def test_a_picture_goes_out_with_nothing_hidden_in_it_and_without_its_name(
    ground: Ground, liaison5: Cast, records_officer: Cast
) -> None:
    exif = Image.Exif()
    exif[0x010E] = CANARY
    made = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(made, "JPEG", exif=exif)
    matter = open_at(ground, liaison5, "5")
    document = keep_upload(None, name=f"alley {CANARY}.jpg", content=made.getvalue(), stamp=HOUSE)
    attach_document(
        document, noun="matter", key=str(matter.pk), ward_code="5", stamp=liaison5.stamp
    )
    request = asked()
    searched(request, records_officer, kinds=["file"])
    decide_the_rest(request, decision=RELEASE, stamp=records_officer.stamp)
    found = request.records.get()
    with pytest.raises(Refused, match="whole"):
        redact_words(found, words="alley", code=PRIVACY, reason=WHY, stamp=records_officer.stamp)
    release = release_records(request, stamp=records_officer.stamp)
    parts = parts_of(release_package(release)[1])
    assert "files/record-0001.jpg" in parts
    assert CANARY.encode() in read_content(document.digest)  # power: it was there
    assert not any(CANARY.encode() in content for content in parts.values())


def test_files_that_are_too_large_together_do_not_go_out(
    ground: Ground, liaison5: Cast, records_officer: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = with_pictures(ground, liaison5, records_officer, 1)
    monkeypatch.setattr(releasing, "MOST_MEGABYTES", 0)
    with pytest.raises(Refused, match="at most 0 go out together"):
        release_records(request, stamp=records_officer.stamp)
    monkeypatch.undo()
    assert release_records(request, stamp=records_officer.stamp).outcome == "granted"


def test_papers_of_many_files_take_no_more_questions(
    ground: Ground, liaison5: Cast, records_officer: Cast
) -> None:
    asked_of_it = []
    for many in (1, 4):
        request = with_pictures(ground, liaison5, records_officer, many)
        release = release_records(request, stamp=records_officer.stamp)
        with CaptureQueriesContext(connection) as statements:
            parts = parts_of(release_package(release)[1])
        assert len([name for name in parts if name.startswith("files/")]) >= many
        asked_of_it.append(len(statements))
    assert asked_of_it[0] == asked_of_it[1]


def with_pictures(ground: Ground, who: Cast, officer: Cast, many: int) -> RecordsRequest:
    """A request for which so many pictures, and those from before, were found and given out."""
    matter = open_at(ground, who, "5")
    for n in range(many):
        made = io.BytesIO()
        Image.new("RGB", (32, 32), (many, n, 9)).save(made, "JPEG")
        document = keep_upload(None, name=f"alley {n}.jpg", content=made.getvalue(), stamp=HOUSE)
        attach_document(document, noun="matter", key=str(matter.pk), ward_code="5", stamp=who.stamp)
    request = asked()
    searched(request, officer, kinds=["file"])
    decide_the_rest(request, decision=RELEASE, stamp=officer.stamp)
    return request


def test_an_answer_says_what_it_is(liaison5: Cast, records_officer: Cast) -> None:
    note_complaint(liaison5)
    for decision, outcome in ((RELEASE, "granted"), (WITHHOLD, "denied"), (NOT_ASKED, "none")):
        request = asked()
        searched(request, records_officer)
        decide_the_rest(
            request, decision=decision, code=PRIVACY, reason=WHY, stamp=records_officer.stamp
        )
        assert release_records(request, stamp=records_officer.stamp).outcome == outcome
