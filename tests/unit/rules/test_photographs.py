"""A photograph without its place: real files of three kinds, as cameras and programs write them."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from tests.fieldwork.cameras import MAKER, NEEDLE, TAKEN_AT, photograph, xmp
from wardroom.fieldwork.rules import without_place
from wardroom.kernel.errors import Refused

KINDS = ("JPEG", "PNG", "WEBP")


def exif_of(content: bytes) -> Image.Exif:
    return Image.open(io.BytesIO(content)).getexif()


@pytest.mark.parametrize("kind", KINDS)
def test_place_is_gone_and_the_picture_is_the_same(kind: str) -> None:
    content = photograph(kind)
    assert exif_of(content).get_ifd(0x8825)
    assert content.count(NEEDLE) >= 2
    bare = without_place(content)
    assert NEEDLE not in bare
    assert not exif_of(bare).get_ifd(0x8825)
    before, after = (Image.open(io.BytesIO(c)) for c in (content, bare))
    assert (after.format, after.size) == (kind, before.size)
    assert after.tobytes() == before.tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_camera_s_own_words_stay(kind: str) -> None:
    exif = exif_of(without_place(photograph(kind)))
    assert exif[0x010F] == MAKER
    assert exif[0x0112] == 6
    assert exif.get_ifd(0x8769)[0x9003] == TAKEN_AT
    assert 0x927C not in exif.get_ifd(0x8769)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_bare_stays_byte_for_byte(kind: str) -> None:
    bare = without_place(photograph(kind))
    assert without_place(bare) == bare
    plain = io.BytesIO()
    Image.new("RGB", (40, 30), (1, 2, 3)).save(plain, kind)
    assert without_place(plain.getvalue()) == plain.getvalue()


def test_progressive_picture_and_what_stands_behind_its_end() -> None:
    out = io.BytesIO()
    noise = Image.effect_noise((160, 120), 90).convert("RGB")
    noise.save(out, "JPEG", progressive=True, quality=95)
    assert without_place(out.getvalue()) == out.getvalue()
    assert without_place(out.getvalue() + photograph("JPEG")) == out.getvalue()


def test_texts_of_a_png_are_gone_packed_or_not() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("GPS", NEEDLE.decode())
    notes.add_text("Packed", NEEDLE.decode() * 40, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", xmp().decode())
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "PNG", pnginfo=notes)
    picture: Image.Image = Image.open(io.BytesIO(without_place(out.getvalue())))
    picture.load()
    assert picture.info == {}


@pytest.mark.parametrize("kind", KINDS)
def test_picture_that_breaks_off_is_refused(kind: str) -> None:
    content = photograph(kind)
    for n in (3, 20, len(content) // 2):
        with pytest.raises(Refused):
            without_place(content[:n])


@pytest.mark.parametrize(
    "content", [b"", b"\0\0\0\x18ftypheic\0\0\0\0mif1", b"GIF89a", b"%PDF-1.4"]
)
def test_other_kinds_are_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(Refused, match="Send a JPEG, PNG or WebP"):
        without_place(content)


@given(kind=st.sampled_from(KINDS), at=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_damaged_picture_is_bare_or_refused(kind: str, at: int, byte: int) -> None:
    content = bytearray(photograph(kind))
    content[at % len(content)] = byte
    with suppress(Refused):
        assert len(without_place(bytes(content))) <= len(content) + 8
