"""The seven languages in which people apply: English and the six of the District's law."""

from __future__ import annotations

from collections.abc import Mapping

from wardroom.hiring.rules.tongues.am import AMHARIC
from wardroom.hiring.rules.tongues.en import ENGLISH
from wardroom.hiring.rules.tongues.es import SPANISH
from wardroom.hiring.rules.tongues.fr import FRENCH
from wardroom.hiring.rules.tongues.ko import KOREAN
from wardroom.hiring.rules.tongues.vi import VIETNAMESE
from wardroom.hiring.rules.tongues.words import JobTongue
from wardroom.hiring.rules.tongues.zh import CHINESE
from wardroom.kernel.errors import Refused

TONGUES: Mapping[str, JobTongue] = {
    tongue.code: tongue
    for tongue in (ENGLISH, SPANISH, AMHARIC, CHINESE, FRENCH, KOREAN, VIETNAMESE)
}

__all__ = ["TONGUES", "JobTongue", "check_language", "tongue_of"]


def tongue_of(code: str) -> JobTongue:
    """The language of this code; English where nobody applies in it."""
    return TONGUES.get(code, ENGLISH)


def check_language(code: str) -> str:
    """A language that one can apply in. Refuses: any other."""
    if code not in TONGUES:
        raise Refused("unknown_language", "Choose a language from the list.", field="language")
    return code
