"""The papers of the reports: their templates lie beside this file and share one house style."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wardroom.documents.gateways.typesetting import typeset as typeset_by

FOLDER = Path(__file__).resolve().parent


def typeset(values: dict[str, Any], *, template: str = "weekly") -> bytes:
    """A PDF/UA of a report's values by one of the templates."""
    return typeset_by(values, FOLDER / f"{template}.typ")
