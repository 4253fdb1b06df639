"""What is filled in to ask for news, to change it, and to write to many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from wardroom.engagement.rules.circulars import MOST_SUBJECT, MOST_TEXT
from wardroom.engagement.rules.subscriptions import FAR, MINE, NAMED, WEEKLY, Wanted
from wardroom.engagement.rules.tongues import TONGUES
from wardroom.web.tongues import TongueForm
from wardroom.web.ui.forms import Form, LongText, choose

Choices = Sequence[tuple[str, str]]
HALF_A_MILE = "800"
EVERYBODY = "everybody"
LABELS = {"metres": "far", "code": "district", "address": "email"}


class OftenForm(TongueForm):
    """How often, about what, and in which language, in the reader's own language."""

    frequency = forms.ChoiceField()
    topics = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    language = forms.ChoiceField()

    needed_at_times = frozenset({"topics", "where", "metres", "code"})

    def __init__(self, *args: Any, topics: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.tongue.pages
        self.fields["topics"].help_text = words.topics_help
        for name, field in self.fields.items():
            field.label = getattr(words, LABELS.get(name, name), field.label)
        choose(self, "frequency", words.frequencies.items())
        choose(self, "topics", topics)
        choose(self, "language", [(t.code, t.name) for t in TONGUES.values()])

    def said(self) -> Mapping[str, str]:
        """What is wrong with an address or an area."""
        words = self.tongue.pages
        return {
            "bad_email": words.bad_email,
            "unknown_place": words.unknown_place,
            "unknown_district": words.unknown_district,
        }


class AreaForm(OftenForm):
    """One more area, for somebody whose mailbox is known."""

    area = forms.ChoiceField()
    where = forms.CharField(max_length=200, required=False)
    metres = forms.ChoiceField(required=False)
    code = forms.CharField(max_length=30, required=False)

    field_order: tuple[str, ...] = ("area", "where", "metres", "code", "topics", "frequency")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.tongue.pages
        self.fields["where"].help_text = words.where_help
        self.fields["code"].help_text = words.district_help
        choose(self, "area", words.areas.items())
        choose(self, "metres", [(str(metres), far) for metres, far in FAR.items()])
        self.initial.setdefault("metres", HALF_A_MILE)
        self.initial.setdefault("frequency", WEEKLY)

    @property
    def wanted(self) -> Wanted:
        """What was asked for."""
        given = self.cleaned_data
        area, _, kind = given["area"].partition("_")
        return Wanted(
            area=area,
            kind=kind if area == MINE else "",
            code=given["code"] if area == NAMED else "",
            where=given["where"],
            metres=int(given["metres"] or 0),
            topics=tuple(given["topics"]),
            frequency=given["frequency"],
        )


class MoreForm(AreaForm):
    """One more area on the subscriber's own page; the language stays."""

    name = "more"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["language"]


class AskForm(AreaForm):
    """Asking for news on the public page, with the consent as it is shown."""

    name = "ask"

    address = forms.CharField(max_length=254, widget=forms.EmailInput)
    consent = forms.BooleanField()

    field_order = ("address", "language", *AreaForm.field_order, "consent")


class AddForm(AreaForm):
    """Writing down for somebody that they want news, and how they said so."""

    name = "add"

    address = forms.CharField(max_length=254, widget=forms.EmailInput)
    how = forms.CharField(label="How they asked for it", max_length=200)
    who = forms.CharField(label="Their name in People", max_length=200, required=False)

    field_order = ("address", "who", "language", *AreaForm.field_order, "how")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].label = "Their e-mail address"
        self.fields[
            "who"
        ].help_text = (
            "Or their number, such as P-12. Where they already allowed it, the news begins at once."
        )
        self.fields["how"].help_text = "Such as: on the sheet at the ANC meeting of November 12."


class StopForm(Form):
    """How somebody told the office that they want no more."""

    name = "stop"

    how = forms.CharField(label="How they told us", max_length=200)


class UndoForm(Form):
    """Why what boundaries did is taken back."""

    name = "undo"

    reason = forms.CharField(label="What was wrong with the boundaries", max_length=200)


class WordsForm(Form):
    """A letter in one language."""

    name = "words"

    language = forms.ChoiceField(label="Language")
    subject = forms.CharField(label="Subject", max_length=MOST_SUBJECT)
    text = LongText(label="Letter", max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 12}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "language", [(t.code, t.english) for t in TONGUES.values()])


class LetterForm(WordsForm):
    """A new letter to many, first in English, and for whom."""

    name = "letter"

    area_kind = forms.ChoiceField(
        label="For whom",
        choices=(
            ("", "Choose for whom"),
            (EVERYBODY, "Everybody who gets news"),
            ("ward", "Those who get news about a ward"),
            ("anc", "Those who get news about an ANC"),
            ("smd", "Those who get news about an SMD"),
        ),
    )
    area_code = forms.CharField(
        label="Which one",
        max_length=30,
        required=False,
        help_text="Needed for a ward, an ANC or an SMD, such as 5, 5C or 5C07.",
    )
    topic = forms.ChoiceField(label="Only about one topic", required=False)

    field_order = ("area_kind", "area_code", "topic", "subject", "text")
    needed_at_times = frozenset({"area_code"})

    def __init__(self, *args: Any, topics: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["language"]
        choose(self, "topic", [("", "No, about anything"), *topics])

    def clean_area_kind(self) -> str:
        """The kind of area; none for everybody."""
        kind: str = self.cleaned_data["area_kind"]
        return "" if kind == EVERYBODY else kind


class ApproveForm(Form):
    """To how many it goes, as the page shows it."""

    name = "approve"

    copies = forms.IntegerField(widget=forms.HiddenInput)


class HaltForm(Form):
    """Why a letter goes no further."""

    name = "halt"

    reason = forms.CharField(label="Why", max_length=200)
