"""The work plan, a condition check, the next step, and how a location is closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from wardroom.kernel.errors import Refused
from wardroom.plans.rules import StepDraft
from wardroom.web.ui.forms import DayField, Form, InstantField, LongText

FIRST_ROWS = 3
MOST_ROWS = 20


class PlanForm(Form):
    """What the plan is to reach, by when, and how that is measured."""

    name = "plan"

    objective = forms.CharField(
        label="Objective",
        max_length=300,
        help_text="What will be different, for whom. One sentence.",
    )
    cause = LongText(
        label="What keeps bringing the trouble back",
        required=False,
        help_text="Your best guess today. A later version may be better.",
    )
    measure = forms.CharField(
        label="Measure", max_length=200, help_text="What is counted, over which time."
    )
    baseline = forms.FloatField(label="Now", help_text="The number today.")
    target = forms.FloatField(label="Target", help_text="The number you want to see.")
    target_on = DayField(label="Reach it by")
    review_on = DayField(label="Look at the plan again on")
    former_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = LongText(
        label="Why the plan changes",
        max_length=300,
        help_text="The earlier version stays as it was, with this reason beside it.",
    )


class StepForm(Form):
    """One ask of the plan."""

    agency_code = forms.ChoiceField(label="Agency")
    due_on = DayField(label="By")
    wording = forms.CharField(
        label="What we ask for",
        max_length=300,
        help_text="One thing that a crew or an inspector can do and somebody can see.",
    )
    authority = forms.CharField(
        label="Under which authority",
        max_length=200,
        required=False,
        help_text="The rule or duty that makes it this agency's work.",
    )
    after = forms.ChoiceField(label="Waits for", required=False)

    def __init__(
        self,
        *args: Any,
        agencies: Sequence[tuple[str, str]],
        earlier: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("empty_permitted", True)
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency_code"]
        agency.choices = [("", "Choose an agency"), *agencies]
        after: Any = self.fields["after"]
        after.choices = [("", "Nothing, it can start at once"), *earlier]

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in: such a row is left out."""
        return not any(self[name].value() for name in self.fields)

    def draft(self) -> StepDraft:
        """The step, for the action."""
        given = self.cleaned_data
        return StepDraft(
            agency_code=given["agency_code"],
            wording=given["wording"],
            authority=given["authority"],
            due_on=given["due_on"],
            after=(int(given["after"]),) if given["after"] else (),
        )


class Steps:
    """The rows of asks on the plan's form. A row left blank is no ask."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        agencies: Sequence[tuple[str, str]],
        carried: Sequence[tuple[int, str]],
        more: bool = False,
    ) -> None:
        self.data = data
        count = FIRST_ROWS if data is None else _rows_in(data)
        if more:
            count = min(count + 1, MOST_ROWS)
        self.may_add = count < MOST_ROWS
        known = [(str(n), f"Step {n}: {text}") for n, text in carried]
        self.forms: list[StepForm] = []
        for i in range(count):
            added = [
                (str(len(carried) + k + 1), f"Step {len(carried) + k + 1} of this form")
                for k in range(i)
            ]
            prefix = f"steps-{i}"
            self.forms.append(
                StepForm(
                    None if more else data,
                    initial=_typed(data, prefix) if more else None,
                    prefix=prefix,
                    agencies=agencies,
                    earlier=[*known, *added],
                )
            )
        self.first_number = len(carried) + 1

    @property
    def numbered(self) -> list[tuple[int, StepForm]]:
        """The rows with the number each step will carry."""
        return list(enumerate(self.forms, start=self.first_number))

    @property
    def next_number(self) -> int:
        """The number of the row that is added next."""
        return self.first_number + len(self.forms)

    def is_valid(self) -> bool:
        """Whether every row that is not blank is whole."""
        checked = [form.is_valid() for form in self.forms if not form.is_blank]
        return all(checked)

    def drafts(self) -> list[StepDraft]:
        """The rows that are filled in, in order."""
        return [form.draft() for form in self.forms if not form.is_blank]

    def refuse(self, no: Refused) -> bool:
        """Put a refusal at the row and field it is about; false where it is about no row."""
        filled = [form for form in self.forms if not form.is_blank]
        parts = (no.field or "").split("-")
        if len(parts) != 3 or parts[0] != "steps" or not parts[1].isdigit():
            return False
        index, field = int(parts[1]), parts[2]
        if index >= len(filled):
            return False
        form = filled[index]
        form.add_error(field if field in form.fields else None, no.sentence)
        return True


class RatingField(forms.TypedChoiceField):
    """A rating from 1 to 4."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("coerce", int)
        kwargs.setdefault("empty_value", None)
        super().__init__(**kwargs)


class CheckForm(Form):
    """What somebody saw at the place."""

    name = "check"

    seen_at = InstantField(label="When were you there?")
    finding = forms.ChoiceField(label="What did you find?", widget=forms.RadioSelect)
    rating = RatingField(
        label="How bad is it?",
        required=False,
        help_text="Leave it out where you could not tell.",
    )
    note = LongText(
        label="Note",
        required=False,
        max_length=500,
        help_text="What you saw, not who was to blame. No names of residents.",
    )

    def __init__(
        self,
        *args: Any,
        findings: Sequence[tuple[str, str]],
        ratings: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        finding: Any = self.fields["finding"]
        finding.choices = list(findings)
        rating: Any = self.fields["rating"]
        rating.choices = [(n, f"{n}  {text}") for n, text in ratings]


class NextStepForm(Form):
    """What the office does next, and by when."""

    name = "next"
    saves = ("next_on", "next_step")

    next_on = DayField(label="Next date")
    next_step = forms.CharField(label="Next step", max_length=200)


class CloseForm(Form):
    """How it ended."""

    name = "close"

    outcome = forms.ChoiceField(label="Outcome")
    text = LongText(label="In a sentence", required=False, max_length=500)

    def __init__(self, *args: Any, outcomes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["outcome"]
        field.choices = [("", "Choose an outcome"), *outcomes]


def _typed(data: QueryDict | None, prefix: str) -> dict[str, str]:
    start = f"{prefix}-"
    given = data.dict() if data is not None else {}
    return {n.removeprefix(start): str(v) for n, v in given.items() if n.startswith(start)}


def _rows_in(data: QueryDict) -> int:
    given = data.get("rows", "")
    count = int(given) if given.isascii() and given.isdigit() else FIRST_ROWS
    return max(1, min(count, MOST_ROWS))
