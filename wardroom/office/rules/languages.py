"""The languages that people of the office speak on duty beside English. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from wardroom.directory.rules import LANGUAGES
from wardroom.kernel.errors import Refused

SPOKEN: Mapping[str, str] = {
    code: name for code, name in LANGUAGES.items() if code not in ("en", "und")
}


def check_spoken(codes: Collection[str]) -> tuple[str, ...]:
    """The languages that somebody speaks, in the order of the list; `Refused` for any other."""
    if set(codes) - set(SPOKEN):
        raise Refused("unknown_language", "Choose languages from the list.", field="languages")
    return tuple(code for code in SPOKEN if code in codes)


def spoken_words(codes: Collection[str]) -> str:
    """Languages in a line: Spanish, French."""
    return ", ".join(name for code, name in SPOKEN.items() if code in codes)


def lacks_words(language: str, spoken: Collection[str]) -> str:
    """What speaks against somebody's having a turn that asks for a language; nothing if nothing."""
    if not language or language in spoken:
        return ""
    return f"does not speak {SPOKEN.get(language, language)}"
