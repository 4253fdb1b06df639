"""One fund: its balance, its lines, and everything that is done with its money."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.office import actions
from wardroom.office.queries import fund_lines, worth_paying
from wardroom.office.queries.fund_file import fund_file
from wardroom.office.rules.amounts import shown
from wardroom.office.rules.funds import SORTS
from wardroom.office.rules.money import KINDS
from wardroom.office.rules.spending import month_of
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.money import forms, showing
from wardroom.web.money.funds import MONEY
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.moves import Failed, Move, make, offers, takes_move
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import address, page_number, paging
from wardroom.web.ui.words import from_today

LINES = "#lines"


def _movement(given: dict[str, Any]) -> actions.Movement:
    return actions.Movement(
        given["amount"],
        given["happened_on"],
        given["reference"],
        given["words"],
        given.get("payee", ""),
        again=given.get("again", False),
    )


def _moves_money(act: Callable[..., Any]) -> Callable[..., Any]:
    """An action that moves money of a purpose that has some."""

    def done(fund: Any, given: dict[str, Any], request: HttpRequest) -> Any:
        actor = actor_of(request)
        more = {"commit_too": given["commit_too"]} if "commit_too" in given else {}
        return act(
            fund,
            movement=_movement(given),
            purpose=fund_lines.get_purpose(fund.pk, int(given["purpose"]), actor),
            **more,
            stamp=stamp_of(request),
        )

    return done


def _certify(fund: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.certify_money(
        fund,
        movement=_movement(given),
        certified_by=given["certified_by"],
        stamp=stamp_of(request),
    )


def _allocate(fund: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    actor = actor_of(request)
    purpose: Any = None
    if given["purpose"]:
        purpose = fund_lines.get_purpose(fund.pk, int(given["purpose"]), actor)
    else:
        position, event, program = given["position"], given["event"], given["program"]
        chosen = (("position", position), ("event", event), ("program", program))
        kind = next((name for name, value in chosen if value), given["kind"])
        purpose = actions.PurposeDraft(
            kind=kind,
            name=given["called"],
            event=worth_paying.get_event_to_pay(int(event), actor) if event else None,
            matter=worth_paying.get_program_to_pay(int(program), actor) if program else None,
            position=worth_paying.get_position_to_pay(int(position), actor) if position else None,
        )
    return actions.allocate_money(
        fund, movement=_movement(given), purpose=purpose, stamp=stamp_of(request)
    )


def _grant(fund: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.grant_fund(
        fund, amount_cents=given["amount"], words=given["words"], stamp=stamp_of(request)
    )


def _drop(fund: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.drop_fund(fund, reason=given["reason"], stamp=stamp_of(request))


def _settle(fund: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.settle_fund_end(fund, words=given["words"], stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "certify": Move("certify", "Certify money", _certify, "The certification is on record."),
    "allocate": Move("allocate", "Allocate money", _allocate, "The money is allocated."),
    "commit": Move(
        "commit", "Commit money", _moves_money(actions.commit_money), "The money is committed."
    ),
    "spend": Move(
        "spend", "Spend money", _moves_money(actions.spend_money), "The spending is on record."
    ),
    "release": Move(
        "release",
        "Release a commitment",
        _moves_money(actions.release_money),
        "The money is free for its purpose again.",
    ),
    "return": Move(
        "return",
        "Return an allocation",
        _moves_money(actions.return_money),
        "The money is back in the fund.",
    ),
    "settle": Move("settle", "Say what comes after it", _settle, "It is off the lists."),
    "grant": Move("grant", "It was granted", _grant, "The fund exists now. Certify money next."),
    "drop": Move("drop", "Give the fund up", _drop, "The fund was given up."),
}
PLAIN: Mapping[str, type[Form]] = {
    "settle": forms.SettleForm,
    "grant": forms.GrantForm,
    "drop": forms.ReasonForm,
}
OF_PURPOSES: Mapping[str, type[forms.MovementForm]] = {
    "commit": forms.MovementForm,
    "spend": forms.SpendForm,
    "release": forms.BackForm,
    "return": forms.BackForm,
}


@require_safe
def fund(request: HttpRequest, fund_id: int) -> HttpResponse:
    """One fund with its balance, its purposes, its plan and its lines."""
    return _page(request, fund_id)


@takes_move(MOVES)
def fund_move(request: HttpRequest, fund_id: int, verb: str) -> HttpResponse:
    """Certify, allocate, commit, spend, release, return; grant or give up a proposal."""
    subject = fund_lines.get_fund_to_keep(fund_id, actor_of(request))
    return make(
        request,
        MOVES[verb],
        subject,
        _form(request, fund_id, verb, request.POST),
        address=reverse("fund", args=[fund_id]),
        again=lambda form: _page(request, fund_id, failed={verb: form}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, fund_id: int, line_id: int) -> HttpResponse:
    """One line of a fund with what was taken back of it; taking more of it back."""
    actor = actor_of(request)
    found = fund_lines.line_file(fund_id, line_id, actor)
    form = forms.TakeBackForm(
        request.POST if request.method == "POST" else None, initial={"amount": found.row.left}
    )
    own = reverse("fund", args=[fund_id])
    if request.method == "POST":
        subject = fund_lines.get_fund_to_keep(fund_id, actor)
        made = submit(
            form,
            lambda given: actions.take_line_back(
                subject,
                line=fund_lines.get_line(fund_id, line_id, actor),
                cents=given["amount"],
                reason=given["reason"],
                stamp=stamp_of(request),
            ),
        )
        if made is not None:
            return go_on(request, own + LINES, "It was taken back by a line against it.")
    kind = showing.kind_text(found.row)
    return page(
        request,
        "money/line.html",
        title=f"Line {line_id}: {kind}",
        crumbs=(MONEY, Crumb(found.fund, own), Crumb(f"Line {line_id}")),
        status=form.status,
        found=found,
        row=found.row,
        amount=shown(found.row.cents),
        left=shown(found.row.left),
        corrections=[(shown(row.cents), row) for row in found.corrections],
        fund_id=fund_id,
        form=form if found.may_take_back or form.is_bound else None,
    )


def chosen_lines(
    request: HttpRequest, purposes: list[tuple[str, str]]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The filters of a fund's lines, and what they ask for."""
    state = request.GET
    kinds = [("", "All"), *KINDS.items(), ("corrections", "Taken back")]
    kind = filters.choice(state, "kind", "Kind", kinds)
    purpose = filters.choice(state, "purpose", "For what", [("", "Everything"), *purposes])
    since = filters.day(state, "since", "From")
    until = filters.day(state, "until", "Until")
    return (kind, purpose, since, until), {
        "kind": kind.value,
        "purpose": int(purpose.value) if purpose.value else None,
        "since": filters.as_day(since.value),
        "until": filters.as_day(until.value),
    }


def _form(request: HttpRequest, fund_id: int, verb: str, posted: Any = None) -> Form:
    actor, today = actor_of(request), today_of(request)
    name = f"{verb}_%s"
    if verb in PLAIN:
        return PLAIN[verb](posted, auto_id=name)
    started = {"happened_on": today}
    if verb == "certify":
        by = fund_lines.certifier_of(fund_id, actor)
        return forms.CertifyForm(posted, auto_id=name, initial={**started, "certified_by": by})
    purposes = fund_lines.purposes_to_choose(fund_id, actor)
    if verb == "allocate":
        return forms.AllocateForm(
            posted,
            auto_id=name,
            initial=started,
            purposes=purposes,
            events=worth_paying.events_to_pay(actor, on=today),
            programs=worth_paying.programs_to_pay(actor),
            positions=worth_paying.positions_to_pay(actor),
        )
    return OF_PURPOSES[verb](posted, auto_id=name, initial=started, purposes=purposes)


def _page(request: HttpRequest, fund_id: int, *, failed: Failed | None = None) -> HttpResponse:
    actor, state, today = actor_of(request), request.GET, today_of(request)
    purposes = fund_lines.purposes_to_choose(fund_id, actor)
    items, wanted = chosen_lines(request, list(purposes))
    file = fund_file(fund_id, actor, on=today, **wanted, page=page_number(state))
    row, lines = file.row, file.lines
    return page(
        request,
        "money/fund.html",
        title=f"{row.code} {row.name}",
        crumbs=(MONEY, Crumb(row.code)),
        file=file,
        row=row,
        sort=SORTS[row.sort],
        standing=showing.standing_tag(row.standing),
        amount=shown(row.amount),
        figures=showing.figures_of(row.amount, row.balance),
        ends=from_today(row.ends_on, today) if row.ends_on >= today else "",
        ended=row.ends_on < today,
        plan_total=shown(file.plan.total),
        plot=showing.plan_plot(
            file.months,
            caption="Planned and spent, month by month, added up",
            now=month_of(today),
            planned=bool(file.plan.version),
        ),
        years=showing.years_text(file.row),
        purposes=showing.purpose_table(file.purposes, file.purposes_in_all),
        filters=filters.bar(state, *items),
        lines=showing.line_table(
            fund_id,
            lines.rows,
            lines.total,
            state,
            paging(state, page=lines.page, pages=lines.pages, total=lines.total),
        ),
        lines_file=reverse("fund_lines_file", args=[fund_id]) + address(state),
        **offers(MOVES, file.allowed, failed, lambda verb: _form(request, fund_id, verb)),
    )
