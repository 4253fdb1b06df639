"""The words of a message in: what was said, what was only quoted, and text made of a page."""

from __future__ import annotations

import html
import re
import unicodedata

from wardroom.notices.rules.sending import one_line

MOST_BYTES = 25 * 1024 * 1024
MOST_LETTERS = 100_000
MOST_PARTS = 100
MOST_LINES = 1_000_000
MOST_FILES = 30
MOST_HEADER = 10_000
MOST_HEADERS = 500
MOST_IDS = 30
TOO_LARGE = "It is larger than 25 MB: only its head was read, and it still lies in the mailbox."
ID = re.compile(r"<[^<>\s]{1,240}>")
_KEPT_MARKS = {"\n", "\t", "\u200c", "\u200d"}
_TAG = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9]*)")
_SILENT = {"script", "style", "head", "title", "template", "noscript", "svg", "math"}
_BREAKS = {"br", "tr", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "hr"}
_WROTE = re.compile(
    r"(?:on|am|le|el) .{5,200}(?:wrote|schrieb|écrit|escribió) ?:", re.IGNORECASE | re.DOTALL
)
_ORIGINAL = re.compile(r"-{2,} ?original (?:message|appointment) ?-{2,}", re.IGNORECASE)
_RULE = re.compile(r"_{10,}")
_OUTLOOK = re.compile(r"\*?(?:from|de|von): ?\*? ?\S", re.IGNORECASE)
_OUTLOOK_NEXT = re.compile(r"\*?(?:sent|date|to|enviado|envoyé|gesendet): ?\*?", re.IGNORECASE)


def plain_text(text: str, *, most: int = MOST_LETTERS) -> str:
    """Text as it is kept: readable letters and line breaks, nothing that hides or reorders."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")[: most * 2]
    seen = "".join(c for c in lines if c in _KEPT_MARKS or unicodedata.category(c)[0] != "C")
    rows = [row.rstrip() for row in seen.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()[:most]


def text_of_page(page: str) -> str:
    """The words of an HTML page. It is read in one pass, whatever is broken in it.

    Nothing of the page goes on but its letters: no links, pictures, styles or programs.
    """
    first, *pieces = page.split("<")
    found, silent = [first], ""
    for piece in pieces:
        tag, closed, rest = piece.partition(">")
        if silent == "!":
            if "-->" in piece:
                silent = ""
                found.append(piece.partition("-->")[2])
            continue
        named = _TAG.match(tag)
        if not silent and piece.startswith("!--"):
            silent = "" if "-->" in piece else "!"
            found.append(piece.partition("-->")[2])
        elif not silent and (named is None or not closed):
            found.append(rest if closed and tag[:1] in {"!", "?", "/"} else f"<{piece}")
        elif named is not None:
            silent = _silence(silent, named, tag)
            if not silent:
                found.append(_break(named) + _one_spaced(rest))
    return plain_text(html.unescape("".join(found)))


def _silence(silent: str, named: re.Match[str], tag: str) -> str:
    """Which element's words are left out after this tag."""
    name = named[2].lower()
    if silent:
        return "" if named[1] and name == silent else silent
    return name if name in _SILENT and not named[1] and not tag.endswith("/") else ""


def _break(named: re.Match[str]) -> str:
    name = named[2].lower()
    if name in ("p", "blockquote"):
        return "\n\n"
    return "\n" if name in _BREAKS and (name in ("br", "hr", "li") or not named[1]) else ""


def _one_spaced(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)


def said_and_quoted(text: str) -> tuple[str, str]:
    """What somebody wrote, and what they only quoted from the message before.

    Whoever answers between the quoted lines has said all of it. Where nothing stands above
    the quotation, what stands below it was said.
    """
    lines = text.split("\n")
    at = _where_quoting_begins(lines)
    if at is None:
        end = len(lines)
        while end and (not lines[end - 1].strip() or lines[end - 1].startswith(">")):
            end -= 1
        said, quoted = "\n".join(lines[:end]).strip(), "\n".join(lines[end:]).strip()
        return (said, quoted) if said else (text.strip(), "")
    above, below = lines[:at], lines[at:]
    marked = [n for n, line in enumerate(below) if line.startswith(">")]
    answers = [line for line in below[marked[0] :] if not _is_quoted(line)] if marked else []
    said = "\n".join(above).strip()
    if said and not answers:
        return said, "\n".join(below).strip()
    if answers and not said:
        former = [line for line in below if line.startswith(">")]
        return "\n".join(answers).strip(), "\n".join(former)
    return text.strip(), ""


def _where_quoting_begins(lines: list[str]) -> int | None:
    for n, line in enumerate(lines[:5_000]):
        word = line.strip()
        after = next((row.strip() for row in lines[n + 1 : n + 4] if row.strip()), "")
        if _ORIGINAL.fullmatch(word) or (_RULE.fullmatch(word) and _OUTLOOK.match(after)):
            return n
        if _OUTLOOK.match(word) and _OUTLOOK_NEXT.match(after):
            return n
        if word[:3].lower() in ("on ", "am ", "le ", "el ") and _begins_quoting(lines[n : n + 3]):
            return n
    return None


def _begins_quoting(rows: list[str]) -> bool:
    """Whether a line says who wrote what follows; mail programs break it after any word."""
    joined = (" ".join(row.strip() for row in rows[:n])[:400] for n in range(1, len(rows) + 1))
    return any(_WROTE.fullmatch(words) for words in joined)


def _is_quoted(line: str) -> bool:
    return not line.strip() or line.startswith(">")


def ids_in(header: str) -> tuple[str, ...]:
    """The Message-IDs that a header names, in their order, each once."""
    return tuple(dict.fromkeys(ID.findall(header)))[:MOST_IDS]


def bare_subject(subject: str) -> str:
    """A subject as it is compared: without reference, case, and the words of answering."""
    words = re.sub(r"\[W-\d{1,18}\]", " ", one_line(subject))
    while found := re.match(
        r"\s*(?:re|fw|fwd|aw|wg|sv|rv)\s*(?:\[\d+\])?\s*:", words, re.IGNORECASE
    ):
        words = words[found.end() :]
    return " ".join(words.casefold().split())


def number_in(subject: str) -> int | None:
    """The number of the matter that a subject names in brackets, such as [W-412]."""
    found = re.search(r"\[W-(\d{1,18})\]", subject)
    return int(found[1]) if found else None
