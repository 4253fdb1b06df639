"""Rotas as people read them: the list, one with its turns by week, and who could have a turn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.calendar.queries.events import city_zone
from wardroom.calendar.rules.shifts import Turn, duty_words, turn_words
from wardroom.kernel.errors import NotFound
from wardroom.matters.queries.clocks import working_calendar
from wardroom.office import policy
from wardroom.office.models import Rota, RotaTurn, Wish
from wardroom.office.queries.carried import BACK, past_of
from wardroom.office.queries.people import (
    DutyPerson,
    duty_people,
    others_here,
    span_of,
    wishes_of,
)
from wardroom.office.queries.standing import shifts_around
from wardroom.office.rules.carried import Past
from wardroom.office.rules.languages import lacks_words
from wardroom.office.rules.rota import (
    DRAFT,
    PUBLISHED,
    STATES,
    Fairness,
    Findings,
    Pattern,
    fairness_of,
    find_against,
    holiday_of,
)

AROUND = timedelta(days=14)
WEEK, DAY = timedelta(days=7), timedelta(days=1)


@dataclass(frozen=True)
class RotaRow:
    """One rota as the list shows it."""

    id: int
    name: str
    from_on: date
    until_on: date
    state: str
    version: int
    turns: int
    gaps: int
    published_at: datetime | None
    published_by: str
    made_by: str

    @property
    def state_label(self) -> str:
        """The state in words."""
        return STATES[self.state]


@dataclass(frozen=True)
class TurnRow:
    """One turn of a rota: what, when, who, and what speaks against it."""

    id: int
    turn: Turn
    user_id: int | None
    name: str
    holiday: str
    found: Findings
    overridden: str
    kept: bool

    @property
    def what(self) -> str:
        """What duty it is."""
        return duty_words(self.turn)

    @property
    def when(self) -> str:
        """Its day and time in words."""
        return turn_words(self.turn)


@dataclass(frozen=True)
class RotaFile:
    """One rota whole: the turns of one week, all gaps, fairness, and how a proposal stands."""

    row: RotaRow
    pattern: Pattern
    week: date
    weeks: tuple[date, ...]
    turns: tuple[TurnRow, ...]
    gaps: tuple[TurnRow, ...]
    troubled: tuple[TurnRow, ...]
    fairness: Fairness
    past: Mapping[int, Past]
    sought: str
    sought_at: datetime | None
    found_at: datetime | None
    conflict: tuple[str, ...]
    unmet: tuple[str, ...]
    later_id: int | None
    earlier_id: int | None
    allowed: frozenset[str]


@dataclass(frozen=True)
class Candidate:
    """Somebody who could have a turn, with what speaks against it; nothing is best."""

    person: DutyPerson
    found: Findings
    turns: int

    @property
    def words(self) -> str:
        """The name, how many turns they have, and what speaks against it."""
        many = "1 turn" if self.turns == 1 else f"{self.turns} turns"
        return f"{self.person.name} ({many}): {self.found.words or 'free'}"


@dataclass(frozen=True)
class TurnSheet:
    """One turn of a draft to give to somebody."""

    row: TurnRow
    rota: RotaRow
    candidates: tuple[Candidate, ...] = field(default=())


def rota_list(actor: Actor) -> tuple[RotaRow, ...]:
    """The rotas within reach, the latest weeks first; a dropped draft is not among them."""
    rows = Rota.objects.within(policy.rota_reach(actor)).exclude(state="dropped")
    found = list(rows.order_by("-from_on", "-version", "-pk")[:100])
    turns = RotaTurn.objects.filter(rota__in=[rota.pk for rota in found]).order_by("rota")
    sums = turns.values_list("rota").annotate(Count("pk"), Count("user"))
    counted = {rota_id: (many, many - held) for rota_id, many, held in sums}
    return tuple(_row(rota, *counted.get(rota.pk, (0, 0))) for rota in found)


def rota_file(rota_id: int, actor: Actor, *, week: date | None = None) -> RotaFile:
    """One rota within reach, with the turns of a week; the first where none is named."""
    rota = get_rota(rota_id, actor)
    weeks = tuple(
        rota.from_on + WEEK * n for n in range((rota.until_on - rota.from_on).days // 7 + 1)
    )
    shown = week if week in weeks else weeks[0]
    people = duty_people(rota.from_on, rota.until_on)
    holidays = working_calendar(rota.from_on - BACK, rota.until_on).holidays
    rows = _turn_rows(rota, people, holidays, checked=rota.state == DRAFT)
    before = shifts_around(rota.from_on - BACK, rota.from_on - DAY)
    names = {person.user_id: person.name for person in people}
    names |= {row.user_id: row.name for row in rows if row.user_id is not None}
    held = [(row.turn, row.user_id) for row in rows]
    later = rota.later.exclude(state="dropped").order_by("-pk").first()
    return RotaFile(
        row=_row(rota, len(rows), sum(row.user_id is None for row in rows)),
        pattern=Pattern.from_plain(rota.pattern),
        week=shown,
        weeks=weeks,
        turns=tuple(r for r in rows if shown <= r.turn.on_date < shown + WEEK),
        gaps=tuple(row for row in rows if row.user_id is None),
        troubled=tuple(r for r in rows if r.found.never or (r.found.words and not r.overridden)),
        fairness=fairness_of(held, names, holidays, _later(rota, people)),
        past=past_of(people, before, [turn for turn, _ in held], holidays,
                     first=rota.from_on, last=rota.until_on),
        sought=rota.sought,
        sought_at=rota.sought_at,
        found_at=rota.found_at,
        conflict=tuple(rota.conflict) if policy.may_plan_rota(actor) else (),
        unmet=tuple(rota.unmet) if policy.may_plan_rota(actor) else (),
        later_id=later.pk if later is not None and _sees(later, actor) else None,
        earlier_id=rota.replaces_id,
        allowed=rota_allowed(rota, actor),
    )  # fmt: skip


def _later(rota: Rota, people: Iterable[DutyPerson]) -> frozenset[int]:
    """Who came when the turns were given out already, or when the first of them were over."""
    given = rota.published_at or rota.found_at or rota.made_at
    day = min(localdate(given), rota.from_on)
    return frozenset(
        one.user_id for one in people if one.since_on is not None and one.since_on > day
    )


def rota_allowed(rota: Rota, actor: Actor) -> frozenset[str]:
    """What this actor may do with a rota now."""
    if not policy.may_plan_rota(actor):
        return frozenset()
    moves: dict[str, set[str]] = {
        DRAFT: {"want_proposal", "publish_rota", "drop_rota", "give_turn", "ask_language"},
        PUBLISHED: {"revise_rota"},
    }
    return frozenset(moves.get(rota.state, ()))


def turn_sheet(turn_id: int, rota_id: int, actor: Actor) -> TurnSheet:
    """One turn of a draft with everybody who could have it, the freest first."""
    turn = get_turn(turn_id, rota_id, actor)
    people = duty_people(turn.rota.from_on, turn.rota.until_on)
    holidays = working_calendar(turn.rota.from_on, turn.rota.until_on).holidays
    rows = _turn_rows(turn.rota, people, holidays, checked=True)
    row = next(one for one in rows if one.id == turn_id)
    others = _held_by(turn.rota, but=turn_id)
    wishes = wishes_of([p.user_id for p in people], turn.on_date, turn.ends_on)
    count = {p.user_id: sum(one.user_id == p.user_id for one in rows) for p in people}
    found = [
        Candidate(
            person,
            findings(person, row.turn, others.get(person.user_id, []), wishes[person.user_id]),
            count[person.user_id],
        )
        for person in people
    ]
    found.sort(key=lambda c: (len(c.found.never), len(c.found.warnings), c.turns, c.person.name))
    return TurnSheet(row, _row(turn.rota, len(rows), 0), tuple(found))


def findings(
    person: DutyPerson, turn: Turn, others: Iterable[Turn], wishes: Iterable[Wish]
) -> Findings:
    """What speaks against somebody's having a turn: turns, wishes, days, wards, language."""
    found = find_against(turn, others, [span_of(wish) for wish in wishes], city_zone())
    never, warnings = list(found.never), list(found.warnings)
    if not (person.here_on(turn.on_date) and person.here_on(turn.last_on)):
        never.append("does not work here then")
    if turn.ward_code and person.wards and turn.ward_code not in person.wards:
        warnings.append(f"not in Ward {turn.ward_code}")
    if lacks := lacks_words(turn.language, person.languages):
        warnings.append(lacks)
    return Findings(tuple(never), tuple(warnings), found.wishes)


def against_in_draft(turn: RotaTurn, user_id: int) -> Findings:
    """What speaks against giving a turn of a draft to somebody; somebody unknown never can."""
    people = duty_people(turn.rota.from_on, turn.rota.until_on)
    person = next((one for one in people if one.user_id == user_id), None)
    if person is None:
        return Findings(never=("is not on duty here",))
    others = _held_by(turn.rota, but=turn.pk).get(user_id, [])
    wishes = wishes_of([user_id], turn.on_date, turn.ends_on)[user_id]
    return findings(person, turn_of_row(turn), others, wishes)


def may_plan(actor: Actor) -> bool:
    """Whether somebody plans rotas at all."""
    return policy.may_plan_rota(actor)


def oversees(actor: Actor) -> bool:
    """Whether somebody sees drafts and what everybody told of their days."""
    return policy.wish_reach(actor).everything


def get_rota(rota_id: int, actor: Actor) -> Rota:
    """One rota within reach; `NotFound` for anybody else, and for a draft of no concern."""
    rows = Rota.objects.within(policy.rota_reach(actor))
    rota: Rota | None = rows.filter(pk=rota_id).first()
    if rota is None:
        raise NotFound(f"no rota {rota_id}")
    return rota


def get_turn(turn_id: int, rota_id: int, actor: Actor) -> RotaTurn:
    """One turn of a draft, for those who plan it."""
    rota = get_rota(rota_id, actor)
    turn: RotaTurn | None = rota.turns.select_related("rota", "user").filter(pk=turn_id).first()
    if turn is None or rota.state != DRAFT or not policy.may_plan_rota(actor):
        raise NotFound(f"no turn {turn_id} to give in rota {rota_id}")
    return turn


def turn_of_row(row: RotaTurn) -> Turn:
    """A turn of a rota without who has it."""
    return Turn(
        row.role, row.ward_code, row.on_date, row.starts, row.ends_on, row.ends,
        language=row.language,
    )  # fmt: skip


def _sees(rota: Rota, actor: Actor) -> bool:
    return policy.rota_reach(actor).covers({"state": rota.state})


def _turn_rows(
    rota: Rota, people: tuple[DutyPerson, ...], holidays: Mapping[date, str], *, checked: bool
) -> list[TurnRow]:
    rows = list(
        rota.turns.select_related("user").order_by("on_date", "starts", "-role", "ward_code", "pk")
    )
    known = {person.user_id: person for person in people}
    strangers = {row.user_id for row in rows if row.user_id is not None} - set(known)
    others = others_here(strangers, rota.from_on, rota.until_on) if strangers else frozenset()
    around = _beside(rota) if checked else {}
    held: dict[int, list[Turn]] = {}
    for row in rows:
        if row.user_id is not None:
            held.setdefault(row.user_id, []).append(turn_of_row(row))
    wishes = wishes_of(known, rota.from_on, rota.until_on) if checked else {}
    made = []
    for row in rows:
        turn, found = turn_of_row(row), Findings()
        if checked and row.user_id is not None:
            near = [
                other
                for other in (*held[row.user_id], *around.get(row.user_id, []))
                if other != turn and abs(other.on_date - row.on_date) <= AROUND
            ]
            person = known.get(row.user_id)
            found = (
                findings(person, turn, near, wishes.get(row.user_id, []))
                if person is not None
                else _of_no_crew(row.user_id, others)
            )
        made.append(
            TurnRow(
                row.pk,
                turn,
                row.user_id,
                row.user.name if row.user is not None else "",
                holiday_of(turn, holidays),
                found,
                row.overridden,
                row.kept,
            )
        )
    return made


def _of_no_crew(user_id: int, others: frozenset[int]) -> Findings:
    if user_id in others:
        return Findings(warnings=("is not one of those on duty",))
    return Findings(never=("is not on duty here any more",))


def _held_by(rota: Rota, *, but: int) -> dict[int, list[Turn]]:
    """What everybody has in a draft and in the shifts on both sides of it."""
    found = _beside(rota)
    for row in rota.turns.exclude(pk=but).filter(user__isnull=False).order_by("pk"):
        found.setdefault(row.user_id, []).append(turn_of_row(row))
    return found


def _beside(rota: Rota) -> dict[int, list[Turn]]:
    """The shifts just before and after a rota's days, and those of other lanes within them."""
    lanes = Pattern.from_plain(rota.pattern).lanes
    found: dict[int, list[Turn]] = {}
    for row in shifts_around(rota.from_on - AROUND, rota.until_on + AROUND):
        inside = rota.from_on <= row.turn.on_date <= rota.until_on
        if row.user_id is None or (inside and (row.turn.role, row.turn.ward_code) in lanes):
            continue
        found.setdefault(row.user_id, []).append(row.turn)
    return found


def _row(rota: Rota, turns: int, gaps: int) -> RotaRow:
    return RotaRow(
        id=rota.pk,
        name=rota.name,
        from_on=rota.from_on,
        until_on=rota.until_on,
        state=rota.state,
        version=rota.version,
        turns=turns,
        gaps=gaps,
        published_at=rota.published_at,
        published_by=rota.published_by,
        made_by=rota.made_by,
    )
