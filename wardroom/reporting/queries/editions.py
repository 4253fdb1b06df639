"""Editions of reports as lists, pages and paper show them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery

from wardroom.access.actor import Actor
from wardroom.access.queries.lists import part_of
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import After
from wardroom.reporting import policy, rules
from wardroom.reporting.models import Edition
from wardroom.reporting.queries.answers import answers_to
from wardroom.reporting.queries.shapes import (
    EditionRow,
    Figure,
    FigureGroup,
    NarrativePart,
    Need,
    RebuildRow,
    ReportFile,
    ReportPage,
    Section,
    StandingRow,
    WeekCount,
)
from wardroom.reporting.rules.items import SECTIONS, finished, items_of, section_title
from wardroom.reporting.rules.kinds import title_of
from wardroom.reporting.rules.monthly import HIDDEN_NOTE_1

PAGE_ROWS = 25


def this_week(at: datetime) -> rules.Week:
    """The week an instant lies in, on the office's clock."""

    return rules.week_of(
        at.astimezone(ZoneInfo(settings.TIME_ZONE)).date(), zone=settings.TIME_ZONE
    )


def get_edition(edition_id: int, actor: Actor) -> Edition:
    """One edition, to act on it; `NotFound` where it is out of reach."""
    rows = Edition.objects.within(policy.reach(actor))
    rows = rows.select_related("signed_by", "pdf", "frozen").defer("frozen__content")
    edition: Edition | None = rows.filter(pk=edition_id).first()
    if edition is None:
        raise NotFound(f"no edition {edition_id}")
    return edition


def digest_of(edition: Edition) -> str:
    """The hash over all that a reader sees in an edition."""
    return rules.frozen_digest(
        edition.facts,
        edition.narrative,
        edition.definitions,
        edition.sources,
        head=(edition.report, edition.ward_code, edition.week, str(edition.version)),
        more=_more(edition),
    )


def _more(edition: Edition) -> tuple[Any, ...]:
    """What editions that have frozen rows hold besides; nothing for the first ones."""
    if not edition.method:
        return ()
    return (edition.area, edition.method, edition.edits, edition.frozen.sha256)


def report_page(
    actor: Actor,
    *,
    report: str = rules.WEEKLY,
    ward: str | None = None,
    week: str | None = None,
    signed: bool = False,
    page: int | After = 1,
) -> ReportPage:
    """The editions of one kind of report that an actor may read, the newest first.

    Only those that were ``signed``, where that is asked.
    """
    rows = Edition.objects.within(policy.reach(actor)).select_related("signed_by")
    rows = rows.filter(report=report)
    if ward:
        rows = rows.filter(ward_code=ward)
    if week:
        rows = rows.filter(week=week)
    if signed:
        rows = rows.filter(state=rules.SIGNED)
    later = Edition.objects.filter(
        report=OuterRef("report"),
        ward_code=OuterRef("ward_code"),
        area=OuterRef("area"),
        week=OuterRef("week"),
        version__gt=OuterRef("version"),
        state=rules.SIGNED,
    )
    told = rows.annotate(is_replaced=Exists(later))
    order = ("-week", "ward_code", "area", "-version", "pk")
    part = part_of(rows, order, page=page, size=PAGE_ROWS, shown=told)
    return ReportPage(
        rows=tuple(_row(e, replaced=e.is_replaced) for e in part.rows),
        total=part.total,
        page=part.page,
        pages=part.pages,
        following=part.following,
        may_draft=policy.may_draft_roll_up(actor, None)
        if report == rules.ROLL_UP
        else policy.may_draft_report(actor, None),
    )


def report_file(edition_id: int, actor: Actor) -> ReportFile:
    """One edition with all its numbers, words and versions."""
    one = Edition.objects.within(policy.reach(actor)).filter(pk=edition_id)
    same = ("report", "ward_code", "area", "week")
    rows = Edition.objects.filter(**{name: Subquery(one.values(name)) for name in same})
    rows = rows.select_related("signed_by", "pdf", "frozen").defer("frozen__content")
    versions = list(rows.order_by("-version"))
    edition = next((version for version in versions if version.pk == edition_id), None)
    if edition is None:
        raise NotFound(f"no edition {edition_id}")
    return _file(edition, versions, actor)


def _file(edition: Edition, versions: list[Edition], actor: Actor) -> ReportFile:
    facts = edition.facts
    is_latest = versions[0].pk == edition.pk
    return ReportFile(
        head=_row(edition, replaced=_is_replaced(edition, versions)),
        title=title_of(edition.report, edition.ward_code, edition.area, edition.week),
        ward_name=facts["ward_name"],
        liaison=facts["liaison"],
        as_of=datetime.fromisoformat(facts["as_of"]),
        data_as_of=_instant(facts["data_as_of"]),
        groups=tuple(_group(g, edition.definitions) for g in facts["groups"]),
        needs=tuple(
            Need(n["sentence"], n.get("ask_id"), n.get("matter_id"))
            for n in finished(facts, edition.edits, "needs")
        ),
        sections=_sections(edition),
        items=items_of(facts, edition.edits),
        locations=tuple(_standing(row) for row in finished(facts, edition.edits, "locations")),
        weeks=tuple(
            WeekCount(w["week"], date.fromisoformat(w["starts_on"]), w["opened"])
            for w in facts["weeks"]
        ),
        narrative=tuple(
            NarrativePart(code, title, edition.narrative.get(code, ""))
            for code, title in rules.NARRATIVE_OF[edition.report].items()
        ),
        correction=edition.narrative.get("correction", ""),
        sources=tuple((s["name"], s["text"]) for s in edition.sources),
        digest=edition.digest,
        shown=digest_of(edition),
        words_shown=rules.words_digest(edition.narrative, edition.edits),
        versions=tuple(_row(v, replaced=_is_replaced(v, versions)) for v in versions),
        schematic=bool(facts["schematic"]),
        facts={"hidden_note": HIDDEN_NOTE_1, **facts},
        answers=answers_to(edition),
        frozen=bool(edition.method),
        rebuilt=_rebuilt(edition),
        allowed=_allowed(edition, actor, is_latest=is_latest),
    )


def _sections(edition: Edition) -> tuple[Section, ...]:
    """The drafted sentences by section; the table of locations is none of them."""
    items = items_of(edition.facts, edition.edits)
    by_code = ((code, [i for i in items if i.section == code]) for code in SECTIONS)
    return tuple(
        Section(code, section_title(code, edition.report), tuple(lines))
        for code, lines in by_code
        if lines and code != "locations"
    )


def _standing(row: dict[str, Any]) -> StandingRow:
    months = tuple(row.get("months", ()))
    return StandingRow(**{**row, "next_on": _day(row["next_on"]), "months": months})


def _rebuilt(edition: Edition) -> RebuildRow | None:
    last = edition.rebuilds.order_by("-at", "-pk").first() if edition.method else None
    if last is None:
        return None
    return RebuildRow(last.at, last.identical, last.numbers, tuple(last.differences))


def _allowed(edition: Edition, actor: Actor, *, is_latest: bool) -> frozenset[str]:
    moves = {
        "edit": ("edit_report", policy.may_edit_report),
        "sign": ("sign_report", policy.may_sign_report),
        "correct": ("correct_report", policy.may_correct_report),
    }
    open_moves = rules.MOVES[edition.state] if is_latest else frozenset()
    may_do = {
        name for verb, (name, may) in moves.items() if verb in open_moves and may(actor, edition)
    }
    if is_latest and edition.state == rules.DRAFT and _drafts(edition, actor):
        may_do.add("draft_again")
    if policy.may_answer_need(actor, edition) and edition.report != rules.MONTHLY:
        may_do.add("answer_need")
    signed_with_rows = edition.state == rules.SIGNED and bool(edition.method)
    if signed_with_rows and policy.may_rebuild_report(actor, edition):
        may_do.add("rebuild_report")
    return frozenset(may_do)


def _drafts(edition: Edition, actor: Actor) -> bool:
    if edition.report == rules.ROLL_UP:
        return policy.may_draft_roll_up(actor, None)
    return policy.may_draft_report(actor, None) and policy.drafts_for(actor, edition.ward_code)


def _row(edition: Edition, *, replaced: bool) -> EditionRow:
    name = rules.month_named if edition.report == rules.MONTHLY else rules.week_named
    span = name(edition.week, zone=settings.TIME_ZONE)
    return EditionRow(
        id=edition.pk,
        report=edition.report,
        title=title_of(edition.report, edition.ward_code, edition.area, edition.week),
        ward_code=edition.ward_code,
        area=edition.area,
        week=edition.week,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        version=edition.version,
        state=edition.state,
        drafted_at=edition.drafted_at,
        signed_at=edition.signed_at,
        signed_by=edition.signed_by.name if edition.signed_by else "",
        replaced=replaced,
    )


def _is_replaced(edition: Edition, among: list[Edition]) -> bool:
    return any(
        other.state == rules.SIGNED
        and other.version > edition.version
        and (other.ward_code, other.week) == (edition.ward_code, edition.week)
        for other in among
    )


def _group(plain: dict[str, Any], definitions: dict[str, str]) -> FigureGroup:
    return FigureGroup(
        title=plain["title"],
        figures=tuple(
            Figure(
                code=f["code"],
                label=f["label"],
                shown=f["shown"],
                note=f["note"],
                definition=definitions[f["code"]],
                screen=f["screen"],
                filters=tuple(sorted(f["filters"].items())),
            )
            for f in plain["figures"]
        ),
    )


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
