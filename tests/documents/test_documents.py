"""Files are kept once, whole, and only for those who may read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.conftest import plain_actor, stamp_for
from wardroom.access.actor import Role
from wardroom.documents import gateways
from wardroom.documents.actions import store_document
from wardroom.documents.models import Document
from wardroom.documents.queries import document_content
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry

pytestmark = pytest.mark.django_db
LIAISON = plain_actor(Role.LIAISON, wards="5")
PARTNER = plain_actor(Role.PARTNER, agency="DPW")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def store(content: bytes = b"hello", name: str = "a.txt") -> Document:
    return store_document(
        None, name=name, media_type="text/plain", content=content, stamp=stamp_for(LIAISON)
    )


def test_stored_bytes_come_back() -> None:
    document = store()
    assert document_content(document.pk, LIAISON) == ("a.txt", "text/plain", b"hello")


def test_same_bytes_are_kept_once_under_their_first_name(folder: Path) -> None:
    first, second = store(), store(name="b.txt")
    assert first == second
    assert second.name == "a.txt"
    assert len([p for p in folder.rglob("*") if p.is_file()]) == 1
    again = Entry.objects.order_by("id").values_list("sentence", flat=True)
    assert "was kept already" in list(again)[1]


def test_partner_neither_stores_nor_reads() -> None:
    document = store()
    with pytest.raises(NotFound):
        document_content(document.pk, PARTNER)
    with pytest.raises(NotAllowed):
        store_document(
            None, name="x", media_type="text/plain", content=b"x", stamp=stamp_for(PARTNER)
        )


@pytest.mark.parametrize(
    ("name", "content", "code"), [("a", b"", "empty_file"), (" ", b"x", "no_name")]
)
def test_empty_file_or_name_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as no:
        store(content, name)
    assert no.value.code == code
    assert not Document.objects.exists()


def test_file_changed_on_the_disk_is_not_given_out() -> None:
    document = store()
    gateways.path_of(document.digest).write_bytes(b"hellO")
    with pytest.raises(gateways.DamagedFile):
        document_content(document.pk, LIAISON)


def test_path_takes_only_a_hash() -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        gateways.path_of("../../etc/passwd")
