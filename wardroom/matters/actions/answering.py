"""Answering by a one-off link, without an account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import NotFound
from wardroom.matters import policy
from wardroom.matters.actions.asking import (
    accept_ask,
    counter_ask,
    decline_ask,
    move_promise,
    report_done,
)
from wardroom.matters.actions.proving import ANSWER
from wardroom.matters.models import Ask
from wardroom.notices.actions import spend_key

ANSWERS: Mapping[str, Callable[..., Ask]] = MappingProxyType(
    {
        "accept_ask": accept_ask,
        "counter_ask": counter_ask,
        "decline_ask": decline_ask,
        "report_done": report_done,
        "move_promise": move_promise,
    }
)


@action(policy.may_answer_by_link)
def answer_by_link(
    _: None,
    *,
    token: str,
    verb: str,
    words: Mapping[str, Any],
    stamp: Stamp,
) -> Ask:
    """Answer an ask as the agency, on the word of the link that was sent to it.

    ``verb`` is one of the agency's own answers, ``words`` what that answer takes. Refuses:
    `key_closed` where the link opens nothing any more; what the answer itself refuses.
    Records: `KeySpent`, and the answer.
    """
    if verb not in ANSWERS:
        raise NotFound(f"no answer {verb}")
    key = spend_key(None, token=token, purpose=ANSWER, stamp=stamp)
    ask = Ask.objects.filter(pk=int(key.key), kind="referral").first()
    if key.noun != "ask" or ask is None:
        raise NotFound(f"no ask {key.key}")
    actor = policy.bearer(ask.pk, ask.asked_agency, key.holder)
    return ANSWERS[verb](ask, **words, stamp=replace(stamp, actor=actor))
