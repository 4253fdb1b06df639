"""What may be done with money: certified, then allocated, then committed, then spent.

Nothing is obligated before it is certified, and nothing over what is certified: in the whole
fund, and in each purpose over what the purpose was given. D.C. Code 47-355.02 (1), (2), (5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.office.rules.amounts import shown

LAW = "D.C. Code \u00a7 47-355.02"
CERTIFY, ALLOCATE, COMMIT = "certify", "allocate", "commit"
SPEND, RELEASE, RETURN = "spend", "release", "return"
BY_PAPER = frozenset({CERTIFY, COMMIT, SPEND})
KINDS: Mapping[str, str] = {
    CERTIFY: "Certified",
    ALLOCATE: "Allocated",
    COMMIT: "Committed",
    SPEND: "Spent",
    RELEASE: "Commitment released",
    RETURN: "Allocation returned",
}
PROPOSED, EXISTING, DROPPED = "proposed", "existing", "dropped"
STANDINGS: Mapping[str, str] = {
    EXISTING: "Existing",
    PROPOSED: "Proposed",
    DROPPED: "Dropped",
}
# What needs a fund that runs; paying, releasing and returning go on after its last day.
WHILE_IT_RUNS = frozenset({CERTIFY, ALLOCATE, COMMIT})
OWN_UP = (
    " If the money has gone already, tell the agency fiscal officer today: it must not wait for "
    "another fiscal year."
)

STILL_NEEDED = (
    "Later lines rest on this one, so that much cannot be taken back. Take those back, release or "
    "return first."
)


@dataclass(frozen=True)
class Sum:
    """Cents of one kind for one purpose: a line of a fund, or several added up."""

    kind: str
    purpose: str
    cents: int


@dataclass(frozen=True)
class Balance:
    """How far money has come, in cents, each a part of the one before it."""

    certified: int = 0
    allocated: int = 0
    committed: int = 0
    spent: int = 0

    @property
    def to_allocate(self) -> int:
        """Certified, and not yet given to a purpose."""
        return self.certified - self.allocated

    @property
    def to_commit(self) -> int:
        """Given to a purpose, and not yet promised to anybody."""
        return self.allocated - self.committed

    @property
    def to_spend(self) -> int:
        """Promised to somebody, and not yet paid."""
        return self.committed - self.spent

    @property
    def left(self) -> int:
        """Certified, and promised to nobody."""
        return self.certified - self.committed

    @property
    def is_sound(self) -> bool:
        """Whether each step stays within the one before it, and none is below nothing."""
        return self.certified >= self.allocated >= self.committed >= self.spent >= 0


@dataclass(frozen=True)
class Balances:
    """The balance of a fund, and of each purpose in it; a purpose is certified what it is given."""

    fund: Balance = Balance()
    purposes: Mapping[str, Balance] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, purpose: str) -> Balance:
        """The balance of one purpose; nothing at all where it was given nothing."""
        return self.purposes.get(purpose, Balance())

    @property
    def is_sound(self) -> bool:
        """Whether the fund and every purpose in it are."""
        return self.fund.is_sound and all(one.is_sound for one in self.purposes.values())


def balances(lines: Iterable[Sum]) -> Balances:
    """What a fund's lines come to; a line that takes another back carries less than nothing."""
    certified = 0
    steps: dict[str, list[int]] = {}
    for line in lines:
        if line.kind == CERTIFY:
            certified += line.cents
            continue
        given = steps.setdefault(line.purpose, [0, 0, 0])
        at, sign = _STEPS[line.kind]
        given[at] += sign * line.cents
    purposes = {name: Balance(a, a, c, s) for name, (a, c, s) in steps.items()}
    fund = Balance(
        certified,
        sum(one.allocated for one in purposes.values()),
        sum(one.committed for one in purposes.values()),
        sum(one.spent for one in purposes.values()),
    )
    return Balances(fund, MappingProxyType(purposes))


_STEPS: Mapping[str, tuple[int, int]] = {
    ALLOCATE: (0, 1),
    RETURN: (0, -1),
    COMMIT: (1, 1),
    RELEASE: (1, -1),
    SPEND: (2, 1),
}


def check_line(before: Balances, line: Sum, *, amount: int) -> None:
    """Whether a fund can bear one more line; ``amount`` is what was appropriated or awarded.

    Refuses: `not_certified` and `over_certified`, `over_amount`, `over_allocated`,
    `over_committed`, and what a release or a return would take that is not there.
    """
    own, fund, cents = before.of(line.purpose), before.fund, line.cents
    if line.kind == CERTIFY and fund.certified + cents > amount:
        _refuse(
            "over_amount",
            f"The fund holds {shown(amount)}, and {shown(fund.certified)} of it is certified. "
            f"Not more than {shown(max(amount - fund.certified, 0))} can still be certified.",
        )
    if line.kind == ALLOCATE and not fund.certified:
        _refuse(
            "not_certified",
            f"Nothing of this fund is certified yet, so nothing can be allocated ({LAW} (2)). "
            "Write down the certification first.",
        )
    if line.kind == ALLOCATE and cents > fund.to_allocate:
        _refuse(
            "over_certified",
            f"{shown(fund.certified)} is certified and {shown(fund.allocated)} of it is allocated. "
            f"{shown(fund.to_allocate)} is left to allocate, not {shown(cents)} ({LAW} (1)).",
        )
    if line.kind == COMMIT and cents > own.to_commit:
        _refuse(
            "over_allocated",
            f"This purpose has {shown(own.allocated)}, and {shown(own.committed)} of it is "
            f"committed. {shown(own.to_commit)} is left to commit, not {shown(cents)} "
            f"({LAW} (1) and (5)). Allocate more to it first, as far as the fund is certified.",
        )
    if line.kind == SPEND and cents > own.to_spend:
        _refuse(
            "over_committed",
            f"{shown(own.committed)} is committed here and {shown(own.spent)} of it is spent. "
            f"{shown(own.to_spend)} is left to spend, not {shown(cents)} ({LAW} (2)). Commit it "
            f"first, as far as the fund is certified.{OWN_UP}",
        )
    if line.kind == RELEASE and cents > own.to_spend:
        _refuse(
            "over_released",
            f"{shown(own.to_spend)} is committed here and not spent. Only that can be released.",
        )
    if line.kind == RETURN and cents > own.to_commit:
        _refuse(
            "over_returned",
            f"{shown(own.to_commit)} is allocated here and not committed. Only that can go back "
            "to the fund.",
        )


# Which money a line uses, and which one that takes it back: the fund's, or its own purpose's.
_USES: Mapping[str, str] = {
    ALLOCATE: "to_allocate",
    COMMIT: "to_commit",
    SPEND: "to_spend",
    RELEASE: "to_spend",
    RETURN: "to_commit",
}
_USES_BACK: Mapping[str, str] = {
    CERTIFY: "to_allocate",
    ALLOCATE: "to_commit",
    COMMIT: "to_spend",
    RELEASE: "to_commit",
    RETURN: "to_allocate",
}
_WAS: Mapping[str, str] = {
    "to_allocate": "was certified and left to allocate",
    "to_commit": "was allocated to this purpose and left to commit",
    "to_spend": "was committed here and left to spend",
}


def check_days(lines: Mapping[date, Sequence[Sum]], line: Sum, *, on: date) -> None:
    """Whether the money that a line uses was there on its day, and on every later one.

    ``lines`` are those of the fund by their day; a line that takes another back carries less than
    nothing. Refuses: `not_there_yet`, `used_later`, and `still_needed` for a line taken back.
    """
    used = (_USES if line.cents > 0 else _USES_BACK).get(line.kind)
    if used is None:
        return
    held = [one for day, some in lines.items() if day <= on for one in some]
    for day in (on, *sorted(day for day in lines if day > on)):
        held += lines[day] if day > on else []
        found = balances(held)
        there = getattr(found.fund if used == "to_allocate" else found.of(line.purpose), used)
        if there < abs(line.cents):
            _refuse_day(line, there=there, was=_WAS[used], on=on, day=day)


def _refuse_day(line: Sum, *, there: int, was: str, on: date, day: date) -> None:
    if line.cents < 0:
        _refuse("still_needed", STILL_NEEDED)
    if day > on:
        raise Refused(
            "used_later",
            f"Lines of {long_day(day)} use that money: by then only {shown(max(there, 0))} "
            f"{was}. Give the day on which it really happened.",
            field="happened_on",
        )
    raise Refused(
        "not_there_yet",
        f"By {long_day(on)}, {shown(max(there, 0))} {was}, not {shown(line.cents)}. Nothing is "
        f"obligated before it is certified ({LAW} (2)). Give the day on which it really happened. "
        "If it did happen before, tell the agency fiscal officer today.",
        field="happened_on",
    )


def check_taking_back(before: Balances, line: Sum, *, left: int, amount: int) -> None:
    """Whether some of a line can be taken back; ``line`` carries the cents to take, above zero.

    ``left`` is what of the line still counts. Refuses: more than that; what would leave a later
    step without its ground; a release or return taken back that would overdraw the fund.
    """
    if line.cents > left:
        _refuse(
            "over_line",
            f"{shown(left)} of this line still counts. Not more can be taken back.",
        )
    after = balances([*_sums_of(before), Sum(line.kind, line.purpose, -line.cents)])
    if not after.is_sound or after.fund.certified > amount:
        _refuse("still_needed", STILL_NEEDED)


def _sums_of(held: Balances) -> list[Sum]:
    """Lines that come to these balances."""
    made = [Sum(CERTIFY, "", held.fund.certified)]
    for name, one in held.purposes.items():
        made += [
            Sum(ALLOCATE, name, one.allocated),
            Sum(COMMIT, name, one.committed),
            Sum(SPEND, name, one.spent),
        ]
    return made


def check_open(
    kind: str, *, standing: str, starts_on: date, ends_on: date, on: date, today: date
) -> None:
    """Whether a fund takes a line of this kind that happened on a day.

    Refuses: a fund that is only proposed, or dropped; a day to come; a day before the fund
    begins; a new certification, allocation or commitment after its last day.
    """
    if standing == PROPOSED:
        raise Refused(
            "fund_proposed",
            "This fund is only proposed. It takes a spending plan, and no money: nothing may be "
            f"obligated before funds are certified ({LAW} (2)).",
        )
    if standing != EXISTING:
        raise Refused("fund_dropped", "This fund was dropped. It takes no lines.")
    if on > today:
        raise Refused("day_to_come", "This day is still to come.", field="happened_on")
    if on < starts_on:
        raise Refused(
            "before_fund",
            f"The fund begins on {long_day(starts_on)}. Nothing of it can be used before.",
            field="happened_on",
        )
    if kind in WHILE_IT_RUNS and on > ends_on:
        raise Refused(
            "fund_ended",
            f"The fund ended on {long_day(ends_on)}. What was committed by then can still be "
            "paid; nothing new can be committed, allocated or certified. Choose a fund that runs.",
            field="happened_on",
        )


def _refuse(code: str, sentence: str) -> None:
    raise Refused(code, sentence, field="amount")
