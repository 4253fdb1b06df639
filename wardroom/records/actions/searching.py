"""Searching for what a request asks; every search is kept, for whoever asks how it was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.actions import record
from wardroom.records import facts, policy, rules
from wardroom.records.models import FoundRecord, RecordsRequest, Search
from wardroom.records.queries.finding import Found, Wanted, find_records


@dataclass(frozen=True)
class Looked:
    """What was looked for, on which shelves, and what was there."""

    wanted: Wanted
    kinds: tuple[str, ...]
    found: Sequence[Found]


def look_for_records(
    request: RecordsRequest,
    *,
    words: str,
    from_on: date,
    until_on: date,
    kinds: Iterable[str],
    stamp: Stamp,
) -> Search:
    """Look for what was asked for, and put what is new with the request as it reads now.

    Looking through the whole house takes a while, so it is done before the change: nobody
    waits for it with a change of their own. Refuses: no words; days the wrong way round; no
    shelf; what `search_records` refuses. Records: `RecordsSearched`.
    """
    if not policy.may_answer_request(stamp.actor, request):
        raise NotAllowed
    rules.check_move(request.state, "search_records")
    terms = rules.terms_in(words)
    if not terms:
        raise Refused("no_terms", "Write at least one word to look for.", field="words")
    if from_on > until_on:
        raise Refused("wrong_way", "The first day comes before the last.", field="until_on")
    chosen = [kind for kind in rules.KINDS if kind in set(kinds)]
    if not chosen:
        raise Refused("no_kinds", "Choose where to look.", field="kinds")
    wanted = Wanted(terms, from_on, until_on)
    found = find_records(wanted, chosen, policy.searching_as(stamp.actor))
    return search_records(request, looked=Looked(wanted, tuple(chosen), found), stamp=stamp)


@action(policy.may_answer_request)
def search_records(request: RecordsRequest, *, looked: Looked, stamp: Stamp) -> Search:
    """Put what is new of what was found with the request, and keep how it was looked for.

    What was found before keeps its number and what was decided. Refuses: a request that is
    answered; far too much found at once. Records: `RecordsSearched`.
    """
    rules.check_move(request.state, "search_records")
    wanted, found = looked.wanted, looked.found
    known = set(request.records.values_list("noun", "key"))
    new = [row for row in found if (row.noun, row.key) not in known]
    if len(new) > rules.MOST_FOUND:
        raise Refused(
            "too_many",
            f"This finds {len(new):,} records. Choose fewer days or rarer words: at most"
            f" {rules.MOST_FOUND:,} can be read at once.",
            field="words",
        )
    last = request.records.aggregate(last=Max("number"))["last"] or 0
    FoundRecord.objects.bulk_create(
        FoundRecord(
            request=request,
            number=number,
            noun=row.noun,
            key=row.key,
            title=row.title,
            said_at=row.at,
            text=row.text,
            document_id=row.document_id,
        )
        for number, row in enumerate(new, last + 1)
    )
    search: Search = Search.objects.create(
        request=request,
        terms=list(wanted.terms),
        kinds=list(looked.kinds),
        from_on=wanted.from_on,
        until_on=wanted.until_on,
        found=len(found),
        new=len(new),
        by_name=stamp.actor.name,
        at=stamp.at,
    )
    fact = facts.RecordsSearched(
        request=request.pk, search=search.pk, found=search.found, new=search.new
    )
    record(fact, stamp=stamp)
    return search
