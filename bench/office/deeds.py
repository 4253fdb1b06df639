"""What is done to a matter after it was taken in: each verb as the rows that it leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from bench.office.ledger import Who, find
from bench.office.store import Row, plain
from wardroom.access.models import Seal, SealReader
from wardroom.casework import facts as casework
from wardroom.casework import rules as casework_rules
from wardroom.kernel.facts import Fact, Ref
from wardroom.matters import facts, rules
from wardroom.matters.actions.following import next_working_day
from wardroom.matters.models import Ask
from wardroom.matters.rules import KINDS
from wardroom.search.rules import Thing

if TYPE_CHECKING:
    from bench.office.clerk import Case, Clerk

next_day = lru_cache(maxsize=None)(next_working_day)


def voice(clerk: Clerk, case: Case, at: datetime, **words: Any) -> None:
    """Somebody else reports the same."""
    clerk.complain(case, at, words, joined=True)


def set_next(clerk: Clerk, case: Case, at: datetime, next_on: date, next_step: str) -> None:
    """Another next step."""
    former = {
        "former_step": case.matter["next_step"],
        "former_on": date.fromisoformat(str(case.matter["next_on"])),
    }
    case.matter |= {"next_on": plain(next_on), "next_step": next_step.strip()}
    case.matter["version"] += 1
    step = case.matter["next_step"]
    fact = facts.NextStepSet(**case.words, next_on=next_on, next_step=step, **former)
    clerk.say(fact, at, case.liaison)
    clerk.matter_waits(case, at, next_on)


def stand(clerk: Clerk, case: Case, at: datetime, text: str) -> None:
    """Where it stands."""
    matter = case.matter
    former = matter["standing"]
    matter |= {"standing": text, "standing_by": case.liaison.name, "standing_at": plain(at)}
    matter["standing_version"] = matter["version"] = matter["version"] + 1
    clerk.say(facts.StandingWritten(**case.words, text=text, former=former), at, case.liaison)
    clerk.index(case, at)


def contact(clerk: Clerk, case: Case, at: datetime, channel: str, text: str) -> None:
    """A contact that was logged."""
    label = rules.CHANNELS[channel]
    extra: dict[str, Any] = {
        "channel": channel,
        "channel_label": label,
        "language": "",
        "interpreter_used": False,
    }
    clerk.say(facts.ContactLogged(**_note(case, text), **extra), at, case.liaison)


def note(clerk: Clerk, case: Case, at: datetime, text: str) -> None:
    """A line that was captured."""
    clerk.say(facts.NoteWritten(**_note(case, text)), at, case.liaison)


def _note(case: Case, text: str) -> dict[str, Any]:
    return {
        "text": text,
        "ward_code": case.ground.ward_code,
        "matter_id": case.matter["id"],
        "place_id": case.ground.id,
        "parties": (),
        "topics": (),
        "amounts": (),
    }


def task(clerk: Clerk, case: Case, at: datetime, wording: str, due_on: date) -> None:
    """A to-do of the liaison's own."""
    ask = _new(clerk, case, at, rules.TO_DO, case.liaison, wording, due_on)
    ask |= {"state": "requested", "asked_at": plain(at)}
    case.asks["task"] = ask
    fact = facts.TaskAdded(**_task(case, ask), due_on=due_on, citation="")
    clerk.say(fact, at, case.liaison)
    clerk.ask_waits(case, ask, at, case.liaison)


def finish(clerk: Clerk, case: Case, at: datetime, text: str) -> None:
    """The to-do is done."""
    ask = case.asks["task"]
    ask |= {"state": "done", "done_at": plain(at), "disposition": "done"}
    ask |= {"answered_by": case.liaison.name, "answer_text": text}
    clerk.say(facts.TaskDone(**_task(case, ask), approved=False, text=text), at, case.liaison)
    clerk.ask_waits(case, ask, at, case.liaison)


def _task(case: Case, ask: Row) -> dict[str, Any]:
    return {
        "ask_id": ask["id"],
        "kind_of_ask": ask["kind"],
        "party_id": ask["party_id"],
        "party_name": case.liaison.name,
        "wording": ask["wording"],
        **case.words,
    }


def _new(
    clerk: Clerk, case: Case, at: datetime, kind: str, party: Who, wording: str, due_on: date
) -> Row:
    return clerk.store.table(Ask).row(
        kind=kind,
        matter_id=case.matter["id"],
        ward_code=case.ground.ward_code,
        party_id=party.party_id,
        wording=wording.strip(),
        due_on=plain(due_on),
        asked_by_id=case.liaison.party_id,
        proposed_at=plain(at),
    )


def ask(
    clerk: Clerk, case: Case, at: datetime, n: int, agency: str, wording: str, due_on: date
) -> None:
    """An agency is asked; what another declined is dealt with by that."""
    party = clerk.cast.agencies[agency]
    row = _new(clerk, case, at, rules.REFERRAL, party, wording, due_on)
    row["agency_code"] = agency
    words = _words(case, row)
    clerk.say(facts.AskProposed(**words, due_on=due_on, authority=""), at, case.liaison)
    for other in case.asks.values():
        if other["state"] == "declined" and other["settled_at"] is None:
            other["settled_at"] = plain(at)
            clerk.ask_waits(case, other, at, party)
    case.asks[n] = row
    clerk.ask_waits(case, row, at, party)
    thing = Thing(
        ref=Ref("ask", str(row["id"])),
        title=row["wording"],
        text=f"{agency} {party.name}",
        ward_code=case.ground.ward_code,
        matter_key=str(case.matter["id"]),
        at=at,
    )
    find(clerk.store, thing)
    row |= {"state": "requested", "asked_at": plain(at), "asked_agency": agency}
    fact = facts.AskRequested(**words, due_on=due_on, again=False, reason="")
    _changed(clerk, case, row, fact, at, case.liaison)


def _words(case: Case, row: Row) -> dict[str, Any]:
    names = ("party_id", "agency_code", "wording")
    return {**case.words, "ask_id": row["id"], **{name: row[name] for name in names}}


def _changed(clerk: Clerk, case: Case, row: Row, fact: Fact, at: datetime, who: Who) -> None:
    since = None
    if row["state"] == "accepted":
        since = date.fromisoformat(row["promised_on"])
    elif row["state"] == "requested":
        since = localdate(at)
    row["rung_on"] = plain(clerk.cast.rung_on(since)) if since else None
    clerk.say(fact, at, who)
    clerk.ask_waits(case, row, at, who)
    if case.matter["next_step"] in rules.HOUSE_STEPS:
        asks = [_now(r) for r in case.asks.values() if r["kind"] == rules.REFERRAL]
        is_done = row["state"] == "done"
        words, today = case.matter["next_step"], localdate(at)
        _follow(
            clerk, case, rules.step_by_asks(asks, now=words, done=is_done, today=today), at, who
        )


def _now(row: Row) -> rules.AskNow:
    promised = row["promised_on"] and date.fromisoformat(row["promised_on"])
    return rules.AskNow(
        row["state"], rules.expected_on(promised or None, date.fromisoformat(row["due_on"]))
    )


def _follow(clerk: Clerk, case: Case, step: rules.Step, at: datetime, who: Who) -> None:
    """The next step that follows, as `matters.actions.following` sets it."""
    matter, kept = case.matter, date.fromisoformat(case.matter["next_on"])
    same = matter["next_step"] == step.words
    by = step.by or (same and kept) or next_day(localdate(at))
    if same and by == kept:
        return
    matter |= {"next_step": step.words, "next_on": plain(by), "version": matter["version"] + 1}
    fact = facts.NextStepFollowed(**case.words, next_on=by, next_step=step.words)
    clerk.say(fact, at, who)
    clerk.matter_waits(case, at, by)


def _answered(clerk: Clerk, case: Case, n: int, at: datetime, state: str, text: str) -> Row:
    row: Row = case.asks[n]
    by = clerk.cast.partners[row["agency_code"]].name
    row |= {"state": state, "answered_at": plain(at), "answered_by": by, "answer_text": text}
    return row


def accept(clerk: Clerk, case: Case, at: datetime, n: int, promised_on: date, text: str) -> None:
    """The agency promises a day."""
    row = _answered(clerk, case, n, at, "accepted", text)
    row |= {"promised_on": plain(promised_on), "first_promised_on": plain(promised_on)}
    due = date.fromisoformat(row["due_on"])
    fact = facts.AskAccepted(**_words(case, row), promised_on=promised_on, due_on=due, text=text)
    _changed(clerk, case, row, fact, at, clerk.cast.partners[row["agency_code"]])


def decline(clerk: Clerk, case: Case, at: datetime, n: int, code: str, text: str) -> None:
    """The agency says no."""
    row = _answered(clerk, case, n, at, "declined", text)
    row["decline_code"] = code
    label = rules.DECLINE_REASONS[code]
    fact = facts.AskDeclined(**_words(case, row), code=code, label=label, text=text)
    _changed(clerk, case, row, fact, at, clerk.cast.partners[row["agency_code"]])


def counter(clerk: Clerk, case: Case, at: datetime, n: int, counter_on: date, text: str) -> None:
    """The agency offers another day."""
    row = _answered(clerk, case, n, at, "countered", text)
    row["counter_on"] = plain(counter_on)
    due = date.fromisoformat(row["due_on"])
    fact = facts.AskCountered(**_words(case, row), counter_on=counter_on, due_on=due, text=text)
    _changed(clerk, case, row, fact, at, clerk.cast.partners[row["agency_code"]])


def agree(clerk: Clerk, case: Case, at: datetime, n: int) -> None:
    """The office takes that day."""
    row = case.asks[n]
    row |= {"state": "accepted", "promised_on": row["counter_on"]}
    row["first_promised_on"] = row["promised_on"]
    promised = date.fromisoformat(row["promised_on"])
    fact = facts.CounterAgreed(**_words(case, row), promised_on=promised)
    _changed(clerk, case, row, fact, at, case.liaison)


def move(clerk: Clerk, case: Case, at: datetime, n: int, promised_on: date, reason: str) -> None:
    """The agency moves its promise."""
    row = case.asks[n]
    moved_from = date.fromisoformat(row["promised_on"])
    row["promised_on"] = plain(promised_on)
    fact = facts.PromiseMoved(
        **_words(case, row),
        moved_from=moved_from,
        promised_on=promised_on,
        first_promised_on=date.fromisoformat(row["first_promised_on"]),
        reason=reason,
    )
    _changed(clerk, case, row, fact, at, clerk.cast.partners[row["agency_code"]])


def done(clerk: Clerk, case: Case, at: datetime, n: int, disposition: str, text: str) -> None:
    """The agency says that it is done."""
    row = case.asks[n]
    row |= {"state": "done", "done_at": plain(at), "disposition": disposition}
    label = rules.DISPOSITIONS[disposition]
    fact = facts.AskDone(**_words(case, row), disposition=disposition, label=label, text=text)
    _changed(clerk, case, row, fact, at, clerk.cast.partners[row["agency_code"]])


def restrict(clerk: Clerk, case: Case, at: datetime, reason: str) -> None:
    """Only its owner and the director see it from now on."""
    seals, readers = clerk.store.table(Seal), clerk.store.table(SealReader)
    seal = seals.row(noun="matter", key=str(case.matter["id"]))
    seals.put(seal)
    readers.put(readers.row(seal_id=seal["id"], user_id=case.liaison.user_id))
    case.matter["restricted"] = 1
    case.matter["version"] += 1
    fact = facts.MatterRestricted(**case.words, readers=(case.liaison.name,), reason=reason)
    clerk.say(fact, at, case.liaison)


def tell(clerk: Clerk, case: Case, at: datetime, number: int, how: str, text: str) -> None:
    """One of those who reported it was told, and the next step follows."""
    _tell(clerk, case, at, number, how, text)
    if case.matter["next_step"] in rules.HOUSE_STEPS:
        untold = sum(1 for r in case.complaints if r["told_at"] is None and not r["anonymous"])
        _follow(clerk, case, rules.step_after_telling(untold=untold), at, case.liaison)


def _tell(clerk: Clerk, case: Case, at: datetime, number: int, how: str, text: str) -> None:
    row = case.complaints[number]
    row |= {"told_at": plain(at), "told_how": how}
    row |= {"told_by": case.liaison.name, "told_text": text}
    label = casework_rules.WAYS_TO_TELL[how]
    words = clerk.complaint_words(case, row)
    clerk.say(casework.ReporterTold(**words, how=how, how_label=label, text=text), at, case.liaison)


def close(clerk: Clerk, case: Case, at: datetime, outcome: str, text: str) -> None:
    """Whoever can be written to is told, and it is closed; public once their letters went."""
    waits = False
    for number, row in enumerate(case.complaints):
        if row["told_at"] is None and not row["anonymous"]:
            _tell(clerk, case, at, number, "email", text)
            waits = not clerk.ledger.delivered
    matter = case.matter
    told = sum(1 for row in case.complaints if row["told_at"])
    clerk.say(facts.ReportersTold(**case.words, people=told), at, case.liaison)
    matter |= {"told_at": plain(at), "state": "closed", "outcome": outcome, "closed_at": plain(at)}
    matter["version"] += 2
    label = KINDS["issue"].outcomes[outcome]
    fact = facts.MatterClosed(**case.words, outcome=outcome, outcome_label=label, text=text)
    clerk.say(fact, at, case.liaison)
    case.waits.clear()
    case.closed_at = at
    case.end_at = None if waits else at + casework_rules.TIME_TO_TAKE_BACK
    clerk.settle_public_end(case, at)
    if case.issue["topic_id"] is not None:
        clerk.closed[case.ground.id, case.issue["topic_id"]] = case


DEEDS: Mapping[str, Callable[..., None]] = {
    "voice": voice,
    "next": set_next,
    "stand": stand,
    "contact": contact,
    "note": note,
    "task": task,
    "finish": finish,
    "ask": ask,
    "accept": accept,
    "decline": decline,
    "counter": counter,
    "agree": agree,
    "move": move,
    "done": done,
    "restrict": restrict,
    "tell": tell,
    "close": close,
}
