"""What people hand in is taken for what its bytes are, and shown without what hides in it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from tests.cast import Cast
from tests.conftest import NOON, plain_actor, stamp_for
from wardroom.access.actor import NOBODY, SYSTEM, Actor, Reach, Role
from wardroom.access.gate import guard_pass
from wardroom.documents.actions import attach_document, detach_document, keep_upload
from wardroom.documents.gateways import BrokenPicture, path_of, remake_picture
from wardroom.documents.models import Attachment, Document, Rendition
from wardroom.documents.queries import attachments_of, get_attachment, served_document
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry

pytestmark = pytest.mark.django_db
LIAISON5 = plain_actor(Role.LIAISON, wards="5")
LIAISON7 = plain_actor(Role.LIAISON, wards="7")
DPW = plain_actor(Role.PARTNER, agency="DPW")
DDOT = plain_actor(Role.PARTNER, agency="DDOT")
DIRECTOR = plain_actor(Role.DIRECTOR, city=True)
AUDITOR = plain_actor(Role.AUDITOR, city=True)
SECRET = b"alert(document.cookie)"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> None:
    settings.FILES_ROOT = tmp_path / "files"


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480)) -> bytes:
    """A photograph that says where it was taken, with a script in its comment."""
    drawn = Image.new("RGB", size, (120, 30, 200))
    exif = Image.Exif()
    exif[0x010E] = "<script>alert(document.cookie)</script>"
    exif[0x8825] = {1: "N", 2: (38.0, 53.0, 42.0), 3: "W", 4: (77.0, 2.0, 11.0)}
    out = io.BytesIO()
    drawn.save(out, kind, exif=exif)
    return out.getvalue()


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/").replace("CT", "[Content_Types].xml"), text)
    return out.getvalue()


def docx(**more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", "<w/>")
        for name, text in more.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return out.getvalue()


def odt() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", "<office/>")
    return out.getvalue()


def png_that_says_it_is(width: int, height: int) -> bytes:
    """A few bytes that claim to be a huge picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


TAKEN = {
    "photo.jpg": (picture(), "image/jpeg"),
    "photo.JPEG.exe": (picture(), "image/jpeg"),
    "drawing.png": (picture("PNG"), "image/png"),
    "small.webp": (picture("WEBP"), "image/webp"),
    "phone.heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 50, "image/heic"),
    "letter.pdf": (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "application/pdf"),
    "letter.docx": (
        docx(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "letter.odt": (odt(), "application/vnd.oasis.opendocument.text"),
    "letter.rtf": (b"{\\rtf1 hello}", "application/rtf"),
    "notes.txt": ("Señora, 5 < 6 & so on".encode(), "text/plain"),
    "latin.txt": ("Señora".encode("latin-1"), "text/plain"),
    "table.csv": (b"a,b\n1,2\n", "text/csv"),
    "mail.eml": (b"From: a@b.example\nSubject: x\n\n<html>hi</html>\n", "message/rfc822"),
}
REFUSED = {
    "empty.txt": b"",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "drawing.png": b'<?xml version="1.0"?><svg onload="x"/>',
    "page.jpg": b"<!DOCTYPE html><script>1</script>",
    "page.txt": b"hello\n\n\n<ScRiPt>1</script>",
    "page.csv": b"a,b\n<iframe src=x>,1\n",
    "page.pdf": b"\n<html><body>%PDF-1.7",
    "late.pdf": b"junk %PDF-1.4 \0",
    "run.exe": b"MZ\x90\0\x03\0\0\0",
    "run.jpg": b"MZ plain text that starts like a program",
    "run.bin": b"\x7fELF\x02\x01\x01\0",
    "run.sh": b"#!/bin/sh\necho hi\n",
    "run.php": b"<?php echo 1;",
    "files.zip": packed(a="1"),
    "files.docx": packed(a="1"),
    "macro.docx": docx(word__vbaProject_dot_bin="x"),
    "script.docx": docx(word__run_dot_js="x"),
    "bomb.docx": docx(word__big="0" * (201 * 1024 * 1024)),
    "archive.jpg": picture() + packed(a="1"),
    "archive.pdf": b"%PDF-1.7\n" + packed(a="1"),
    "half.jpg": picture()[:400],
    "half.png": picture("PNG")[:60],
    "bomb.png": png_that_says_it_is(50_000, 50_000),
    "long.png": png_that_says_it_is(30_000, 2),
    "lies.jpg": b"\xff\xd8\xff\xe0" + b"<html><script>1</script></html>",
    "gif.gif": b"GIF89a\x01\0\x01\0\0\0\0;",
    "tar.tgz": b"\x1f\x8b\x08\0\0\0\0\0",
    "odd.txt": b"hello\x01\x02\x03",
    "zero.txt": b"hel\0lo",
    "wide.txt": "hello".encode("utf-16"),
}


def keep(name: str, content: bytes, *, public: bool = False, by: Actor = LIAISON5) -> Document:
    return keep_upload(None, name=name, content=content, public=public, stamp=stamp_for(by))


def attach(document: Document, **more: str) -> Attachment:
    given = {"noun": "matter", "key": "412", "ward_code": "5", **more}
    return attach_document(document, **given, stamp=stamp_for(LIAISON5))  # type: ignore[arg-type]


def signed_in(cast: Cast) -> Client:
    client = Client()
    with guard_pass("test sign-in"):
        client.force_login(cast.user)
    return client


@pytest.mark.parametrize("name", TAKEN)
def test_file_is_taken_for_what_its_bytes_are(name: str) -> None:
    content, media_type = TAKEN[name]
    assert keep(name, content).media_type == media_type


@pytest.mark.parametrize("name", REFUSED)
def test_file_that_is_none_of_ours_is_refused(name: str) -> None:
    with pytest.raises(Refused) as no:
        keep(name, REFUSED[name])
    assert no.value.code in {"bad_type", "bad_picture", "empty_file"}
    assert not Document.objects.exists()


def test_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(Refused) as no:
        keep("a.txt", b"a" * (20 * 1024 * 1024 + 1))
    assert no.value.code == "too_large"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_is_made_anew_without_what_hides_in_it(kind: str) -> None:
    content = picture(kind)
    assert SECRET in content
    document = keep("photo.jpg", content)
    for made in Rendition.objects.filter(document=document):
        new = path_of(made.digest).read_bytes()
        assert SECRET not in new
        with Image.open(io.BytesIO(new)) as opened:
            assert dict(opened.getexif()) == {}
            assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
            assert opened.format == "JPEG"
    assert {r.variant for r in document.renditions.all()} == {"public", "thumbnail"}


def test_bytes_behind_a_picture_do_not_go_on() -> None:
    new = remake_picture(picture() + b"<script>" + SECRET, longest=1600)
    assert SECRET not in new.content


def test_picture_on_its_side_is_put_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (60, 40)).save(out, "JPEG", exif=exif)
    new = remake_picture(out.getvalue(), longest=1600)
    assert (new.width, new.height) == (40, 60)


def test_huge_picture_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(BrokenPicture, match="too many"):
        remake_picture(png_that_says_it_is(9_000, 9_000), longest=100)


def test_only_pictures_are_shown_outside() -> None:
    with pytest.raises(Refused) as no:
        keep("a.pdf", TAKEN["letter.pdf"][0], public=True)
    assert no.value.code == "not_public"
    document = keep("a.pdf", TAKEN["letter.pdf"][0])
    with pytest.raises(Refused) as no:
        attach(document, audience="public")
    assert no.value.code == "not_public"


def test_office_of_the_ward_sees_all_of_a_picture() -> None:
    document = keep("photo.jpg", picture())
    attach(document, caption="The heap")
    (row,) = attachments_of("matter", "412", LIAISON5)
    assert row.variants == {"original", "public", "thumbnail"}
    assert (row.caption, row.document_id) == ("The heap", document.pk)
    assert served_document(document.pk, "original", LIAISON5).content == picture()
    assert Entry.objects.filter(kind="DocumentAttached").get().about.count() == 3


@pytest.mark.parametrize("actor", [LIAISON7, DPW, DDOT, NOBODY])
def test_nobody_else_sees_it(actor: Actor) -> None:
    document = keep("photo.jpg", picture())
    attachment = attach(document)
    for variant in ("original", "public", "thumbnail", "other"):
        with pytest.raises(NotFound):
            served_document(document.pk, variant, actor)
    assert attachments_of("matter", "412", actor) == ()
    with pytest.raises(NotFound):
        get_attachment(attachment.pk, actor)


def test_file_that_belongs_to_nothing_is_given_to_nobody() -> None:
    document = keep("photo.jpg", picture())
    for actor in (LIAISON5, DIRECTOR, SYSTEM, NOBODY):
        with pytest.raises(NotFound):
            served_document(document.pk, "original", actor)


def test_agency_sees_what_is_meant_for_it_and_not_where_it_was_taken() -> None:
    document = keep("photo.jpg", picture())
    attach(document, audience="partner", agency_code="DPW")
    assert SECRET not in served_document(document.pk, "public", DPW).content
    with pytest.raises(NotFound):
        served_document(document.pk, "original", DPW)
    with pytest.raises(NotFound):
        served_document(document.pk, "public", DDOT)


def test_public_picture_is_seen_by_all_and_its_original_by_the_office() -> None:
    document = keep("photo.jpg", picture(), public=True)
    attach(document, audience="public")
    assert served_document(document.pk, "thumbnail", NOBODY).media_type == "image/jpeg"
    with pytest.raises(NotFound):
        served_document(document.pk, "original", NOBODY)


def test_sealed_matter_hides_its_files_from_the_director_too() -> None:
    document = keep("photo.jpg", picture())
    attach(document)
    reach = Reach(city=True, sealed=frozenset({"matter:412"}))
    shut_out = Actor(user_id=None, name="x", roles=frozenset({Role.DIRECTOR}), reach=reach)
    assert attachments_of("matter", "412", shut_out) == ()
    with pytest.raises(NotFound):
        served_document(document.pk, "public", shut_out)
    assert served_document(document.pk, "public", DIRECTOR)


def test_file_taken_off_is_no_longer_given_out() -> None:
    document = keep("photo.jpg", picture())
    attachment = attach(document)
    detach_document(attachment, reason="Shows a face", stamp=stamp_for(DIRECTOR))
    with pytest.raises(NotFound):
        served_document(document.pk, "public", LIAISON5)
    with pytest.raises(Refused) as no:
        detach_document(attachment, reason="again", stamp=stamp_for(DIRECTOR))
    assert no.value.code == "already_detached"
    assert path_of(document.digest).exists()


def test_those_who_only_read_hand_in_nothing() -> None:
    for actor in (NOBODY, AUDITOR, plain_actor(Role.RECORDS, city=True)):
        with pytest.raises(NotAllowed):
            keep("a.txt", b"hello", by=actor)
    assert keep("a.txt", b"hello", by=DPW)


@pytest.mark.parametrize(("audience", "agency"), [("all", ""), ("partner", ""), ("public", "DPW")])
def test_audience_that_names_nobody_is_refused(audience: str, agency: str) -> None:
    with pytest.raises(Refused) as no:
        attach(keep("photo.jpg", picture()), audience=audience, agency_code=agency)
    assert no.value.code == "bad_audience"


def test_page_hands_files_out_to_be_saved_and_never_run(liaison5: Cast) -> None:
    name = 'he"a\r\nX-Evil: 1\u202egpj.txt'
    document = keep(name, b"plain words")
    attach(document)
    client = signed_in(liaison5)
    answer = client.get(f"/documents/{document.pk}/original/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "X-Evil" not in answer.headers
    assert "\u202e" not in document.name


def test_page_answers_404_out_of_reach(liaison7: Cast) -> None:
    document = keep("photo.jpg", picture(), public=True)
    attachment = attach(document)
    assert Client().get(f"/documents/{document.pk}/public/").status_code == 404
    client = signed_in(liaison7)
    assert client.get(f"/documents/{document.pk}/original/").status_code == 404
    detach_document(attachment, reason="To be public", stamp=stamp_for(DIRECTOR))
    attach(document, audience="public")
    shown = Client().get(f"/documents/{document.pk}/thumbnail/")
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert Client().get(f"/documents/{document.pk}/original/").status_code == 404


def test_noon_is_when_it_was_added() -> None:
    assert attach(keep("a.txt", b"hello")).added_at == NOON
