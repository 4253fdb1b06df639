"""The receipt of an application on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wardroom.documents.gateways.typesetting import typeset

RECEIPT = Path(__file__).resolve().parent / "receipt.typ"


def typeset_receipt(values: dict[str, Any]) -> bytes:
    """A PDF/UA of a receipt: the number, when, and the fingerprint of each part."""
    return typeset(values, RECEIPT)
