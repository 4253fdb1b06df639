"""What is filled in to ask for records, to search, to take out, and to answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from wardroom.kernel.errors import Refused
from wardroom.kernel.languages import LANGUAGES
from wardroom.library.queries import ExemptionRow
from wardroom.records.rules import (
    CHANNELS,
    DECISIONS,
    KINDS,
    MOST_NAME,
    MOST_REASON,
    MOST_WORDS,
    WITHHOLD,
)
from wardroom.records.rules.tongues import TONGUES, RecordsTongue
from wardroom.web.ui.forms import DayField, Form, LongText, choose
from wardroom.web.ui.strangers import StrangerForm

READ_BY_ALL = "Whoever asked reads it. Do not repeat what is kept back."
EITHER = "Needed where it is kept back."
MISSING = {
    "code": "Choose the ground in the law.",
    "reason": "Give the reason. Whoever asked reads it.",
}


class AskForm(StrangerForm):
    """What everybody fills in, in their own language."""

    name = "ask"

    asker = forms.CharField(
        max_length=MOST_NAME, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.CharField(
        max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    language = forms.ChoiceField()
    words = LongText(widget=forms.Textarea(attrs={"rows": 7}))

    called_here = {"name": "asker"}  # noqa: RUF012

    def __init__(self, *args: Any, tongue: RecordsTongue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tongue, say = tongue, tongue.ask
        for field in self.fields.values():
            field.error_messages["required"] = tongue.wrong["fill_in"]
        for name, label, more in (
            ("asker", say.name, ""),
            ("email", say.email, say.email_help),
            ("language", say.language, ""),
            ("words", say.words, say.words_help),
        ):
            self.fields[name].label, self.fields[name].help_text = label, more
        choose(self, "language", [(t.code, t.name) for t in TONGUES.values()])

    def refuse(self, no: Refused) -> None:
        """Say it in the language of whoever asks."""
        said = self.tongue.wrong.get(no.code, no.sentence)
        super().refuse(Refused(no.code, said, field=no.field))


class TakeForm(Form):
    """A request that came by letter, mail, phone or in person."""

    name = "take"

    channel = forms.ChoiceField(label="How it came", choices=tuple(CHANNELS.items()))
    received_on = DayField(label="Came on", help_text="The clock of the law begins on this day.")
    asker = forms.CharField(label="Who asks", max_length=MOST_NAME)
    email = forms.CharField(
        label="E-mail",
        max_length=254,
        required=False,
        help_text="Give this or a postal address. The answer goes there.",
    )
    post = forms.CharField(
        label="Postal address",
        max_length=300,
        required=False,
        help_text="Where the answer goes if there is no e-mail address.",
    )
    language = forms.ChoiceField(
        label="Language", choices=[(one.code, one.english) for one in LANGUAGES.values()]
    )
    words = LongText(label="What is asked for, word for word", max_length=MOST_WORDS)

    called_here = {"name": "asker"}  # noqa: RUF012


class SearchForm(Form):
    """Where to look, for which words and days."""

    name = "search"

    words = forms.CharField(
        label="Words",
        max_length=500,
        help_text="One or more, with commas between them. A record with any of them is found.",
    )
    from_on = DayField(label="From")
    until_on = DayField(label="To")
    kinds = forms.MultipleChoiceField(
        label="Where", choices=tuple(KINDS.items()), widget=forms.CheckboxSelectMultiple
    )


class ReasonForm(Form):
    """A reason that whoever asked is told in writing."""

    reason = LongText(label="Reason", max_length=MOST_REASON, help_text=READ_BY_ALL)


class GroundForm(Form):
    """A ground of the law, and the reason."""

    code = forms.ChoiceField(label="Ground")
    reason = forms.CharField(label="Reason", max_length=MOST_REASON, help_text=READ_BY_ALL)

    def __init__(self, *args: Any, grounds: Iterable[ExemptionRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "code", [("", "Choose")] + [(g.code, f"{g.code} {g.name}") for g in grounds])


class WordsForm(GroundForm):
    """Words to take out."""

    words = forms.CharField(
        label="Words",
        max_length=300,
        help_text="As they stand in the text, such as a name. Capitals do not matter.",
    )

    field_order = ("words", "code", "reason")


class DecideForm(GroundForm):
    """What becomes of a record."""

    decision = forms.ChoiceField(
        label="What becomes of it", choices=tuple(DECISIONS.items()), widget=forms.RadioSelect
    )

    field_order = ("decision", "code", "reason")

    def __init__(self, *args: Any, grounds: Iterable[ExemptionRow], **kwargs: Any) -> None:
        super().__init__(*args, grounds=grounds, **kwargs)
        for name in ("code", "reason"):
            self.fields[name].required = False
        self.fields["code"].help_text = EITHER
        self.needed_at_times = frozenset({"code", "reason"})

    def clean(self) -> dict[str, Any]:
        """Say at once all that is missing where a record is kept back."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("decision") == WITHHOLD:
            for name, sentence in MISSING.items():
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return given


class ReleaseForm(Form):
    """The answer, with words for the letter."""

    name = "release"

    words = LongText(
        label="Added to the letter",
        max_length=4_000,
        required=False,
        help_text="The letter says by itself what was asked, searched, given and kept back.",
    )
    looked = forms.BooleanField(
        label="I looked at the preview",
        error_messages={"required": "Look at the preview first, then say so here."},
    )

    def __init__(self, *args: Any, has_preview: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_preview:  # where nothing was found there is nothing to look at
            del self.fields["looked"]


class AppealForm(Form):
    """When an answer was appealed."""

    name = "appeal"

    appealed_on = DayField(label="Appealed on")


class ReopenForm(Form):
    """What the Mayor decided about an appeal, and by when to answer anew."""

    name = "reopen"

    reason = LongText(label="What was decided", max_length=MOST_REASON, help_text=READ_BY_ALL)
    due_on = DayField(label="Answer anew by")
