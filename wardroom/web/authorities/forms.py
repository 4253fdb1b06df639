"""What the director fills in about whom to call."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from wardroom.kernel.languages import LANGUAGES
from wardroom.library.rules.authorities import MOST_ABOUT, MOST_HOURS, MOST_NAME, MOST_WORDS
from wardroom.web.ui.forms import Form, LongText

OTHERS = [(code, tongue.english) for code, tongue in LANGUAGES.items() if code != "en"]
WORDS_HELP = (
    "With commas between them. A report or an address with one of these is told of it: "
    "power pole, interstate, Silver Spring."
)


class KeepForm(Form):
    """What residents are told of an authority."""

    name = "keep"
    called_here: ClassVar = {"name": "name_"}

    name_ = forms.CharField(label="Name", max_length=MOST_NAME)
    about = LongText(
        label="What is theirs",
        max_length=MOST_ABOUT,
        help_text="One sentence, as residents read it.",
    )
    phone = forms.CharField(label="Phone number", max_length=40)
    hours = forms.CharField(
        label="When somebody answers", max_length=MOST_HOURS, help_text="Such as: At all hours."
    )
    words = LongText(
        label="Words that mean it", max_length=MOST_WORDS, required=False, help_text=WORDS_HELP
    )
    owner_code = forms.CharField(
        label="Code of the owner of ground",
        max_length=20,
        required=False,
        help_text="Such as NPS, as the map of grounds has it. Whoever chooses a place there is "
        "told of it.",
    )
    outside = forms.BooleanField(
        label="Tell of it where a place lies outside the city", required=False
    )


class NewForm(KeepForm):
    """An authority that is not listed yet."""

    name = "new"
    field_order = ("code",)

    code = forms.CharField(
        label="Code", max_length=40, help_text="Lower-case letters, such as power_company."
    )


class TranslateForm(Form):
    """The same in another language."""

    name = "translate"
    called_here: ClassVar = {"name": "name_"}

    language = forms.ChoiceField(label="Language", choices=OTHERS)
    name_ = forms.CharField(label="Name", max_length=MOST_NAME, required=False)
    about = LongText(label="What is theirs", max_length=MOST_ABOUT, required=False)
    hours = forms.CharField(label="When somebody answers", max_length=MOST_HOURS, required=False)
    words = LongText(
        label="Words that mean it",
        max_length=MOST_WORDS,
        required=False,
        help_text="With commas between them.",
    )
