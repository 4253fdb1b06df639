"""The work plan, a look at one of its steps, and a look at the whole of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from wardroom.kernel.errors import Refused
from wardroom.plans.rules import MOST_DAYS, StepDraft
from wardroom.web.ui.forms import DayField, Form, InstantField, LongText, choose

FIRST_ROWS = 3
MOST_ROWS = 20
NUMBERS = re.compile(r"[0-9]{1,3}(?:(?:\s*,\s*|\s+(?:and\s+)?)[0-9]{1,3})*", re.IGNORECASE)


class StepNumbers(forms.CharField):
    """Numbers of steps, as somebody writes them: 1, 2 and 3."""

    def to_python(self, value: Any) -> Any:
        """The numbers, in order; none where nothing was written."""
        text = str(super().to_python(value) or "").strip()
        if not text:
            return ()
        if not NUMBERS.fullmatch(text):
            raise forms.ValidationError("Give numbers of steps, such as 1, 2.")
        return tuple(int(n) for n in re.findall("[0-9]+", text))


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
    owner_name = forms.CharField(
        label="Who there sees to it",
        max_length=120,
        required=False,
        help_text="A name or a desk, as far as you know.",
    )
    after = StepNumbers(
        label="Waits for steps",
        required=False,
        help_text="Their numbers, such as 1, 2. Empty where it can start at once.",
    )
    days = forms.IntegerField(
        label="Working days it takes",
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text="Once it can start. Empty counts as one.",
    )
    cost = forms.CharField(label="Cost, and who pays", max_length=120, required=False)

    def __init__(self, *args: Any, agencies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("empty_permitted", True)
        super().__init__(*args, **kwargs)
        choose(self, "agency_code", [("", "Choose an agency"), *agencies])

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in: such a row is left out."""
        return not any(self[name].value() for name in self.fields)

    def draft(self, placed: Mapping[int, int]) -> StepDraft:
        """The step, for the action; ``placed`` is where each number of the form comes to stand."""
        given = self.cleaned_data
        return StepDraft(
            agency_code=given["agency_code"],
            wording=given["wording"],
            authority=given["authority"],
            due_on=given["due_on"],
            after=tuple(placed.get(number, 0) for number in given["after"]),
            days=given["days"] or 1,
            owner_name=given["owner_name"],
            cost=given["cost"],
        )


class Steps:
    """The rows of asks on the plan's form. A row left blank is no ask."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        agencies: Sequence[tuple[str, str]],
        carried: int,
        more: bool = False,
    ) -> None:
        self.data = data
        count = FIRST_ROWS if data is None else _rows_in(data)
        if more:
            count = min(count + 1, MOST_ROWS)
        self.may_add = count < MOST_ROWS
        self.forms: list[StepForm] = []
        for i in range(count):
            prefix = f"steps-{i}"
            self.forms.append(
                StepForm(
                    None if more else data,
                    initial=_typed(data, prefix) if more else None,
                    prefix=prefix,
                    agencies=agencies,
                )
            )
        self.first_number = carried + 1

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
        """The rows that are filled in, in order; a row left blank leaves no gap in the numbers."""
        filled = [(number, form) for number, form in self.numbered if not form.is_blank]
        placed = {n: n for n in range(1, self.first_number)}
        placed |= {n: at for at, (n, _) in enumerate(filled, start=self.first_number)}
        return [form.draft(placed) for _, form in filled]

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


class ReviewForm(Form):
    """That somebody looked at the plan again, and that it stays as it is."""

    name = "review"

    note = LongText(
        label="What you saw, and why the plan stays as it is",
        max_length=500,
        help_text="Where something has to change, revise the plan instead.",
    )
    review_on = DayField(label="Look at it again on")


class TraceForm(Form):
    """Which agreed improvement led to this version."""

    name = "trace"

    improvement = forms.TypedChoiceField(label="Improvement", coerce=int, empty_value=None)

    def __init__(self, *args: Any, improvements: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "improvement", [("", "Choose an improvement"), *improvements])


class OneStepForm(Form):
    """What is said of one step, with the ask that stood there when the page was drawn."""

    shown_ask = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LookForm(OneStepForm):
    """Whether a step that an agency calls done is done."""

    name = "look"

    seen_at = InstantField(label="When were you there?")
    finding = forms.ChoiceField(label="What did you find?", widget=forms.RadioSelect)
    note = LongText(
        label="Note",
        required=False,
        max_length=500,
        help_text="What you saw. No names of residents.",
    )

    def __init__(self, *args: Any, findings: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "finding", findings.items())


class OwnerForm(OneStepForm):
    """Who at the agency sees to a step."""

    name = "owner"

    owner_name = forms.CharField(
        label="Who there sees to it",
        max_length=120,
        required=False,
        help_text="A name or a desk. Nobody has to be known to Wardroom.",
    )


def _typed(data: QueryDict | None, prefix: str) -> dict[str, str]:
    start = f"{prefix}-"
    given = data.dict() if data is not None else {}
    return {n.removeprefix(start): str(v) for n, v in given.items() if n.startswith(start)}


def _rows_in(data: QueryDict) -> int:
    given = data.get("rows", "")
    count = int(given) if given.isascii() and given.isdigit() else FIRST_ROWS
    return max(1, min(count, MOST_ROWS))
