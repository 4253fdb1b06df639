"""The action list on paper: typst makes a tagged PDF from its plain values."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.timezone import localtime

from wardroom.calendar.queries.lists import ActionList, to_plain

logger = logging.getLogger(__name__)
TEMPLATE = Path(__file__).resolve().parent / "action_list.typ"


def typeset_list(made: ActionList) -> bytes:
    """A PDF/UA of the action list; a plain PDF where a letter is in none of our fonts."""
    values = {**to_plain(made), "clock": _clock(made.starts_at), "next": _clock(made.next_at)}
    try:
        return _compiled(values, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        logger.warning("the action list is not accessible PDF: %s", error)
        return _compiled(values)


def list_name(made: ActionList) -> str:
    """The name of the file: ward, day and version."""
    version = f"v{made.version}" if made.is_out else "draft"
    return f"core-team-ward-{made.ward_code}-{made.held_on.isoformat()}-{version}.pdf"


def _clock(at: Any) -> str:
    if at is None:
        return ""
    local = localtime(at)
    half = "a.m." if local.hour < 12 else "p.m."
    day = f"{local:%A}, {local:%B} {local.day}, {local.year}"
    return f"{day}, {local.hour % 12 or 12}:{local.minute:02d} {half}"


def _compiled(values: dict[str, Any], **options: Any) -> bytes:
    compile_pdf: Any = typst.compile
    made = compile_pdf(
        TEMPLATE.read_bytes(),
        font_paths=[str(settings.STATICFILES_DIRS[0] / "fonts")],
        sys_inputs={"list": json.dumps(values, ensure_ascii=False)},
        **options,
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single PDF")
    return made
