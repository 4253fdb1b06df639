"""The office's own weights: what they are, who set them, and setting them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.kernel.errors import NotAllowed
from wardroom.problems.actions import set_weights
from wardroom.problems.queries import OFFICE, WeightsPage, WeightsRow, weights_page
from wardroom.problems.rules import (
    DEFAULT_WEIGHTS,
    REPORTING_DEFINITIONS,
    WEIGHT_NAMES,
    WHY_DEFAULT,
)
from wardroom.web.candidates.forms import WeightsForm
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.ui.forms import submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, table
from wardroom.web.ui.words import instant_text

COLUMNS = (
    Column("Set"),
    Column("Severity", number=True),
    Column("Unreported", number=True),
    Column("Past due", number=True),
    Column("Why"),
)
CAME_WITH_US = "These weights came with Wardroom. Nobody has set others yet."


@require_http_methods(["GET", "HEAD", "POST"])
def weights(request: HttpRequest) -> HttpResponse:
    """The weights of the office's own order, with their history; the director sets them."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    kept = weights_page(actor)
    if request.method != "POST":
        return _page(request, kept, WeightsForm(initial=_now(kept)))
    if "set_weights" not in kept.allowed:
        raise NotAllowed
    form = WeightsForm(request.POST, initial=_now(kept))
    made = submit(form, lambda given: set_weights(None, **given, stamp=stamp_of(request)))
    if made is None:
        return _page(request, kept, form)
    said = "Saved. The office's order goes by these weights from now on."
    return go_on(request, reverse("weights"), said)


def _now(kept: WeightsPage) -> dict[str, str]:
    return {name: f"{value:g}" for name, value in vars(kept.now.weights).items()}


def _page(request: HttpRequest, kept: WeightsPage, form: WeightsForm) -> HttpResponse:
    candidates = reverse("candidates")
    now = _now(kept)
    shown: dict[str, Any] = {
        "now": kept.now,
        "holds": [(WEIGHT_NAMES[name], now[name]) for name in WEIGHT_NAMES],
        "came": [
            (WEIGHT_NAMES[name], f"{getattr(DEFAULT_WEIGHTS, name):g}", WHY_DEFAULT[name])
            for name in WEIGHT_NAMES
        ],
        "form": form,
        "may_set": "set_weights" in kept.allowed,
        "office_order": f"{candidates}?sort=-{OFFICE}",
        "definitions": REPORTING_DEFINITIONS[2:],
        "history": table(
            "Weights that held, newest first",
            COLUMNS,
            [_cells(row) for row in kept.history],
            empty=CAME_WITH_US,
        ),
    }
    return page(
        request,
        "candidates/weights.html",
        title="The office's own weights",
        crumbs=(Crumb("Home", "/"), Crumb("Candidates", candidates), Crumb("Weights")),
        status=form.status,
        **shown,
    )


def _cells(row: WeightsRow) -> tuple[Cell, ...]:
    return (
        Cell(instant_text(row.set_at), sub=row.set_by, main=True),
        Cell(f"{row.weights.severity:g}", number=True),
        Cell(f"{row.weights.equity:g}", number=True),
        Cell(f"{row.weights.overdue:g}", number=True),
        Cell(row.reason),
    )
