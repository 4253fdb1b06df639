"""Who is told what became of an issue, and how, before anything goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wardroom.access.actor import Actor
from wardroom.casework import policy, rules
from wardroom.casework.models import Complaint, Report
from wardroom.casework.queries.following import number_shown
from wardroom.casework.queries.issues import IssueFile
from wardroom.casework.rules.tongues import told_in
from wardroom.directory.models import ContactPoint
from wardroom.directory.rules import LANGUAGES
from wardroom.library.rules.topic_names import topic_in
from wardroom.matters.rules import ASK_KINDS, LIVE, REFERRAL, open_sentence

REPORTS = (
    *("report__link", "report__topic"),
    *("came_of__report__link", "came_of__report__topic"),
)
OWN_PAGE = "[the link to their own page]"


@dataclass(frozen=True)
class TellRow:
    """One person: by mail, by a person first, told already, or nobody can."""

    complaint_id: int
    reporter: str
    way: str
    address: str
    phones: tuple[str, ...]
    language: str
    language_name: str
    interpreter: bool
    told_how: str
    letter: str = ""

    @property
    def in_english(self) -> bool:
        return self.language == "en"


@dataclass(frozen=True)
class OpenRow:
    """One thing that keeps an issue open: an ask of an agency, or a task of ours."""

    id: int
    is_ask: bool
    kind_label: str
    wording: str
    who: str
    due_on: date


@dataclass(frozen=True)
class TellPreview:
    """Everybody who reported an issue, what speaks against the outcome, what is still open."""

    by_mail: tuple[TellRow, ...]
    by_person: tuple[TellRow, ...]
    told: tuple[TellRow, ...]
    anonymous: int
    doubts: tuple[str, ...]
    still_open: tuple[OpenRow, ...]
    open_said: str

    @property
    def languages(self) -> tuple[tuple[str, str], ...]:
        """The languages, other than English, that those who are written to speak."""
        rows = [row for row in self.by_mail if not row.in_english]
        return tuple(dict.fromkeys((row.language, row.language_name) for row in rows))

    @property
    def is_ready(self) -> bool:
        """Whether nobody has to be told by a person first, and nothing is open."""
        return not self.by_person and not self.still_open


def tell_preview(
    file: IssueFile,
    actor: Actor,
    *,
    outcome: str = "",
    text: str = "",
    texts: Mapping[str, str] | None = None,
) -> TellPreview:
    """Who would be told by what means, each with the letter as it would go out."""
    rows = Complaint.objects.within(policy.reach(actor)).filter(matter_id=file.matter.id)
    complaints = list(rows.select_related("reporter", *REPORTS).order_by("received_at", "id"))
    points = _points([c.reporter_id for c in complaints if c.reporter_id])
    title = rules.public_title(file.topic_name, file.matter.place_label)
    named = [
        _row(c, points.get(c.reporter_id or 0, []), title, text, texts or {})
        for c in complaints
        if not c.anonymous
    ]
    live = [task for task in file.tasks if task.state in LIVE]
    tasks = [OpenRow(t.id, False, t.kind_label, t.wording, t.party_name, t.due_on) for t in live]
    asks = [
        OpenRow(a.id, True, ASK_KINDS[REFERRAL], a.wording, a.agency_name, a.due_on)
        for a in file.asks
        if a.state in LIVE
    ]
    kinds = [REFERRAL for _ in asks] + [task.kind for task in live]
    return TellPreview(
        by_mail=tuple(r for r in named if r.way == "email"),
        by_person=tuple(r for r in named if r.way == "person"),
        told=tuple(r for r in named if r.way == "told"),
        anonymous=len(complaints) - len(named),
        doubts=_doubts(file, outcome) if outcome else (),
        still_open=(*asks, *tasks),
        open_said=open_sentence(kinds) if kinds else "",
    )


def _points(parties: list[int]) -> dict[int, list[ContactPoint]]:
    found: dict[int, list[ContactPoint]] = {}
    points = ContactPoint.objects.filter(party_id__in=parties, channel__in=("email", "phone"))
    for point in points.order_by("pk"):
        found.setdefault(point.party_id, []).append(point)
    return found


def _row(
    complaint: Complaint,
    points: list[ContactPoint],
    title: str,
    text: str,
    texts: Mapping[str, str],
) -> TellRow:
    mail = [p.value for p in points if p.channel == "email" and p.consent and not p.bounced_at]
    way = "told" if complaint.told_at else "email" if mail else "person"
    own = texts.get(complaint.language, "").strip()
    letter = _letter(complaint, title, text, own) if text and way == "email" else ""
    return TellRow(
        complaint_id=complaint.pk,
        reporter=complaint.who,
        way=way,
        address=mail[0] if mail else "",
        phones=tuple(p.value for p in points if p.channel == "phone"),
        language=complaint.language,
        language_name=LANGUAGES.get(complaint.language, complaint.language),
        interpreter=complaint.interpreter,
        told_how=rules.WAYS_TO_TELL.get(complaint.told_how, ""),
        letter=letter,
    )


def _letter(complaint: Complaint, title: str, text: str, own: str) -> str:
    """The letter as it goes out: with the link to the own page, for whoever reported by one."""
    came_of = getattr(complaint, "came_of", None)
    report: Report | None = came_of.report if came_of else getattr(complaint, "report", None)
    if report is None or report.link is None or not report.link.holder:
        return rules.told_letter(text, number=complaint.matter_id, title=title, own_language=own)
    letter = rules.outcome_letter(
        told_in(report.language),
        number=number_shown(report),
        what=topic_in(report.language, report.topic.name),
        text=text,
        own_words=own,
        link=OWN_PAGE,
    )
    return letter.text


def _doubts(file: IssueFile, outcome: str) -> tuple[str, ...]:
    seen = next((r for r in file.checks.rows if r.finding != "cannot_determine"), None)
    return rules.doubts(
        outcome,
        looked=seen.finding_label if seen else "",
        found=seen.finding if seen else "",
        done=sum(1 for a in file.asks if a.done_on is not None),
        asked=sum(1 for a in file.asks if a.state not in {"withdrawn", "declined"}),
        inspected=any(a.disposition == "inspected_no_violation" for a in file.asks),
    )
