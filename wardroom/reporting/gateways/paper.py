"""Reports on paper: typst makes a tagged PDF from an edition's plain values."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

logger = logging.getLogger(__name__)
TEMPLATE = Path(__file__).resolve().parent / "weekly.typ"


def typeset(edition: dict[str, Any]) -> bytes:
    """A PDF/UA of the edition; a plain PDF where a letter is in none of our fonts.

    One resident's name in a rare script must not stop a report.
    """
    fonts = [str(settings.STATICFILES_DIRS[0] / "fonts")]
    inputs = {"edition": json.dumps(edition, ensure_ascii=False)}
    try:
        made = typst.compile(
            TEMPLATE.read_bytes(), font_paths=fonts, sys_inputs=inputs, pdf_standards=["ua-1"]
        )
    except typst.TypstError as error:
        logger.warning("the report is not accessible PDF: %s", error)
        made = typst.compile(TEMPLATE.read_bytes(), font_paths=fonts, sys_inputs=inputs)
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single PDF")
    return made
