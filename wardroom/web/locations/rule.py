"""The numbers of the entry test and the exit test: what they are, who set them, setting them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.kernel.errors import NotAllowed
from wardroom.problems.actions import set_location_rule
from wardroom.problems.queries import RulePage, rule_page
from wardroom.problems.rules.locations import RULE_NAMES, LocationRule
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.locations.file_forms import RuleForm
from wardroom.web.ui.forms import submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, table
from wardroom.web.ui.words import instant_text

COLUMNS = (Column("Set"), Column("Numbers"), Column("Why"))
CAME_WITH_US = "These numbers came with Wardroom. Nobody has set others yet."


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest) -> HttpResponse:
    """The rule with its history; the director sets it."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    kept = rule_page(actor)
    if request.method != "POST":
        return _page(request, kept, RuleForm(initial=_words(kept.now)))
    if "set_location_rule" not in kept.allowed:
        raise NotAllowed
    form = RuleForm(request.POST, initial=_words(kept.now))

    def act(given: dict[str, Any]) -> Any:
        numbers = LocationRule(**{name: given[name] for name in RULE_NAMES})
        words = {"reason": given["reason"], "seen": given["seen"]}
        return set_location_rule(None, rule=numbers, **words, stamp=stamp_of(request))

    made = submit(form, act)
    if made is None:
        return _page(request, kept, form)
    return go_on(request, reverse("location_rule"), "Saved. Tests go by these numbers from now on.")


def _words(numbers: LocationRule) -> dict[str, str]:
    return {name: str(value) for name, value in vars(numbers).items()}


def _page(request: HttpRequest, kept: RulePage, form: RuleForm) -> HttpResponse:
    now, came = _words(kept.now), _words(LocationRule())
    return page(
        request,
        "locations/rule.html",
        title="The tests of persistent locations",
        crumbs=(Crumb("Locations", "/locations/"), Crumb("Tests")),
        status=form.status,
        form=form,
        may_set="set_location_rule" in kept.allowed,
        holds=[(label, now[name], came[name]) for name, label in RULE_NAMES.items()],
        history=table(
            "Numbers that held, newest first",
            COLUMNS,
            [
                (
                    Cell(instant_text(row.set_at), sub=row.set_by, main=True),
                    Cell(
                        ", ".join(
                            f"{label.lower()}: {_words(row.numbers)[name]}"
                            for name, label in RULE_NAMES.items()
                        )
                    ),
                    Cell(row.reason),
                )
                for row in kept.history
            ],
            empty=CAME_WITH_US,
        ),
    )
