"""Policies that are watched: the list, one with what was said of it, and writing it down."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import get_party_of
from wardroom.engagement import actions
from wardroom.engagement.queries import (
    PolicyFile,
    get_policy_watch,
    may_watch_policies,
    policy_file,
    policy_list,
)
from wardroom.engagement.rules import TENORS
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.policies import forms
from wardroom.web.rows import own_ward
from wardroom.web.ui.bars import monthly_bars
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, table
from wardroom.web.ui.words import counted, day_text, from_today
from wardroom.web.wards import all_wards

POLICIES = Crumb("Policies", "/policies/")
TITLES = {"say": "Write down what was said", "end": "Stop watching it"}
SAID = {"say": "Written down, without a name.", "end": "It is watched no more."}


@require_http_methods(["GET", "HEAD", "POST"])
def policies(request: HttpRequest) -> HttpResponse:
    """The policies that are or were watched; the director begins to watch one."""
    actor, today = actor_of(request), today_of(request)
    rows = policy_list(actor)
    may, sent = may_watch_policies(actor), request.method == "POST"
    if sent and not may:
        raise NotAllowed
    form = forms.PolicyForm(request.POST if sent else None)
    made = submit(form, lambda given: _watch(request, given)) if sent else None
    if made is not None:
        return go_on(request, reverse("policy", args=[made.pk]), "It is watched now.")
    cells = [
        (
            Cell(
                row.title,
                href=reverse("policy", args=[row.id]),
                tags=() if row.open else (Tag("Ended"),),
                main=True,
            ),
            Cell(f"{row.said:,}"),
            Cell(from_today(row.next_on, today) if row.open else ""),
        )
        for row in rows
    ]
    columns = (Column("Policy"), Column("Said, where you see it", number=True), Column("Memo due"))
    return page(
        request,
        "policies/list.html",
        title="Policies",
        crumbs=(Crumb("Home", "/"), Crumb("Policies")),
        status=form.status,
        form=form,
        may=may,
        table=table(
            counted(len(rows), "policy", "policies"),
            columns,
            cells,
            empty="No policy is watched.",
        ),
    )


@require_safe
def policy(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One policy: what was said, ward by ward, and the newest lines."""
    return _page(request, policy_file(matter_id, actor_of(request), on=today_of(request)))


@takes_form()
def policy_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Write down what was said, or stop watching."""
    if verb not in TITLES:
        raise Http404
    matter = get_policy_watch(matter_id, actor_of(request))
    form = _form(request, verb, request.POST)
    act = actions.note_policy_entry if verb == "say" else actions.end_policy_watch
    if submit(form, lambda given: act(matter, **given, stamp=stamp_of(request))) is None:
        file = policy_file(matter_id, actor_of(request), on=today_of(request))
        return _page(request, file, failed={verb: form})
    return go_on(request, reverse("policy", args=[matter_id]), SAID[verb])


def _watch(request: HttpRequest, given: dict[str, Any]) -> Any:
    owner = get_party_of(actor_of(request))
    return actions.watch_policy(None, **given, owner=owner, stamp=stamp_of(request))


def _form(request: HttpRequest, verb: str, posted: Any = None) -> Form:
    if verb == "end":
        return forms.EndForm(posted)
    started = {"ward_code": own_ward(actor_of(request)), "heard_on": today_of(request)}
    wards = [(code, f"Ward {code}") for code, _ in all_wards(request)]
    return forms.SaidForm(posted, initial=started, wards=wards)


def _page(
    request: HttpRequest, file: PolicyFile, *, failed: dict[str, Form] | None = None
) -> HttpResponse:
    wrong = next(iter((failed or {}).values()), None)
    columns = (
        Column("Ward"),
        *(Column(label, number=True) for label in TENORS.values()),
        Column("Against the ward's own weeks"),
    )
    wards = [
        (
            Cell(f"Ward {row.ward_code}", main=True),
            *(Cell(f"{row.counts[tenor]:,}") for tenor in TENORS),
            Cell(row.words),
        )
        for row in file.wards
    ]
    lines = [
        (
            Cell(row.text, main=True),
            Cell(TENORS[row.tenor]),
            Cell(f"Ward {row.ward_code}"),
            Cell(day_text(row.heard_on)),
        )
        for row in file.last
    ]
    shown = (Column("What was said"), Column("What it was"), Column("Where"), Column("When"))
    return page(
        request,
        "policies/file.html",
        title=file.title,
        crumbs=(POLICIES, Crumb(file.title)),
        status=wrong.status if wrong else 200,
        file=file,
        when=from_today(file.next_on, today_of(request)),
        bars=monthly_bars(file.months, caption="Said, month by month", unit="entries"),
        total=counted(file.total, "entry", "entries"),
        wards=table("Ward by ward", columns, wards, empty="Nothing was said yet."),
        lines=table("The newest lines", shown, lines, empty="Nothing was said yet."),
        moves=[
            (verb, title, (failed or {}).get(verb) or _form(request, verb))
            for verb, title in TITLES.items()
            if verb in file.allowed or verb in (failed or {})
        ],
        failed=wrong,
    )
