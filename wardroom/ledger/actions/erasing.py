"""Taking out of lines for good what was personal in them, when the law says so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Subquery

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import kind_named
from wardroom.kernel.personal import TAKEN_OUT, personal_fields, taken_out
from wardroom.ledger import facts, policy
from wardroom.ledger.actions.writing import record
from wardroom.ledger.models import Entry, Mention, Receipt, TakenOut
from wardroom.ledger.queries.verifying import covered_lines
from wardroom.ledger.rules import (
    SENTENCE,
    Chained,
    commitments_of,
    digest_of_rest,
    kept_body,
    sentence_left,
)

AT_ONCE = 1000
LONGEST_REASON = 300


@action(policy.may_erase_values)
def erase_values(lines: Sequence[int], *, reason: str, stamp: Stamp) -> tuple[int, ...]:
    """Take out of these lines, by their entries' numbers, what was personal in them, for good.

    Names and people's own words go, also from the lines that said later whom they meant and
    from what is noted beside them; codes, days and numbers stay, and the chain holds as before.
    ``reason`` is kept for ever and read by all of the office: the rule, never the words. Gives
    back the lines from which something was taken.
    Refuses: no reason, or too long a one; `still_due` where something is still to follow from
    a line; `nothing_to_take_out`. Records: `WordsTakenOut`, one for each thousand lines.
    """
    reason = _check_reason(reason)
    wanted = _with_later(lines)
    if Receipt.objects.filter(entry__in=wanted, state=Receipt.State.DUE).exists():
        raise Refused("still_due", "Something is still to follow from these lines. Try later.")
    taken: list[int] = []
    for first in range(0, len(wanted), AT_ONCE):
        taken += _take_out(wanted[first : first + AT_ONCE], reason, stamp)
    if not taken:
        raise Refused("nothing_to_take_out", "Nothing that is personal is left in these lines.")
    return tuple(taken)


def _check_reason(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        sentence = f"Say why, in at most {LONGEST_REASON} letters."
        raise Refused("reason_missing", sentence, field="reason")
    return reason


def _with_later(lines: Sequence[int]) -> list[int]:
    """These lines, and those which said later whom or what they meant."""
    later = Mention.objects.filter(entry__in=lines, resolved_entry__isnull=False)
    return sorted({*lines, *later.values_list("resolved_entry_id", flat=True)})


@dataclass(frozen=True)
class _Rest:
    """A line as it was and as it reads from now on, and the fields that go."""

    was: Chained
    now: Chained
    fields: tuple[str, ...]


def _take_out(ids: Sequence[int], reason: str, stamp: Stamp) -> list[int]:
    held = Entry.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    found = held.filter(taken_out=None).order_by("pk").values_list("pk", flat=True)
    rests = {pk: _rest(line) for pk, line in sorted(covered_lines(list(found)).items())}
    rests = {pk: rest for pk, rest in rests.items() if rest.fields}
    if not rests:
        return []
    fact = facts.WordsTakenOut(
        lines=tuple(rests),
        fields=tuple(sorted({name for rest in rests.values() for name in rest.fields})),
        digests=tuple(digest_of_rest(rest.now) for rest in rests.values()),
        reason=reason,
    )
    by = record(fact, stamp=stamp)
    TakenOut.objects.bulk_create(
        TakenOut(
            entry_id=pk,
            by=by,
            sentence=rest.now.sentence,
            body=kept_body(rest.now.body),
            commitments=commitments_of(rest.was),
        )
        for pk, rest in rests.items()
    )
    says = TakenOut.objects.filter(entry=OuterRef("pk"))
    now = {name: Subquery(says.values(name)) for name in ("sentence", "body")}
    Entry.objects.filter(pk__in=rests).update(**now, salts={})
    Mention.objects.filter(entry__in=rests, key="").delete()
    Mention.objects.filter(entry__in=rests).update(text=TAKEN_OUT)
    Receipt.objects.filter(entry__in=rests).exclude(error="").update(error="")
    return list(rests)


def _rest(line: Chained) -> _Rest:
    """What is left of a line: of an older one too, which had no salts."""
    body = kept_body(line.body)  # the database compares what stays, numbers too
    names = _names(line.kind, body) if line.salts is None else set(line.salts)
    body = {name: taken_out(value) if name in names else value for name, value in body.items()}
    sentence = sentence_left(line.kind) if SENTENCE in names else line.sentence
    now = replace(line, body=json.dumps(body), sentence=sentence, salts={})
    return _Rest(line, now, tuple(sorted(names - {SENTENCE})))


def _names(kind: str, body: dict[str, Any]) -> set[str]:
    try:
        fields: Sequence[str] = personal_fields(kind_named(kind))
    except KeyError:  # a kind that no part of the house writes any more
        fields = [name for name, value in body.items() if value != taken_out(value)]
    names = {name for name in fields if body.get(name)}
    return names | {SENTENCE} if names else names
