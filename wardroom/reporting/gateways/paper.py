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
    try:
        return _compiled(edition, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        logger.warning("the report is not accessible PDF: %s", error)
        return _compiled(edition)


def _compiled(edition: dict[str, Any], **options: Any) -> bytes:
    compile_pdf: Any = typst.compile
    made = compile_pdf(
        TEMPLATE.read_bytes(),
        font_paths=[str(settings.STATICFILES_DIRS[0] / "fonts")],
        sys_inputs={"edition": json.dumps(edition, ensure_ascii=False)},
        **options,
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single PDF")
    return made
