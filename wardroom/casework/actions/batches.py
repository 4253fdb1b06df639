"""One change to many issues: prepared, tried row by row, done as previewed, taken back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, unit_of_work
from wardroom.casework import facts, policy, rules
from wardroom.casework.actions.batch_rows import carry_out, locked, rehearse
from wardroom.casework.actions.batch_undo import former_of, undo_row, who_changed
from wardroom.casework.models import Batch, BatchItem
from wardroom.casework.queries.cases import case_in_words, case_version
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.versions import moved_since
from wardroom.ledger.actions import record
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Matter

NO_LONGER = "The person who started this may no longer change issues."


@action(policy.may_prepare_batch)
def prepare_batch(
    _: None,
    *,
    verb: str,
    words: Mapping[str, Any],
    said: str,
    issues: Sequence[int],
    stamp: Stamp,
) -> Batch:
    """Choose issues and what to do with each of them; nothing is changed yet.

    ``words`` is what was filled in, ``said`` the same in a sentence. What lies out of reach
    is left out. Refuses: nothing chosen; more than 500; a thing that cannot be done with many.
    Records: `BatchPrepared`.
    """
    rules.check_verb(verb)
    seen = Matter.objects.within(matters_policy.reach_inside(stamp.actor)).filter(kind="issue")
    chosen = seen.filter(pk__in=set(issues) - {words.get("into")})
    rows = list(chosen.order_by("pk").values_list("pk", "ward_code"))
    rules.check_chosen(len(rows))
    wards = {ward for _, ward in rows}
    batch = Batch.objects.create(
        verb=verb,
        words=dict(words),
        said=said[:400],
        ward_code=wards.pop() if len(wards) == 1 else "",
        made_by_id=_user(stamp),
        made_by_name=stamp.actor.name,
        acting_id=_user(stamp),
        made_at=stamp.at,
    )
    BatchItem.objects.bulk_create(BatchItem(batch=batch, matter_id=pk) for pk, _ in rows)
    record(facts.BatchPrepared(**batch_words(batch), rows=len(rows)), stamp=stamp)
    return batch


@action(policy.may_run_batch)
def begin_batch(batch: Batch, *, digest: str, stamp: Stamp) -> Batch:
    """Do with every issue what the preview showed, and nothing else.

    Refuses: a batch that is not previewed, or was begun; a preview that is not this one; no
    row that it can be done with. Records: `BatchWentOn`.
    """
    if batch.state != "tried":
        raise Refused("wrong_state", "This has already started, or has no preview yet.")
    if digest != batch.digest:
        raise Refused("stale", "The preview has changed since you looked at it. Look again.")
    return _begin(batch, "doing", stamp)


@action(policy.may_run_batch)
def undo_batch(batch: Batch, *, stamp: Stamp) -> Batch:
    """Take back what was done with many issues; rows that somebody changed since are kept.

    Refuses: a batch that was not done, or was taken back; no row of it done.
    Records: `BatchWentOn`.
    """
    if batch.state != "done":
        raise Refused("wrong_state", "Only what was done can be taken back, and only once.")
    return _begin(batch, "undoing", stamp)


@action(policy.may_run_batch)
def go_on_with_batch(batch: Batch, *, rows: int, leave: bool = False, stamp: Stamp) -> Batch:
    """Try, do or take back the next few issues of a batch, each for itself.

    An issue that refuses stops no other. With ``leave`` the worker goes on with the rest.
    Refuses: a batch that waits for a person. Records: `BatchWentOn`, what each issue's own
    action records, and at the end `BatchDone` or `BatchUndone`.
    """
    waits = rules.WORK_LEFT.get(batch.state)
    if waits is None:
        raise Refused("wrong_state", "There is nothing left to do.")
    left = batch.items.filter(state=waits)
    todo = list(left.select_related("batch").order_by("matter_id")[:rows])
    for item in todo:
        item.batch = batch
        WORK[batch.state](item, stamp)
        item.why = item.why[:400]
        item.save()
    rest = left.count()
    fact = facts.BatchWentOn(**batch_words(batch), state=batch.state, rows=len(todo), left=rest)
    record(fact, stamp=stamp)
    if rest == 0:
        _finish(batch, stamp)
    elif leave:
        record(facts.BatchLeftToWorker(**batch_words(batch), left=rest), stamp=stamp)
    return batch


@action(policy.may_give_up_batch)
def give_up_batch(batch: Batch, *, stamp: Stamp) -> Batch:
    """End a batch whose rest nobody may go on with: the issues that are left stay as they are.

    Refuses: a batch that waits for a person. Records: `BatchWentOn`, and `BatchDone` or
    `BatchUndone`.
    """
    waits = rules.WORK_LEFT.get(batch.state)
    if waits is None:
        raise Refused("wrong_state", "There is nothing left to do.")
    left = batch.items.filter(state=waits)
    rows = left.update(state=rules.GIVEN_UP[batch.state], why=NO_LONGER)
    fact = facts.BatchWentOn(**batch_words(batch), state=batch.state, rows=rows, left=0)
    record(fact, stamp=stamp)
    _finish(batch, stamp)
    return batch


def batch_words(batch: Batch) -> Mapping[str, Any]:
    """What every line about a batch says of it."""
    return {"batch_id": batch.pk, "said": batch.said, "ward_code": batch.ward_code}


def _user(stamp: Stamp) -> int:
    """Whose word it is: somebody who signs in, for the worker may have to go on for them."""
    if stamp.actor.user_id is None:
        raise NotAllowed
    return stamp.actor.user_id


def _begin(batch: Batch, state: str, stamp: Stamp) -> Batch:
    batch.state, batch.acting_id = state, _user(stamp)
    batch.save(update_fields=["state", "acting"])
    left = batch.items.filter(state=rules.WORK_LEFT[state]).count()
    if left == 0:
        raise Refused("nothing_left", "None of these issues can be changed this way.")
    fact = facts.BatchWentOn(**batch_words(batch), state=state, rows=0, left=left)
    record(fact, stamp=stamp)
    return batch


def _finish(batch: Batch, stamp: Stamp) -> None:
    was, batch.state = batch.state, rules.AFTER_WORK[batch.state]
    states = list(batch.items.values_list("state", flat=True))
    done, out = states.count("done"), len(states) - states.count("done")
    if was == "trying":
        batch.digest = _digest(batch)
    elif was == "doing":
        batch.done_at = stamp.at
        record(facts.BatchDone(**batch_words(batch), done=done, left_out=out), stamp=stamp)
    else:
        batch.undone_at = stamp.at
        undone, kept = states.count("undone"), states.count("kept")
        record(facts.BatchUndone(**batch_words(batch), undone=undone, kept=kept), stamp=stamp)
    batch.save()


def _digest(batch: Batch) -> str:
    """The fingerprint of all that the preview shows."""
    columns = ("matter_id", "state", "seen", "changes", "letters", "why")
    rows = list(batch.items.order_by("matter_id").values_list(*columns))
    text = json.dumps([batch.verb, batch.words, rows], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _try(item: BatchItem, stamp: Stamp) -> None:
    matter = locked(item.matter_id)
    item.seen = case_version(case_in_words(matter))
    try:
        row = rehearse(item.batch.verb, matter, item.batch.words, stamp)
    except (Refused, NotFound) as no:
        item.state, item.why = "refused", _sentence(no)
        return
    item.state = "ready"
    item.changes = [asdict(change) for change in row.changes]
    item.letters = list(row.letters)


def _do(item: BatchItem, stamp: Stamp) -> None:
    matter = locked(item.matter_id)
    if moved_since(item.seen, case_in_words(matter)):
        item.state = "skipped"
        item.why = f"{who_changed(matter)} changed this after the preview."
        return
    former = former_of(matter)
    try:
        with unit_of_work():
            row = carry_out(item.batch.verb, matter, item.batch.words, stamp)
    except (Refused, NotFound) as no:
        item.state, item.why = "skipped", _sentence(no)
        return
    item.state, item.former, item.made, item.after = "done", former, row.made, row.version


def _undo(item: BatchItem, stamp: Stamp) -> None:
    try:
        with unit_of_work():
            item.why = undo_row(item, locked(item.matter_id), stamp)
    except (Refused, NotFound) as no:
        item.state, item.why = "kept", _sentence(no)
        return
    item.state = "undone"


def _sentence(no: Refused | NotFound) -> str:
    return no.sentence if isinstance(no, Refused) else "Something it names no longer exists."


WORK: Mapping[str, Callable[[BatchItem, Stamp], None]] = {
    "trying": _try,
    "doing": _do,
    "undoing": _undo,
}
