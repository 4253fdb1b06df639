"""The pages of a plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.plans import steps, versions, writing


def plan_paths(folder: str, start: str) -> list[URLPattern]:
    """The pages of a plan, under the page of the matter that it belongs to."""
    under = f"{folder}/<id:matter_id>/plan/"
    version, step = f"{under}<int:version>/", f"{under}steps/<int:position>/"
    return [
        path(under, writing.plan_form, name=f"{start}plan"),
        path(version, versions.plan_version, name=f"{start}plan_version"),
        path(f"{version}<str:verb>/", versions.plan_move, name=f"{start}plan_move"),
        path(step, steps.plan_step, name=f"{start}plan_step"),
        path(f"{step}<str:verb>/", steps.step_move, name=f"{start}plan_step_move"),
    ]
