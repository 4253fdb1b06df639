"""Writes lives down as rows: the same that the house's actions would have left behind.

`tests/bench` plays the same lives through the actions and finds the very same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.utils.timezone import localdate

from bench.office.deeds import DEEDS
from bench.office.ledger import Ledger, Who, find
from bench.office.lives import Step
from bench.office.people import acknowledge
from bench.office.store import Row, Store, plain
from wardroom.casework import facts as casework
from wardroom.casework import rules as casework_rules
from wardroom.casework.models import Complaint, Issue
from wardroom.kernel.facts import Fact, Ref
from wardroom.matters import facts, rules
from wardroom.matters.models import Ask, Matter, MatterLink, Waiting
from wardroom.search.rules import Thing


@dataclass(frozen=True)
class Ground:
    """A place as the clerk needs it."""

    id: int
    label: str
    ward_code: str
    ward_id: int
    owner: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True)
class Cast:
    """Who does what, and by which calendar; all that the clerk looks up."""

    grounds: Mapping[int, Ground]
    liaisons: Mapping[str, Who]
    partners: Mapping[str, Who]
    agencies: Mapping[str, Who]
    people: Mapping[int, Who]
    written_to: frozenset[int]
    topics: Mapping[str, tuple[int, str, int]]
    first_step: Callable[[date], date]
    rung_on: Callable[[date], date]


@dataclass
class Case:
    """A matter under way with everything that hangs on it."""

    matter: Row
    issue: Row
    ground: Ground
    liaison: Who
    closed_at: datetime | None = None
    end_at: datetime | None = None
    former: Case | None = None
    public_at: datetime | None = None
    found: Thing | None = None
    complaints: list[Row] = field(default_factory=list)
    asks: dict[Any, Row] = field(default_factory=dict)
    waits: dict[tuple[str, str], Row] = field(default_factory=dict)

    @property
    def words(self) -> dict[str, Any]:
        """What every line about it says of it."""
        return {
            "matter_id": self.matter["id"],
            "title": self.matter["title"],
            "place_id": self.ground.id,
            "ward_code": self.ground.ward_code,
        }


class Clerk:
    """Takes one step after the other, in the order of time."""

    def __init__(self, store: Store, ledger: Ledger, cast: Cast) -> None:
        self.store, self.ledger, self.cast = store, ledger, cast
        self.cases: dict[int, Case] = {}
        self.closed: dict[tuple[int, int], Case] = {}
        self.returns: dict[int, list[Case]] = {}

    def take_step(self, life: int, step: Step) -> None:
        """Do what this step says; ``life`` is the number of its life."""
        if step.verb == "take":
            self.cases[life] = self._open(step.at, step.words)
            self.complain(self.cases[life], step.at, step.words, joined=False)
        else:
            DEEDS[step.verb](self, self.cases[life], step.at, **step.words)

    def finish(self) -> None:
        """Write all that could still have changed."""
        for case in self.cases.values():
            if case.found is not None:
                find(self.store, case.found)
            self.store.table(Matter).put(case.matter)
            self.store.table(Issue).put(case.issue)
            for model, rows in (
                (Complaint, case.complaints),
                (Ask, case.asks.values()),
                (Waiting, case.waits.values()),
            ):
                for row in rows:
                    self.store.table(model).put(row)
        self.store.flush()

    def say(self, fact: Fact, at: datetime, who: Who) -> int:
        return self.ledger.record(fact, at, who)

    def _open(self, at: datetime, words: Mapping[str, Any]) -> Case:
        ground = self.cast.grounds[words["place"]]
        topic = self.cast.topics.get(words["topic"])
        liaison = self.cast.liaisons[ground.ward_code]
        next_on = self.cast.first_step(localdate(at))
        title = casework_rules.title_for(topic[1] if topic else "", ground.label, words["said"])
        matter = self.store.table(Matter).row(
            kind="issue",
            title=title,
            owner_id=liaison.party_id,
            next_on=plain(next_on),
            next_step="Decide whom to ask",
            place_id=ground.id,
            ward_id=ground.ward_id,
            ward_code=ground.ward_code,
            opened_at=plain(at),
        )
        issue = self.store.table(Issue).row(
            matter_id=matter["id"],
            topic_id=topic[0] if topic else None,
            first_reported_at=plain(at),
        )
        case = Case(matter, issue, ground, liaison)
        fact = facts.MatterOpened(
            **case.words,
            matter_kind="issue",
            owner_id=liaison.party_id,
            owner_name=liaison.name,
            next_on=next_on,
            next_step=matter["next_step"],
        )
        self.say(fact, at, liaison)
        self.matter_waits(case, at, next_on)
        self.index(case, at)
        issue["ground_owner"], issue["ground_name"], issue["ground_kind"] = ground.owner
        if topic is not None:
            self._came_back(case, at, topic)
        return case

    def settle_public_end(self, case: Case, at: datetime) -> None:
        """From when everybody may read the end of an issue, and of all that came back as it."""
        own: Case | None = case
        while own is not None:
            now = own
            while now.matter["state"] == "closed" and self.returns.get(now.matter["id"]):
                now = self.returns[now.matter["id"]][-1]
            end = now.end_at if now.matter["state"] == "closed" else None
            if end is not None and own.public_at is not None:
                end = min(end, own.public_at)
            if end is None and own.public_at is not None and own.public_at <= at:
                own.issue["again_public_at"] = plain(at)
            own.public_at = end
            own.issue["end_public_at"] = None if end is None else plain(end)
            own.issue["stands_as_id"] = None if now is own else now.matter["id"]
            own = own.former

    def _came_back(self, case: Case, at: datetime, topic: tuple[int, str, int]) -> None:
        """A closing soon before, of the same topic at the same place, did not hold."""
        former = self.closed.get((case.ground.id, topic[0]))
        if former is None or former.closed_at is None:
            return
        ago = (localdate(at) - localdate(former.closed_at)).days
        if ago > topic[2]:
            return
        case.issue["return_of_id"] = former.matter["id"]
        case.issue["first_reported_at"] = former.issue["first_reported_at"]
        earlier = self.returns.setdefault(former.matter["id"], [])
        if not any(other.matter["state"] == "open" for other in earlier):
            former.matter["came_back_at"] = plain(at)
            former.matter["version"] += 1
            again = case.matter["id"]
            back = facts.MatterCameBack(**former.words, again_id=again, days=max(0, ago))
            self.say(back, at, case.liaison)
        earlier.append(case)
        case.former = former
        self.settle_public_end(case, at)
        links = self.store.table(MatterLink)
        kind = "recurrence"
        links.put(
            links.row(
                of_id=case.matter["id"],
                to_id=former.matter["id"],
                kind=kind,
                made_at=plain(at),
                made_by=case.liaison.name,
            )
        )
        other = {"other_id": former.matter["id"], "other_title": former.matter["title"]}
        label = rules.LINKS[kind]
        self.say(
            facts.MattersLinked(**case.words, **other, link=kind, label=label), at, case.liaison
        )

    def complain(self, case: Case, at: datetime, words: Mapping[str, Any], *, joined: bool) -> None:
        """One person's complaint, with its line."""
        person = self.cast.people.get(words["reporter"])
        anonymous = person is None and not words["typed"]
        channel = words["channel"]
        row = self.store.table(Complaint).row(
            matter_id=case.matter["id"],
            taken_for_id=case.matter["id"],
            reporter_id=person.party_id if person else None,
            reporter_typed=words["typed"],
            anonymous=int(anonymous),
            channel=channel,
            language="en",
            said=words["said"],
            request_number=words["number"],
            received_at=plain(at),
            taken_at=plain(at),
            taken_by=case.liaison.name,
        )
        case.complaints.append(row)
        fact = casework.ComplaintTaken(
            **self.complaint_words(case, row),
            channel=channel,
            channel_label=casework_rules.CHANNELS[channel],
            said=words["said"],
            received_at=at,
            request_number=words["number"],
            topic_code=words.get("topic", ""),
            joined=joined,
        )
        entry = self.say(fact, at, case.liaison)
        if self.ledger.delivered and person and person.party_id in self.cast.written_to:
            acknowledge(self.store, self.ledger, entry, fact, by=case.liaison, to=person, at=at)

    def complaint_words(self, case: Case, row: Row) -> dict[str, Any]:
        """What every line about a complaint says of it."""
        person = self.cast.people.get(row["reporter_id"])
        name = person.name if person else row["reporter_typed"] or "Somebody who gave no name"
        return {
            **case.words,
            "complaint_id": row["id"],
            "party_id": row["reporter_id"],
            "reporter": name,
        }

    def index(self, case: Case, at: datetime) -> None:
        """Let the matter be found; what was found before is replaced at the end."""
        case.found = Thing(
            ref=Ref("matter", str(case.matter["id"])),
            title=case.matter["title"],
            text=f"{case.ground.label} {case.matter['standing']}".strip(),
            ward_code=case.ground.ward_code,
            matter_key=str(case.matter["id"]),
            at=at,
        )

    def matter_waits(self, case: Case, at: datetime, next_on: date) -> None:
        """What an open matter wants next, in its owner's list."""
        title, step = case.matter["title"], case.matter["next_step"]
        self.wait(
            case,
            ("matter", str(case.matter["id"])),
            rules.matter_waits(case.matter["state"], next_on),
            at,
            party_id=case.liaison.party_id,
            title=f"{title}: {step}" if step else title,
        )

    def ask_waits(self, case: Case, ask: Row, at: datetime, party: Who) -> None:
        """What an ask wants of the office, in somebody's list."""
        referral = ask["kind"] == rules.REFERRAL
        wait = rules.ask_waits(
            ask["kind"],
            ask["state"],
            due_on=_day(ask["due_on"]),
            promised_on=_day_or_none(ask["promised_on"]),
            proposed_on=localdate(_instant(ask["proposed_at"])),
            answered_on=_local(ask["answered_at"]),
            done_on=_local(ask["done_at"]),
            settled=ask["settled_at"] is not None,
        )
        self.wait(
            case,
            ("ask", str(ask["id"])),
            wait if case.matter["state"] == "open" else None,
            at,
            party_id=case.liaison.party_id if referral else party.party_id,
            title=f"{ask['agency_code']}: {ask['wording']}" if referral else ask["wording"],
            agency_code=ask["agency_code"],
        )

    def wait(
        self,
        case: Case,
        key: tuple[str, str],
        wait: rules.Wait | None,
        at: datetime,
        *,
        party_id: int,
        title: str,
        agency_code: str = "",
    ) -> None:
        """Say that a thing waits, or no longer does."""
        if wait is None:
            case.waits.pop(key, None)
            return
        row = case.waits.get(key) or self.store.table(Waiting).row(noun=key[0], key=key[1])
        if (row["reason"], row["party_id"]) != (wait.reason, party_id):
            row["since_at"] = plain(at)
        row |= {
            "party_id": party_id,
            "reason": wait.reason,
            "due_on": plain(wait.due_on),
            "title": title[:300],
            "place_label": case.ground.label[:200],
            "ward_code": case.ground.ward_code,
            "agency_code": agency_code,
            "matter_id": case.matter["id"],
        }
        case.waits[key] = row


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _local(text: str | None) -> date | None:
    return localdate(_instant(text)) if text else None


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
