"""The spending plan of a fund, a month in each field."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.office import actions
from wardroom.office.queries.fund_file import plan_to_edit
from wardroom.office.queries.fund_lines import get_fund_to_keep
from wardroom.office.rules.amounts import shown
from wardroom.office.rules.spending import BARRED
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.money.forms import PlanForm
from wardroom.web.money.funds import MONEY
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb


@require_http_methods(["GET", "HEAD", "POST"])
def fund_plan(request: HttpRequest, fund_id: int) -> HttpResponse:
    """Plan when a fund is spent, or change the plan and say why."""
    actor = actor_of(request)
    now = plan_to_edit(fund_id, actor)
    own = reverse("fund", args=[fund_id])
    form = PlanForm(
        posted(request),
        months=now.months,
        first=not now.plan.version,
        initial={"seen": now.plan.version},
    )
    return new_page(
        request,
        "money/plan.html",
        form,
        lambda given: actions.plan_spending(
            get_fund_to_keep(fund_id, actor),
            months=form.planned(given),
            reason=given.get("reason", ""),
            seen=given["seen"],
            stamp=stamp_of(request),
        ),
        leads_to=lambda made: (own, f"Version {made.version} of the spending plan counts now."),
        title=f"Spending plan of {now.row.code}",
        crumbs=(MONEY, Crumb(f"{now.row.code} {now.row.name}", own), Crumb("Spending plan")),
        now=now,
        fund_id=fund_id,
        amount=shown(now.row.amount),
        planned=shown(now.plan.total),
        barred=BARRED,
    )
