"""Suggested next touches: whom a liaison could turn to, why, and what is put off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.access.models import holds_any
from wardroom.calendar import policy as calendar_policy
from wardroom.calendar.models import Event
from wardroom.directory.models import Party, Seat, Tenure
from wardroom.directory.rules import ANC
from wardroom.engagement import policy
from wardroom.engagement.models import Commitment, TouchPutOff
from wardroom.engagement.queries.belonging import Home, Homes
from wardroom.engagement.queries.outreach import PlansInForce, plans_in_force
from wardroom.engagement.queries.silence import Lens, SilenceRow, contacts_seen, silence_rows
from wardroom.engagement.rules import outreach
from wardroom.engagement.rules import silence as silence_rules
from wardroom.kernel.errors import NotFound
from wardroom.kernel.text import long_day

PARTY, DISTRICT = "party", "smd"
LOOKED_AT = (outreach.SMD, outreach.WARD, outreach.LANGUAGE, outreach.KIND)
Silence = Mapping[tuple[str, str], SilenceRow]


def key_of(party_id: int | None, smd_code: str) -> str:
    """How an address names somebody, or a district where nobody is known."""
    code = smd_code.replace("/", "_")
    return f"{DISTRICT}-{code}" if party_id is None else f"{PARTY}-{party_id}"


@dataclass(frozen=True)
class TouchDraft:
    """Somebody who could be turned to, or a district where nobody is known."""

    party_id: int | None
    name: str
    smd_code: str
    ward_code: str
    anc_code: str = ""
    group_kind: str = ""
    language: str = ""

    @property
    def key(self) -> str:
        """How an address names it."""
        return key_of(self.party_id, self.smd_code)

    @property
    def is_named(self) -> bool:
        """Whether the name is that of somebody, and not of the district."""
        return self.name != f"SMD {self.smd_code}"

    @property
    def area(self) -> str:
        """The part of the city that it stands for."""
        return self.smd_code or f"{self.anc_code}/{self.ward_code}"


@dataclass(frozen=True)
class TouchRow:
    """One suggestion, with each reason in words."""

    draft: TouchDraft
    reasons: tuple[str, ...]
    touched_on: date | None
    few_report: bool
    reserved: bool


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
    """The next touches of a ward, or of all within reach."""

    rows: tuple[TouchRow, ...]
    put_off: tuple[PutOffRow, ...]
    reserve: int
    planned: bool
    allowed: frozenset[str]


@dataclass(frozen=True)
class _Known:
    """All that speaks for a touch, looked up once."""

    silence: Silence
    last: Mapping[int, date]
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

    ``few_report`` are the districts, as (kind, code), for which a share is kept.
    """
    today = localdate(at)
    plans = plans_in_force(actor, on=today)
    put_off = _put_off(actor, today, ward)
    off = {key_of(row.party_id, row.smd_code) for row in put_off}
    drafts = {d.key: d for d in _drafts(actor, today, ward, smd) if d.key not in off}
    known = _Known(
        silence=_silence(actor, ward, plans, today),
        last=_last_days(actor, [d.party_id for d in drafts.values() if d.party_id]),
        meetings=_meetings(actor, at),
        promised=_promised(actor),
        few_report=few_report,
        today=today,
    )
    candidates = {key: _candidate(draft, known) for key, draft in drafts.items()}
    reserve = plans.reserve(ward)
    chosen = silence_rules.choose(candidates.values(), reserve=reserve, today=today, spread=not smd)
    return TouchPage(
        rows=tuple(_row(drafts[c.key], candidates[c.key], c.reserved) for c in chosen),
        put_off=tuple(_put_off_row(row) for row in put_off),
        reserve=reserve,
        planned=plans.of(ward) is not None,
        allowed=frozenset({"put_off_touch"} if _may_somewhere(actor, ward) else ()),
    )


def get_touch(key: str, actor: Actor, *, on: date) -> TouchDraft:
    """One suggestion by its key, to act on it; `NotFound` for what is none within reach."""
    draft = next((d for d in _drafts(actor, on) if d.key == key), None)
    if draft is None:
        raise NotFound(f"no touch {key}")
    return draft


def _may_somewhere(actor: Actor, ward: str) -> bool:
    wards = {ward} if ward else actor.reach.wards or {""}
    return any(policy.may_put_off_touch(actor, TouchDraft(None, "", "", code)) for code in wards)


def _drafts(actor: Actor, on: date, ward: str = "", smd: str = "") -> Iterable[TouchDraft]:
    """The districts of commissioners and the groups of an area, within reach."""
    scope = policy.reach_of_contacts(actor)
    found = [*_commissioners(on), *_groups(on)]
    return [
        draft
        for draft in found
        if ward in ("", draft.ward_code)
        and smd in ("", draft.smd_code)
        and scope.covers({"ward_code": draft.ward_code})
    ]


def _commissioners(on: date) -> list[TouchDraft]:
    """Each district once: with the commissioner, or without where the seat is empty."""
    seats = Seat.objects.filter(district__isnull=False, until_on=None).order_by("smd_code")
    holding = Q(until_on=None) | Q(until_on__gt=on)
    held = Tenure.objects.filter(holding, seat__in=seats.values("pk"), since_on__lte=on)
    sits = {t.seat_id: t for t in held.select_related("party").order_by("since_on", "pk")}
    found = []
    for pk, smd, ward, anc in seats.values_list(
        "pk", "smd_code", "ward_code", "organisation__area_code"
    ):
        tenure = sits.get(pk)
        party = tenure.party if tenure is not None else None
        found.append(
            TouchDraft(
                party_id=party.pk if party is not None else None,
                name=tenure.holder_name if tenure is not None else f"SMD {smd}",
                smd_code=smd,
                ward_code=ward,
                anc_code=anc,
                group_kind=ANC,
                language=party.language if party is not None else "",
            )
        )
    return found


def _groups(on: date) -> list[TouchDraft]:
    rows = Party.objects.filter(agency=False, merged_into=None, withdrawn_at=None)
    rows = rows.exclude(organisation_kind="").exclude(area_kind="").order_by("name", "pk")
    parties = list(rows)
    homes = Homes([party.pk for party in parties])
    found = []
    for party in parties:
        home = homes.of(party.pk, on) or Home("", "", "", "")
        found.append(
            TouchDraft(
                party_id=party.pk,
                name=party.name,
                smd_code=home.smd_code,
                ward_code=home.ward_code,
                anc_code=party.area_code if party.area_kind == ANC else "",
                group_kind=party.organisation_kind,
                language=party.language,
            )
        )
    return found


def _silence(actor: Actor, ward: str, plans: PlansInForce, on: date) -> Silence:
    looked_at = [by for by in LOOKED_AT if by not in outreach.NAMED or plans.speak_of(by)]
    rows = (
        row for by in looked_at for row in silence_rows(actor, Lens(by=by, ward=ward), plans, on=on)
    )
    return {(row.by, row.key): row for row in rows}


def _last_days(actor: Actor, party_ids: Collection[int]) -> Mapping[int, date]:
    """The last day on which each was reached, under whatever record."""
    rows = contacts_seen(actor).annotate(who=Coalesce("party__merged_into", "party"))
    rows = rows.filter(holds_any("party", party_ids) | holds_any("party__merged_into", party_ids))
    found = rows.order_by().values_list("who").annotate(last=Max("on"))
    return dict(found)


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
    return silence_rules.Candidate(
        key=draft.key,
        area=draft.area,
        weight=sum(weight for weight, _ in said),
        few_report=few,
        touched_on=known.last.get(draft.party_id or 0),
        ward=draft.ward_code,
        known=draft.party_id is not None,
        reasons=tuple(words for _, words in said),
    )


def _districts(draft: TouchDraft) -> set[tuple[str, str]]:
    named = (("smd", draft.smd_code), ("anc", draft.anc_code), ("ward", draft.ward_code))
    return {(kind, code) for kind, code in named if code}


def _silences(draft: TouchDraft, known: _Known) -> Iterable[tuple[float, str]]:
    """Where they belong and what they are: how silent that is."""
    area = (outreach.SMD, draft.smd_code) if draft.smd_code else (outreach.WARD, draft.ward_code)
    row = known.silence.get(area)
    if row is not None and (weight := silence_rules.weight_of(row.state, row.days, row.target)):
        yield weight, silence_words(row) if draft.is_named else how_silent(row).capitalize()
    for by, key in ((outreach.KIND, draft.group_kind), (outreach.LANGUAGE, draft.language)):
        row = known.silence.get((by, key))
        if row is not None and row.target is not None and row.state != silence_rules.MET:
            yield silence_rules.GROUP, silence_words(row)


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


def _row(draft: TouchDraft, candidate: silence_rules.Candidate, reserved: bool) -> TouchRow:
    return TouchRow(
        draft=draft,
        reasons=candidate.reasons,
        touched_on=candidate.touched_on,
        few_report=candidate.few_report,
        reserved=reserved,
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
