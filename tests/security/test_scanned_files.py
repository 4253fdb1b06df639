"""S11: whatever way a file comes in, nobody reads or keeps it before the scanner saw it clean."""

from __future__ import annotations

import ast
import base64
import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.test import Client, RequestFactory
from django.urls import get_resolver

from tests.architecture.source import PACKAGE, shown
from tests.casework.reporting import staffed
from tests.cast import HOUSE, Cast
from tests.fieldwork.outings import matters_in, name_of, phone_of, picture, walk_of
from tests.ground import Ground
from tests.notices.letters import letter
from tests.web.conftest import fixed_noon
from tests.web.test_held_pictures import SOUND
from wardroom.casework.actions import take_mail
from wardroom.casework.actions.mail import NOT_WHOLE
from wardroom.casework.models import HeldPicture, Report
from wardroom.casework.rules.tongues import TOLD
from wardroom.documents import actions
from wardroom.documents.gateways import ScannerAway, read_content
from wardroom.documents.models import Document
from wardroom.kernel.errors import Refused
from wardroom.kernel.rates import Rate
from wardroom.notices.models import Received
from wardroom.web.residents import holding, reporting

__all__ = ["fixed_noon"]
pytestmark = pytest.mark.one_database
EICAR = "Eicar-Test-Signature"
MARK = b"what the scanner knows"
# Where bytes from outside are kept, and where they were seen before.
KEPT = {
    "casework/actions/holding.py": "a form",
    "casework/actions/mail.py": "check_clean",
    "casework/actions/reporting.py": "a form, and Open311",
    "documents/actions.py": "what the others call",
    "documents/gateways/turns.py": "the same",
    "engagement/actions/body_papers.py": "a form",
    "engagement/actions/door.py": "a form",
    "fieldwork/actions/delivering.py": "check_clean in web/walks/phone.py",
    "hiring/actions/drafts.py": "check_clean",
    "incidents/actions/taking.py": "a form; check_clean in api/alerts and gateways/polling.py",
    "matters/actions/proving.py": "a form",
    "office/actions/training.py": "a form",
    "reporting/actions/word_templates.py": "a form",
    "calendar/gateways/reading_outside.py": "check_clean",
    # What the house writes itself, or took in before.
    "calendar/reactions/listing.py": "our own paper",
    "engagement/reactions/bodies.py": "our own paper",
    "notices/actions/emptying.py": "what is left of mail",
    "records/reactions.py": "our own paper",
    "reporting/reactions.py": "our own paper",
    "retention/reactions.py": "our own paper",
}
KEEPS = {"keep_upload", "picture_made_anew", "store_document", "keep_content", "write_content"}
# Where a body is read that is no form: lines of phones and JSON hold no files.
BODIES = {
    *("api/alerts/views.py", "api/v1/doing.py", "api/v1/urls.py"),
    *("web/phones.py", "web/walks/phone.py"),
}


class Scanner:
    """A scanner that finds what holds a mark, or is away."""

    def __init__(self) -> None:
        self.away, self.seen = False, 0

    def scan(self, content: bytes) -> str:
        """What it finds."""
        self.seen += 1
        if self.away:
            raise ScannerAway
        return EICAR if MARK in content else ""


@pytest.fixture
def scanner(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Scanner:
    """One is set, and answers at once."""
    made = Scanner()
    settings.SCANNER = "tcp://127.0.0.1:1"
    monkeypatch.setattr(actions, "scan", made.scan)
    return made


@pytest.fixture
def office(ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast) -> None:
    """The liaisons in the seats of their wards."""
    staffed({"5": liaison5, "7": liaison7})


def sent(content: bytes) -> UploadedFile[Any]:
    """A file as the site gets it with a form."""
    file = SimpleUploadedFile("paper.csv", content)
    (given,) = RequestFactory().post("/", {"file": file}).FILES.getlist("file")
    return given


def file_fields() -> Iterator[tuple[type[forms.BaseForm], forms.FileField]]:
    """Every field of every form of the site that takes a file."""
    assert get_resolver().url_patterns  # with the addresses all forms are there
    waiting: list[type[forms.BaseForm]] = [forms.Form]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith("wardroom."):
            for field in getattr(form, "base_fields", {}).values():
                if isinstance(field, forms.FileField):
                    yield form, field


@pytest.mark.parametrize("room", [0, 10**9], ids=["on the disk", "in memory"])
def test_no_file_of_any_form_is_read_unseen(scanner: Scanner, settings: Any, room: int) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = room
    clean, file = sent(b"clean"), sent(MARK)
    assert clean.read() == b"clean"
    ways: list[Callable[[], Any]] = [
        lambda: file.read(), lambda: file.size, lambda: list(file.chunks()), lambda: list(file),
        lambda: file.open(), lambda: file.seek(0), lambda: file.readline(), lambda: len(file),
    ]  # fmt: skip
    for way in ways:
        with pytest.raises(Refused) as no:
            way()
        assert no.value.code == "scanner_found"
    assert scanner.seen == 2, "once for each file"
    scanner.away, unseen = True, sent(b"clean")
    with pytest.raises(Refused) as no:
        unseen.read()
    assert no.value.code == "scanner_away"
    for each in (clean, file, unseen):
        each.close()
        assert each.closed


def test_what_nobody_reads_is_not_scanned(scanner: Scanner) -> None:
    sent(MARK).close()
    assert scanner.seen == 0


def test_each_form_refuses_such_a_file_at_its_field(scanner: Scanner) -> None:
    found = list(file_fields())
    assert len(found) >= 10
    for form, field in found:
        with pytest.raises(forms.ValidationError) as no:
            field.clean(sent(MARK))
        assert no.value.error_list[0].code == "scanner_found", form


def test_without_a_scanner_a_file_is_what_it_was(settings: Any) -> None:
    settings.SCANNER = ""
    file = sent(MARK)
    assert (file.size, file.read(), file.name) == (len(MARK), MARK, "paper.csv")


def modules_that(holds: Callable[[ast.AST], bool], *words: str) -> set[str]:
    """The modules of the house with one of these words in which something of this kind stands."""
    found = set()
    for path in Path(PACKAGE).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if any(word in text for word in words) and any(map(holds, ast.walk(ast.parse(text)))):
            found.add(shown(path).removeprefix("wardroom/"))
    return found


def keeps(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    return name in KEEPS


def reads_a_body(node: ast.AST) -> bool:
    of_a_request = isinstance(node, ast.Attribute) and node.attr in ("body", "read", "_body")
    return of_a_request and ast.unparse(node.value).split(".")[-1] == "request"  # type: ignore[attr-defined]


def test_every_place_that_keeps_a_file_says_who_saw_it() -> None:
    assert modules_that(keeps, *KEEPS) == {*KEPT}
    assert modules_that(reads_a_body, "request.") == BODIES
    for name, how in KEPT.items():
        if how == "check_clean":
            assert "check_clean(" in (Path(PACKAGE) / name).read_text(encoding="utf-8"), name
    for name, keeping in (("web/walks/phone.py", "def take()"), ("api/alerts/views.py", "_taken(")):
        text = (Path(PACKAGE) / name).read_text(encoding="utf-8")
        assert text.index("check_clean(content)") < text.index(keeping)


def picture_with(content: bytes = b"") -> io.BytesIO:
    """A picture, whatever is behind it."""
    made = io.BytesIO(picture(7) + content)
    made.name = "rat.jpg"
    return made


@pytest.mark.django_db
def test_a_report_with_such_a_picture_is_refused_in_the_readers_words(
    scanner: Scanner, office: None
) -> None:
    words = TOLD["fr"].form.wrong
    answer = Client().post("/report/", {**SOUND, "pictures": picture_with(MARK)})
    assert answer.status_code == 422
    assert words["scanner_found"].split("'")[0] in answer.content.decode()
    assert SOUND["said"] in answer.content.decode()
    scanner.away = True
    answer = Client().post("/report/", {**SOUND, "pictures": picture_with()})
    assert words["scanner_away"].split("'")[-1] in answer.content.decode()
    assert not Document.objects.exists()
    assert not HeldPicture.objects.exists()
    assert not Report.objects.exists()
    scanner.away = False
    assert Client().post("/report/", {**SOUND, "pictures": picture_with()}).status_code == 302


@pytest.mark.django_db
def test_a_scanner_that_is_away_is_asked_once_for_a_report(scanner: Scanner, office: None) -> None:
    scanner.away = True
    several = [picture_with(bytes([n])) for n in range(3)]
    assert Client().post("/report/", {**SOUND, "pictures": several}).status_code == 422
    assert scanner.seen == 1


@pytest.mark.django_db
def test_who_is_told_to_slow_down_is_soon_not_scanned_for(
    scanner: Scanner, office: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is sent is held for the next try, so many times an hour, and then not looked at."""
    monkeypatch.setattr(reporting, "few_forms", lambda *_, **__: False)
    monkeypatch.setattr(holding, "OFTEN", Rate(1))
    for _ in range(3):
        sending = {**SOUND, "pictures": picture_with()}
        assert Client().post("/report/", sending).status_code == 429
        assert scanner.seen == 1


@pytest.mark.django_db
def test_power_check_plain_handlers_would_keep_it(
    scanner: Scanner, office: None, settings: Any
) -> None:
    settings.FILE_UPLOAD_HANDLERS = [
        "django.core.files.uploadhandler.MemoryFileUploadHandler",
        "django.core.files.uploadhandler.TemporaryFileUploadHandler",
    ]
    assert sent(MARK).read() == MARK
    sending = {**SOUND, "pictures": picture_with(MARK)}
    assert Client().post("/report/", sending).status_code == 302
    assert Document.objects.exists()


@pytest.mark.django_db
def test_a_photograph_from_a_phone_is_seen_first_and_sent_again_later(
    scanner: Scanner, office: None, ground: Ground, liaison5: Cast
) -> None:
    matters_in(ground, liaison5, "5", 1)
    phone = phone_of(walk_of(liaison5), liaison5)

    def send(content: bytes) -> Any:
        path = f"/walks/{phone.walk.pk}/photographs/{name_of('one')}/"
        digest = hashlib.sha256(content).hexdigest()
        head = {"X-Phone-Pass": phone.token, "X-Phone-Sha256": digest}
        kind = "application/octet-stream"
        return Client().post(path, content, content_type=kind, headers=head)

    refused = send(picture(7) + MARK)
    assert (refused.status_code, refused.json()["code"]) == (422, "scanner_found")
    scanner.away = True
    assert send(picture(7)).status_code == 503, "the phone keeps it, and sends it again"
    assert not Document.objects.exists()
    scanner.away = False
    assert send(picture(7)).status_code == 200


def mail_with(content: bytes) -> bytes:
    """A letter with a file of text."""
    mail = letter(subject="The alley", text="Bags again.\n")
    mail.add_attachment(content, maintype="text", subtype="plain", filename="list.txt")
    return mail.as_bytes()


@pytest.mark.django_db
def test_mail_keeps_its_words_and_not_what_the_scanner_found(
    scanner: Scanner, office: None
) -> None:
    received = take_mail(mail_with(b"a list\n" + MARK), stamp=HOUSE)
    assert received is not None
    assert "Bags again." in received.text
    assert not received.enclosures.exists()
    assert actions.SCANNER_FOUND in received.left_out
    whole = read_content(received.raw.digest)
    assert MARK not in whole
    assert b"Subject: The alley" in whole
    assert not any(
        MARK in read_content(d) for d in Document.objects.values_list("digest", flat=True)
    )


HEAD = b"From: Ana <ana@example.org>\nSubject: The alley\n"
WRAPPED = base64.b64encode(b"a list\n" * 20 + MARK)
ENCLOSED = (
    b"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n"
    b'Content-Disposition: attachment; filename="list.txt"\n'
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "raw",
    [
        HEAD + ENCLOSED + WRAPPED + b"\n",
        (HEAD + ENCLOSED + b"\n" + WRAPPED).replace(b"\n", b"\r"),
        HEAD + b"\n" + MARK,
        HEAD + b"X-More: " + MARK + b"\n\nBags again.\n",
        HEAD + b"X-More: a\n " + MARK + b"\n\nBags again.\n",
        MARK,
    ],
    ids=["no blank line", "old line ends", "words", "head", "folded head", "no head"],
)
def test_of_mail_in_which_something_was_found_no_bytes_of_it_are_kept(
    scanner: Scanner, office: None, raw: bytes
) -> None:
    received = take_mail(raw, stamp=HOUSE)
    assert received is not None
    kept = [read_content(d) for d in Document.objects.values_list("digest", flat=True)]
    assert len(kept) == 1
    for hidden in (MARK, WRAPPED[-40:]):
        assert hidden not in kept[0]
    assert NOT_WHOLE in kept[0]
    in_the_head = b"X-More" in raw or raw == MARK
    assert (b"Subject: The alley" in kept[0]) is not in_the_head


@pytest.mark.django_db
def test_mail_waits_outside_while_the_scanner_is_away(scanner: Scanner, office: None) -> None:
    scanner.away = True
    with pytest.raises(Refused) as no:
        take_mail(mail_with(b"a list"), stamp=HOUSE)
    assert no.value.code == "scanner_away"
    assert not Received.objects.exists()
    scanner.away = False
    received = take_mail(mail_with(b"a list"), stamp=HOUSE)
    assert received is not None
    assert received.enclosures.count() == 1
