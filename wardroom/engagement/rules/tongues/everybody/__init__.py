"""The lists and files that are open to everybody, in seven languages."""

from __future__ import annotations

from collections.abc import Mapping

from wardroom.engagement.rules.tongues.everybody.am import AMHARIC
from wardroom.engagement.rules.tongues.everybody.en import ENGLISH
from wardroom.engagement.rules.tongues.everybody.es import SPANISH
from wardroom.engagement.rules.tongues.everybody.fr import FRENCH
from wardroom.engagement.rules.tongues.everybody.ko import KOREAN
from wardroom.engagement.rules.tongues.everybody.vi import VIETNAMESE
from wardroom.engagement.rules.tongues.everybody.words import EverybodyWords
from wardroom.engagement.rules.tongues.everybody.zh import CHINESE

EVERYBODY: Mapping[str, EverybodyWords] = {
    "en": ENGLISH,
    "es": SPANISH,
    "am": AMHARIC,
    "zh": CHINESE,
    "fr": FRENCH,
    "ko": KOREAN,
    "vi": VIETNAMESE,
}
