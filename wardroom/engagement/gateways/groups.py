"""A group on paper: the code that opens its sign-up link, and the minutes of a meeting."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from wardroom.documents.gateways.typesetting import typeset

MINUTES = Path(__file__).resolve().parent / "group_minutes.typ"
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
SCALE = {"svg": 6, "png": 12}


def link_picture(address: str, kind: str) -> bytes:
    """A QR code of an address as SVG or PNG, sound enough to be copied from a poster."""
    import segno

    made, named = BytesIO(), {"title": address} if kind == "svg" else {}
    code = segno.make(address, error="q", micro=False)
    code.save(made, kind=kind, scale=SCALE[kind], border=4, **named)
    return made.getvalue()


def typeset_minutes(content: dict[str, Any]) -> bytes:
    """A PDF/UA of the minutes of a meeting."""
    return typeset(content, MINUTES)
