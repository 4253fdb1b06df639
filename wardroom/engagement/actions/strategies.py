"""Sharing how people were reached, and saying what came of doing the same."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.engagement import facts, policy
from wardroom.engagement.models import Strategy, StrategyUse
from wardroom.engagement.rules import strategies as rules
from wardroom.ledger.actions import record
from wardroom.matters.models import Matter


@action(policy.may_share_strategy)
def share_strategy(
    matter: Matter | None,
    *,
    text: str,
    result: str,
    what: str,
    ward_code: str = "",
    group_kind: str = "",
    language: str = "",
    stamp: Stamp,
) -> Strategy:
    """Tell colleagues what you did, where, with whom, and what came of it.

    ``matter`` is the outreach plan or the campaign that it belongs to, where it does.
    Refuses: nothing said of what was done or what came of it; a result, a kind of group or a
    language that is not known. Records: `StrategyShared` and `StrategyUsed`.
    """
    text = rules.check_strategy(text)
    what = rules.check_use(result, what, group_kind=group_kind, language=language)
    row: Strategy = Strategy.objects.create(
        text=text, matter=matter, shared_at=stamp.at, shared_by=stamp.actor.name
    )
    fact = facts.StrategyShared(strategy_id=row.pk, text=text, ward_code=ward_code)
    record(fact, stamp=stamp)
    _use(row, result, what, ward_code, group_kind, language, stamp)
    return row


@action(policy.may_share_strategy)
def use_strategy(
    strategy: Strategy,
    *,
    result: str,
    what: str,
    ward_code: str = "",
    group_kind: str = "",
    language: str = "",
    stamp: Stamp,
) -> StrategyUse:
    """Say that you used a colleague's strategy too, and what came of it.

    Refuses: a result, a kind of group or a language that is not known; nothing said of what
    came of it. Records: `StrategyUsed`.
    """
    what = rules.check_use(result, what, group_kind=group_kind, language=language)
    return _use(strategy, result, what, ward_code, group_kind, language, stamp)


def _use(
    strategy: Strategy,
    result: str,
    what: str,
    ward_code: str,
    group_kind: str,
    language: str,
    stamp: Stamp,
) -> StrategyUse:
    row: StrategyUse = StrategyUse.objects.create(
        strategy=strategy,
        ward_code=ward_code,
        group_kind=group_kind,
        language=language,
        result=result,
        what=what,
        noted_at=stamp.at,
        noted_by=stamp.actor.name,
    )
    fact = facts.StrategyUsed(
        strategy_id=strategy.pk,
        text=strategy.text,
        ward_code=ward_code,
        result_label=rules.RESULTS[result],
        what=what,
    )
    record(fact, stamp=stamp)
    return row
