"""What a resume is, by its bytes: the kinds that are taken, and what is odd about one."""

from __future__ import annotations

import io
import re
import zipfile

from wardroom.documents.rules import DOCX, ODT, PDF, RTF, TXT, FileKind, clean_name, kind_of
from wardroom.kernel.errors import Refused

MOST_BYTES = 5 * 1024 * 1024
DOC = FileKind(".doc", "application/msword")
KINDS = (PDF, DOC, DOCX, ODT, TXT, RTF)
ACCEPT = ",".join(kind.suffix for kind in KINDS)
# The office's own sentences; the page says the same in the reader's language, by the code.
TAKEN = "Attach a PDF, DOC, DOCX, ODT, TXT, or RTF file of up to 5 MB."
ACTIVE, LINKED = "active", "embedded"
CAUTIONS = {
    ACTIVE: "This file holds something that runs or opens by itself. Do not allow it to.",
    LINKED: "Another file is hidden in this file. Do not open that one.",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia)\b")
_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_HIDDEN_PDF = re.compile(rb"/EmbeddedFiles?\b")
_HIDDEN_RTF = re.compile(rb"\\obj(?:data|emb|autlink|update)|\\\*\\template", re.IGNORECASE)
_OTHER_NAMES = re.compile(r"(?i)\.(?:csv|tsv|eml|html?|xml|svg|json|js|py|sh|bat|cmd|vbs|ps1)$")


def check_resume(name: str, content: bytes) -> tuple[str, FileKind, str]:
    """A resume as it is kept: its clean name, its kind, and what to be careful of.

    Refuses: `empty_file`, `too_large`, `bad_type`, `not_as_named` for one whose bytes are of
    another kind, and `macro` for one that holds programs.
    """
    if not content:
        raise Refused("empty_file", "This file is empty.", field="resume")
    if len(content) > MOST_BYTES:
        raise Refused("too_large", f"This file is larger than 5 MB. {TAKEN}", field="resume")
    if _holds_macro(content):
        sentence = "This file holds a program (a macro). Save it as a PDF and attach that."
        raise Refused("macro", sentence, field="resume")
    kind = DOC if _is_doc(content) else kind_of(content, name)
    if kind is None or kind not in KINDS or (kind == TXT and _OTHER_NAMES.search(name)):
        if name.lower().endswith(tuple(one.suffix for one in KINDS if one != TXT)):
            sentence = (
                "This file is not what its name says. Save it as a PDF again, and attach that."
            )
            raise Refused("not_as_named", sentence, field="resume")
        raise Refused(
            "bad_type", f"This file is none of the kinds we take. {TAKEN}", field="resume"
        )
    return clean_name(name, kind), kind, _caution(kind, content)


def _is_doc(content: bytes) -> bool:
    """A text of Word as it was until 2003, and no archive behind it."""
    named = "WordDocument".encode("utf-16-le") in content
    return content.startswith(_OLE) and named and not zipfile.is_zipfile(io.BytesIO(content))


def _holds_macro(content: bytes) -> bool:
    if content.startswith(_OLE):
        return any(
            word.encode("utf-16-le") in content for word in ("_VBA_PROJECT", "Macros", "VBA\0")
        )
    if not content.startswith(b"PK\3\4"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [name.lower() for name in packed.namelist()]
    except Exception:
        return False
    return any("vbaproject" in n or n.startswith(("basic/", "scripts/")) for n in names)


def _caution(kind: FileKind, content: bytes) -> str:
    if kind == PDF:
        told = _STREAM.sub(b"", content)
        if _ACTIVE_PDF.search(told):
            return ACTIVE
        return LINKED if _HIDDEN_PDF.search(told) else ""
    return LINKED if kind == RTF and _HIDDEN_RTF.search(content) else ""
