"""What is filled in for a plan, a touch that is taken or put off, and a strategy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from wardroom.calendar.rules import CORE_TEAM, JOINT_WORK_DAY
from wardroom.calendar.rules import KINDS as EVENTS
from wardroom.directory.rules import LANGUAGES
from wardroom.engagement.rules.outreach import EXAMPLE, KINDS, RESERVE
from wardroom.engagement.rules.strategies import RESULTS
from wardroom.matters.rules import CHANNELS
from wardroom.web.meetings.forms import ClockField
from wardroom.web.ui.forms import DayField, Form, LongText, choose, choose_ward

Choices = Sequence[tuple[str, str]]


class PlanChangeForm(Form):
    """A plan's time, its lines, its reserve, and why it changes."""

    name = "plan"

    starts_on = DayField(label="From")
    ends_on = DayField(label="To")
    targets = LongText(
        label="How many real contacts, with whom, in how long",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": EXAMPLE}),
        help_text="One line each: Each SMD: 1 in 60 days. You can name each ward, SMD, language"
        " or kind of group, or one of them: Ward 7, SMD 7C01, Amharic, Tenant association.",
    )
    reserve = forms.IntegerField(
        label="Share of suggestions kept for where few report, in percent", initial=RESERVE
    )
    reason = forms.CharField(label="Why it changes", max_length=300)


class PlanForm(PlanChangeForm):
    """A plan as it is adopted."""

    reason = None  # type: ignore[assignment]
    ward_code = forms.ChoiceField(label="Ward")
    title = forms.CharField(label="Title", max_length=200)
    owner = forms.TypedChoiceField(label="Who looks after it", coerce=int, empty_value=None)
    next_on = DayField(label="Look at it next on")
    field_order = (
        "ward_code", "title", "starts_on", "ends_on", "targets", "reserve", "owner", "next_on",
    )  # fmt: skip

    def __init__(self, *args: Any, wards: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_ward(self, wards)
        choose(self, "owner", [("", "Choose who looks after it"), *people])


class LogForm(Form):
    """A contact that was just had."""

    name = "log"

    channel = forms.ChoiceField(label="How")
    text = LongText(label="What was said", max_length=2000, widget=forms.Textarea({"rows": 2}))
    language = forms.ChoiceField(label="In which language", required=False)
    interpreter_used = forms.BooleanField(label="With an interpreter", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "channel", [(code, words.capitalize()) for code, words in CHANNELS.items()])
        choose(self, "language", [("", "English, or theirs"), *LANGUAGES.items()])


class PlanEventForm(Form):
    """A meeting or a visit with them."""

    name = "event"
    called_here: ClassVar = {"starts_at": "on", "ends_at": "ends"}

    kind = forms.ChoiceField(label="Kind")
    title = forms.CharField(label="Title", max_length=200)
    on = DayField(label="Day")
    starts = ClockField(label="Starts at")
    ends = ClockField(label="Ends at")
    place_text = forms.CharField(label="Where", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        closed = (CORE_TEAM, JOINT_WORK_DAY)
        choose(self, "kind", [(k, v) for k, v in EVENTS.items() if k not in closed])


class NotNowForm(Form):
    """Why not now, and when it comes back."""

    name = "not_now"

    reason = forms.CharField(label="Why not now", max_length=200)
    until_on = DayField(label="Suggest it again after")


class UseForm(Form):
    """Where it was used, with whom, and what came of it."""

    name = "use"

    result = forms.ChoiceField(label="How it went", choices=[("", "Choose"), *RESULTS.items()])
    what = LongText(
        label="What came of it",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="How many came, what they said, what you would change. No resident's name.",
    )
    ward_code = forms.ChoiceField(label="Where", required=False)
    group_kind = forms.ChoiceField(
        label="With which kind of group", required=False, choices=[("", "Any"), *KINDS.items()]
    )
    language = forms.ChoiceField(
        label="In which language", required=False, choices=[("", "Any"), *LANGUAGES.items()]
    )

    def __init__(self, *args: Any, wards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "ward_code", [("", "Citywide"), *wards])


class ShareForm(UseForm):
    """A strategy in a few words, with its first use."""

    name = "share"

    text = LongText(
        label="What you did", max_length=500, help_text="So that a colleague can do it too."
    )
    about = forms.TypedChoiceField(
        label="Part of a plan or a campaign", coerce=int, empty_value=None, required=False
    )
    field_order = ("text", "result", "what", "ward_code", "group_kind", "language", "about")

    def __init__(self, *args: Any, plans: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "about", [("", "None"), *plans])
