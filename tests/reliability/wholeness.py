"""Whether everything that one commit writes is there together, or none of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Model

from wardroom.casework.models import Complaint
from wardroom.incidents.models import SituationReport
from wardroom.jobs.commands.index_command import _everything
from wardroom.kernel.facts import kind_named
from wardroom.ledger.models import About, Entry, Link, Receipt
from wardroom.ledger.queries import verified_chain
from wardroom.ledger.reactions import reactions_to
from wardroom.matters.models import Ask, Matter
from wardroom.notices.models import Message
from wardroom.plans.models import WorkPlan
from wardroom.search.models import Doc
from wardroom.search.queries import index_gaps
from wardroom.service_requests.models import ImportRun, ServiceRequest

# What has a row has a line: the model, the kind of line, and where it names the row.
LINES: Sequence[tuple[type[Model], str, str]] = (
    (Matter, "MatterOpened", "matter_id"),
    (Ask, "AskProposed", "ask_id"),
    (WorkPlan, "PlanAdopted", "plan_id"),
    (Complaint, "ComplaintTaken", "complaint_id"),
    (Message, "MessageQueued", "message"),
)
TELLINGS = ("ReporterTold", "TellingTakenBack")
KINDS = ("ComplaintTaken", "ReporterTold")
WRITES = ("acknowledge the complaint", "tell by e-mail")
FOUND: Sequence[tuple[type[Model], str]] = ((Matter, "matter"), (Ask, "ask"))


@dataclass
class Watch:
    """Looks at what was written since it looked last."""

    last: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for _ in self.halves():
            pass

    def halves(self) -> Iterator[str]:
        """Everything new that stands there without what belongs to it."""
        entries = list(self._fresh(Entry))
        yield from _lines(entries)
        named: dict[str, set[Any]] = defaultdict(set)
        for entry in entries:
            for _, kind, key in LINES:
                if entry.kind == kind:
                    named[kind].add(entry.body[key])
        for model, kind, _ in LINES:
            rows = {row.pk for row in self._fresh(model)}
            for pk in rows ^ named[kind]:
                yield f"{model.__name__} {pk} without {kind}, or the other way round"
            for noun in (noun for found, noun in FOUND if found is model):
                keys = {str(pk) for pk in rows}
                docs = Doc.objects.filter(noun=noun, key__in=keys).values_list("key", flat=True)
                yield from (f"{noun} {key} cannot be found" for key in keys - set(docs))
        yield from _closings(entries)
        yield from self._situations(entries)
        yield from _imports()
        yield from _letters()

    def _fresh(self, model: type[Model]) -> Iterable[Any]:
        name = model.__name__
        rows = list(model._default_manager.filter(pk__gt=self.last.get(name, 0)).order_by("pk"))
        self.last[name] = rows[-1].pk if rows else self.last.get(name, 0)
        return rows

    def _situations(self, entries: Sequence[Entry]) -> Iterator[str]:
        rows = {(row.incident_id, row.number) for row in self._fresh(SituationReport)}
        told = {
            (entry.body["incident_id"], entry.body["number"])
            for entry in entries
            if entry.kind == "SituationWritten"
        }
        yield from (f"situation {row} without its line, or the other way" for row in rows ^ told)


def _lines(entries: Sequence[Entry]) -> Iterator[str]:
    """Each line is in the chain, on its timelines, and has the receipts of what follows."""
    ids = [entry.pk for entry in entries]
    linked = set(Link.objects.filter(entry_id__in=ids).values_list("entry_id", flat=True))
    about: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for pk, noun, key in About.objects.filter(entry_id__in=ids).values_list(
        "entry_id", "noun", "key"
    ):
        about[pk].add((noun, key))
    due: dict[int, set[str]] = defaultdict(set)
    for pk, name in Receipt.objects.filter(entry_id__in=ids).values_list("entry_id", "reaction"):
        due[pk].add(name)
    for entry in entries:
        fact = kind_named(entry.kind).from_plain(entry.body)
        if entry.pk not in linked:
            yield f"line {entry.pk} ({entry.kind}) is not in the chain"
        if about[entry.pk] != {(ref.noun, ref.key) for ref in fact.about()}:
            yield f"line {entry.pk} ({entry.kind}) is missing from a timeline"
        if due[entry.pk] != {reaction.name for reaction in reactions_to(entry.kind)}:
            yield f"line {entry.pk} ({entry.kind}) lacks a receipt"


def _closings(entries: Sequence[Entry]) -> Iterator[str]:
    """Who is closed, or told, has a line that says so."""
    told = {e.body["matter_id"] for e in entries if e.kind == "MatterClosed"}
    opened = {e.body["matter_id"] for e in entries if e.kind == "MatterOpened"}
    closed = Matter.objects.filter(pk__in=told | opened, state="closed")
    yield from (
        f"matter {pk} closed without its line, or the other way"
        for pk in {matter.pk for matter in closed} ^ told
    )
    changed = {e.body["complaint_id"] for e in entries if e.kind in TELLINGS}
    for complaint in Complaint.objects.filter(pk__in=changed):
        lines = Entry.objects.filter(
            about__noun="complaint", about__key=str(complaint.pk), kind__in=TELLINGS
        )
        if (complaint.told_at is not None) != (lines.latest("pk").kind == TELLINGS[0]):
            yield f"complaint {complaint.pk} is told without its line, or the other way"


def _imports() -> Iterator[str]:
    """The last runs have the rows that they and their lines count."""
    for run in ImportRun.objects.order_by("-pk")[:3]:
        rows = ServiceRequest.objects.filter(first_run=run).count()
        lines = Entry.objects.filter(
            kind="RequestsRead", about__noun="import", about__key=str(run.pk)
        )
        told = sum(entry.body["new"] for entry in lines)
        if not rows == run.rows_new == told:
            yield f"import {run.pk} has {rows} rows, counts {run.rows_new}, told {told}"


def _letters() -> Iterator[str]:
    """A reaction that writes to a resident is done when its message stands, and only then.

    Where the telling was taken back there is nothing to write any more.
    """
    rows = Receipt.objects.filter(reaction__in=WRITES)
    done = set(rows.filter(state="done").values_list("entry_id", flat=True))
    back = Entry.objects.filter(kind=TELLINGS[1]).values_list("body", flat=True)
    moot = {body["complaint_id"] for body in back}
    written = set(Message.objects.filter(entry__kind__in=KINDS).values_list("entry_id", flat=True))
    for line in Entry.objects.filter(pk__in=done ^ written):
        if line.body["complaint_id"] not in moot or line.pk in written:
            yield f"line {line.pk} ({line.kind}): its receipt and its message disagree"


def lost(said: Iterable[str]) -> Iterator[str]:
    """What was said to be done and is not there."""
    models: dict[str, type[Model]] = {
        "matter": Matter,
        "plan": WorkPlan,
        "complaint": Complaint,
        "situation": SituationReport,
    }
    for line in said:
        kind, key, *rest = line.split(" ")
        if kind == "rows":
            there = ServiceRequest.objects.filter(external_id__startswith=f"{key}-").count()
            if there < int(rest[0]):
                yield line
        elif kind == "file":
            if not ImportRun.objects.filter(file_name=key, state="done").exists():
                yield line
        elif kind == "closed":
            if not Matter.objects.filter(pk=key, state="closed").exists():
                yield line
        elif kind != "followed" and not models[kind]._default_manager.filter(pk=key).exists():
            yield line


def faults_of_the_whole() -> list[str]:
    """What the chain, the index and the database itself have to complain of."""
    found = [] if (broken := verified_chain().broken) is None else [broken.sentence]
    gaps = index_gaps(_everything()[1])
    found += [f"index: {gaps}"] if gaps else []
    twice = Counter(Message.objects.values_list("key", flat=True))
    found += [f"message {key} stands {n} times" for key, n in twice.items() if n > 1]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found += [str(row[0]) for row in cursor.fetchall() if row[0] != "ok"]
            cursor.execute("PRAGMA foreign_key_check")
            found += [f"points at nothing: {row}" for row in cursor.fetchall()]
    return found
