"""The whole workflow, moved by chance: who does what to what, sane or not, in any order.

Each step is one action that somebody of the cast tries. It is taken, or refused in the words of
the house; anything else is a fault. After each step what must always hold is looked at anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import Ground
from tests.plans.planning import AIM
from tests.reliability.wholeness import Watch
from wardroom.access.actor import Stamp
from wardroom.casework import actions as casework
from wardroom.casework.models import Complaint
from wardroom.directory.models import Party
from wardroom.fieldwork import actions as fieldwork
from wardroom.fieldwork.rules import FINDINGS
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters import actions as matters
from wardroom.matters.models import Ask, Matter
from wardroom.matters.rules import TASK_KINDS, kind_of
from wardroom.plans import actions as plans
from wardroom.plans.models import PlanStep, WorkPlan
from wardroom.plans.rules import StepDraft

# What the edge lets through: no half letters and no NUL.
TEXTS = ("", " ", "The alley", "x" * 3_000, "\u202erats", "'\"<b>", "é" * 90)
KINDS = ("issue", "persistent_location", "commitment", "nonsense")
ROWS = (Matter, Ask, Complaint, WorkPlan, PlanStep)


@dataclass(frozen=True)
class Deed:
    """One thing that somebody can try: what it is done to, with which words, and when it is time.

    Mostly it is tried when it is time.
    """

    subject: str
    action: Callable[..., Any]
    words: Callable[[Office, Any], dict[str, Any]]
    ready: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""


@dataclass
class Office:
    """The office while chance moves it, and what it must never lose."""

    ground: Ground
    cast: Mapping[str, Cast]
    agencies: Mapping[str, Party]
    chance: Random
    deeds: Mapping[str, Deed] = field(default_factory=lambda: DEEDS)
    at: datetime = NOON
    watch: Watch = field(default_factory=Watch)
    promised: dict[int, date] = field(default_factory=dict)
    lines: dict[int, Any] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def step(self) -> None:
        """Somebody tries something; then everything is looked at."""
        self.at += timedelta(minutes=self.chance.choice((1, 5, 60)))
        name = self.chance.choice([*self.deeds])
        deed = self.deeds[name]
        ready = deed.ready if self.chance.random() < 0.8 else {}
        subject = self.some(deed.subject, **ready)
        if subject is None:
            return
        fit = [who for who in self.cast if may(who, subject) and who.startswith(deed.by)]
        who = self.chance.choice(fit if fit and self.chance.random() < 0.8 else [*self.cast])
        before = standing(subject)
        lines = Entry.objects.count()
        words = deed.words(self, subject)
        told = f"{who} {name} {subject!r} {words}"
        try:
            deed.action(subject, **words, stamp=self.stamp(who))
        except (Refused, NotFound) as no:
            self.refused.append(f"{name}: {getattr(no, 'code', 'not_found')}")
            assert Entry.objects.count() == lines, f"refused, and written down: {told}"
            assert standing(subject) == before, f"refused, and changed: {told}"
        except Exception as error:
            raise AssertionError(f"{type(error).__name__} {error}: {told}") from error
        else:
            self.taken.append(name)
            assert Entry.objects.count() > lines, f"done without a line: {told}"
            assert may(who, subject), f"out of reach, and done: {told}"
            if name == "report_done":
                assert standing(subject.matter)["state"] == before["matter_state"], told
        self.look(told)

    def stamp(self, who: str) -> Stamp:
        return replace(self.cast[who].stamp, at=self.at)

    def some(self, noun: str, **ready: Any) -> Any:
        """Something of this kind, or nothing where there is none."""
        if noun == "place":
            return self.chance.choice([*self.ground.places.values()])
        model: Any = {"matter": Matter, "ask": Ask, "plan": WorkPlan, "step": PlanStep}[noun]
        keys = [*model.objects.filter(**ready).order_by("pk").values_list("pk", flat=True)]
        return model.objects.get(pk=self.chance.choice(keys)) if keys else None

    def day(self) -> date:
        """A day soon to come; now and then one that is past, or absurd."""
        odd = (-400, -1, 0, 400, 4_000)
        days = self.chance.choice(odd) if self.chance.random() < 0.2 else self.chance.randint(1, 40)
        return self.at.date() + timedelta(days=days)

    def text(self) -> str:
        """Mostly sound words."""
        return self.chance.choice(TEXTS) if self.chance.random() < 0.15 else "Words that say why."

    def party(self) -> Party:
        """Somebody of the staff, or an agency."""
        people = [self.cast[who].party for who in ("liaison5", "liaison7", "director")]
        if self.chance.random() < 0.8:
            return self.chance.choice(people)
        return self.chance.choice([*self.agencies.values(), self.cast["records"].party])

    def look(self, told: str) -> None:
        """What must hold at any time, whatever was tried."""
        halves = [half for half in self.watch.halves() if not _of_a_task(half)]
        assert halves == [], f"{halves}: {told}"
        lost = Matter.objects.filter(state="open", next_on=None) | Matter.objects.filter(
            state="open", owner=None
        )
        assert not lost.exists(), f"without owner or next date: {told}"
        untold = Complaint.objects.filter(matter__state="closed", matter__kind="issue")
        unsaid = [c.pk for c in untold.exclude(matter__outcome="duplicate") if not c.told_at]
        assert unsaid == [], f"closed, and not told: {told}"
        for pk, first, now in Ask.objects.order_by("pk").values_list(
            "pk", "first_promised_on", "promised_on"
        ):
            assert first or not now, f"a promise without a first one: {told}"
            if first:
                assert self.promised.setdefault(pk, first) == first, f"first promise lost: {told}"
        for pk, kind, at, body in Entry.objects.order_by("pk").values_list(
            "pk", "kind", "at", "body"
        ):
            assert self.lines.setdefault(pk, (kind, at, body)) == (kind, at, body), told


def _of_a_task(half: str) -> bool:
    """Whether it is a task, which has a line of its own and is not looked for as an ask is."""
    noun, number, *_ = half.split()
    tasks = Ask.objects.filter(kind__in=TASK_KINDS)
    return noun.casefold() == "ask" and tasks.filter(pk=number).exists()


def standing(subject: Any) -> dict[str, Any]:
    """How a thing stands in the database."""
    if not isinstance(subject, ROWS):
        return {}
    row = type(subject).objects.filter(pk=subject.pk).values().get()
    if isinstance(subject, Ask) and subject.matter_id:
        row["matter_state"] = Matter.objects.values_list("state", flat=True).get(
            pk=subject.matter_id
        )
    return dict(row)


def may(who: str, subject: Any) -> bool:
    """Who can possibly have done it, told without the policies: by ward and by agency alone."""
    if who == "director":
        return True
    matter = subject if isinstance(subject, Matter) else getattr(subject, "matter", None)
    if who.startswith("partner"):
        return isinstance(subject, Ask) and subject.agency_code == who[8:].upper()
    if isinstance(subject, Ask) and subject.matter_id is None:
        return True
    ward = matter.ward_code if matter is not None else None
    return who.startswith("liaison") and ward in (None, who[7:])


def _issue(office: Office, place: Any) -> dict[str, Any]:
    onto = office.some("matter") if office.chance.random() < 0.3 else None
    return {
        "said": office.text() or "Rats",
        "channel": office.chance.choice(("phone", "phone", "email", "nonsense")),
        "topic_code": office.chance.choice(("rodents", "rodents", "dumping", "nonsense")),
        "reporter_typed": office.text(),
        "onto": onto,
    }


def _told(office: Office, matter: Any) -> dict[str, Any]:
    mine = [*Complaint.objects.filter(matter=matter).values_list("pk", flat=True)]
    keys = mine if mine and office.chance.random() < 0.8 else [999_999]
    how = office.chance.choice(("phone", "phone", "in_person", "nonsense"))
    return {"complaint_id": office.chance.choice(keys), "how": how, "text": office.text()}


def _one_of(office: Office, matter: Any) -> dict[str, Any]:
    return {"complaint_id": _told(office, matter)["complaint_id"], "title": office.text()}


def _opened(office: Office, place: Any) -> dict[str, Any]:
    ward = office.chance.choice([*office.ground.wards.values()])
    return {
        "kind": office.chance.choice(KINDS), "title": office.text(), "owner": office.party(),
        "next_on": office.day(), "next_step": office.text(), "ward": ward,
    }  # fmt: skip


def _plan(office: Office, matter: Any) -> dict[str, Any]:
    last = WorkPlan.objects.filter(matter=matter).order_by("-version").first()
    steps = [
        StepDraft(agency, office.text(), "Its own", office.day(), after=after)
        for agency, after in (("DPW", ()), ("DDOT", (1,)))
    ]
    return {
        **AIM, "steps": steps, "reason": office.text(),
        "former_version": last.version if last else None,
    }  # fmt: skip


def _ask(office: Office, matter: Any) -> dict[str, Any]:
    party = office.chance.choice([*office.agencies.values()])
    return {"party": party, "wording": office.text(), "authority": "", "due_on": office.day()}


def _todo(office: Office, matter: Any) -> dict[str, Any]:
    return {"party": office.party(), "wording": office.text(), "due_on": office.day()}


def _seen(office: Office, subject: Any) -> dict[str, Any]:
    finding = office.chance.choice((*FINDINGS, "nonsense"))
    ago = timedelta(days=office.chance.choice((-1, 0, 1)))
    return {"finding": finding, "note": office.text(), "seen_at": office.at - ago}


def _ended(office: Office, matter: Any) -> dict[str, Any]:
    known = kind_of(matter.kind).outcomes if office.chance.random() < 0.9 else ("nonsense",)
    return {"outcome": office.chance.choice([*known]), "text": office.text()}


def _with(**words: str) -> Callable[[Office, Any], dict[str, Any]]:
    """Words of a deed, each drawn by the method of the office that is named."""
    return lambda office, _: {name: getattr(office, how)() for name, how in words.items()}


def _code(name: str, *codes: str, **more: str) -> Callable[[Office, Any], dict[str, Any]]:
    """The same, with one of these codes."""
    others = _with(**more)
    return lambda office, it: {name: office.chance.choice(codes), **others(office, it)}


def _other(name: str, **more: str) -> Callable[[Office, Any], dict[str, Any]]:
    others = _with(**more)
    return lambda office, it: {name: office.some("matter"), **others(office, it)}


# When it is time for a deed.
OPEN = {"state": "open"}
ISSUE, SHUT_ISSUE = ({"kind": "issue", "state": state} for state in ("open", "closed"))
LOCATION, SHUT_LOCATION = (
    {"kind": "persistent_location", "state": state} for state in ("open", "closed")
)
TASK, ASKED, PROMISED = {"kind": "todo"}, {"state": "requested"}, {"state": "accepted"}
DEEDS: Mapping[str, Deed] = {
    "take_complaint": Deed("place", casework.take_complaint, _issue),
    "take_another": Deed("place", casework.take_complaint, _issue),
    "open_matter": Deed("place", matters.open_matter, _opened),
    "tell": Deed("matter", casework.note_reporter_told, _told, ISSUE),
    "close_issue": Deed("matter", casework.close_issue, _ended, ISSUE),
    "reopen_issue": Deed(
        "matter",
        casework.reopen_issue,
        _with(reason="text", next_on="day", next_step="text"),
        SHUT_ISSUE,
    ),
    "take_telling_back": Deed(
        "matter",
        casework.take_telling_back,
        _with(),
        {"kind": "issue", "complaints__told_at__isnull": False},
    ),
    "join": Deed("matter", casework.join_issues, _other("into"), ISSUE),
    "part": Deed(
        "matter", casework.part_issues, _with(reason="text"), {"merged_into__isnull": False}
    ),
    "split": Deed("matter", casework.split_complaint, _one_of, ISSUE),
    "undo_split": Deed("matter", casework.undo_split, _with(reason="text"), ISSUE),
    "set_next_step": Deed(
        "matter", matters.set_next_step, _with(next_on="day", next_step="text"), OPEN
    ),
    "hand_over": Deed("matter", matters.hand_over_matter, _with(owner="party"), OPEN),
    "close_matter": Deed("matter", matters.close_matter, _ended, LOCATION),
    "reopen_matter": Deed(
        "matter",
        matters.reopen_matter,
        _with(reason="text", next_on="day", next_step="text"),
        SHUT_LOCATION,
    ),
    "propose": Deed("matter", matters.propose_ask, _ask, OPEN),
    "request": Deed("ask", matters.request_ask, _with(), {"state": "proposed"}),
    "accept": Deed(
        "ask", matters.accept_ask, _with(promised_on="day", text="text"), ASKED, by="partner"
    ),
    "decline": Deed(
        "ask",
        matters.decline_ask,
        _code("code", "not_ours", "other", "?", text="text"),
        ASKED,
        by="partner",
    ),
    "counter": Deed(
        "ask", matters.counter_ask, _with(counter_on="day", text="text"), ASKED, by="partner"
    ),
    "agree": Deed("ask", matters.agree_counter, _with(), {"state": "countered"}),
    "move_promise": Deed(
        "ask", matters.move_promise, _with(promised_on="day", reason="text"), PROMISED, by="partner"
    ),
    "report_done": Deed(
        "ask",
        matters.report_done,
        _code("disposition", "fixed", "not_found", "?", text="text"),
        PROMISED,
        by="partner",
    ),
    "repeat": Deed(
        "ask", matters.repeat_ask, _with(due_on="day", reason="text"), {"state": "declined"}
    ),
    "withdraw": Deed("ask", matters.withdraw_ask, _with(reason="text"), ASKED),
    "reword": Deed(
        "ask",
        matters.reword_ask,
        _with(wording="text", due_on="day", reason="text"),
        {"kind": "plan_step"},
    ),
    "add_task": Deed("matter", matters.add_task, _todo, OPEN),
    "finish_task": Deed(
        "ask", matters.finish_task, lambda o, _: {"text": o.text(), "done_on": o.at.date()}, TASK
    ),
    "move_task": Deed("ask", matters.move_task, _with(due_on="day", reason="text"), TASK),
    "give_task": Deed("ask", matters.give_task, _with(party="party"), TASK),
    "drop_task": Deed("ask", matters.drop_task, _with(reason="text"), TASK),
    "reopen_task": Deed("ask", matters.reopen_task, _with(), TASK),
    "pause": Deed("ask", matters.pause_clock, _with(from_on="day", reason="text"), TASK),
    "resume": Deed("ask", matters.resume_clock, _with(until_on="day"), TASK),
    "check": Deed(
        "matter",
        fieldwork.record_check,
        lambda o, it: {**_seen(o, it), "rating": o.chance.choice((None, 2, 2, 9))},
        OPEN,
    ),
    "adopt_plan": Deed("matter", plans.adopt_plan, _plan, LOCATION),
    "review_plan": Deed("plan", plans.review_plan, _with(note="text", review_on="day")),
    "verify_step": Deed("step", plans.verify_step, _seen, {"ask__state": "done"}),
    "say_where": Deed("matter", matters.say_where_it_stands, _with(text="text"), OPEN),
}
