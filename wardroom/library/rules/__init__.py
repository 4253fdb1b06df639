"""Reference data as the office starts with it: topics, clocks, promises."""

from __future__ import annotations

from wardroom.library.rules.clocks import RULES, RuleSeed
from wardroom.library.rules.promises import OWN_PROMISE, PROMISES, PROMISES_FROM
from wardroom.library.rules.spoken import topics_spoken_of
from wardroom.library.rules.topics import OTHER, TOPICS, TopicSeed, topic_code_for
from wardroom.library.rules.wordings import usual_asks

__all__ = [
    "OTHER",
    "OWN_PROMISE",
    "PROMISES",
    "PROMISES_FROM",
    "RULES",
    "TOPICS",
    "RuleSeed",
    "TopicSeed",
    "topic_code_for",
    "topics_spoken_of",
    "usual_asks",
]
