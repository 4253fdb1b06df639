"""File names that hide nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.documents.rules import JPEG, KINDS, LONGEST_NAME, PDF, FileKind, clean_name, kind_of


@given(st.text(max_size=300), st.sampled_from(KINDS))
def test_no_name_leads_elsewhere_or_hides_what_it_is(name: str, kind: FileKind) -> None:
    clean = clean_name(name, kind)
    assert clean.endswith(kind.suffix)
    assert len(clean) <= LONGEST_NAME
    assert not set(clean) & set('/\\<>:"|?*')
    assert not clean.startswith(".")
    assert not any(unicodedata.category(c)[0] == "C" for c in clean)
    assert clean_name(clean, kind) == clean


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\temp\\photo.jpg", "photo.jpg"),
        ("photo.JPG", "photo.jpg"),
        ("photo.jpg.exe", "photo.jpg"),
        ("\u202egpj.exe", "gpj.jpg"),
        ("a\r\nb\0c.jpg", "a b c.jpg"),
        ("", "file.jpg"),
        ("...", "file.jpg"),
        ("CON.jpg", "_CON.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("Straße Ñ.jpeg", "Straße Ñ.jpg"),
    ],
)
def test_name_is_cleaned(name: str, clean: str) -> None:
    assert clean_name(name, JPEG) == clean


def test_long_name_keeps_its_ending() -> None:
    assert clean_name("a" * 500 + ".pdf", PDF) == "a" * 116 + ".pdf"


@given(st.binary(max_size=400), st.text(max_size=20))
def test_any_bytes_are_looked_at_without_harm(content: bytes, name: str) -> None:
    assert kind_of(content, name) in {None, *KINDS}
