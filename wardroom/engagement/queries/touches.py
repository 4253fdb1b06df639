"""Suggested next touches: whom a liaison could turn to, why, and what is put off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.access.models import holds_any
from wardroom.calendar import policy as calendar_policy
from wardroom.calendar.models import Event
from wardroom.calendar.rules import GUEST
from wardroom.directory.models import ContactPoint
from wardroom.engagement import policy
from wardroom.engagement.models import Commitment, TouchPutOff
from wardroom.engagement.queries.belonging import wards_of_smds
from wardroom.engagement.queries.outreach import PlansInForce, plans_in_force
from wardroom.engagement.queries.silence import Lens, SilenceRow, contacts_seen, silence_rows
from wardroom.engagement.queries.touchable import TouchDraft, key_of, smds_within, touchable
from wardroom.engagement.rules import outreach
from wardroom.engagement.rules import silence as silence_rules
from wardroom.kernel.errors import NotFound
from wardroom.kernel.text import long_day

LOOKED_AT = (outreach.SMD, outreach.WARD, outreach.LANGUAGE, outreach.KIND)
Silence = Mapping[tuple[str, str], SilenceRow]


@dataclass(frozen=True)
class TouchRow:
    """One suggestion, with each reason in words; ``reachable`` by telephone or e-mail."""

    draft: TouchDraft
    reasons: tuple[str, ...]
    touched_on: date | None
    few_report: bool
    reserved: bool
    reachable: bool


@dataclass(frozen=True)
class PutOffRow:
    """Somebody who is not turned to now, why, and until when."""

    name: str
    ward_code: str
    reason: str
    until_on: date
    by: str


@dataclass(frozen=True)
class TouchPage:
    """The next touches of a ward, or of all within reach; ``smds`` are the districts to choose."""

    rows: tuple[TouchRow, ...]
    put_off: tuple[PutOffRow, ...]
    reserve: int
    planned: bool
    smds: tuple[str, ...]
    allowed: frozenset[str]


@dataclass(frozen=True)
class _Known:
    """All that speaks for a touch, looked up once."""

    silence: Silence
    last: Mapping[int, date]
    reachable: Collection[int]
    meetings: Mapping[int, str]
    promised: tuple[str, ...]
    few_report: Collection[tuple[str, str]]
    today: date


def touch_page(
    actor: Actor,
    *,
    at: datetime,
    ward: str = "",
    smd: str = "",
    few_report: Collection[tuple[str, str]] = frozenset(),
) -> TouchPage:
    """The next touches, what weighs most first; of one district all that speaks for one.

    A district out of reach is none. ``few_report`` are the districts, as (kind, code), for
    which a share is kept.
    """
    today = localdate(at)
    wards = wards_of_smds()
    smds = smds_within(actor, wards)
    smd = smd if smd in smds else ""
    plans = plans_in_force(actor, on=today)
    put_off = _put_off(actor, today, ward)
    off = {key_of(row.party_id, row.smd_code) for row in put_off} | _in_the_calendar(actor, at)
    found = touchable(actor, on=today, ward=ward, smd=smd)
    drafts = {draft.key: draft for draft in found if not draft.keys & off}
    party_ids = [draft.party_id for draft in drafts.values() if draft.party_id]
    known = _Known(
        silence=_silence(actor, ward, plans, wards, today),
        last=_last_days(actor, party_ids),
        reachable=_reachable(party_ids),
        meetings=_meetings(actor, at),
        promised=_promised(actor),
        few_report=few_report,
        today=today,
    )
    candidates = {key: _candidate(draft, known) for key, draft in drafts.items()}
    reserve = plans.reserve(ward)
    chosen = silence_rules.choose(candidates.values(), reserve=reserve, today=today, spread=not smd)
    return TouchPage(
        rows=tuple(_row(drafts[c.key], candidates[c.key], c.reserved, known) for c in chosen),
        put_off=tuple(_put_off_row(row) for row in put_off),
        reserve=reserve,
        planned=plans.of(ward) is not None,
        smds=smds,
        allowed=frozenset({"put_off_touch"} if _may_somewhere(actor, ward) else ()),
    )


def get_touch(key: str, actor: Actor, *, on: date) -> TouchDraft:
    """One suggestion by its key, to act on it; `NotFound` for what is none within reach."""
    draft = next((d for d in touchable(actor, on=on) if d.key == key), None)
    if draft is None:
        raise NotFound(f"no touch {key}")
    return draft


def _may_somewhere(actor: Actor, ward: str) -> bool:
    wards = {ward} if ward else actor.reach.wards or {""}
    return any(policy.may_put_off_touch(actor, TouchDraft(None, "", "", code)) for code in wards)


def _silence(
    actor: Actor, ward: str, plans: PlansInForce, wards: Mapping[str, str], on: date
) -> Silence:
    looked_at = [by for by in LOOKED_AT if by not in outreach.NAMED or plans.speak_of(by)]
    rows = (
        row
        for by in looked_at
        for row in silence_rows(actor, Lens(by=by, ward=ward), plans, on=on, wards=wards)
    )
    return {(row.by, row.key): row for row in rows}


def _last_days(actor: Actor, party_ids: Collection[int]) -> Mapping[int, date]:
    """The last day on which each was reached, under whatever record."""
    rows = contacts_seen(actor).annotate(who=Coalesce("party__merged_into", "party"))
    rows = rows.filter(holds_any("party", party_ids) | holds_any("party__merged_into", party_ids))
    found = rows.order_by().values_list("who").annotate(last=Max("on"))
    return dict(found)


def _reachable(party_ids: Collection[int]) -> frozenset[int]:
    """Those of whom a telephone or an address that works is on record."""
    rows = ContactPoint.objects.filter(
        holds_any("party", party_ids), ended_at=None, bounced_at=None
    )
    return frozenset(rows.values_list("party", flat=True))


def _in_the_calendar(actor: Actor, at: datetime) -> set[str]:
    """Whose day with the office is in the calendar already: nobody turns to them twice."""
    rows = Event.objects.within(calendar_policy.reach_inside(actor)).filter(
        state="planned", starts_at__gte=at, participations__role=GUEST
    )
    guests = rows.order_by().values_list("participations__party", "participations__seat__smd_code")
    return {key_of(None if smd else party, smd or "") for party, smd in guests if party or smd}


def _meetings(actor: Actor, at: datetime) -> Mapping[int, str]:
    """What somebody holds or takes part in within seven days, the soonest."""
    rows = Event.objects.within(calendar_policy.reach_inside(actor)).filter(
        state="planned", starts_at__gte=at, starts_at__lte=at + silence_rules.SOON
    )
    soonest = rows.order_by("-starts_at", "-pk")
    found: dict[int, str] = {}
    for title, starts_at, *who in soonest.values_list(
        "title", "starts_at", "host", "participations__party"
    ):
        words = f"{title}, {long_day(localdate(starts_at))}"
        found |= {party: words for party in who if party is not None}
    return found


def _promised(actor: Actor) -> tuple[str, ...]:
    """To whom something is promised that is still open."""
    rows = Commitment.objects.within(policy.reach(actor)).filter(matter__state="open")
    return tuple(rows.order_by("pk").values_list("made_to", flat=True))


def _candidate(draft: TouchDraft, known: _Known) -> silence_rules.Candidate:
    said = [*_silences(draft, known), *_occasions(draft, known)]
    few = bool(_districts(draft) & set(known.few_report))
    weight = sum(weight for weight, _ in said)
    if weight:
        weight += silence_rules.ease_of(
            named=not draft.vacant, reachable=draft.party_id in known.reachable
        )
    return silence_rules.Candidate(
        key=draft.key,
        area=draft.area,
        spread=(draft.ward_code, draft.anc_code or draft.smd_code[:-2]),
        weight=weight,
        few_report=few,
        touched_on=_touched_on(draft, known),
        reasons=tuple(words for _, words in said),
    )


def _touched_on(draft: TouchDraft, known: _Known) -> date | None:
    """When they were reached last; where nobody sits, anybody of the district."""
    if not draft.vacant:
        return known.last.get(draft.party_id or 0)
    row = known.silence.get((outreach.SMD, draft.smd_code))
    return row.last_on if row is not None else None


def _districts(draft: TouchDraft) -> set[tuple[str, str]]:
    named = (("smd", draft.smd_code), ("anc", draft.anc_code), ("ward", draft.ward_code))
    return {(kind, code) for kind, code in named if code}


def _silences(draft: TouchDraft, known: _Known) -> Iterable[tuple[float, str]]:
    """Where they belong and what they are: how silent that is."""
    area = (outreach.SMD, draft.smd_code) if draft.smd_code else (outreach.WARD, draft.ward_code)
    row = known.silence.get(area)
    if row is not None and (weight := silence_rules.weight_of(row.state, row.days, row.target)):
        yield weight, silence_words(row) if not draft.vacant else how_silent(row).capitalize()
    for by, key in ((outreach.KIND, draft.group_kind), (outreach.LANGUAGE, draft.language)):
        row = known.silence.get((by, key))
        if row is not None and row.target is not None and row.state != silence_rules.MET:
            yield silence_rules.weight_of(row.state, row.days, row.target), silence_words(row)


def _occasions(draft: TouchDraft, known: _Known) -> Iterable[tuple[float, str]]:
    names = [draft.name] if draft.party_id else []
    if draft.anc_code and not draft.smd_code:
        names.append(f"ANC {draft.anc_code}")
    if any(silence_rules.named_in(to, names) for to in known.promised):
        yield silence_rules.PROMISE, "A promise to them is open"
    meeting = known.meetings.get(draft.party_id or 0)
    if meeting:
        yield silence_rules.MEETING, f"They come to {meeting}"


def silence_words(row: SilenceRow) -> str:
    """Who is silent and how long, as a reason says it."""
    return f"{row.label}: {how_silent(row)}"


def how_silent(row: SilenceRow) -> str:
    """How silent one is against the plan."""
    wants = ""
    if row.target is not None:
        wants = f"; the plan wants {row.target.contacts} in {row.target.days} days"
    if row.days is None:
        return f"never reached{wants}"
    many = "1 day" if row.days == 1 else f"{row.days} days"
    if row.state == silence_rules.BEHIND and row.target is not None:
        return f"{row.contacts} so far{wants}"
    return f"{many} without contact{wants}"


def _row(
    draft: TouchDraft, candidate: silence_rules.Candidate, reserved: bool, known: _Known
) -> TouchRow:
    return TouchRow(
        draft=draft,
        reasons=candidate.reasons,
        touched_on=candidate.touched_on,
        few_report=candidate.few_report,
        reserved=reserved,
        reachable=draft.party_id in known.reachable,
    )


def _put_off(actor: Actor, on: date, ward: str) -> list[TouchPutOff]:
    scope = policy.reach_of_contacts(actor)
    rows = TouchPutOff.objects.filter(until_on__gt=on).select_related("party")
    return [
        row
        for row in rows.order_by("until_on", "pk")
        if ward in ("", row.ward_code) and scope.covers({"ward_code": row.ward_code})
    ]


def _put_off_row(row: TouchPutOff) -> PutOffRow:
    name = row.party.name if row.party is not None else f"SMD {row.smd_code}"
    return PutOffRow(name, row.ward_code, row.reason, row.until_on, row.put_off_by)
