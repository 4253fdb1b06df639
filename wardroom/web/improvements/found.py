"""The assessments that an improvement can be traced from, and the page of the one that was."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from wardroom.directory.queries import agencies
from wardroom.fieldwork.queries import get_round, round_page
from wardroom.kernel.errors import NotFound
from wardroom.plans.queries import ImprovementFile
from wardroom.problems.queries.evaluations import evaluation_page, get_evaluation
from wardroom.web.edge import actor_of, today_of


def assessments(request: HttpRequest) -> list[tuple[str, str]]:
    """The newest rounds and evaluations within reach, and the measures of each agency."""
    actor = actor_of(request)
    rounds = round_page(actor).rows
    tests = evaluation_page(actor, on=today_of(request)).rows
    return [
        *((f"round:{row.id}", f"Spot checks: {row.title}") for row in rounds),
        *((f"evaluation:{row.id}", f"Evaluation: {row.title}") for row in tests),
        *((f"measure:{a.code}", f"Measures of {a.name}") for a in agencies(actor)),
    ]


def found_address(request: HttpRequest, file: ImprovementFile) -> str:
    """The page of what found it; empty where it is none of ours, or out of reach."""
    noun, key, actor = file.found_noun, file.found_key, actor_of(request)
    try:
        if noun == "round":
            return reverse("round", args=[get_round(int(key), actor).pk])
        if noun == "evaluation":
            return reverse("evaluation", args=[get_evaluation(int(key), actor).pk])
    except NotFound:
        return ""
    return reverse("measure", args=["agency", key]) if noun == "measure" else ""
