"""One issue: its page, and everything that can be done on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from wardroom.casework import actions as casework
from wardroom.casework.queries import IssueFile, issue_file, photographs_of
from wardroom.casework.rules import WAYS_TO_TELL
from wardroom.directory.queries import colleagues, get_party_of
from wardroom.fieldwork.actions import record_check
from wardroom.kernel.errors import NotFound, Refused
from wardroom.matters import actions as matters
from wardroom.matters.queries import AskRow, get_matter
from wardroom.matters.rules import CHANNELS
from wardroom.web.data.letters import letters_of_issue
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.issues import forms
from wardroom.web.issues.tasks import shown_tasks
from wardroom.web.locations.forms import CheckForm
from wardroom.web.rows import number_meant
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.map import point_map
from wardroom.web.ui.page import Crumb, back_to, go_on, page
from wardroom.web.ui.tables import Cell, Column, Control, table
from wardroom.web.ui.words import day_text, from_today, state_tag

ASK_COLUMNS = (Column("Ask"), Column("State"), Column("By"), Column("Promise"))
Act = Callable[[Any, dict[str, Any], HttpRequest], Any]


@dataclass(frozen=True)
class Move:
    """One thing that can be done here: what it needs, how it is done, what is said then."""

    needs: str
    act: Act
    said: str


def _next(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return matters.set_next_step(matter, **given, stamp=stamp_of(request))


def _standing(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return matters.say_where_it_stands(matter, **given, stamp=stamp_of(request))


def _contact(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return matters.log_contact(matter, **given, stamp=stamp_of(request))


def _refer(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return matters.refer_matter(matter, **given, stamp=stamp_of(request))


def _check(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return record_check(matter, **given, stamp=stamp_of(request))


def _tell(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return casework.note_reporter_told(matter, **given, stamp=stamp_of(request))


def _ask_reporter(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return casework.ask_reporter(matter, **given, stamp=stamp_of(request))


def _reopen(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return casework.reopen_issue(matter, **given, stamp=stamp_of(request))


def _join(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    number = number_meant(given["into"])
    try:
        into = get_matter(number or 0, actor_of(request))
    except NotFound:
        sentence = f"There is no issue {given['into']} that you can see."
        raise Refused("no_such_matter", sentence, field="into") from None
    return casework.join_issues(matter, into=into, stamp=stamp_of(request))


def _part(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return casework.part_issues(matter, **given, stamp=stamp_of(request))


def _split(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return casework.split_complaint(matter, **given, stamp=stamp_of(request))


def _read(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return casework.mark_words_read(matter, stamp=stamp_of(request))


def _apart(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return casework.keep_apart(matter, stamp=stamp_of(request))


def _untell(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return casework.take_telling_back(matter, stamp=stamp_of(request))


def _restrict(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    me = get_party_of(actor_of(request))
    return matters.restrict_matter(matter, readers=[me], **given, stamp=stamp_of(request))


def _unrestrict(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return matters.open_restricted_matter(matter, **given, stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "next": Move("set_next_step", _next, "The next step was saved."),
    "standing": Move("say_where_it_stands", _standing, "Where it stands was saved."),
    "contact": Move("log_contact", _contact, "The contact was logged."),
    "refer": Move("refer_matter", _refer, "The referral was saved. It does not close the issue."),
    "check": Move("record_check", _check, "Your check was written down."),
    "tell": Move("note_reporter_told", _tell, "Saved: they were told."),
    "ask_reporter": Move("ask_reporter", _ask_reporter, "Asked. The answer will stand below."),
    "reopen": Move("reopen_matter", _reopen, "The issue is open again."),
    "join": Move(
        "join_issues",
        _join,
        "Joined. The people who reported it are told when the other one closes.",
    ),
    "part": Move("undo_merge", _part, "It is a separate issue again."),
    "split": Move("split_complaint", _split, "That complaint is an issue of its own now."),
    "read": Move("mark_words_read", _read, "Read. It is off your list."),
    "apart": Move("keep_apart", _apart, "Kept apart. It is off your list."),
    "untell": Move("take_telling_back", _untell, "Taken back. Nothing went out; it is open again."),
    "restrict": Move("restrict_matter", _restrict, "Only a few people see this now."),
    "unrestrict": Move("open_restricted_matter", _unrestrict, "The office sees this again."),
}


@require_safe
def issue(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Where one issue stands: five facts, people, asks, tasks and everything that happened."""
    return issue_page_of(request, issue_file(matter_id, actor_of(request)))


def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing to an issue; what cannot be done to any has no page."""
    if verb not in MOVES:
        raise Http404
    return _make_move(request, matter_id, verb)


@takes_form()
def _make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    file = issue_file(matter_id, actor_of(request))
    move = MOVES[verb]
    matter = get_matter(matter_id, actor_of(request))
    form = _forms(request, file, verb)[verb]
    done = submit(form, lambda given: move.act(matter, given, request))
    if done is None:
        return issue_page_of(request, issue_file(matter_id, actor_of(request)), failed={verb: form})
    return go_on(request, back_to(request, reverse("issue", args=[matter_id])), move.said)


class _Forms(dict[str, Form]):
    """The forms of a page by their names, each made when it is asked for: few are drawn."""

    def __init__(self, make: Callable[[str], Form]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, name: str) -> Form:
        self[name] = made = self.make(name)
        return made


def _forms(request: HttpRequest, file: IssueFile, verb: str = "") -> _Forms:
    """Every form of the page; the one that was sent holds what was sent."""
    matter = file.matter
    named = [(str(c.id), c.reporter) for c in file.complaints]
    untold = [
        (str(c.id), c.reporter) for c in file.complaints if c.told_on is None and not c.anonymous
    ]
    started: dict[str, dict[str, Any]] = {
        "next": {"next_on": matter.next_on, "next_step": matter.next_step},
        "standing": {"text": matter.standing, "former_version": matter.version},
        "refer": {"owner": _owner_of_ground(file)},
        "check": {"seen_at": localtime(stamp_of(request).at).replace(second=0, microsecond=0)},
    }
    extra: dict[str, dict[str, Any]] = {
        "contact": {"channels": tuple(CHANNELS.items())},
        "refer": {"channels": tuple(CHANNELS.items())},
        "check": {"findings": file.checks.findings, "ratings": file.checks.ratings},
        "tell": {"people": untold, "ways": [w for w in WAYS_TO_TELL.items() if w[0] != "email"]},
        "split": {"people": named},
        "ask_reporter": {
            "people": [(str(c.id), c.reporter) for c in file.complaints if c.can_be_asked]
        },
    }
    kinds: dict[str, Any] = {
        "next": forms.NextForm,
        "standing": forms.StandingForm,
        "contact": forms.ContactForm,
        "refer": forms.ReferForm,
        "check": CheckForm,
        "tell": forms.TellForm,
        "ask_reporter": forms.AskReporterForm,
        "reopen": forms.ReopenForm,
        "join": forms.JoinForm,
        "part": forms.PartForm,
        "split": forms.SplitForm,
        "read": forms.PlainForm,
        "apart": forms.PlainForm,
        "untell": forms.PlainForm,
        "restrict": forms.RestrictForm,
        "unrestrict": forms.OpenForm,
    }
    return _Forms(
        lambda name: kinds[name](
            request.POST if name == verb else None,
            initial=started.get(name, {}),
            **extra.get(name, {}),
        )
    )


def _owner_of_ground(file: IssueFile) -> str:
    """Whose the ground is, where it is not the city's."""
    return file.ground.partition(":")[0] if file.ground_kind not in ("", "agency") else ""


def issue_page_of(
    request: HttpRequest,
    file: IssueFile,
    *,
    failed: dict[str, Form] | None = None,
    failed_task: tuple[int, str, Form] | None = None,
) -> HttpResponse:
    """The page of an issue; what failed is open and holds what was sent."""
    actor, today = actor_of(request), today_of(request)
    matter = file.matter
    first_failed = next(iter((failed or {}).values()), failed_task[2] if failed_task else None)
    latitude, longitude = file.latitude, file.longitude
    give = any("give_task" in row.allowed for row in file.tasks)
    photographs = photographs_of(file, actor)
    people = colleagues(actor, ward_code=matter.ward_code, on=today) if give else ()
    forms_here = _forms(request, file)
    forms_here.update(failed or {})
    return page(
        request,
        "issues/file.html",
        title=matter.title,
        crumbs=(Crumb("Issues", "/issues/"), Crumb(f"W-{matter.id}")),
        status=first_failed.status if first_failed else 200,
        file=file,
        letters=letters_of_issue(file, request),
        matter=matter,
        failed=first_failed,
        when=from_today(matter.next_on, today),
        forms=forms_here,
        asks=_ask_table(file, request.path),
        voices=photographs.voices,
        evidence=photographs.agencies,
        tasks=shown_tasks(matter.id, file.tasks, people, today, failed_task),
        map=point_map(latitude, longitude, matter.place_label or matter.title)
        if latitude is not None and longitude is not None
        else None,
    )


def _ask_table(file: IssueFile, back: str) -> Any:
    rows = []
    for row in file.asks:
        slip = f"{row.slip_days:+d} days" if row.slip_days else ""
        first = row.first_promised_on
        kept = f"first promise {day_text(first)}" if first and first != row.promised_on else ""
        why = row.decline_label or row.disposition_label
        if row.state == "countered":
            why = f"offers {day_text(row.counter_on)}"
        rows.append(
            (
                Cell(
                    row.wording,
                    href=reverse("ask", args=[row.id]),
                    sub=row.agency_name,
                    main=True,
                ),
                Cell(tags=(state_tag(row.state),), sub=why, controls=_controls(row, back)),
                Cell(day_text(row.due_on)),
                Cell(
                    day_text(row.promised_on or row.counter_on) or "-",
                    sub=", ".join(part for part in (kept, slip) if part),
                ),
            )
        )
    empty = "No agency has been asked yet."
    return table("Asks to agencies", ASK_COLUMNS, rows, empty=empty, caption_hidden=True)


def _controls(row: AskRow, back: str) -> tuple[Control, ...]:
    """What takes one press: a proposal is sent, an offered day agreed to."""
    return tuple(
        Control(
            label,
            reverse("ask_move", args=[row.id, verb]),
            row.wording,
            f"{verb}_{row.id}",
            back=f"{back}#asks",
        )
        for verb, label in (("request_ask", "Send it"), ("agree_counter", "Agree to that day"))
        if verb in row.allowed
    )
