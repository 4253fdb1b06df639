"""Issues, matters and what was seen there: the day's work."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from ninja import Router

from wardroom.access.actor import Actor
from wardroom.api.v1 import bodies, shapes
from wardroom.api.v1.answers import (
    Listed,
    Single,
    content_of,
    done_as,
    listed,
    moves,
    page_content,
    plain,
    read_as,
    single,
    whole,
)
from wardroom.api.v1.bodies import Code, Cursor, Number
from wardroom.api.v1.cursors import place_in
from wardroom.api.v1.doing import Deed, do
from wardroom.api.v1.door import READ, WRITE, stamp_of
from wardroom.casework import actions as casework
from wardroom.casework.queries import IssueRow, issue_file, issue_page, who_has
from wardroom.directory.queries import get_agency
from wardroom.fieldwork.actions import record_check
from wardroom.fieldwork.queries import CheckRow, checks_of
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters import actions as matters
from wardroom.matters.queries import MatterHeader, get_matter, matter_header

router = Router(tags=["Work"])
ISSUE_MOVES = {
    "set_next_step": "next-step",
    "close_issue": "close",
    "propose_ask": "asks",
    "record_check": "checks",
}
State = Literal["open", "closed", "all"]


def staff(request: HttpRequest) -> Actor:
    """The actor, who has to be of the office. Refuses: `not_allowed`."""
    actor = stamp_of(request).actor
    if not actor.is_staff:
        raise NotAllowed
    return actor


@router.get("/issues", auth=READ, response=read_as(Listed[IssueRow]), summary="Issues")
def issues(
    request: HttpRequest,
    ward: Code = "",
    state: State = "open",
    topic: Code = "",
    came_back: bool = False,
    late: bool = False,
    sort: Literal["next", "-next", "ward", "opened", "-opened"] = "next",
    cursor: Cursor = "",
) -> HttpResponse:
    """The issues within reach, the soonest next date first."""
    stamp = stamp_of(request)
    found = issue_page(
        staff(request),
        ward=ward,
        state=state,
        topic=topic,
        came_back=came_back,
        late_on=localdate(stamp.at) if late else None,
        sort=sort,
        page=place_in(request, cursor),
    )
    return listed(request, found)


@router.get(
    "/issues/{number}",
    auth=READ,
    response=read_as(Single[shapes.IssueShape]),
    summary="One issue",
)
def issue(request: HttpRequest, number: Number) -> HttpResponse:
    """One issue with its complaints, asks, tasks, checks and the five facts."""
    file = issue_file(number, stamp_of(request).actor)
    return single(request, shapes.IssueShape, file, _links(file))


@router.post(
    "/issues",
    auth=WRITE,
    response=done_as(Single[shapes.TakenShape], status=201),
    summary="Take a complaint in",
)
def take_in(request: HttpRequest, given: bodies.Complaint) -> HttpResponse:
    """A complaint opens an issue, or is one more voice for one that is open."""
    actor = stamp_of(request).actor

    def act() -> Any:
        who, where = given.reporter or bodies.Reporter(), given.where or bodies.Where()
        point = f"{where.latitude},{where.longitude}"
        whole_point = where.latitude is not None and where.longitude is not None
        if not whole_point and (where.latitude, where.longitude) != (None, None):
            raise Refused("half_a_point", "A point has two coordinates.", field="where")
        return casework.take_in(
            None,
            spot=point if whole_point else "",
            place_text=where.text,
            name=who.name,
            phone=who.phone,
            email=who.email,
            consent=who.consent,
            reporter=None,
            said=given.said,
            channel=given.channel,
            topic_code=given.topic,
            anonymous=given.anonymous,
            language=given.language,
            interpreter=given.interpreter,
            may_share=given.may_share,
            request_number=given.request_number,
            ward_code=given.ward,
            onto=get_matter(given.onto, actor) if given.onto is not None else None,
            place=None,
            received_at=given.received_at,
            stamp=stamp_of(request),
        )

    deed = Deed(
        act=lambda: _as_numbers(act()),
        show=lambda made: _taken(made, actor),
        number=lambda made: " ".join(str(int(one)) for one in made),
        find=lambda kept: tuple(int(one) for one in kept.split()),
        status=201,
    )
    return do(request, deed)


@router.post(
    "/issues/{number}/next-step",
    auth=WRITE,
    response=done_as(Single[shapes.IssueShape]),
    summary="Plan the next step",
)
def plan_next(request: HttpRequest, number: Number, given: bodies.NextStep) -> HttpResponse:
    """Say what comes next on an open issue, and when."""
    stamp = stamp_of(request)
    return _change(
        request,
        number,
        lambda matter: matters.set_next_step(
            matter, next_on=given.next_on, next_step=given.next_step, stamp=stamp
        ),
    )


@router.post(
    "/issues/{number}/close",
    auth=WRITE,
    response=done_as(Single[shapes.IssueShape]),
    summary="Tell everybody and close",
)
def close(request: HttpRequest, number: Number, given: bodies.Closing) -> HttpResponse:
    """Tell everybody who reported it what became of it, and close it."""
    stamp = stamp_of(request)
    return _change(
        request,
        number,
        lambda matter: casework.close_issue(
            matter, outcome=given.outcome, text=given.text, texts=given.texts, stamp=stamp
        ),
    )


@router.post(
    "/issues/{number}/asks",
    auth=WRITE,
    response=done_as(Single[shapes.IssueShape], status=201),
    summary="Ask an agency",
)
def ask_agency(request: HttpRequest, number: Number, given: bodies.NewAsk) -> HttpResponse:
    """Ask one agency for one thing by one date, or only write it down."""
    stamp = stamp_of(request)

    def act(matter: Any) -> Any:
        try:
            party = get_agency(given.agency)
        except NotFound:
            raise Refused("no_such_agency", "Choose the agency.", field="agency") from None
        draft = matters.AskDraft(party, given.wording, given.due_on, given.authority)
        return matters.ask_agencies(matter, drafts=[draft], send=given.send, stamp=stamp)

    return _change(request, number, act, status=201)


@router.get(
    "/matters/{number}",
    auth=READ,
    response=read_as(Single[MatterHeader]),
    summary="The head of any matter",
)
def matter(request: HttpRequest, number: Number) -> HttpResponse:
    """What everybody who may see a matter sees of it, of whatever kind it is."""
    actor = stamp_of(request).actor
    head = matter_header(get_matter(number, actor), actor)
    return single(request, MatterHeader, head, {"self": ("GET", f"/matters/{number}")})


@router.get(
    "/matters/{number}/checks",
    auth=READ,
    response=read_as(Listed[CheckRow]),
    summary="What was seen at a matter's place",
)
def checks(request: HttpRequest, number: Number) -> HttpResponse:
    """The condition checks of a matter, the newest first."""
    actor = staff(request)
    get_matter(number, actor)
    return whole(request, checks_of(number, actor).rows)


@router.post(
    "/matters/{number}/checks",
    auth=WRITE,
    response=done_as(Listed[CheckRow], status=201),
    summary="Write a check down",
)
def check(request: HttpRequest, number: Number, given: bodies.Check) -> HttpResponse:
    """Write down what was seen at the place of a matter, and how bad it is."""
    stamp = stamp_of(request)
    row = get_matter(number, stamp.actor)

    def act() -> Any:
        return record_check(
            row,
            finding=given.finding,
            rating=given.rating,
            note=given.note,
            seen_at=given.seen_at or stamp.at,
            stamp=stamp,
        )

    def show(_: Any) -> Any:
        rows = checks_of(number, stamp.actor).rows
        return page_content(plain(rows), len(rows))

    return do(request, Deed(act, show, row=row, status=201))


def _change(request: HttpRequest, number: int, act: Any, *, status: int = 200) -> HttpResponse:
    """Change an issue and answer with it as it is then."""
    actor = stamp_of(request).actor

    def show(_: Any = None) -> Any:
        file = issue_file(number, actor)
        return content_of(shapes.IssueShape, file, _links(file))

    show()
    row = get_matter(number, actor)
    return do(request, Deed(lambda: act(row), show, row=row, before=show, status=status))


def _links(file: Any) -> dict[str, tuple[str, str]]:
    number = file.matter.id
    links = moves(f"/issues/{number}", file.allowed, ISSUE_MOVES)
    if "record_check" in links:
        links["record_check"] = ("POST", f"/matters/{number}/checks")
    asks = {f"ask_{ask.id}": ("GET", f"/asks/{ask.id}") for ask in file.asks}
    return {**links, **asks}


def _as_numbers(complaint: Any) -> tuple[int, int, bool]:
    """A complaint, its matter, and whether it is one more voice for one that was open."""
    return complaint.pk, complaint.matter_id, bool(complaint.is_one_more_voice)


def _taken(made: tuple[int, int, int], actor: Actor) -> Any:
    """What became of a complaint; of a matter that is out of reach, no more than who has it."""
    complaint_id, matter_id, one_more = made
    try:
        get_matter(matter_id, actor)
        seen = True
    except NotFound:
        seen = False
    ward, owner = who_has(matter_id, actor)
    shape = shapes.TakenShape(
        complaint_id=complaint_id if seen else None,
        matter_id=matter_id if seen else None,
        one_more_voice=bool(one_more) and seen,
        ward_code=ward,
        owner_name=owner,
    )
    links = {"issue": ("GET", f"/issues/{matter_id}")} if seen else {}
    return content_of(shapes.TakenShape, shape, links)
