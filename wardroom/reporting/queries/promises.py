"""What agencies promised us, and what was found where they said done: our own measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from wardroom.access.actor import Actor
from wardroom.access.models import ScopedQuerySet
from wardroom.calendar.queries.events import day_start
from wardroom.fieldwork.models import ConditionCheck
from wardroom.fieldwork.policy import reach as reach_of_checks
from wardroom.ledger.models import About
from wardroom.matters.facts import AskWithdrawn
from wardroom.matters.models import Ask
from wardroom.matters.policy import reach_of_asks
from wardroom.matters.rules import REFERRAL
from wardroom.plans.models import StepCheck
from wardroom.reporting.rules import share_with_interval
from wardroom.reporting.rules.measuring import YEAR_DAYS

COUNTED = ("of", "kept", "moved", "current", "kept_by_current", "done")


@dataclass(frozen=True)
class PromiseRow:
    """One agency's promises whose first day is over, and what was seen where it said done.

    ``current`` counts those whose last promised day is over; ``kept_by_current`` is never the
    measure. ``looked`` were seen afterwards by somebody who had not asked for it.
    """

    code: str
    name: str
    kept: int
    of: int
    moved: int
    kept_by_current: int
    current: int
    done: int
    looked: int
    clean: int
    unclear: int

    @property
    def interval(self) -> tuple[float, float, float] | None:
        """The share kept by the first promise, and its 95% interval."""
        return share_with_interval(self.kept, self.of)

    @property
    def fixed_between(self) -> tuple[float, float] | None:
        """Where the share fixed lies, whatever is true of what nobody could tell."""
        low = share_with_interval(self.clean, self.looked)
        high = share_with_interval(self.clean + self.unclear, self.looked)
        return (low[1], high[2]) if low and high else None


@dataclass(frozen=True)
class Promised:
    """The agencies that promised us something, by name, over the time from a day to a day."""

    rows: tuple[PromiseRow, ...]
    since_on: date
    until_on: date


def promises_by_agency(actor: Actor, *, on: date, ward: str = "") -> Promised:
    """How the agencies kept their first promises of the last 12 months, and what we saw.

    ``on`` is today. A promise counts once its day is over, unless we withdrew the ask before.
    """
    since = on - timedelta(days=YEAR_DAYS)
    asks = Ask.objects.filter(kind=REFERRAL).within(reach_of_asks(actor))
    if ward:
        asks = asks.filter(ward_code=ward)
    over = Q(first_promised_on__gte=since, first_promised_on__lt=on)
    done = Q(state="done", done_at__gte=day_start(since))
    asks = asks.filter(over | done)
    over &= ~Q(Q(state="withdrawn") & withdrawn_before())
    current = over & Q(promised_on__lt=on)
    # Counted by what was found as well: the looks of an ask are read once then, not per column.
    found = Case(When(done, then=_first_look(actor)), output_field=CharField())
    counts = (
        asks.annotate(found=found)
        .order_by()
        .values("party__code", "party__name", "found")
        .annotate(
            of=Count("pk", filter=over),
            kept=Count("pk", filter=over & Q(done_at__date__lte=F("first_promised_on"))),
            moved=Count("pk", filter=over & Q(promised_on__gt=F("first_promised_on"))),
            current=Count("pk", filter=current),
            kept_by_current=Count("pk", filter=current & Q(done_at__date__lte=F("promised_on"))),
            done=Count("pk", filter=done),
        )
    )
    rows = [row for row in _by_agency(counts) if row.of or row.done]
    return Promised(
        rows=tuple(sorted(rows, key=lambda r: (r.name.lower(), r.code))),
        since_on=since,
        until_on=on - timedelta(days=1),
    )


def _by_agency(counts: Iterable[Mapping[str, Any]]) -> list[PromiseRow]:
    """The counts of each agency together, whatever was found."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for row in counts:
        one = found.setdefault((row["party__code"], row["party__name"]), Counter())
        one.update({name: row[name] for name in COUNTED})
        if row["found"] is not None:
            one["looked"] += row["done"]
            one[row["found"]] += row["done"]
    return [
        PromiseRow(
            code=code,
            name=name,
            **{column: one[column] for column in (*COUNTED, "looked", "clean")},
            unclear=one["cannot_determine"],
        )
        for (code, name), one in found.items()
    ]


def withdrawn_before() -> Exists:
    """Whether we withdrew the ask before the day of its first promise."""
    lines = About.objects.filter(noun="ask", key=Cast(OuterRef("pk"), CharField()))
    return Exists(
        lines.filter(
            entry__kind=AskWithdrawn.__name__, entry__at__date__lt=OuterRef("first_promised_on")
        )
    )


def _first_look(actor: Actor) -> Coalesce:
    """What was found when somebody who neither asked for it nor did it first went to look.

    As `seen_by_others` has it, said in the database: a look at the step itself comes first.
    """
    word = Case(When(finding="fixed", then=Value("clean")), default=F("finding"))
    steps = StepCheck.objects.filter(ask=OuterRef("pk"), seen_at__gte=OuterRef("done_at"))
    first = Subquery(steps.order_by("seen_at", "pk").annotate(word=word).values("word")[:1])
    checks: ScopedQuerySet = ConditionCheck.objects.within(reach_of_checks(actor))
    looks = checks.filter(matter=OuterRef("matter"), seen_at__gt=OuterRef("done_at"))
    looks = looks.exclude(observer=OuterRef("asked_by")).exclude(observer=OuterRef("party"))
    return Coalesce(first, Subquery(looks.order_by("seen_at", "pk").values("finding")[:1]))
