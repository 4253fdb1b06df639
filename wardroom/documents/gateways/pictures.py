"""Pictures from outside, made anew so that nothing hidden in them goes on."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 20_000
WHITE = (255, 255, 255)


class BrokenPicture(Exception):
    """The bytes are no picture that can be read, or one too large to unpack."""


@dataclass(frozen=True)
class Remade:
    """A picture as JPEG, with its pixels and nothing else."""

    content: bytes
    width: int
    height: int


def remake_picture(content: bytes, *, longest: int) -> Remade:
    """The pixels of a picture in a new file, upright, at most so many pixels on a side.

    Where and with what it was taken, comments, colour profiles and whatever stands behind
    the picture stay out. Raises `BrokenPicture`; the stated size is looked at before
    anything is unpacked.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            _check_size(opened)
            opened.draft("RGB", (longest, longest))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((longest, longest))
            bare = _bare(upright)
    except BrokenPicture:
        raise
    except Exception as error:
        raise BrokenPicture(f"{type(error).__name__}: {error}") from error
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=85, optimize=True)
    return Remade(out.getvalue(), bare.width, bare.height)


def _check_size(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise BrokenPicture(f"{width} by {height} pixels are too many")


def _bare(picture: Image.Image) -> Image.Image:
    """A new picture on white with the same pixels; the old one's notes are not carried over."""
    coloured = picture.convert("RGBA")
    bare = Image.new("RGB", coloured.size, WHITE)
    bare.paste(coloured, mask=coloured.getchannel("A"))
    return bare
