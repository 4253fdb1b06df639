"""What is filled in when a complaint is taken in, and on the page of an issue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms

from wardroom.web.ui.forms import (
    DayField,
    Form,
    InstantField,
    ListedChoice,
    LongText,
    choose,
    choose_listed,
)
from wardroom.web.ui.forms import PlainForm as PlainForm

Choices = Sequence[tuple[str, str]]


class IntakeForm(Form):
    """A complaint as it comes in: where, what, who."""

    name = "in"
    called_here: ClassVar = {
        "name": "name_",
        "topic": "topic_code",
        "place": "place_text",
        "point": "place_text",
        "address": "place_text",
    }

    place_text = forms.CharField(
        label="Where",
        max_length=200,
        required=False,
        help_text="Address, corner, block or park. Type a few letters and pick from the list.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    said = LongText(label="What was said", required=False)
    topic_code = ListedChoice(label="Topic", required=False)
    channel = forms.ChoiceField(label="How it came in")
    name_ = forms.CharField(label="Name", max_length=200, required=False)
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    email = forms.CharField(label="E-mail", max_length=254, required=False)
    anonymous = forms.BooleanField(label="Anonymous: no name, nobody to tell", required=False)
    consent = forms.BooleanField(label="We may write to this person", required=False)
    language = forms.ChoiceField(label="Language", required=False)
    interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    may_share = forms.BooleanField(label="The agency may know the name", required=False)
    request_number = forms.CharField(
        label="311 number",
        max_length=40,
        required=False,
        help_text="The number alone is enough: place and topic come from 311.",
    )
    received_at = InstantField(
        label="When it came in", required=False, help_text="Leave it empty for right now."
    )
    ward_code = ListedChoice(
        label="Ward", required=False, help_text="Used only if the place has no point on the map."
    )
    spot = forms.CharField(required=False, widget=forms.HiddenInput)
    point = forms.CharField(required=False, widget=forms.HiddenInput)
    topic_pick = forms.CharField(required=False, widget=forms.HiddenInput)
    person = forms.CharField(required=False, widget=forms.HiddenInput)
    onto = forms.CharField(required=False, widget=forms.HiddenInput)

    needed_at_times = frozenset({"place_text", "name_", "said"})

    def __init__(
        self,
        *args: Any,
        topics: Callable[[], Choices],
        channels: Choices,
        languages: Choices,
        wards: Callable[[], Choices],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_listed(self, "topic_code", lambda: [("", "Not said yet"), *topics()])
        choose(self, "channel", channels)
        choose(self, "language", languages)
        choose_listed(self, "ward_code", lambda: [("", "Not known"), *wards()])


class NextForm(Form):
    """What comes next, and when."""

    name = "next"
    saves = ("next_on", "next_step")

    next_on = DayField(label="Next on")
    next_step = forms.CharField(label="Next step", max_length=200, required=False)


class StandingForm(Form):
    """Where it stands, in a few sentences for whoever opens this next."""

    name = "standing"
    carries = "former_version"

    text = LongText(label="Where it stands", max_length=1000)
    former_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ContactForm(Form):
    """A contact: how, and what was said."""

    name = "contact"

    channel = forms.ChoiceField(label="How")
    text = LongText(label="What was said", max_length=2000)
    interpreter_used = forms.BooleanField(label="With an interpreter", required=False)

    def __init__(self, *args: Any, channels: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "channel", channels)


class ReferForm(Form):
    """A part of it is another owner's, who does not answer to the city."""

    name = "refer"

    owner = forms.CharField(
        label="Referred to",
        max_length=200,
        help_text="An owner we cannot hold to a date. This does not close the issue.",
    )
    channel = forms.ChoiceField(label="By")
    text = LongText(label="What was referred", max_length=1000)

    def __init__(self, *args: Any, channels: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "channel", channels)


class TellForm(Form):
    """Somebody who cannot be written to was told."""

    name = "tell"

    complaint_id = forms.TypedChoiceField(label="Who was told", coerce=int)
    how = forms.ChoiceField(label="How")
    text = LongText(label="What they were told", max_length=2000)

    def __init__(self, *args: Any, people: Choices, ways: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "complaint_id", people)
        choose(self, "how", ways)


class AskReporterForm(Form):
    """A question to somebody who follows their report by a link."""

    name = "ask_reporter"

    complaint_id = forms.TypedChoiceField(label="Whom to ask", coerce=int)
    text = LongText(
        label="Your question",
        max_length=1000,
        help_text="It goes out by e-mail in your words, with a link to answer by.",
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "complaint_id", people)


class CloseForm(Form):
    """The end of an issue: its outcome, and the words everybody who reported it gets."""

    name = "close"

    outcome = forms.ChoiceField(label="Outcome")
    text = LongText(
        label="What the people who reported it are told",
        max_length=2000,
        help_text="Use plain words, even if the answer is no: what was done, what was not, and"
        " why.",
    )

    def __init__(self, *args: Any, outcomes: Choices, languages: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = [(code, label) for code, label in outcomes if code != "duplicate"]
        choose(self, "outcome", [("", "Choose an outcome"), *left])
        self.languages = tuple(languages)
        for code, name in self.languages:
            self.fields[f"text_{code}"] = LongText(
                label=f"The same in {name}",
                required=False,
                max_length=2000,
                help_text=f"People who speak {name} read this before the English. Nothing is "
                "translated by machine: leave it empty if nobody wrote it.",
            )

    @property
    def texts(self) -> dict[str, str]:
        """What was written in other languages, by the code of the language."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return {code: given.get(f"text_{code}", "") for code, _ in self.languages}


class ReopenForm(Form):
    """Take it up again."""

    name = "reopen"

    reason = LongText(label="Why it is opened again", max_length=300)
    next_on = DayField(label="Next on")


class JoinForm(Form):
    """The same trouble under another number."""

    name = "join"

    into = forms.CharField(
        label="Number of the other issue",
        max_length=12,
        help_text="The other one stays open; this one joins it. You can take it back any time.",
    )


class PartForm(Form):
    """It was not the same trouble after all."""

    name = "part"

    reason = LongText(label="Why it is not the same problem", max_length=300)


class SplitForm(Form):
    """One of the complaints is another trouble."""

    name = "split"

    complaint_id = forms.TypedChoiceField(label="Which complaint", coerce=int)
    title = forms.CharField(label="Title of the new issue", max_length=200)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "complaint_id", people)


class RestrictForm(Form):
    """Only its owner, you and the director see it from then on."""

    name = "restrict"

    reason = LongText(label="Why only a few people may see it", max_length=300)


class OpenForm(Form):
    """Everybody whose ward it is sees it again."""

    name = "unrestrict"

    reason = LongText(label="Why it is open to the office again", max_length=300)


class AskForm(Form):
    """One ask: one agency, one thing, one date."""

    agency_code = forms.ChoiceField(label="Agency", required=False)
    wording = forms.CharField(
        label="What we ask for",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "usual_words", "autocomplete": "off"}),
    )
    due_on = DayField(label="By", required=False)

    needed_at_times = frozenset({"agency_code", "wording", "due_on"})

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "agency_code", [("", "Choose an agency"), *agencies])

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in: such a row is left out."""
        return not any(self[name].value() for name in ("agency_code", "wording"))
