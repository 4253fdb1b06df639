"""The one form: clear sentences beside the field, and nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Self, TypeVar

from django import forms
from django.core.validators import MaxLengthValidator

from wardroom.kernel.errors import NotAllowed, Refused, Stale, TooOften, is_conflict
from wardroom.kernel.versions import version_of
from wardroom.web.ui.widgets import QuickRenderer

R = TypeVar("R")
LONGEST_CODE = 40
CONFLICT = 409
NOT_ACCEPTED = 422
SLOW_DOWN = 429


class Form(forms.Form):
    """A form that speaks plainly and can take a refusal from the house.

    One that saves what is there already names its fields in ``saves``. It carries the version
    it was shown with, ``seen`` or made of its initial values, in the field that ``carries``
    names. ``called_here`` says where a refusal is shown whose field the house calls otherwise.
    """

    default_renderer = QuickRenderer()
    use_required_attribute = False
    status = 200
    name = ""
    needed_at_times: frozenset[str] = frozenset()
    saves: tuple[str, ...] = ()
    carries = "seen"
    called_here: ClassVar[Mapping[str, str]] = {}
    stale: Stale | None = None

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        """Make the form of a class, whose fields speak plainly from its first form on."""
        if cls not in _plain:
            for field in cls.base_fields.values():
                speak_plainly(field)
            _plain.add(cls)
        return super().__new__(cls)

    def __init__(self, *args: Any, seen: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        self.codes: set[str] = set()
        if self.name:
            kwargs.setdefault("auto_id", f"{self.name}_%s")
        super().__init__(*args, **kwargs)
        if self.saves:
            self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput)
            shown = version_of({n: self.initial.get(n) for n in self.saves})
            self.initial["seen"] = seen or shown
        for name in self.fields.keys() - self.base_fields.keys():
            speak_plainly(self.fields[name])

    def refuse(self, no: Refused) -> None:
        """Show a refusal at the field it is about, or on top where it is about none.

        After a stale page the form carries the newer version: sent again, it counts.
        """
        self.codes.add(no.code)
        if isinstance(no, Stale):
            self.stale = no
            self._now_says(self.add_prefix(self.carries), no.seen)
        field = self.called_here.get(no.field or "", no.field)
        self.add_error(field if field in self.fields else None, no.sentence)
        self.status = SLOW_DOWN if no.code == TooOften.code else NOT_ACCEPTED
        if is_conflict(no):
            self.status = CONFLICT

    def _now_says(self, name: str, value: Any) -> None:
        """Change one thing of what was sent; several answers to one question stay several."""
        data: Any = self.data
        sent = data.copy()
        sent[name] = value
        self.data = sent


class PlainForm(Form):
    """A button alone."""


def choose(form: forms.Form, name: str, choices: Iterable[tuple[Any, str]]) -> None:
    """Give a field the answers that one chooses from."""
    field: Any = form.fields[name]
    field.choices = list(choices)


class ListedChoice(forms.ChoiceField):
    """A choice by its code; what that is, the action looks up that takes it, and refuses one
    that is nothing.

    So the list, a function given to `choose_listed`, is read only where the form is shown.
    """

    def valid_value(self, value: Any) -> bool:
        """Whether it can be a code at all."""
        return len(str(value)) <= LONGEST_CODE and str(value).isprintable()


def choose_listed(
    form: forms.Form, name: str, choices: Callable[[], Iterable[tuple[Any, str]]]
) -> None:
    """Give a `ListedChoice` the list that one chooses from."""
    field: Any = form.fields[name]
    field.choices = choices


def choose_ward(form: forms.Form, wards: Iterable[tuple[str, str]]) -> None:
    """Give a form its wards; none need be chosen where the whole city is one of the answers."""
    wards = list(wards)
    choose(form, "ward_code", wards)
    form.fields["ward_code"].required = all(code for code, _ in wards)


_plain: set[type[Form]] = set()


def speak_plainly(field: forms.Field) -> None:
    """Give a field's own errors words that say what to do."""
    label = str(field.label or "this").rstrip("?")
    say = field.error_messages
    asks = isinstance(field, forms.ChoiceField)
    if "required" in say and str(say["required"]) == str(
        forms.Field.default_error_messages["required"]
    ):
        verb = "Choose" if asks else "Fill in"
        say["required"] = f"{verb} “{label}”."
    for limit in field.validators:
        if isinstance(limit, MaxLengthValidator):
            limit.message = (
                f"Keep “{label}” within %(limit_value)d characters; it has %(show_value)d now."
            )
    if isinstance(field, forms.DateField):
        say["invalid"] = f"“{label}” must be a date, such as 2026-11-30."
    if asks:
        say["invalid_choice"] = f"Choose one of the answers listed under “{label}”."


def submit(form: Form, act: Callable[[dict[str, Any]], R]) -> R | None:
    """Do what a form asks for; None where it stays open with its errors beside the fields."""
    if not form.is_valid():
        form.status = NOT_ACCEPTED
        return None
    try:
        return act(form.cleaned_data)
    except NotAllowed:
        raise
    except Refused as no:
        form.refuse(no)
        return None


class DayInput(forms.DateInput):
    """A date, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, written year-month-day."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%m/%d/%Y"])
        super().__init__(**kwargs)


class InstantInput(forms.DateTimeInput):
    """A date and a time of day."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class InstantField(forms.DateTimeField):
    """A day and the time on the office's clock."""

    widget = InstantInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
        super().__init__(**kwargs)


class LongText(forms.CharField):
    """A few sentences."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**kwargs)
