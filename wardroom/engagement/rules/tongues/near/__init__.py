"""The pages of a neighborhood in seven languages."""

from __future__ import annotations

from collections.abc import Mapping

from wardroom.engagement.rules.tongues.near.am import AMHARIC
from wardroom.engagement.rules.tongues.near.en import ENGLISH
from wardroom.engagement.rules.tongues.near.es import SPANISH
from wardroom.engagement.rules.tongues.near.fr import FRENCH
from wardroom.engagement.rules.tongues.near.ko import KOREAN
from wardroom.engagement.rules.tongues.near.vi import VIETNAMESE
from wardroom.engagement.rules.tongues.near.words import NearWords
from wardroom.engagement.rules.tongues.near.zh import CHINESE

NEAR: Mapping[str, NearWords] = {
    "en": ENGLISH,
    "es": SPANISH,
    "am": AMHARIC,
    "zh": CHINESE,
    "fr": FRENCH,
    "ko": KOREAN,
    "vi": VIETNAMESE,
}
