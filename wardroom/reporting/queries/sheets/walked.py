"""The ledger of a walk as a sheet for those who came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.fieldwork.queries import LedgerFinding, WalkLedger, walk_ledger
from wardroom.library.queries import topics
from wardroom.reporting.rules.sheets import LEDGER, Part, Sheet
from wardroom.reporting.rules.wording import day_words, how_many

FINDINGS = ("No.", "Place", "What was found", "What happens next")
SAYS_LITTLE = "What one walk finds says nothing about the whole ward."


def ledger(walk_id: int, actor: Actor, *, at: datetime) -> tuple[Sheet, str]:
    """The numbered findings of a walk, and the ward: blocks, no house numbers and no notes."""
    found = walk_ledger(walk_id, actor)
    parts = (
        Part("What was found", lines=(numbers_of(found), SAYS_LITTLE)),
        Part("Findings", head=FINDINGS, rows=rows_of(found),
             none="Nothing has come in from this walk yet."),
        Part("Who came", lines=found.who_came),
    )  # fmt: skip
    sheet = Sheet(LEDGER, walk_id, found.title, about_of(found), found.walk_on, parts)
    return sheet, found.ward_code


def about_of(found: WalkLedger) -> tuple[str, ...]:
    """Where and when, and whether it is over."""
    over = "" if found.ended_on else "not over yet"
    return (f"Ward {found.ward_code}, {day_words(found.walk_on.isoformat())}", over)


def numbers_of(found: WalkLedger) -> str:
    """How many stops were seen, and what was found there."""
    return (
        f"{found.seen} of {how_many(found.stops, 'stop')} seen, {found.random} of them chosen at"
        f" random: {found.fixed} found fixed, {found.not_fixed} not or only partly,"
        f" {found.asked_again} asked again, {found.troubles} new."
    )


def rows_of(found: WalkLedger) -> tuple[tuple[str, ...], ...]:
    """Each finding as a row of the table."""
    named = {topic.code: topic.name for topic in topics()}
    return tuple(_row(finding, named) for finding in found.findings)


def _row(finding: LedgerFinding, named: Mapping[str, str]) -> tuple[str, ...]:
    reference = f" ({finding.reference})" if finding.reference else ""
    rated = f", {finding.rating} of 4" if finding.rating and finding.rating > 1 else ""
    about = named.get(finding.about, finding.about)
    said = f"{finding.label}{rated}. {about}".removesuffix(". ")
    return str(finding.number), f"{finding.place}{reference}", said, finding.next_words or "-"
