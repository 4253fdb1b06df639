"""What a file is, by its bytes, and what it may be called."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

MOST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 120
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
PUBLIC_SIDE = 1600
THUMBNAIL_SIDE = 320
AUDIENCES = ("internal", "partner", "public")


@dataclass(frozen=True)
class FileKind:
    """One kind of file that the office takes."""

    suffix: str
    media_type: str
    picture: bool = False


JPEG = FileKind(".jpg", "image/jpeg", picture=True)
PNG = FileKind(".png", "image/png", picture=True)
WEBP = FileKind(".webp", "image/webp", picture=True)
HEIC = FileKind(".heic", "image/heic")
PDF = FileKind(".pdf", "application/pdf")
RTF = FileKind(".rtf", "application/rtf")
ODT = FileKind(".odt", "application/vnd.oasis.opendocument.text")
OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = FileKind(".docx", f"{OFFICE}.wordprocessingml.document")
XLSX = FileKind(".xlsx", f"{OFFICE}.spreadsheetml.sheet")
TXT = FileKind(".txt", "text/plain")
CSV = FileKind(".csv", "text/csv")
EML = FileKind(".eml", "message/rfc822")
KINDS = (JPEG, PNG, WEBP, HEIC, PDF, RTF, ODT, DOCX, XLSX, TXT, CSV, EML)
SERVED = frozenset(kind.media_type for kind in KINDS)

_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|math|\?xml|\?php|%)", re.I
)
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)")


def kind_of(content: bytes, name: str) -> FileKind | None:
    """What a file is by its bytes; None for what the office does not take.

    The name only tells plain texts apart. Pages, programs, archives, vector pictures and
    files that are two kinds at once are none of ours.
    """
    found = _by_first_bytes(content)
    if found is not None:
        return None if _is_archive(content) else found
    if content[:4] == b"PK\3\4":
        return _office_file(content)
    return _text(content, name)


def _by_first_bytes(content: bytes) -> FileKind | None:
    if content[:3] == b"\xff\xd8\xff":
        return JPEG
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return HEIC
    if content[:5] == b"%PDF-":
        return PDF
    return RTF if content[:5] == b"{\\rtf" else None


def _is_archive(content: bytes) -> bool:
    return zipfile.is_zipfile(io.BytesIO(content))


def _office_file(content: bytes) -> FileKind | None:
    """A text or a table of an office program; none that holds programs or unpacks for ever."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
                return None
            if any(_holds_program(name) for name in names):
                return None
            first = parts[0] if parts else None
            if first and first.filename == "mimetype" and first.file_size < 100:
                return ODT if packed.read(first) == ODT.media_type.encode() else None
    except Exception:
        return None
    if "[Content_Types].xml" not in names:
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _holds_program(name: str) -> bool:
    low = name.lower()
    return low.endswith((".exe", ".dll", ".js", ".vbs", ".class")) or "vbaproject" in low


def _text(content: bytes, name: str) -> FileKind | None:
    """Plain text: readable, with no control letters, and no page or program by its words."""
    if not content or b"\0" in content or content[:2] in (b"#!", b"MZ"):
        return None
    if content[:4] == b"\x7fELF" or _MARKUP.search(content):
        return EML if _is_mail(content, name) else None
    odd = sum(1 for byte in content[:4096] if byte < 32 and byte not in b"\t\n\r\f\x1b")
    if odd:
        return None
    if _is_mail(content, name):
        return EML
    return CSV if name.lower().endswith((".csv", ".tsv")) else TXT


def _is_mail(content: bytes, name: str) -> bool:
    if not name.lower().endswith(".eml") or b"\0" in content:
        return False
    head = content[:20_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    fields = re.findall(rb"(?m)^([A-Za-z][A-Za-z0-9-]*):", head)
    return bool({f.lower() for f in fields} & {b"from", b"received"}) and b"<" not in head[:1]


def clean_name(name: str, kind: FileKind | None = None) -> str:
    """A file name with no path and no letters that hide what it is; it ends as its kind does."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in last)
    words = " ".join(re.sub(r'[<>:"|?*;%]', "-", seen).split()).strip(". ")
    suffix = kind.suffix if kind else ""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", words) if kind else words
    if suffix and stem.lower().endswith(suffix):
        stem = stem[: -len(suffix)]
    stem = stem.strip(". ") or "file"
    if _RESERVED.fullmatch(stem.partition(".")[0]):
        stem = f"_{stem}"
    return stem[: LONGEST_NAME - len(suffix)].rstrip(". ") + suffix
