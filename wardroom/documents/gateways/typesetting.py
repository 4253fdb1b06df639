"""Papers: typst makes a tagged PDF from plain values and a template."""

from __future__ import annotations

import json
import logging
import re
import unicodedata
from pathlib import Path
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)
FIRST_SIGN = "\u2190"
PICTURES = frozenset({"So", "Sk", "Cn", "Co", "Cs"})
JOINERS = frozenset("\u200d\ufe0e\ufe0f")
LONG_WORD = re.compile(r"(?<!\S)(?![0-9a-f]{64}\b)\S{41,}")  # a fingerprint stays whole
PIECE = re.compile(r".{1,20}")
BREAK = "\u200b"


def typeset(values: dict[str, Any], template: Path) -> bytes:
    """A PDF/UA of the values; a plain PDF where a letter is in none of our fonts.

    The template reads them as JSON under the name ``values``, and may include its neighbors.
    One resident's name in a rare script must not stop a paper. A picture sign is written as its
    name, and a word longer than a line may break.
    """
    import typst

    values = _printable(values)
    try:
        return _compiled(values, template, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        logger.warning("the %s paper is not accessible PDF: %s", template.stem, error)
        return _compiled(values, template)


def _printable(value: Any) -> Any:
    """The same values with words that paper can hold."""
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(one) for one in value]
    if not isinstance(value, str):
        return value
    named = "".join(_in_words(sign) for sign in value)
    return LONG_WORD.sub(lambda word: BREAK.join(PIECE.findall(word.group())), named)


def _in_words(sign: str) -> str:
    if sign < FIRST_SIGN or unicodedata.category(sign) not in PICTURES:
        return "" if sign in JOINERS else sign
    return f"[{unicodedata.name(sign, 'sign').lower()}]"


def _compiled(values: dict[str, Any], template: Path, **options: Any) -> bytes:
    import typst

    compile_pdf: Any = typst.compile
    made = compile_pdf(
        str(template),
        root=str(template.parent),
        font_paths=[str(settings.STATICFILES_DIRS[0] / "fonts")],
        sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
        **options,
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single PDF")
    return made
