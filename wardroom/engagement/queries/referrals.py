"""Referrals to services: the list, one whole, what the link opens, and where nothing fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, Value, When

from wardroom.access.actor import Actor
from wardroom.directory.rules import LANGUAGES
from wardroom.engagement import policy
from wardroom.engagement.models import ReferredService, ServiceReferral
from wardroom.engagement.rules import referrals as rules
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.kernel.small_numbers import counts_shown
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.library.queries import ServiceBrief, services_briefly
from wardroom.matters.queries import MatterHeader, matter_allowed, matter_header
from wardroom.notices.queries import open_key

PAGE_ROWS = 25
OPEN, TO_ASK = "open", "to_ask"
SHARED_MOVES = frozenset({"set_next_step", "hand_over_matter", "reopen_matter"})


@dataclass(frozen=True)
class ReferralRow:
    """A referral in a list: the need, where to, and whether it helped."""

    id: int
    need: str
    services: tuple[str, ...]
    ward_code: str
    language: str
    made_on: date
    ask_on: date
    state: str
    to_ask: bool


@dataclass(frozen=True)
class ReferralPage:
    """A page of referrals; ``asked`` and ``answered`` count those that are old enough."""

    rows: tuple[ReferralRow, ...]
    total: int
    page: int
    pages: int
    asked: int
    answered: int


@dataclass(frozen=True)
class LineRow:
    """One of the services of a referral, and what they said of it."""

    id: int
    service: ServiceBrief
    answer: str
    answered_on: date | None


@dataclass(frozen=True)
class ReferralFile:
    """One referral whole."""

    matter: MatterHeader
    row: ReferralRow
    way: str
    language: str
    need_id: str
    letter_asks: bool
    by_link: bool
    lines: tuple[LineRow, ...]
    timeline: TimelinePage
    allowed: frozenset[str]


@dataclass(frozen=True)
class HelpedSheet:
    """What somebody is asked by the mailed link: of which services, in which language."""

    language: str
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class GapRow:
    """How often nothing fitted a need in a ward and language, with small numbers hidden."""

    ward: str
    language: str
    shown: str


@dataclass(frozen=True)
class GapNeed:
    """A need that nothing fitted, with where and in which language."""

    need: str
    shown: str
    rows: tuple[GapRow, ...]


def referral_page(
    actor: Actor, *, on: date, ward: str = "", state: str = OPEN, page: int = 1
) -> ReferralPage:
    """The referrals within reach, what is to be asked first.

    ``state`` is open, to_ask, an end, or empty for all.
    """
    seen = _seen(actor)
    rows = seen.filter(matter__ward_code=ward) if ward else seen
    old = rows.filter(made_on__lte=on - rules.ASK_AFTER, lines__isnull=False).distinct()
    asked, answered = old.count(), old.filter(answered_at__isnull=False).count()
    if state:
        rows = rows.filter(_in(state, on))
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    chosen = rows.select_related("matter", "need").prefetch_related("lines__service")
    chosen = chosen.order_by("matter__state", "-made_on", "-pk")
    made = tuple(_row(row, on) for row in chosen[on_page])
    return ReferralPage(made, total, page, pages, asked, answered)


def referral_file(matter_id: int, actor: Actor, *, on: date) -> ReferralFile:
    """One referral, whole; `NotFound` where it is out of reach."""
    related = ("matter__owner", "matter__place", "need")
    row = _seen(actor).select_related(*related).filter(matter_id=matter_id).first()
    if row is None:
        raise NotFound(f"no referral {matter_id}")
    lines = list(row.lines.order_by("position"))
    told = {brief.id: brief for brief in services_briefly([line.service_id for line in lines])}
    moves = set(matter_allowed(row.matter, actor)) & SHARED_MOVES
    if row.matter.state == "open" and policy.may_carry_referral(actor, row.matter):
        moves |= {"answer", "elsewhere", "end"}
    return ReferralFile(
        matter=matter_header(row.matter, actor),
        row=_row(row, on),
        way=rules.WAYS[row.way],
        language=LANGUAGES.get(row.language, row.language),
        need_id=str(row.need_id or ""),
        letter_asks=row.may_ask and any(not line.answer for line in lines),
        by_link=row.answered_by_link,
        lines=tuple(
            LineRow(
                line.pk,
                told[str(line.service_id)],
                rules.HELP_ANSWERS.get(line.answer, ""),
                line.answered_on,
            )
            for line in lines
        ),
        timeline=timeline(actor, refs=[Ref("matter", str(matter_id))]),
        allowed=frozenset(moves),
    )


def referral_sheet(matter_id: int, actor: Actor, *, on: date) -> tuple[str, bytes]:
    """The services on one sheet of paper: a file's name and the PDF."""
    from wardroom.engagement.gateways import typeset_referral

    file = referral_file(matter_id, actor, on=on)
    language = _seen(actor).get(matter_id=matter_id).language
    return f"services-{matter_id}.pdf", typeset_referral(
        [line.service for line in file.lines], language=language, on=on
    )


def helped_sheet(token: str, *, at: datetime) -> HelpedSheet:
    """What the mailed link asks. Refuses: `key_closed` where it opens nothing any more."""
    key = open_key(token, purpose=rules.HELPED_LINK, at=at)
    row = ServiceReferral.objects.filter(matter_id=int(key.key), matter__state="open").first()
    if key.noun != "matter" or row is None:
        raise NotFound(f"no referral {key.key}")
    lines = row.lines.filter(answer="").order_by("position")
    return HelpedSheet(row.language, tuple(lines.values_list("pk", "service__name")))


def gaps(actor: Actor, *, on: date) -> tuple[GapNeed, ...]:
    """What nothing fitted in the last year, by need, ward and language, city-wide.

    Planning needs all wards; numbers from 1 to 4 are hidden, and no total gives one away. A
    need in somebody's own words may say who it was: those are shown within reach alone.
    """
    if not actor.is_staff:
        raise NotAllowed
    rows = ServiceReferral.objects.filter(
        matter__outcome=rules.NOTHING_FITS, made_on__gt=on - rules.LOOK_BACK
    )
    said = Case(
        When(need__isnull=False, then="need__name"),
        When(pk__in=_seen(actor).values("pk"), then="need_text"),
        default=Value(rules.OTHER_NEED),
    )
    counted = rows.annotate(said=said).values_list("said", "matter__ward_code", "language")
    found: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for need, ward, language, number in counted.annotate(n=Count("pk")).order_by(
        "said", "matter__ward_code", "language"
    ):
        found[need].append((ward, LANGUAGES.get(language, language), number))
    return tuple(_gap(need, many) for need, many in sorted(found.items()))


def services_to_check(ids: Iterable[UUID | str], *, on: date) -> frozenset[str]:
    """Those of the services that mostly did not help people we sent there in the last year."""
    rows = ReferredService.objects.filter(
        service__in=list(ids), answered_on__gt=on - rules.LOOK_BACK
    ).exclude(answer="")
    counts = rows.values("service").annotate(
        answered=Count("pk"), helped=Count("pk", filter=Q(answer__in=[rules.HELPED, rules.PARTLY]))
    )
    return frozenset(
        str(row["service"])
        for row in counts
        if rules.needs_a_check(answered=row["answered"], helped=row["helped"])
    )


def may_make_referrals(actor: Actor) -> bool:
    """Whether the actor sends people to services at all."""
    return policy.may_make_referral(actor, None)


def _gap(need: str, many: list[tuple[str, str, int]]) -> GapNeed:
    cells, total = counts_shown([number for _, _, number in many])
    rows = zip(many, cells, strict=True)
    return GapNeed(need, total, tuple(GapRow(w, language, cell) for (w, language, _), cell in rows))


def _in(state: str, on: date) -> Q:
    if state == OPEN:
        return Q(matter__state="open")
    if state == TO_ASK:
        return Q(matter__state="open", ask_on__lte=on)
    return Q(matter__state="closed", matter__outcome=state)


def _seen(actor: Actor) -> QuerySet[ServiceReferral]:
    return ServiceReferral.objects.within(policy.reach(actor))


def _row(row: ServiceReferral, on: date) -> ReferralRow:
    matter = row.matter
    return ReferralRow(
        id=matter.pk,
        need=row.need_name,
        services=tuple(line.service.name for line in row.lines.all()),
        ward_code=matter.ward_code,
        language=row.language,
        made_on=row.made_on,
        ask_on=row.ask_on,
        state=rules.REFERRAL_ENDS.get(matter.outcome, "") if matter.state == "closed" else "",
        to_ask=matter.state == "open" and row.ask_on <= on,
    )
