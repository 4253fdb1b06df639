"""What worked: strategies that colleagues shared, and what came of using them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.directory.rules import LANGUAGES
from wardroom.engagement.actions import share_strategy, use_strategy
from wardroom.engagement.queries.outreach import outreach_plan_page
from wardroom.engagement.queries.strategies import get_strategy, may_share_strategies, strategy_page
from wardroom.engagement.rules.outreach import KINDS
from wardroom.engagement.rules.strategies import RESULTS
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.queries import get_matter
from wardroom.plans.queries import initiative_page
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.outreach import forms, showing
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import page_number, paging
from wardroom.web.wards import my_wards


@require_http_methods(["GET", "HEAD", "POST"])
def strategies(request: HttpRequest) -> HttpResponse:
    """What colleagues did and what came of it; sharing one's own."""
    if request.method != "POST":
        return _page(request)
    if not may_share_strategies(actor_of(request)):
        raise NotAllowed
    form = _share_form(request, request.POST)
    if submit(form, lambda given: _share(request, given)) is None:
        return _page(request, share=form)
    return go_on(request, reverse(showing.STRATEGIES), "Shared. Colleagues can say how it went.")


@takes_form(steps_up=2)
def use(request: HttpRequest, strategy_id: int) -> HttpResponse:
    """Say that one used a strategy too."""
    row = get_strategy(strategy_id, actor_of(request))
    form = _use_form(request, strategy_id, request.POST)
    stamp = stamp_of(request)
    if submit(form, lambda given: use_strategy(row, **given, stamp=stamp)) is None:
        return _page(request, used={strategy_id: form})
    return go_on(request, reverse(showing.STRATEGIES), "Thank you. It stands under the strategy.")


def _share(request: HttpRequest, given: dict[str, Any]) -> object:
    number, matter = given.pop("about"), None
    if number is not None:
        try:
            matter = get_matter(number, actor_of(request))
        except NotFound:
            sentence = "Choose a plan or a campaign from the list."
            raise Refused("no_such_matter", sentence, field="about") from None
    return share_strategy(matter, **given, stamp=stamp_of(request))


def _share_form(request: HttpRequest, posted: Any = None) -> Form:
    return forms.ShareForm(
        posted, wards=my_wards(request), plans=_plans(request), auto_id="share_%s"
    )


def _use_form(request: HttpRequest, strategy_id: int, posted: Any = None) -> Form:
    return forms.UseForm(posted, wards=my_wards(request), auto_id=f"use{strategy_id}_%s")


def _plans(request: HttpRequest) -> list[tuple[str, str]]:
    """The open plans and campaigns, to say which one a strategy belongs to."""
    actor, today = actor_of(request), today_of(request)
    plans = outreach_plan_page(actor, on=today).rows
    campaigns = initiative_page(actor, on=today, kind="campaign").rows
    found = [(row.plan.matter_id, row.plan.title) for row in plans]
    found += [(row.matter_id, row.title) for row in campaigns]
    return [(str(number), title) for number, title in found]


def _page(
    request: HttpRequest, *, share: Form | None = None, used: dict[int, Form] | None = None
) -> HttpResponse:
    actor, state = actor_of(request), request.GET
    if not actor.is_staff:
        raise NotAllowed
    kind = filters.choice(state, "group", "Kind of group", [("", "All"), *KINDS.items()])
    language = filters.choice(state, "language", "Language", [("", "All"), *LANGUAGES.items()])
    result = filters.choice(state, "result", "How it went", [("", "All"), *RESULTS.items()])
    found = strategy_page(
        actor,
        group_kind=kind.value,
        language=language.value,
        result=result.value,
        page=page_number(state),
    )
    shares = "share_strategy" in found.allowed
    failed = share or next(iter((used or {}).values()), None)
    return page(
        request,
        "outreach/strategies.html",
        title="What worked",
        crumbs=showing.crumbs(Crumb("What worked")),
        status=failed.status if failed else 200,
        tabs=showing.tabs(showing.STRATEGIES),
        filters=filters.bar(state, kind, language, result),
        found=found,
        failed=failed,
        share=(share or _share_form(request)) if shares else None,
        rows=[
            (row, ((used or {}).get(row.id) or _use_form(request, row.id)) if shares else None)
            for row in found.rows
        ],
        paging=paging(state, page=found.page, pages=found.pages, total=found.total),
    )
