"""What is filled in for a request, its decision, its run of show, and at the door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from wardroom.directory.rules import LANGUAGES
from wardroom.engagement.rules.visits import DECISIONS, WANTED
from wardroom.web.meetings.forms import ClockField
from wardroom.web.ui.forms import DayField, Form, InstantField, LongText, choose, choose_ward
from wardroom.web.ui.strangers import StrangerForm

Choices = Sequence[tuple[str, str]]


class RequestForm(Form):
    """What somebody asks for, as it was told."""

    name = "request"
    called_here: ClassVar = {"starts_at": "on", "ends_at": "ends", "name": "asked_name"}

    title = forms.CharField(label="What is it?", max_length=200)
    ward_code = forms.ChoiceField(label="Ward")
    asked_name = forms.CharField(
        label="Who asks",
        max_length=120,
        help_text="A name, or the number of a record here, such as P-12.",
    )
    contact = forms.CharField(label="How to reach them", max_length=200, required=False)
    wanted = forms.ChoiceField(
        label="Who is asked for?", choices=tuple(WANTED.items()), widget=forms.RadioSelect
    )
    about = LongText(label="What they would do there", max_length=500, required=False)
    on = DayField(label="Day")
    starts = ClockField(label="Starts at")
    ends = ClockField(label="Ends at")
    where = forms.CharField(label="Where", max_length=200, required=False)
    expected = forms.IntegerField(
        label="People expected", required=False, min_value=1, max_value=100_000
    )
    language_needs = forms.CharField(
        label="Languages that people speak there",
        max_length=200,
        required=False,
        help_text="Other than English. Interpreters become a task.",
    )
    access_needs = forms.CharField(
        label="What people need to take part", max_length=200, required=False
    )

    def __init__(self, *args: Any, wards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_ward(self, wards)


class AskForm(StrangerForm, RequestForm):
    """What somebody without an account asks for."""

    name = "ask"

    contact = None  # type: ignore[assignment]
    asked_name = forms.CharField(
        label="Your name, and your group if you write for one",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.CharField(
        label="E-mail address",
        max_length=120,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label="Phone number",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text="One of the two is enough.",
    )

    field_order = ("asked_name", "email", "phone", "wanted", "title")


class DecideForm(Form):
    """What was decided, with words for whoever asked."""

    name = "decide"

    decision = forms.ChoiceField(
        label="Decision", choices=tuple(DECISIONS.items()), widget=forms.RadioSelect
    )
    representative = forms.CharField(label="Who goes instead", max_length=120, required=False)
    words = LongText(label="Words for whoever asked", max_length=500, required=False)

    needed_at_times = frozenset({"representative", "words"})


class MoveForm(Form):
    """Another time, and why."""

    name = "move"

    starts_at = InstantField(label="Starts")
    ends_at = InstantField(label="Ends")
    reason = forms.CharField(
        label="Why", max_length=200, help_text="The run of show and the tasks move with it."
    )


class TasksForm(Form):
    """What of the tasks is done."""

    name = "tasks"

    tasks = forms.TypedMultipleChoiceField(
        label="What is done", coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, tasks: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "tasks", tasks)


class RunForm(Form):
    """A line of the run of show."""

    name = "run"

    at = InstantField(label="When")
    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=1440, initial=10)
    text = forms.CharField(label="What happens", max_length=200)
    owner = forms.CharField(label="Who does it", max_length=120)


class RunLineForm(RunForm):
    """A line of the run of show as it is, to be changed."""

    name = "run_line"
    saves = ("at", "minutes", "text", "owner")


class GuestForm(Form):
    """Somebody at the door: a name is enough."""

    name = "guest"
    called_here: ClassVar = {"name": "called"}

    called = forms.CharField(label="Name", max_length=120)
    email = forms.CharField(label="E-mail", max_length=254, required=False)
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    consent = forms.BooleanField(label="They say that the office may write or call", required=False)
    language = forms.ChoiceField(label="Language", choices=tuple(LANGUAGES.items()))


class UndoForm(Form):
    """Whose check-in was a mistake."""

    name = "undo"

    guest = forms.ChoiceField(label="Who was it?")

    def __init__(self, *args: Any, guests: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "guest", guests)


class SheetForm(Form):
    """The photograph of a paper sheet."""

    name = "sheet"

    file = forms.FileField(label="Photograph of the sheet (up to 20 MB)", allow_empty_file=True)
