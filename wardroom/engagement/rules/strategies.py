"""What worked where: a strategy in a few words, and what came of using it."""

from __future__ import annotations

from collections.abc import Mapping

from wardroom.directory.rules import check_language
from wardroom.engagement.rules.outreach import KINDS
from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text

RESULTS: Mapping[str, str] = {
    "worked": "It worked",
    "partly": "It worked in part",
    "did_not": "It did not work",
    "too_early": "Too early to tell",
}


def check_strategy(text: str) -> str:
    """What was done, in a few words. Refuses: none."""
    return check_text(
        text,
        code="text_missing",
        sentence="Say what you did, so that a colleague can do it too.",
        field="text",
        most=500,
    )


def check_use(result: str, what: str, *, group_kind: str, language: str) -> str:
    """What came of it, with whom and in which language where that matters.

    Refuses: a result that is not in the list; nothing said of it; an unknown kind or language.
    """
    if result not in RESULTS:
        raise Refused("unknown_result", "Choose how it went.", field="result")
    if group_kind and group_kind not in KINDS:
        raise Refused("unknown_kind", "Choose a kind of group from the list.", field="group_kind")
    if language:
        check_language(language)
    return check_text(
        what,
        code="what_missing",
        sentence="Say what came of it: how many came, what they said, what you would change.",
        field="what",
        most=500,
    )
