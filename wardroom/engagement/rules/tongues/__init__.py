"""The seven languages of news: English and the six of the District's language law."""

from __future__ import annotations

from collections.abc import Mapping

from wardroom.engagement.rules.tongues.am import AMHARIC
from wardroom.engagement.rules.tongues.en import ENGLISH
from wardroom.engagement.rules.tongues.es import SPANISH
from wardroom.engagement.rules.tongues.fr import FRENCH
from wardroom.engagement.rules.tongues.ko import KOREAN
from wardroom.engagement.rules.tongues.vi import VIETNAMESE
from wardroom.engagement.rules.tongues.words import Tongue
from wardroom.engagement.rules.tongues.zh import CHINESE
from wardroom.kernel.errors import Refused
from wardroom.library.rules.topic_names import topic_in

TONGUES: Mapping[str, Tongue] = {
    tongue.code: tongue
    for tongue in (ENGLISH, SPANISH, AMHARIC, CHINESE, FRENCH, KOREAN, VIETNAMESE)
}

__all__ = ["TONGUES", "Tongue", "check_tongue", "tongue_of", "topic_in"]


def tongue_of(code: str) -> Tongue:
    """The language of this code; English where news is not written in it."""
    return TONGUES.get(code, ENGLISH)


def check_tongue(code: str) -> str:
    """A language that news is written in. Refuses: any other."""
    if code not in TONGUES:
        raise Refused("unknown_language", "Choose a language from the list.", field="language")
    return code
