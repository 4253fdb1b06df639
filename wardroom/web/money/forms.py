"""What is filled in about money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from wardroom.kernel.errors import Refused
from wardroom.office.rules.amounts import cents_in, shown
from wardroom.office.rules.funds import NEVER_HERE, PURPOSES, SORTS
from wardroom.web.ui.bars import month_name
from wardroom.web.ui.forms import DayField, Form, LongText, choose

Choices = Sequence[tuple[str, str]]
AMOUNT = "In dollars, such as 1,234.56."
AGAIN = "It is another one: write it down all the same"
PAPER = "The number of the paper, such as a purchase order or an invoice."


class MoneyField(forms.CharField):
    """An amount, read to the cent and kept as whole cents."""

    def __init__(self, *, least: int = 1, **kwargs: Any) -> None:
        self.least = least
        kwargs.setdefault("label", "Amount")
        kwargs.setdefault("help_text", AMOUNT)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return 0
        try:
            return cents_in(typed, least=self.least)
        except Refused as no:
            raise forms.ValidationError(no.sentence) from None

    def prepare_value(self, value: Any) -> Any:
        return shown(value).lstrip("$") if isinstance(value, int) else value


def _ask_again_only_once_refused(form: Form) -> None:
    if "again" in form.fields and not form.is_bound:
        del form.fields["again"]


class FundForm(Form):
    """What a fund is."""

    name = "fund"
    saves = ("code", "called")
    called_here: ClassVar = {"name": "called"}

    proposed = forms.ChoiceField(
        label="Is the money there?",
        choices=(("", "It exists: appropriated, awarded or agreed"), ("yes", "It is proposed")),
        widget=forms.RadioSelect,
        required=False,
        help_text="A proposed fund takes a spending plan, and no money until it is granted.",
    )
    code = forms.CharField(label="Code", max_length=20, help_text="Such as FY27-LOCAL.")
    called = forms.CharField(label="What it is called", max_length=160)
    sort = forms.ChoiceField(
        label="Sort of money", choices=tuple(SORTS.items()), help_text=NEVER_HERE
    )
    amount = MoneyField(
        label="Amount in all",
        help_text="What was appropriated, awarded or agreed; of a proposed fund what is asked for.",
    )
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day", help_text="The fiscal year ends on September 30.")
    purpose = LongText(label="What the money is for", max_length=500)
    restriction = LongText(
        label="What it may not be used for",
        max_length=500,
        required=False,
        help_text="In the words of the act, the grant or the agreement.",
    )
    certifier = forms.CharField(label="Who certifies that the money is there", max_length=160)
    scenario = forms.CharField(
        label="Scenario",
        max_length=80,
        required=False,
        help_text="Of a proposed fund: proposals that go together bear the same name.",
    )

    def __init__(self, *args: Any, standing: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if standing:
            del self.fields["proposed"]
        else:
            del self.fields["seen"]
        if standing == "existing":
            del self.fields["scenario"]


class MovementForm(Form):
    """One movement of money of a purpose that has some."""

    purpose = forms.ChoiceField(label="For what")
    amount = MoneyField()
    happened_on = DayField(label="On which day")
    reference = forms.CharField(label="Paper", max_length=80, help_text=PAPER)
    payee = forms.CharField(label="To whom", max_length=160, required=False)
    words = forms.CharField(label="What for, in words", max_length=300, required=False)
    again = forms.BooleanField(label=AGAIN, required=False)

    def __init__(self, *args: Any, purposes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "purpose", purposes)
        _ask_again_only_once_refused(self)


class SpendForm(MovementForm):
    """Money that was paid."""

    commit_too = forms.BooleanField(
        label="It was not committed yet: commit and spend it in one step", required=False
    )


class BackForm(MovementForm):
    """Money that goes a step back."""

    words = forms.CharField(label="Why", max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].required = False
        for name in ("payee", "again"):
            self.fields.pop(name, None)


class CertifyForm(Form):
    """A certification."""

    amount = MoneyField()
    happened_on = DayField(label="Certified on")
    certified_by = forms.CharField(label="Certified by", max_length=160)
    reference = forms.CharField(
        label="Paper", max_length=80, help_text="The number of the certification."
    )
    words = forms.CharField(label="In words", max_length=300, required=False)
    again = forms.BooleanField(label=AGAIN, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_again_only_once_refused(self)


class AllocateForm(Form):
    """Money for a purpose, an old or a new one."""

    purpose = forms.ChoiceField(label="For what", required=False)
    kind = forms.ChoiceField(
        label="Something new: what is it?", choices=tuple(PURPOSES.items()), required=False
    )
    position = forms.ChoiceField(label="Which position", required=False)
    event = forms.ChoiceField(label="Which event", required=False)
    program = forms.ChoiceField(label="Which initiative or campaign", required=False)
    called = forms.CharField(
        label="Or in words",
        max_length=200,
        required=False,
        help_text="Anything that is not in the lists.",
    )
    amount = MoneyField()
    happened_on = DayField(label="On which day")
    reference = forms.CharField(label="Paper", max_length=80, required=False)
    words = forms.CharField(label="Why, in words", max_length=300, required=False)

    called_here: ClassVar = {"name": "called"}

    def __init__(
        self,
        *args: Any,
        purposes: Choices,
        events: Iterable[tuple[int, str, date]],
        programs: Iterable[tuple[int, str]],
        positions: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "purpose", [("", "Something new"), *purposes])
        seats = [(str(number), title) for number, title in positions]
        choose(self, "position", [("", "None of these"), *seats])
        told = [(str(number), f"{title}, {day:%b} {day.day}") for number, title, day in events]
        choose(self, "event", [("", "None of these"), *told])
        own = [(str(number), title) for number, title in programs]
        choose(self, "program", [("", "None of these"), *own])


class GrantForm(Form):
    """What was granted."""

    amount = MoneyField(label="Amount that was granted")
    words = forms.CharField(
        label="What granted it", max_length=300, help_text="The act, the letter, the agreement."
    )


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label="Why", max_length=300)


class SettleForm(Form):
    """What comes after a fund that ends."""

    words = forms.CharField(label="What comes after it", max_length=300)


class TakeBackForm(Form):
    """How much of a line was wrong, and why."""

    amount = MoneyField(label="Amount to take back")
    reason = forms.CharField(label="What was wrong", max_length=300)


class PlanForm(Form):
    """A month of a fund in each field."""

    name = "plan"

    reason = forms.CharField(label="Why the plan changes", max_length=300)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, months: Sequence[tuple[str, int]], first: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.months = [month for month, _ in months]
        named = {
            month: MoneyField(
                label=month_name(month), help_text="", required=False, least=0, initial=cents or ""
            )
            for month, cents in months
        }
        rest = {name: self.fields.pop(name) for name in ("reason", "seen")}
        self.fields.update(named)
        if first:
            del rest["reason"]
        self.fields.update(rest)

    def planned(self, given: dict[str, Any]) -> dict[str, int]:
        """The months as they were filled in; an empty one has nothing."""
        return {month: given[month] for month in self.months}


class DraftForm(Form):
    """For which fiscal year, with which proposals."""

    year = forms.ChoiceField(label="Fiscal year")

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "year", [(str(year), f"Fiscal year {year}") for year in years])


class WordsForm(Form):
    """What a submission says beside its numbers."""

    saves = ("note", "scenario")

    scenario = forms.ChoiceField(label="Proposed funds in it", required=False)
    note = LongText(
        label="In words",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="What the money does for residents, what is new, and why.",
    )

    def __init__(self, *args: Any, scenarios: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "scenario", [("", "None"), *((name, name) for name in scenarios)])


class SignForm(Form):
    """The mark of what was read."""

    mark = forms.CharField(widget=forms.HiddenInput, max_length=64)
