"""A hiring as its keeper and its panel see it; everybody else of the office sees that it exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wardroom.access.actor import Actor, Role
from wardroom.access.models import Grant, User, with_words
from wardroom.hiring import policy
from wardroom.hiring.models import Application, Posting, PostingQuestion
from wardroom.hiring.queries.filling import TheRest, lacks_panel, the_rest
from wardroom.hiring.queries.keeping import due_on
from wardroom.hiring.queries.panels import addresses_of, applied_in
from wardroom.hiring.rules import postings as rules
from wardroom.hiring.rules import stages
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at

PAGE_ROWS = 50
MOST_FOUND = 5
OFFICE = (Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.RECORDS, Role.AUDITOR)


@dataclass(frozen=True)
class HiringRow:
    """A posting in the office's list; ``opens`` whether the asker is let in."""

    id: int
    slug: str
    title: str
    grade: str
    state: str
    opens_on: date
    closes_on: date | None
    opens: bool
    keeper_name: str


@dataclass(frozen=True)
class HiringPage:
    """A page of the list."""

    rows: tuple[HiringRow, ...]
    total: int
    page: int
    pages: int
    may_open: bool
    may_dispose: bool


@dataclass(frozen=True)
class MemberRow:
    """Somebody on the panel."""

    user_id: int
    name: str


@dataclass(frozen=True)
class QuestionRow:
    """A question of the posting."""

    id: int
    text: str
    asked_of: str
    kind: str
    must: bool
    points: int


@dataclass(frozen=True)
class ApplicationRow:
    """An application in the list of its hiring, in the order that the posting declares.

    ``mine`` is where the asker stands with it: to declare, to score, scored, conflict, or
    applied where it gives their address, or nothing. Who may not read it learns the name alone.
    The share is there only once the panel sees each other's points.
    """

    number: int
    name: str
    stage: str
    sent_at: datetime
    resident: bool | None
    share: float | None
    extra: int
    scored: int
    due: int
    mine: str


@dataclass(frozen=True)
class AddressRow:
    """An application that gives the address of somebody of the panel, or of the keeper."""

    number: int
    name: str
    keeps: bool


@dataclass(frozen=True)
class HiringFile:
    """One hiring whole."""

    id: int
    slug: str
    words: rules.PostingWords
    state: str
    shown_state: str
    keeper_id: int
    keeper_name: str
    members: tuple[MemberRow, ...]
    questions: tuple[QuestionRow, ...]
    applications: tuple[ApplicationRow, ...]
    drafts: int
    applied: tuple[AddressRow, ...]
    no_panel: bool
    reasons: tuple[tuple[str, str], ...]
    held_for: str
    due_on: date | None
    disposed_at: datetime | None
    rest: TheRest
    allowed: frozenset[str]

    @property
    def to_declare(self) -> tuple[ApplicationRow, ...]:
        """What the asker has to say something about first."""
        return tuple(row for row in self.applications if row.mine == "declare")


def hirings(actor: Actor, *, today: date, state: str = "", page: int = 1) -> HiringPage:
    """The postings that the office may know of, the newest first; drafts for their people only."""
    rows = Posting.objects.select_related("keeper") if policy.may_see_postings(actor) else None
    if rows is None:
        return HiringPage((), 0, 1, 1, False, False)
    mine = rows.filter(keeper_id=policy.seat_of(actor)) | rows.filter(
        pk__in=Posting.objects.filter(
            members__user_id=policy.seat_of(actor), members__left_at__isnull=True
        ).values("pk")
    )
    let_in = set(mine.values_list("pk", flat=True))
    seen = rows.exclude(published_at=None) | rows.filter(pk__in=let_in)
    found = [
        row
        for row in seen.order_by("-opens_on", "-pk")
        if not state or rules.shown_state(row.state, closes_on=row.closes_on, today=today) == state
    ]
    page, pages, on_page = page_at(len(found), page, PAGE_ROWS)
    return HiringPage(
        rows=tuple(_row(row, row.pk in let_in, today) for row in found[on_page]),
        total=len(found),
        page=page,
        pages=pages,
        may_open=policy.may_open_hiring(actor, None),
        may_dispose=policy.may_dispose_hiring(actor, None),
    )


def find_postings(actor: Actor, words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The published postings in whose title all these words stand: the slug and the title."""
    if not words or not policy.may_see_postings(actor):
        return ()
    shown = Posting.objects.exclude(published_at=None).exclude(state=rules.WITHDRAWN)
    rows = with_words(shown, words, "title", "grade")
    return tuple(rows.order_by("-opens_on", "-pk").values_list("slug", "title")[:MOST_FOUND])


def get_hiring(posting_id: int, actor: Actor) -> Posting:
    """One hiring, to act on it; `NotFound` for everybody but its keeper and its panel."""
    row: Posting | None = Posting.objects.select_related("keeper").filter(pk=posting_id).first()
    if row is None or not policy.may_read_hiring(actor, row):
        raise NotFound(f"no hiring {posting_id}")
    return row


def hiring_file(posting_id: int, actor: Actor, *, today: date) -> HiringFile:
    """One hiring whole; `NotFound` for everybody but its keeper and its panel."""
    posting = get_hiring(posting_id, actor)
    members = posting.members.filter(left_at__isnull=True).select_related("user").order_by("pk")
    asked = tuple(posting.questions.filter(taken_off_at__isnull=True))
    rows = application_rows(posting, actor)
    rest = the_rest(posting, frozenset(row.number for row in rows if row.stage))
    return HiringFile(
        id=posting.pk,
        slug=posting.slug,
        words=words_of(posting),
        state=posting.state,
        shown_state=rules.shown_state(posting.state, closes_on=posting.closes_on, today=today),
        keeper_id=posting.keeper_id,
        keeper_name=posting.keeper.name,
        members=tuple(MemberRow(m.user_id, m.user.name) for m in members),
        questions=tuple(_question(q) for q in asked),
        applications=rows,
        drafts=posting.applications.filter(stage=stages.DRAFT).count(),
        applied=_applied(posting, actor),
        no_panel=lacks_panel(posting),
        reasons=_reasons(posting),
        held_for=posting.held_for,
        due_on=due_on(posting),
        disposed_at=posting.disposed_at,
        rest=rest,
        allowed=_allowed(posting, actor, rest, asked),
    )


def _applied(posting: Posting, actor: Actor) -> tuple[AddressRow, ...]:
    """Which applications give an address of the keeper or the panel, for the keeper to see to."""
    if not policy.may_keep_hiring(actor, posting):
        return ()
    found = [(number, pk) for number, people in applied_in(posting) for pk in sorted(people)]
    names = dict(User.objects.filter(pk__in={pk for _, pk in found}).values_list("pk", "name"))
    return tuple(AddressRow(number, names[pk], pk == posting.keeper_id) for number, pk in found)


def _reasons(posting: Posting) -> tuple[tuple[str, str], ...]:
    """Why things were done in a hiring, as long as it is kept."""
    given = (
        ("Why its last day was moved", posting.moved_for),
        ("Why it ended", posting.ended_for),
        ("Why it was handed over", posting.handed_for),
        ("Why it need not be kept longer", posting.lifted_for),
    )
    return tuple((label, words) for label, words in given if words)


def people_to_seat(
    actor: Actor, *, on: date, directors: bool = False
) -> tuple[tuple[int, str], ...]:
    """Who works at the office on a day, to be seated on a panel, or to keep a hiring."""
    roles = [Role.DIRECTOR] if directors else OFFICE
    grants = Grant.objects.filter(role__in=roles, valid_from__lte=on, user__is_active=True)
    grants = grants.exclude(valid_until__lt=on)
    if not policy.may_see_postings(actor):
        return ()
    people = grants.order_by("user__name", "user_id").values_list("user_id", "user__name")
    return tuple(dict.fromkeys(people))


def words_of(posting: Posting) -> rules.PostingWords:
    """What a posting says."""
    names = rules.PostingWords.__dataclass_fields__
    return rules.PostingWords(**{name: getattr(posting, name) for name in names})


def application_rows(posting: Posting, actor: Actor) -> tuple[ApplicationRow, ...]:
    """The applications to a posting in the order that it declares."""
    sent = posting.applications.filter(number__isnull=False).prefetch_related(
        "scores", "declarations"
    )
    panel = posting.panel
    most = {
        q.pk: q.points
        for q in posting.questions.filter(asked_of=rules.PANEL, taken_off_at__isnull=True)
    }
    given = addresses_of(posting)
    rows = {
        row.number: _application(
            row, actor, panel, most, given.get(row.email.casefold(), frozenset())
        )
        for row in sent
    }
    order = stages.ranked(
        tuple(stages.Ranked(r.number, bool(r.resident), r.share) for r in rows.values()),
        preference=posting.preference,
        points=posting.preference_points,
    )
    return tuple(_with_extra(rows[one.number], one.extra) for one in order if one.number in rows)


def _with_extra(row: ApplicationRow, extra: int) -> ApplicationRow:
    return ApplicationRow(**{**vars(row), "extra": extra})


def _application(
    row: Application,
    actor: Actor,
    panel: frozenset[int],
    most: dict[int, int],
    applied: frozenset[int],
) -> ApplicationRow:
    said = {d.user_id: d.conflict for d in row.declarations.all()}
    points: dict[int, dict[int, int]] = {}
    for score in row.scores.all():
        points.setdefault(score.user_id, {})[score.question_id] = score.points
    due = panel - applied - {user for user, conflict in said.items() if conflict}
    opened = stages.is_open_to_all(
        scored=frozenset(points), due=due, opened=row.discussed_at is not None
    )
    given = tuple(stages.Given(user, given) for user, given in points.items())
    assert row.number is not None
    assert row.sent_at is not None
    mine = ""
    conflict = said.get(policy.seat_of(actor))
    if conflict:
        mine = "conflict"
    elif actor.user_id in panel:
        mine = "declare" if conflict is None else "score"
        if mine == "score" and actor.user_id in points:
            mine = "scored"
    if policy.seat_of(actor) in applied:
        mine = "applied"
    over = row.stage == stages.WITHDRAWN
    reads = mine in ("", "score", "scored") and not over
    return ApplicationRow(
        number=row.number,
        name="" if over or mine == "applied" else row.name,
        stage=row.stage if reads or over else "",
        sent_at=row.sent_at,
        resident=row.lives_here == "yes" if reads else None,
        share=stages.share_of(given, most) if opened and reads else None,
        extra=0,
        scored=len(points) if reads else 0,
        due=len(due) if reads else 0,
        mine=mine,
    )


def _row(row: Posting, opens: bool, today: date) -> HiringRow:
    return HiringRow(
        id=row.pk,
        slug=row.slug,
        title=row.title,
        grade=row.grade,
        state=rules.shown_state(row.state, closes_on=row.closes_on, today=today),
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        opens=opens,
        keeper_name=row.keeper.name,
    )


def _question(q: PostingQuestion) -> QuestionRow:
    return QuestionRow(q.pk, q.text, q.asked_of, q.kind, q.must, q.points)


def _allowed(
    posting: Posting, actor: Actor, rest: TheRest, asked: Sequence[PostingQuestion]
) -> frozenset[str]:
    if not policy.may_keep_hiring(actor, posting) or posting.disposed_at is not None:
        return frozenset()
    found = {"seat_panel_member", "hand_over_posting"}
    if posting.members.filter(left_at__isnull=True).exists():
        found.add("unseat_panel_member")
    if rules.OPEN in rules.MOVES[posting.state]:
        found.add("publish_posting")
    if posting.state in (rules.OPEN, rules.CLOSED):
        found.add("move_last_day")
    if rules.MOVES[posting.state]:
        found.add("end_posting")
        unread = not posting.applications.exists()
        if unread:
            found.add("rewrite_posting")
        if unread or not posting.applications.filter(scores__isnull=False).exists():
            found.add("add_question")
            if any(unread or question.asked_of == rules.PANEL for question in asked):
                found.add("take_off_question")
    if rest.numbers:
        found.add("tell_the_rest")
    found.add("lift_hold" if posting.held_for else "hold_hiring")
    return frozenset(found)
