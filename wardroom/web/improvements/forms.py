"""What is filled in when an improvement is agreed, and on the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wardroom.web.locations.forms import CloseForm as CloseForm
from wardroom.web.ui.forms import DayField, Form, LongText, choose, choose_ward

Choices = Sequence[tuple[str, str]]


class ImprovementForm(Form):
    """A step as it was agreed: who, what, by which authority, when, and what showed the need."""

    name = "improvement"

    ward_code = forms.ChoiceField(label="Ward")
    agency_code = forms.ChoiceField(label="Who takes the step", required=False)
    entity_name = forms.CharField(
        label="Or somebody who is no agency",
        max_length=200,
        required=False,
        help_text="A business district, a school, a landlord: as they call themselves.",
    )
    wording = forms.CharField(
        label="What they do from now on",
        max_length=300,
        help_text="One step, such as: lock the alley gate at ten in the evening.",
    )
    authority = forms.CharField(
        label="Under which authority they can do it themselves",
        max_length=200,
        help_text="The rule, the contract or the right that lets them. Without one it is a wish.",
    )
    agreed_on = DayField(label="Agreed on")
    found_in = forms.ChoiceField(label="Which assessment found it", required=False)
    found_by = forms.CharField(
        label="What it showed",
        max_length=300,
        help_text="In a sentence: what was seen or measured that this step is to change.",
    )
    next_on = DayField(label="See whether it is in place by")

    needed_at_times = frozenset({"agency_code", "entity_name"})

    def __init__(
        self, *args: Any, wards: Choices, agencies: Choices, found: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_ward(self, wards)
        choose(self, "agency_code", [("", "No agency, named below"), *agencies])
        choose(self, "found_in", [("", "None, somebody told us or we saw it"), *found])


class EvidenceForm(Form):
    """What shows that it is in place."""

    name = "evidence"

    evidence = LongText(
        label="What shows that it is in place",
        max_length=500,
        help_text="What you saw, or the paper that says so. No names of residents.",
    )
    seen_on = DayField(label="Seen on")


class PlanForm(Form):
    """The plan revision that it led to."""

    name = "plan"

    plan = forms.TypedChoiceField(label="Version of a work plan", coerce=int, empty_value=None)

    def __init__(self, *args: Any, plans: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "plan", [("", "Choose a version"), *plans])
