"""Taking complaints in: channels, life safety first, when a return counts, and who was told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from wardroom.casework.rules.tongues import TOLD
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import without_accents

WALK = "walk"
OPEN311 = "open311"
CHANNELS: Mapping[str, str] = {
    "phone": "Phone",
    "walk_in": "Walk-in",
    "email": "E-mail",
    "web": "Web form",
    "letter": "Letter",
    "meeting": "At a meeting",
    "311": "A 311 number",
    OPEN311: "Another program",
    WALK: "Seen on a walk",
}
WAYS_TO_TELL: Mapping[str, str] = {
    "email": "by e-mail",
    "phone": "by phone",
    "in_person": "in person",
    "letter": "by letter",
}
MOST_LETTERS = 4000
LONGEST_AGO = timedelta(days=366)


@dataclass(frozen=True)
class Danger:
    """Words that mean danger to life, and whom to call first.

    Of words with a plus between them all stand in one sentence, in any order.
    """

    code: str
    words: tuple[str, ...]
    sentence: str


DANGERS = (
    Danger(
        "gas",
        ("gas leak", "smell of gas", "smells gas", "smell gas", "gas smell"),
        "Gas: everybody out, then call 911 and Washington Gas from outside. Log it later.",
    ),
    Danger(
        "wires",
        (
            "wire down",
            "wires down",
            "downed wire",
            "down wire",
            "live wire",
            "power line down",
            "hanging wire",
            "power line + hang",
            "power line + fell",
            "power line + fallen",
            "power line + down",
            "power line + on the ground",
            "wire + hanging",
            "wire + hangs",
            "wire + on the ground",
            "cable + hanging",
            "cable + hangs",
            "sparking",
        ),
        "Wires: keep away and call 911, then Pepco. 311 does not take this.",
    ),
    Danger(
        "life",
        (
            "on fire",
            "building fire",
            "house fire",
            "smoke coming",
            "trapped",
            "collaps",
            "carbon monoxide",
            "unconscious",
            "not breathing",
            "shooting",
            "gunshot",
            "stabbed",
            "stabbing",
            "weapon",
            "overdose",
            "drowning",
        ),
        "Danger to life: call 911 first. Log it later.",
    ),
    Danger(
        "cold",
        ("no heat", "freezing", "hypothermia"),
        "Somebody may be in danger from the cold: call the shelter hotline, or 911 where they "
        "do not respond.",
    ),
)


def danger_code(text: str) -> str:
    """What kind of danger to life the words mean, in whatever language; empty where none."""
    return _danger(text)[0]


def danger_told(text: str) -> str:
    """Whom to call first, in a resident's words and in the language of the words of danger."""
    code, language = _danger(text)
    return TOLD[language].danger.say[code] if code else ""


def _danger(text: str) -> tuple[str, str]:
    """The kind of danger that the words mean, and the language that they mean it in."""
    said = _sentences(text)
    plain = tuple(each for each in said if each.isascii())
    accented = tuple(each for each in said if not each.isascii())
    typed = tuple((each, "\n".join(each)) for each in (plain, accented))
    for danger in DANGERS:
        spoken = {"en": danger.words} | {
            code: told.danger.words[danger.code]
            for code, told in TOLD.items()
            if danger.code in told.danger.words
        }
        for language, own in spoken.items():
            if any(_stands(word, *typed) for word in own):
                return danger.code, language
    return "", ""


def _sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, in small letters, with blanks around each word."""
    parts = re.split(r"[.!?\n。！？።;；]", unicodedata.normalize("NFC", text).casefold())
    return tuple(f" {' '.join(re.sub(r'[,:،，፣]', ' ', part).split())} " for part in parts)


def _stands(word: str, *typed: tuple[tuple[str, ...], str]) -> bool:
    """Whether words of danger stand in one sentence of those typed without accents, or with.

    All of what was typed is looked through first, so that many short sentences cost little.
    """
    return any(
        all(part in whole for part in parts)
        and (len(parts) == 1 or any(all(part in one for part in parts) for one in sentences))
        for parts, (sentences, whole) in zip(_parts(word), typed, strict=True)
    )


@cache
def _parts(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words of danger that stand in one sentence: as they are typed without accents, and with."""
    return tuple(without_accents(word).split(" + ")), tuple(word.split(" + "))


def danger_in(text: str) -> str:
    """Whom to call first where words mean danger to life; empty where they do not."""
    code = danger_code(text)
    return next((danger.sentence for danger in DANGERS if danger.code == code), "")


def check_channel(code: str) -> str:
    """The words of a channel; `Refused` for one that is not in the list."""
    if code not in CHANNELS:
        raise Refused("unknown_channel", "Choose how it came in.", field="channel")
    return CHANNELS[code]


def check_way(code: str) -> str:
    """The words of a way to tell somebody; `Refused` for one that is not in the list."""
    if code not in WAYS_TO_TELL:
        raise Refused("unknown_way", "Choose how they were told.", field="how")
    return WAYS_TO_TELL[code]


def check_said(said: str) -> str:
    """What was reported, in words that are there and fit."""
    said = said.replace("\0", "").strip()
    if not said:
        raise Refused("said_missing", "Write down what was said.", field="said")
    if len(said) > MOST_LETTERS:
        raise Refused("too_long", f"Keep this within {MOST_LETTERS} characters.", field="said")
    return said


def check_received(received_at: datetime, *, now: datetime) -> None:
    """A complaint came in by now, and not years ago."""
    if received_at > now:
        raise Refused("received_to_come", "That is in the future.", field="received_at")
    if received_at < now - LONGEST_AGO:
        raise Refused(
            "received_long_ago", "That is more than a year ago. Check it.", field="received_at"
        )


def check_who(*, anonymous: bool, known: bool, typed: str) -> None:
    """Somebody reported it, or they did not want to say who they are; never both."""
    if anonymous and (known or typed.strip()):
        raise Refused(
            "anonymous_with_name",
            "Leave the name out, or uncheck “Anonymous”.",
            field="anonymous",
        )
    if not anonymous and not known and not typed.strip():
        raise Refused("name_missing", "Give the name, or check “Anonymous”.", field="name")


def title_for(topic: str, place: str, said: str) -> str:
    """What an issue is called where nobody gave it a title."""
    what = topic or " ".join(said.split())[:80]
    return f"{what.rstrip('.')} at {place}"[:200] if place else what[:200]


def public_title(topic: str, place: str) -> str:
    """What an issue is called in letters: its title may hold words of another resident."""
    what = topic or "What you reported"
    return f"{what} at {place}" if place else what


def told_letter(text: str, *, number: int, title: str, own_language: str = "") -> str:
    """The letter that tells somebody what became of a report; in their language first."""
    words = [own_language, "", text] if own_language else [text]
    lines = [
        *words,
        "",
        f"This is about your report W-{number}: {title}.",
        "If this is not right, or it comes back, answer this message. A person reads it.",
    ]
    return "\n".join(lines)


def doubts(
    outcome: str, *, looked: str, found: str, done: int, asked: int, inspected: bool
) -> tuple[str, ...]:
    """What speaks against an outcome, before people are told: it warns and never forbids.

    ``looked`` is how the last look is called, ``found`` its code; ``done`` of ``asked`` asks
    are done by their agencies' word; ``inspected`` says that one of them found no violation.
    """
    said = []
    if outcome in {"fixed", "partly_fixed"} and not looked:
        said.append("Nobody from the office went to look. Say fixed only if you know it.")
    if outcome == "fixed" and found in {"not_fixed", "worse", "partly"}:
        said.append(f"The last check says otherwise: {looked}.")
    if outcome == "fixed" and inspected:
        said.append(
            "An agency inspected and found no violation. That is neither fixed nor a failure: "
            "say so in the text."
        )
    if outcome == "referred":
        said.append(
            "Referred is not solved. It is counted separately, and the resident is told who"
            " has it now."
        )
    if outcome == "fixed" and asked > done:
        said.append(f"Agencies say that {done} of {asked} asks are done.")
    return tuple(said)


def counts_as_return(closed_on: date, *, reported_on: date, days: int) -> bool:
    """Whether a report after a closing means that the trouble came back."""
    return closed_on <= reported_on <= closed_on + timedelta(days=days)


def untold_sentence(people: Sequence[str]) -> str:
    """Whom an issue still waits for, before it can be closed."""
    names = ", ".join(people[:5]) + (" and others" if len(people) > 5 else "")
    return (
        f"{names} left no e-mail address that we may use. Tell them by phone, by letter or "
        "in person, note it beside the complaint, then close."
    )
