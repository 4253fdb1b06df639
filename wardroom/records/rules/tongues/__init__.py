"""The seven languages in which people ask for records: English and the six of the law."""

from __future__ import annotations

from collections.abc import Mapping

from wardroom.records.rules.tongues.am import AMHARIC
from wardroom.records.rules.tongues.en import ENGLISH
from wardroom.records.rules.tongues.es import SPANISH
from wardroom.records.rules.tongues.fr import FRENCH
from wardroom.records.rules.tongues.ko import KOREAN
from wardroom.records.rules.tongues.vi import VIETNAMESE
from wardroom.records.rules.tongues.words import RecordsTongue
from wardroom.records.rules.tongues.zh import CHINESE

TONGUES: Mapping[str, RecordsTongue] = {
    tongue.code: tongue
    for tongue in (ENGLISH, SPANISH, AMHARIC, CHINESE, FRENCH, KOREAN, VIETNAMESE)
}

__all__ = ["TONGUES", "RecordsTongue", "tongue_of"]


def tongue_of(code: str) -> RecordsTongue:
    """The language of this code; English where nobody asks in it."""
    return TONGUES.get(code, ENGLISH)
