"""The seven languages in which residents report and follow: English and the six of the law."""

from __future__ import annotations

from collections.abc import Mapping

from wardroom.casework.rules.tongues.am import AMHARIC
from wardroom.casework.rules.tongues.en import ENGLISH
from wardroom.casework.rules.tongues.es import SPANISH
from wardroom.casework.rules.tongues.fr import FRENCH
from wardroom.casework.rules.tongues.ko import KOREAN
from wardroom.casework.rules.tongues.vi import VIETNAMESE
from wardroom.casework.rules.tongues.words import Told
from wardroom.casework.rules.tongues.zh import CHINESE

TOLD: Mapping[str, Told] = {
    told.code: told for told in (ENGLISH, SPANISH, AMHARIC, CHINESE, FRENCH, KOREAN, VIETNAMESE)
}

__all__ = ["TOLD", "Told", "told_in"]


def told_in(code: str) -> Told:
    """The language of this code; English where residents cannot report in it."""
    return TOLD.get(code, ENGLISH)
