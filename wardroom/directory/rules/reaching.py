"""How a telephone number and an address are written once, and which languages are spoken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import phonenumbers

from wardroom.kernel.errors import Refused

HOME = "US"
LIAISON_SEAT = "Ward liaison"
CORE_TEAM_SEAT = "Core team"
CORE_TEAM_ALTERNATE = "Core team alternate"
CORE_TEAM = (CORE_TEAM_SEAT, CORE_TEAM_ALTERNATE)
WELCOME = "welcome"
WELCOME_FOR = timedelta(days=7)
LONGEST_NAME = 120
CHANNELS: Mapping[str, str] = {"email": "E-mail", "phone": "Phone", "post": "Letter"}
LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "es": "Spanish",
    "am": "Amharic",
    "zh": "Chinese",
    "fr": "French",
    "ko": "Korean",
    "vi": "Vietnamese",
    "ase": "American Sign Language",
    "und": "Another language",
}


def phone_key(text: str) -> str:
    """A telephone number in its one international form, or nothing where it is none."""
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def match_key(channel: str, value: str) -> str:
    """By what the same contact point is found again, whoever typed it."""
    value = " ".join(value.split())
    return phone_key(value) if channel == "phone" else value.casefold()


def check_phone(value: str) -> str:
    """A telephone number that can be dialled; `Refused` for one that cannot."""
    if not phone_key(value):
        raise Refused(
            "bad_phone",
            "This is not a phone number. Write it with the area code, like 202-555-0147.",
            field="phone",
        )
    return value.strip()


def check_language(code: str) -> str:
    """A language that the office records; `Refused` for any other."""
    if code not in LANGUAGES:
        raise Refused("unknown_language", "Choose a language from the list.", field="language")
    return code


def same_name(name: str) -> str:
    """A name as it is compared: without case and double spaces."""
    return " ".join(name.casefold().split())
