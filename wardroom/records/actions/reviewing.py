"""Reading what was found: what goes out, what is kept back, and what is taken out of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, hold
from wardroom.access.models import User
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.library.queries import exemptions_on
from wardroom.records import facts, policy, rules
from wardroom.records.models import FoundRecord, RecordsRequest, Redaction
from wardroom.records.rules.redacting import Span, is_covered, places_of, reaching_words

WHOLE_FILE = "A file goes out whole or not at all: parts of it cannot be taken out here."


@action(policy.may_answer_request)
def decide_record(
    found: FoundRecord, *, decision: str, code: str = "", reason: str = "", stamp: Stamp
) -> FoundRecord:
    """Decide about one record: give it out, keep it back on a ground, or that nobody asked for it.

    Refuses: no decision; one to keep back without a ground and a reason; a request that was
    answered. Records: `RecordDecided`.
    """
    _check_open(found.request)
    _decide([found], decision, code, reason, stamp)
    return found


@action(policy.may_answer_request)
def decide_the_rest(
    request: RecordsRequest, *, decision: str, code: str = "", reason: str = "", stamp: Stamp
) -> RecordsRequest:
    """Decide about all records of a request that nobody decided about yet, the same for each.

    Refuses: what `decide_record` refuses; nothing left. Records: `RecordDecided`.
    """
    rules.check_move(request.state, "decide_record")
    rows = list(request.records.filter(decision=""))
    if not rows:
        raise Refused("nothing_left", "Every record is decided.")
    _decide(rows, decision, code, reason, stamp)
    return request


@action(policy.may_answer_request)
def redact_words(
    found: FoundRecord, *, words: str, code: str, reason: str, stamp: Stamp
) -> FoundRecord:
    """Take words out of one record, wherever they stand in it.

    Refuses: words that do not stand in it; no ground; no reason; a file. Records:
    `RecordRedacted`.
    """
    _check_open(found.request)
    if found.document_id is not None:
        raise Refused("whole_file", WHOLE_FILE, field="words")
    code, reason = _ground(code, reason, stamp)
    places = places_of(found.text, words)
    if not places:
        raise Refused("not_there", "These words do not stand in this record.", field="words")
    _take_out([(found, places)], code, reason, stamp)
    return found


@action(policy.may_answer_request)
def redact_everywhere(
    request: RecordsRequest, *, words: str, code: str, reason: str, stamp: Stamp
) -> RecordsRequest:
    """Take words out of every record of a request, such as a name.

    Refuses: words that stand nowhere; no ground; no reason. Records: `RecordRedacted`.
    """
    rules.check_move(request.state, "redact_words")
    code, reason = _ground(code, reason, stamp)
    rows = request.records.filter(document=None).order_by("number")
    found = [(row, places) for row in rows if (places := places_of(row.text, words))]
    if not found:
        raise Refused("not_there", "These words stand in no record of this request.", field="words")
    _take_out(found, code, reason, stamp)
    return request


@action(policy.may_answer_request)
def redact_reaching(
    request: RecordsRequest, *, code: str, reason: str, stamp: Stamp
) -> RecordsRequest:
    """Take every e-mail address and phone number out, but for the addresses of the office itself.

    Refuses: none there; no ground; no reason. Records: `RecordRedacted`.
    """
    rules.check_move(request.state, "redact_words")
    code, reason = _ground(code, reason, stamp)
    ours = frozenset(User.objects.values_list("email", flat=True))
    rows = request.records.filter(document=None).order_by("number")
    found = [(row, places) for row in rows if (places := reaching_words(row.text, but=ours))]
    if not found:
        raise Refused("not_there", "There is no e-mail address and no phone number in them.")
    _take_out(found, code, reason, stamp)
    return request


@action(policy.may_answer_request)
def drop_redaction(found: FoundRecord, *, redaction: int, stamp: Stamp) -> FoundRecord:
    """Put back a part that was taken out.

    Refuses: one that is not there; a request that was answered. Records: `RedactionDropped`.
    """
    _check_open(found.request)
    rows = found.redactions.filter(pk=redaction, put_back_at=None)
    if not rows.update(put_back_at=stamp.at, put_back_by=stamp.actor.name):
        raise Refused("not_there", "This part was put back already.")
    record(facts.RedactionDropped(request=found.request_id, redaction=redaction), stamp=stamp)
    return found


def _check_open(request: RecordsRequest) -> None:
    """Wait for whoever answers the request at this moment. Refuses: one that was answered."""
    hold(request)
    now = RecordsRequest.objects.get(pk=request.pk)
    rules.check_move(now.state, "decide_record")


def _ground(code: str, reason: str, stamp: Stamp) -> tuple[str, str]:
    if code not in {row.code for row in exemptions_on(localdate(stamp.at))}:
        raise Refused("no_ground", "Choose the ground in the law.", field="code")
    return code, rules.check_reason(reason)


def _decide(rows: list[FoundRecord], decision: str, code: str, reason: str, stamp: Stamp) -> None:
    if decision not in rules.DECISIONS:
        raise Refused("no_decision", "Choose what becomes of it.", field="decision")
    if decision == rules.WITHHOLD:
        code, reason = _ground(code, reason, stamp)
    else:
        code = reason = ""
    for row in rows:
        row.decision, row.code, row.reason = decision, code, reason
        row.decided_by, row.decided_at = stamp.actor.name, stamp.at
    fields = ["decision", "code", "reason", "decided_by", "decided_at"]
    FoundRecord.objects.bulk_update(rows, fields, batch_size=200)
    fact = facts.RecordDecided(
        request=rows[0].request_id, records=len(rows), decision=decision, code=code
    )
    record(fact, stamp=stamp)


def _take_out(
    found: Iterable[tuple[FoundRecord, tuple[tuple[int, int], ...]]],
    code: str,
    reason: str,
    stamp: Stamp,
) -> None:
    found = list(found)
    known: dict[int, list[Span]] = {}
    rows = Redaction.objects.filter(record__in=[row.pk for row, _ in found], put_back_at=None)
    for row_id, start, end, its in rows.values_list("record_id", "start", "end", "code"):
        known.setdefault(row_id, []).append(Span(start, end, its))
    new = [
        Redaction(
            record=row,
            start=start,
            end=end,
            code=code,
            reason=reason,
            by_name=stamp.actor.name,
            at=stamp.at,
        )
        for row, places in found
        for start, end in places
        if not is_covered(start, end, known.get(row.pk, ()))
    ]
    if not new:
        raise Refused("out_already", "They are taken out already.", field="words")
    Redaction.objects.bulk_create(new)
    fact = facts.RecordRedacted(request=found[0][0].request_id, places=len(new), code=code)
    record(fact, stamp=stamp)
