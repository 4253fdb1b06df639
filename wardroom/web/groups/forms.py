"""What is filled in to call a group together, to join it, and to keep it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from wardroom.calendar.rules import REPEATS
from wardroom.directory.rules import LANGUAGES
from wardroom.engagement.rules.groups import TERMS
from wardroom.engagement.rules.tongues import TONGUES
from wardroom.web.meetings.forms import ClockField
from wardroom.web.tongues import TongueForm
from wardroom.web.ui.forms import DayField, Form, LongText, choose, choose_ward
from wardroom.web.ui.strangers import StrangerForm

Choices = Sequence[tuple[str, str]]
ITEMS_HELP = "One item on a line, with its minutes at the end: Welcome (10 min)"


class CharterFields(Form):
    """What a group is for, where, for how long, who may join, and whether it votes."""

    purpose = LongText(label="What it is for", max_length=2000)
    who_may_join = forms.CharField(
        label="Who may join",
        max_length=300,
        help_text="Such as: whoever lives or works on these blocks.",
    )
    area = forms.CharField(label="Area", max_length=200, required=False)
    term_months = forms.TypedChoiceField(
        label="Term of its roles", choices=TERMS.items(), required=False, coerce=int,
        empty_value=None,
    )  # fmt: skip
    decides = forms.BooleanField(
        label="It takes official action",
        required=False,
        help_text="Its members decide together, and more than advise. It may be a public body.",
    )
    decides_what = forms.CharField(label="On what it decides", max_length=300, required=False)


class RhythmFields(Form):
    """When and where a group meets."""

    first_on = DayField(label="First meeting on")
    starts = ClockField(label="At")
    repeats = forms.ChoiceField(label="How often", choices=REPEATS.items())
    minutes = forms.IntegerField(label="For how many minutes", min_value=1, max_value=480)
    place_text = forms.CharField(label="Where", max_length=200, required=False)


class FoundForm(CharterFields, RhythmFields):
    """A group as it is called together: the one short form."""

    name = "found"

    called = forms.CharField(label="Name of the group", max_length=200)
    ward_code = forms.ChoiceField(label="Ward")
    kind = forms.ChoiceField(label="What kind of organization it is")
    field_order = (
        "called", "ward_code", "kind", "purpose", "who_may_join", "area", "first_on", "starts",
        "repeats", "minutes", "place_text", "term_months", "decides", "decides_what",
    )  # fmt: skip
    called_here: ClassVar = {"name": "called", "sort": "kind"}

    def __init__(self, *args: Any, wards: Choices, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_ward(self, wards)
        choose(self, "kind", kinds)
        self.fields["first_on"].required = False
        self.fields["first_on"].help_text = "Leave it empty where no day is known yet."


class CharterForm(CharterFields):
    """Another version of a charter."""

    name = "charter"
    saves = ("purpose", "who_may_join", "area", "term_months", "decides", "decides_what")

    why = forms.CharField(label="Why it changes", max_length=300)


class RhythmForm(RhythmFields):
    """The regular meeting of a group that has none."""

    name = "rhythm"


class OfficerForm(Form):
    """Who takes a role."""

    name = "officer"

    role = forms.CharField(
        label="Role",
        max_length=120,
        widget=forms.TextInput(attrs={"list": "roles", "autocomplete": "off"}),
    )
    member = forms.TypedChoiceField(label="Member", coerce=int, empty_value=None)
    since_on = DayField(label="From")

    def __init__(self, *args: Any, members: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "member", [("", "Choose a member"), *members])


class NoticeForm(Form):
    """A notice to the members."""

    name = "notice"

    subject = forms.CharField(label="Subject", max_length=150)
    text = LongText(
        label="Notice",
        max_length=5000,
        help_text="Plain text. Each member gets it by e-mail, with a link by which to leave.",
    )


class JoinForm(TongueForm, StrangerForm):
    """Somebody without an account asks to join, and reads in their own language what for."""

    name = "join"

    called = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.CharField(
        max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    language = forms.ChoiceField()
    agreed = forms.BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.tongue.join
        self.fields["called"].label = words.name
        self.fields["email"].label = words.email
        self.fields["phone"].label = words.phone
        self.fields["phone"].help_text = words.one_is_enough
        self.fields["language"].label = self.tongue.pages.language
        self.fields["agreed"].label = words.agreed
        self.fields["agreed"].error_messages["required"] = words.not_agreed
        spoken = {tongue.code: tongue.name for tongue in TONGUES.values()}
        choose(self, "language", [(c, spoken.get(c, name)) for c, name in LANGUAGES.items()])

    def said(self) -> Mapping[str, str]:
        """What is wrong with a name or a way to be reached, or that the link is shut."""
        words = self.tongue.join
        return {
            "name_missing": words.no_name,
            "bad_name": words.bad_name,
            "no_way_to_reach": words.no_way,
            "bad_email": self.tongue.pages.bad_email,
            "bad_phone": words.bad_phone,
            "not_agreed": words.not_agreed,
            "too_many": words.full,
        }


class AcceptForm(Form):
    """As whom somebody is taken in."""

    name = "accept"

    person = forms.TypedChoiceField(
        label="Who is it?",
        coerce=int,
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "person", [("", "Somebody new"), *people])


class DeclineForm(Form):
    """Why somebody is not taken in."""

    name = "decline"

    reason = forms.CharField(label="Why not", max_length=200)


class AgendaForm(Form):
    """The agenda of a meeting."""

    name = "agenda"

    items = LongText(label="Items", help_text=ITEMS_HELP, widget=forms.Textarea(attrs={"rows": 8}))


class RollForm(Form):
    """Who of the members came, and who else."""

    name = "roll"

    present = forms.TypedMultipleChoiceField(
        label="Who came", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    guests = forms.CharField(
        label="Guests",
        required=False,
        max_length=4000,
        help_text="One name on a line, with whom they came for.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, members: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "present", members)


class ItemForm(Form):
    """What was said on an item."""

    name = "item"

    position = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = LongText(label="What was said", max_length=3000)


class DecisionForm(Form):
    """A decision, as it was taken."""

    name = "decision"

    text = forms.CharField(
        label="What was decided",
        max_length=300,
        help_text="It stands in the minutes. Name no resident who complained.",
    )


class ApproveForm(Form):
    """When and how minutes were approved."""

    name = "approve"

    approved_on = DayField(label="Approved on")
    approved_how = forms.CharField(
        label="How",
        max_length=200,
        help_text="Such as: read at the next meeting, nobody objected.",
    )
