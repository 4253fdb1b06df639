"""One open posting with a few made applications, as its keeper and its panel see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from wardroom.access.actor import NOBODY, Stamp, Window
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.hiring.actions import (
    Filled,
    add_question,
    begin_application,
    declare_conflict,
    draft_posting,
    move_application,
    publish_posting,
    score_application,
    seat_panel_member,
    send_application,
)
from wardroom.hiring.models import Application, Posting
from wardroom.hiring.queries.own import link_token
from wardroom.hiring.rules.postings import APPLICANT, FIRST, PANEL, YES_NO, PostingWords

DIRECTOR = "director@wardroom.example"
MEMBERS = ("liaison5@wardroom.example", "liaison7@wardroom.example")
ASKED = (
    ("Which wards have you worked or organized in, and with whom?", "text"),
    ("Can you work some evenings and weekends?", YES_NO),
)
PANEL_ASKS = (
    "A neighborhood is angry about an alley that is cleaned and full again. What do you do first?",
    "Three agencies each say that it is not theirs. How do you get one plan?",
)
# Name, whether they live in the city, what they answer, their resume, and the members' points.
APPLY = (
    ("Imani Castellanos", "yes", "Wards 5 and 7, with civic groups and two commissions.",
     "Eight years as an organizer; ran a tenants' council.", (5, 4)),
    ("Tobias Brandvold", "no", "Ward 2, with a business district.",
     "Six years in a city's call center; trained a team of ten.", (4, 4)),
    ("Noor Haddadin", "yes", "All eight, knocking on doors for a census.",
     "Census crew leader; speaks three languages.", (3, 5)),
)  # fmt: skip


def show_hiring(plan: Plan) -> int:
    """A posting that is open now, kept by the director, with two liaisons on its panel."""
    if not Posting.objects.exists():
        opened = plan.now - timedelta(days=12)
        posting = _posting(plan)
        members = [stamp_of(email, opened) for email in MEMBERS]
        for n, (name, lives, said, resume, points) in enumerate(APPLY, 1):
            at = opened + timedelta(days=2 * n)
            row = _applied(posting, n, name, lives, said, resume, at=at)
            for member in members[: 2 if n < 3 else 1]:
                _scored(row, points, replace(member, at=at + timedelta(hours=3)))
        first = posting.applications.get(number=1)
        reason = "Both members gave the most points; knows both wards"
        stamp = stamp_of(DIRECTOR, plan.now - timedelta(days=2))
        move_application(first, to="interview", reason=reason, stamp=stamp)
    return Application.objects.count()


def _posting(plan: Plan) -> Posting:
    stamp = stamp_of(DIRECTOR, plan.now - timedelta(days=14))
    words = PostingWords(
        title="Community Outreach and Relations Specialist",
        office_name="Mayor's Office of Community Relations and Services",
        grade="Excepted Service, Grade 5",
        salary_from=85_500_00,
        salary_to=None,
        opens_on=plan.end - timedelta(days=13),
        closes_on=plan.end + timedelta(days=16),
        special="For somebody who knows all eight wards by working, organizing or living there.",
        about="The office gets the city's agencies to fix what residents tell it about.",
        duties=(
            "Coordinates the services of several agencies at places where trouble keeps coming"
            " back.\n\nResponds to critical incidents in a ward, also at night.\n\n"
            "Writes a weekly report to the director."
        ),
        requirements=(
            "Work or organizing in at least one of the eight wards.\n\nPlain writing and speech."
        ),
        security_note="Suitability is screened after a conditional offer.",
        residency="Live in the District on the first day, or within 180 days, and stay.",
        preference=FIRST,
        preference_words="District residents are screened first.",
    )
    posting = draft_posting(None, words=words, stamp=stamp)
    for text, kind in ASKED:
        add_question(posting, asked_of=APPLICANT, text=text, kind=kind, stamp=stamp)
    for text in PANEL_ASKS:
        add_question(posting, asked_of=PANEL, text=text, points=5, stamp=stamp)
    for email in MEMBERS:
        user_id = stamp_of(email, stamp.at).actor.user_id
        assert user_id is not None
        seat_panel_member(posting, user_id=user_id, stamp=stamp)
    return publish_posting(posting, stamp=stamp)


def _applied(
    posting: Posting, n: int, name: str, lives: str, said: str, resume: str, *, at: datetime
) -> Application:
    stamp = Stamp(actor=NOBODY, at=at, window=Window.WEB)
    email = f"applicant{n}@example.org"
    draft = begin_application(posting, name=name, email=email, language="en", stamp=stamp)
    asked = posting.questions.filter(asked_of=APPLICANT)
    answers = {q.pk: "yes" if q.kind == YES_NO else said for q in asked}
    filled = Filled(name=name, lives_here=lives, pasted=resume, answers=answers)
    return send_application(None, token=link_token(draft), filled=filled, stamp=stamp)


def _scored(row: Application, points: tuple[int, ...], stamp: Stamp) -> None:
    declare_conflict(row, conflict=False, stamp=stamp)
    asked = row.posting.questions.filter(asked_of=PANEL).values_list("pk", flat=True)
    score_application(row, points=dict(zip(asked, points, strict=True)), words={}, stamp=stamp)
