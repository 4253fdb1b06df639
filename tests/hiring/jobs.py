"""Makers of postings, applications and panels: each through the house's own actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from wardroom.access.actor import NOBODY, Stamp, Window
from wardroom.hiring.actions import (
    Filled,
    add_question,
    attach_resume,
    begin_application,
    draft_posting,
    move_application,
    publish_posting,
    score_application,
    seat_panel_member,
    send_application,
    unseat_panel_member,
)
from wardroom.hiring.models import Application, Posting
from wardroom.hiring.queries.own import link_token
from wardroom.hiring.rules.postings import FIRST, PANEL, YES_NO, PostingWords
from wardroom.ledger.reactions import deliver_receipt, due_receipts, register_reactions
from wardroom.reactions import FOLLOWS

VISITOR = Stamp(actor=NOBODY, at=NOON, window=Window.WEB)
TODAY = VISITOR.at.date()
PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
CANARY = "Quillfeather"
WORDS = PostingWords(
    title="Community Outreach and Relations Specialist",
    office_name="Mayor's Office of Community Relations and Services",
    grade="Excepted Service, Grade 5",
    salary_from=85_500_00,
    salary_to=None,
    opens_on=date(2026, 11, 2),
    closes_on=date(2026, 11, 20),
    special="For somebody who knows all eight wards.",
    duties="Coordinates services.\n\nPrepares weekly reports.",
    requirements="Knows civic groups and commissions.",
    security_note="Enhanced suitability screening.",
    residency="Live in the District within 180 days.",
    preference=FIRST,
    preference_words="District residents are screened first.",
)


def drafted(director: Cast, **words: Any) -> Posting:
    """A posting with two questions to applicants and two of the panel."""
    posting = draft_posting(None, words=replace(WORDS, **words), stamp=director.stamp)
    for text, kind in (("Which wards do you know?", "text"), ("Can you work evenings?", YES_NO)):
        add_question(posting, asked_of="applicant", text=text, kind=kind, stamp=director.stamp)
    for text in ("What would you do in the first month?", "How do you calm a full room?"):
        add_question(posting, asked_of=PANEL, text=text, points=5, stamp=director.stamp)
    return posting


def opened(director: Cast, *panel: Cast, **words: Any) -> Posting:
    """The same, published, with these people on its panel; without any, it has lost them."""
    posting = drafted(director, **words)
    for member in panel or (director,):
        seat_panel_member(posting, user_id=member.user.pk, stamp=director.stamp)
    posting = publish_posting(posting, stamp=director.stamp)
    if not panel:
        unseat_panel_member(posting, user_id=director.user.pk, stamp=director.stamp)
    return posting


def begun(
    posting: Posting, name: str = CANARY, email: str = "one@example.org", language: str = "en"
) -> str:
    """The token of a draft."""
    row = begin_application(posting, name=name, email=email, language=language, stamp=VISITOR)
    return link_token(row)


def filled(posting: Posting, **given: Any) -> Filled:
    """A whole form."""
    asked = posting.questions.filter(asked_of="applicant").order_by("place")
    answers = {q.pk: "yes" if q.kind == YES_NO else f"{CANARY} knows five" for q in asked}
    words: dict[str, Any] = {"name": CANARY, "phone": "202-555-0142", "lives_here": "yes"}
    return Filled(**{**words, "pasted": "", "answers": answers, **given})


def applied(
    posting: Posting, email: str = "one@example.org", language: str = "en", **given: Any
) -> Application:
    """An application with a file, sent."""
    token = begun(posting, given.get("name", CANARY), email, language)
    attach_resume(token, name=f"{CANARY}.pdf", content=PDF, stamp=VISITOR)
    return send_application(None, token=token, filled=filled(posting, **given), stamp=VISITOR)


def scored(row: Application, who: Cast, points: int) -> None:
    """The same points for every question."""
    asked = row.posting.questions.filter(asked_of="panel").values_list("pk", flat=True)
    given = dict.fromkeys(asked, points)
    score_application(row, points=given, words={}, stamp=who.stamp)


def taken_to(row: Application, director: Cast, *stages: str) -> Application:
    """The same application, taken through these stages while its posting is still open."""
    for to in stages:
        row = move_application(
            row, to=to, reason="Best", early="Nobody is better", stamp=director.stamp
        )
    return row


def follow() -> None:
    """Let everything follow that follows."""
    register_reactions(FOLLOWS)
    while due := due_receipts(at=NOON, most=100):
        for receipt in due:
            assert deliver_receipt(receipt, stamp=HOUSE)


def applied_for(director: Cast, member: Cast) -> Posting:
    """A posting that the director keeps and one member reads, with an application."""
    posting = opened(director, member)
    applied(posting)
    return posting
