"""What a memo tells of one kind of matter only: its paper, its promise, or its residents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from textwrap import shorten

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.casework.queries import issue_file
from wardroom.engagement.queries.commitments import commitment_file
from wardroom.engagement.queries.papers import paper_file
from wardroom.engagement.rules.commitments import COMMITMENT, ENDS, STAGES
from wardroom.engagement.rules.papers import FINDINGS, PAPERS
from wardroom.kernel.errors import NotFound
from wardroom.problems.queries import AnalysisView, analysis_file
from wardroom.reporting.rules.sheets import Part, lines_of
from wardroom.reporting.rules.wording import day_words

ISSUE, LOCATION = "issue", "persistent_location"
TOLD = ("what", "when", "harmed", "control", "cause")
MOST_VOICES, LONGEST = 5, 300
WAITS = "waits for a finding"


def of_its_kind(kind: str, matter_id: int, actor: Actor, today: date) -> tuple[Part, ...]:
    """The parts that only this kind of matter has, as far as the actor reads them."""
    told = TELLERS.get(kind)
    try:
        return told(matter_id, actor, today) if told else ()
    except NotFound:
        return ()


def analysis_of(kind: str, matter_id: int, actor: Actor) -> AnalysisView | None:
    """The newest analysis of a location; None where nobody wrote one."""
    if kind != LOCATION:
        return None
    try:
        found = analysis_file(matter_id, actor).analysis
    except NotFound:
        return None
    return None if found.is_empty else found


def analysis_part(found: AnalysisView | None) -> Part:
    """The answers of an analysis that a memo tells, with who wrote them and when."""
    if found is None:
        return Part("What the analysis says")
    lines = [
        f"{label}: {shorten(text, LONGEST)}"
        for name, label, text in found.answers
        if name in TOLD and text
    ]
    if found.written_at:
        lines.append(f"Written on {_day(localdate(found.written_at))} by {found.written_by}.")
    return Part("What the analysis says", lines=tuple(lines))


def has_unanswered(parts: tuple[Part, ...]) -> bool:
    """Whether a concern among these parts has no finding yet."""
    return any(line.endswith(f": {WAITS}.") for part in parts for line in part.lines)


def _of_paper(matter_id: int, actor: Actor, today: date) -> tuple[Part, ...]:
    file = paper_file(matter_id, actor)
    vote = (
        f"ANC {file.row.anc_code} voted on {_day(file.voted_on)}: {file.yes} for it,"
        f" {file.no} against, {file.abstained} abstained. It came on {_day(file.row.received_on)}."
    )
    concerns = []
    for row in file.concerns:
        found = WAITS
        if row.finding:
            found = f"{FINDINGS[row.finding]}. {shorten(row.finding_text, LONGEST)}"
        concerns.append(f"{row.position}. {row.text}: {found}".rstrip(".") + ".")
    return (Part("The vote", lines=(vote,)), Part("Concerns", lines=tuple(concerns)))


def _of_commitment(matter_id: int, actor: Actor, today: date) -> tuple[Part, ...]:
    file = commitment_file(matter_id, actor, on=today)
    row = file.row
    where = f", {file.where}" if file.where else ""
    by = f"By {_day(row.due_on)}" if row.due_on else "No day was named"
    over = ", which is over" if row.overdue else ""
    agency = f" {file.agency_name} has to do it." if file.agency_name else ""
    stage = {**STAGES, **ENDS}[row.stage]
    silent = f" Nothing was heard of it for {row.silent_days} days." if row.silent else ""
    lines = (
        f"“{row.wording}”",
        f"{row.maker_name} promised it to {row.made_to} on {_day(row.said_on)}{where}.",
        f"{by}{over}.{agency}",
        f"How it stands: {stage}.{silent}",
    )
    return (Part("The promise", lines=lines),)


def _of_issue(matter_id: int, actor: Actor, today: date) -> tuple[Part, ...]:
    file = issue_file(matter_id, actor)
    newest = sorted(file.complaints, key=lambda row: row.received_at, reverse=True)
    said = [
        f"{_day(localdate(row.received_at))}, {row.channel}: “{shorten(row.said, LONGEST)}”"
        for row in newest
    ]
    again = f"The same trouble was W-{file.return_of} before." if file.return_of else ""
    return (
        Part("What residents said", lines=lines_of(said, MOST_VOICES),
             none="No resident's words were written down."),
        Part("It came back", lines=(again,) if again else ()),
    )  # fmt: skip


def _day(day: date) -> str:
    return day_words(day.isoformat())


Teller = Callable[[int, Actor, date], tuple[Part, ...]]
TELLERS: Mapping[str, Teller] = {
    **dict.fromkeys(PAPERS, _of_paper),
    COMMITMENT: _of_commitment,
    ISSUE: _of_issue,
}
