"""What somebody outside reports: whether it can be taken in, and what of it the public reads."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from wardroom.casework.rules.taking import CHANNELS, MOST_LETTERS, OPEN311
from wardroom.directory.rules import LANGUAGES, phone_key
from wardroom.kernel.addresses import block_of, by_block
from wardroom.kernel.errors import Refused
from wardroom.library.rules.asking import Asked, flaw_of, told_answers

WEB = "web"
PUBLIC_CHANNELS = (WEB, OPEN311)
BATCH, BLACKBOX = "batch", "blackbox"
# Crockford's letters: none of them is taken for another one, and no word comes of them.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_LENGTH, NUMBER_SIGN = 8, "R-"
SAME_WITHIN = timedelta(minutes=10)
LINK_LASTS = timedelta(days=731)
FOLLOW = "follow_report"
MOST_PICTURES = 3
MOST_SHORT, MOST_ADDRESS, MOST_URL = 200, 300, 500
NO_NAME = "Somebody without a name"
EMAIL = re.compile(r"[^@\s<>\"]{1,64}@[^@\s.<>\"]+(?:\.[^@\s.<>\"]+)+")
URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_MAIL = re.compile(r"\b[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w/])(?:(?:\+?\d{1,3}[\s.-]?)?\(?\d{3}\)?[\s.-]{0,2}\d{3}[\s.-]?\d{4}"
    r"|\+\d{1,3}(?:[\s.-]?\d){6,12}|\d{3}[.-]\d{4})(?!\w)"
)


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a report from being taken in, and the field that it is about."""

    code: str
    sentence: str
    field: str


OUTSIDE = Problem(
    "outside_the_city",
    "This point lies outside the city. Another city has to help there.",
    "place",
)


class ReportRefused(Refused):
    """A report cannot be taken in; all that is wrong with it is said at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(first.code, first.sentence, field=first.field)
        self.problems = tuple(problems)


@dataclass(frozen=True, kw_only=True)
class ReportDraft:
    """What somebody reports, as it was sent.

    ``once`` is the sender's own word by which a second sending is known as the same.
    ``publishes`` says that the app told its users that what they send is public. ``onto`` is
    the number of the issue that this is one more voice for. ``service_code`` is the name
    under which another program knows what it sends.
    """

    channel: str
    topic_code: str
    said: str = ""
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    latitude: float | None = None
    longitude: float | None = None
    address: str = ""
    address_id: int | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    may_write: bool = False
    language: str = "en"
    interpreter: bool = False
    media_url: str = ""
    device_id: str = ""
    account_id: str = ""
    service_code: str = ""
    service_name: str = ""
    jurisdiction: str = ""
    key_id: int | None = None
    key_name: str = ""
    publishes: bool = False
    onto: int | None = None
    once: str = ""


def cleaned(draft: ReportDraft) -> ReportDraft:
    """The same report with no letters that no database keeps, and no blanks around its words."""
    texts: dict[str, Any] = {k: _kept(v) for k, v in asdict(draft).items() if isinstance(v, str)}
    answers = {_kept(k): tuple(_kept(v) for v in values) for k, values in draft.answers.items()}
    return replace(draft, **texts, answers=answers)


def _kept(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "ignore").decode().strip()


def report_errors(
    draft: ReportDraft,
    *,
    known: bool,
    questions: Sequence[Asked] = (),
    is_place: bool = True,
    is_inside: bool = True,
) -> tuple[Problem, ...]:
    """All that keeps a report from being taken in, at once; nothing where it can be.

    ``known`` says whether the public may report its topic, ``is_place`` whether its address
    or address id is found, ``is_inside`` whether its point lies in the city.
    """
    found = [
        *_about_topic(draft, known),
        *_about_place(draft, is_place=is_place, is_inside=is_inside),
        *_about_words(draft),
        *_about_person(draft),
    ]
    for asked in questions:
        if flaw := flaw_of(asked, draft.answers.get(asked.code, ())):
            missing = not any(value.strip() for value in draft.answers.get(asked.code, ()))
            code = "answer_missing" if missing else "bad_answer"
            found.append(Problem(code, flaw, f"answer_{asked.code}"))
    return tuple(found)


def _about_topic(draft: ReportDraft, known: bool) -> list[Problem]:
    if not draft.topic_code:
        return [Problem("topic_missing", "Choose what it is about.", "topic_code")]
    if not known:
        return [Problem("unknown_topic", "This cannot be reported here.", "topic_code")]
    return []


def _about_place(draft: ReportDraft, *, is_place: bool, is_inside: bool) -> list[Problem]:
    half = (draft.latitude is None) != (draft.longitude is None)
    if half:
        return [Problem("half_a_point", "A point needs a latitude and a longitude.", "place")]
    if draft.latitude is None and not draft.address and draft.address_id is None:
        return [Problem("nowhere", "Say where it is: an address, or a point on the map.", "place")]
    if not is_inside:
        return [OUTSIDE]
    if not is_place:
        sentence = "No place has this address id. Send the address or a point."
        if draft.address:
            sentence = "We cannot find this address. Send its number and quadrant, or a point."
        return [Problem("unknown_address", sentence, "place")]
    if len(draft.address) > MOST_ADDRESS:
        return [_too_long("place", MOST_ADDRESS)]
    return []


def _about_words(draft: ReportDraft) -> list[Problem]:
    found = [_too_long("said", MOST_LETTERS)] if len(draft.said) > MOST_LETTERS else []
    short = ("device_id", "account_id", "once")
    found += [_too_long(n, MOST_SHORT) for n in short if len(getattr(draft, n)) > MOST_SHORT]
    url = draft.media_url
    if url and (len(url) > MOST_URL or not URL.fullmatch(url)):
        found.append(Problem("bad_url", "This is not a web address.", "media_url"))
    if draft.channel not in PUBLIC_CHANNELS:
        found.append(Problem("unknown_channel", "Reports do not come in so.", "channel"))
    return found


def _about_person(draft: ReportDraft) -> list[Problem]:
    found = [_too_long("name", MOST_SHORT)] if len(draft.name) > MOST_SHORT else []
    if draft.email and (len(draft.email) > 254 or not EMAIL.fullmatch(draft.email)):
        found.append(Problem("bad_email", "This is not an e-mail address.", "email"))
    if draft.phone and not phone_key(draft.phone):
        sentence = "This is not a phone number. Write it with the area code, like 202-555-0147."
        found.append(Problem("bad_phone", sentence, "phone"))
    if draft.language not in LANGUAGES:
        found.append(Problem("unknown_language", "Choose a language from the list.", "language"))
    return found


def _too_long(name: str, most: int) -> Problem:
    return Problem("too_long", f"Keep this within {most} characters.", name)


def content_digest(draft: ReportDraft, pictures: Sequence[str] = ()) -> str:
    """The fingerprint of a report: the same sender's same words at the same place.

    ``pictures`` are the fingerprints of its pictures.
    """
    words: dict[str, Any] = asdict(draft)
    words["answers"] = {code: list(values) for code, values in sorted(draft.answers.items())}
    plain = json.dumps([words, list(pictures)], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def new_number(choose: Callable[[str], str]) -> str:
    """The number of a report: 40 bits that say nothing about how many there are."""
    return "".join(choose(LETTERS) for _ in range(NUMBER_LENGTH))


def shown_number(number: str) -> str:
    """A number as people read it: R-7KQ42MXN."""
    return f"{NUMBER_SIGN}{number}"


def name_to_write(name: str) -> str:
    """The name that mail is addressed to; none where the office made one up for its own lists."""
    return "" if name == NO_NAME else name


def sent_with(number: str) -> str:
    """What a picture is called that came with a report."""
    return f"Sent with report {shown_number(number)}"


def number_in(text: str) -> str:
    """The number that somebody typed, however they read its letters; empty where it is none."""
    letters = text.strip().upper().removeprefix(NUMBER_SIGN)
    letters = letters.translate(str.maketrans("OIL", "011"))
    fits = len(letters) == NUMBER_LENGTH and all(letter in LETTERS for letter in letters)
    return letters if fits else ""


def said_in(
    draft: ReportDraft, topic_name: str, questions: Sequence[Asked], *, place: str = ""
) -> str:
    """What somebody reported, as the office reads it: their words, and their answers.

    ``place`` is how the place is called; other words for it are told too. Where all of it is
    too long, the words are cut, and the answers stay.
    """
    told = told_answers(questions, draft.answers)
    lines = [f"{question} {answer}" for question, answer in told]
    if draft.address and draft.address.casefold() != place.casefold():
        lines.insert(0, f"Where: {draft.address}")
    if draft.media_url:
        lines.append(f"Picture: {draft.media_url}")
    rest = "\n".join(lines)[: MOST_LETTERS - 1]
    words = draft.said[: MOST_LETTERS - len(rest) - 1]
    both = "\n".join(part for part in (words, rest) if part)
    return both or f"{topic_name}: reported without words."


def way_in(draft: ReportDraft) -> str:
    """On whose word a report is written down: the page, or the program that sent it."""
    return draft.key_name or CHANNELS.get(draft.channel, draft.channel)


def public_words(text: str) -> str:
    """Somebody's words without e-mail addresses, phone numbers and house numbers."""
    bare = _PHONE.sub("[phone number removed]", _MAIL.sub("[e-mail removed]", text))
    return by_block(bare)


def public_address(label: str) -> str:
    """An address that is the city's own, by its block; never one that a stranger wrote."""
    return block_of(label)


def public_url(url: str) -> str:
    """The address of a picture as all may read it: without who asks for it, or how."""
    parts = urlsplit(url)
    if parts.scheme.lower() != "https" or not parts.hostname or "@" in parts.netloc:
        return ""
    return f"https://{parts.netloc}{parts.path}"
