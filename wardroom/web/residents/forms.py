"""What residents fill in, in their own language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from itertools import groupby
from secrets import token_urlsafe
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from wardroom.casework.actions import Picture
from wardroom.casework.rules import (
    MOST_LETTERS,
    MOST_PICTURES,
    Problem,
    ReportDraft,
    ReportRefused,
)
from wardroom.casework.rules.following import MOST_WORDS
from wardroom.casework.rules.tongues import Told
from wardroom.documents.rules import MOST_BYTES
from wardroom.kernel.errors import Refused
from wardroom.library.rules.asking import Asked
from wardroom.web.asks.forms import ManyFiles
from wardroom.web.residents.here import UNSURE, Here, named
from wardroom.web.scanned import FileRefused
from wardroom.web.ui.forms import DayInput, Form, LongText, choose
from wardroom.web.ui.strangers import StrangerForm

PICTURES = "image/jpeg,image/png,image/webp"
# Which sentence of the reader's language stands for a refusal.
SAID = {
    "topic_missing": "choose",
    "unknown_topic": "gone",
    "unknown_language": "gone",
    "half_a_point": "place_missing",
    "nowhere": "place_missing",
    "outside_the_city": "place_outside",
    "unknown_address": "place_unknown",
    "answer_missing": "fill_in",
    "said_missing": "said_missing",
    "text_missing": "fill_in",
    "unknown_rating": "choose",
    "too_long": "too_long",
    "bad_answer": "bad_answer",
    "bad_email": "bad_email",
    "bad_phone": "bad_phone",
    "bad_name": "bad_name",
    "not_agreed": "not_agreed",
    "too_many": "many_files",
    "too_large": "large_file",
    "scanner_away": "scanner_away",
    "scanner_found": "scanner_found",
    "empty_file": "bad_file",
    "bad_type": "bad_file",
    "bad_picture": "bad_file",
    "not_public": "bad_file",
    "phone_picture": "phone_file",
    **dict.fromkeys(("wrong_state", "already_answered", "already_rated", "not_a_point"), "gone"),
}
NAMED_SO = {"name": "who"}


class ToldForm(Form):
    """A form whose refusals are said in the reader's language."""

    def __init__(self, *args: Any, told: Told, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = told
        self.speak()

    def speak(self) -> None:
        """Let every field refuse in the reader's language, and say itself what is optional."""
        self.needed_at_times = frozenset(self.fields)
        wrong = self.told.form.wrong
        for field in self.fields.values():
            field.error_messages["required"] = wrong["fill_in"]
            for code in ("scanner_away", "scanner_found"):
                field.error_messages[code] = wrong[code]
            for code in ("invalid_choice", "invalid_list", "invalid"):
                field.error_messages[code] = wrong["gone"]
            # A field of another reader has the same ones.
            field.validators = [copy(limit) for limit in field.validators]
            for limit in field.validators:
                if isinstance(limit, MaxLengthValidator):
                    limit.message = wrong["too_long"]

    def sentence(self, no: Refused) -> str:
        """A refusal in the reader's language."""
        if no.code == "too_often":
            return self.told.follow.wait
        key = SAID.get(no.code)
        said = self.told.form.wrong[key] if key else no.sentence
        asked = self.fields.get(no.field or "") if (no.field or "").startswith("answer_") else None
        return f"{asked.label} {said}" if asked is not None else said

    def refuse(self, no: Refused) -> None:
        """Say all that is wrong at once, each at its field."""
        if not isinstance(no, ReportRefused):
            field = NAMED_SO.get(no.field or "", no.field)
            super().refuse(Refused(no.code, self.sentence(no), field=field))
            return
        for problem in no.problems:
            field = NAMED_SO.get(problem.field, problem.field)
            one = Refused(problem.code, problem.sentence, field=field)
            super().refuse(Refused(one.code, self.sentence(one), field=field))


class PicturesField(forms.FileField):
    """Some pictures, as they were sent; the house looks at what they are."""

    def clean(self, data: Any, initial: Any = None) -> list[Picture]:
        """The files with their bytes, no more of them than it takes to refuse them."""
        files = data if isinstance(data, list) else [data] if data else []
        chosen = files[: MOST_PICTURES + 1]
        try:
            return [Picture(f.name or "picture", f.read(MOST_BYTES + 1)) for f in chosen]
        except FileRefused as no:
            said = self.error_messages.get(no.code, no.sentence)
            raise forms.ValidationError(said, code=no.code) from None


class ReportForm(StrangerForm, ToldForm):
    """Reporting something: the picture, the place, the words, the topic, and how to reach one."""

    name = "report"

    pictures = PicturesField(required=False, widget=ManyFiles(attrs={"accept": PICTURES}))
    place = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
    spot = forms.CharField(required=False, widget=forms.HiddenInput)
    photo_spot = forms.CharField(required=False, widget=forms.HiddenInput)
    place_sure = forms.BooleanField(required=False)
    said = LongText(required=False)
    topic_code = forms.ChoiceField(required=False)
    me_too = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    who = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.CharField(
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    phone = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"})
    )
    consent = forms.BooleanField(required=False)
    language = forms.CharField(required=False, widget=forms.HiddenInput)
    sum = forms.CharField(required=False, widget=forms.HiddenInput)
    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, here: Here, **kwargs: Any) -> None:
        super().__init__(*args, told=here.told, **kwargs)
        self.here = here
        self._say()
        for asked in here.questions:
            if not asked.shown_only:
                field: Any = _answer(asked, here.told)
                field.must = asked.required
                self.fields[f"answer_{asked.code}"] = field
        self.speak()
        choose(self, "topic_code", _topics(here))
        near = [(row.number, f"{here.told.form.me_too}: {row.text}") for row in here.near]
        hints = {row.number: row.voices for row in here.near}
        choose(self, "me_too", [*near, ("", here.told.form.another)])
        near_field: Any = self.fields["me_too"]
        near_field.hints = hints

    def _say(self) -> None:
        words = self.told.form
        optional = f"{words.email} {words.optional}"
        labels = {"pictures": words.photos, "me_too": words.near, "who": words.name}
        hints = {
            "pictures": words.photos_help,
            "place": words.place_help,
            "said": words.said_help,
            "topic_code": words.topic_help,
            "me_too": words.near_help,
        }
        for name, field in self.fields.items():
            field.label = labels.get(name) or getattr(words, LABELS.get(name, name), "")
            field.help_text = hints.get(name, "")
        self.fields["email"].label = optional
        for name in ("who", "phone"):
            self.fields[name].label = f"{self.fields[name].label} {words.optional}"

    def say_refused(self, refused: Iterable[Refused]) -> None:
        """Say at the pictures what could not be held, once, where nothing is said there yet."""
        for no in refused:
            if not self.has_error("pictures") and no.code != "too_often":
                super().refuse(Refused(no.code, no.sentence, field="pictures"))

    @property
    def answers(self) -> list[forms.BoundField]:
        """The questions about the topic."""
        return [bound for bound in self if bound.name.startswith("answer_")]

    def draft(self, given: Mapping[str, Any], *, onto: int | None) -> ReportDraft:
        """What was filled in, as the house takes it."""
        me_too = onto is not None
        reached = _is_reached(given)
        spot = self.here.spot
        return ReportDraft(
            channel="web",
            topic_code=given["topic_code"],
            said=given["said"] or (self.told.form.me_too if me_too else ""),
            answers=self._answers(given),
            latitude=spot.latitude if spot is not None else None,
            longitude=spot.longitude if spot is not None else None,
            address=given["place"],
            name=given["who"] if reached else "",
            email=given["email"],
            phone=given["phone"],
            may_write=given["consent"],
            language=self.told.code,
            onto=onto,
            once=given["once"] or token_urlsafe(24),
        )

    def flaws(self, given: Mapping[str, Any], *, onto: int | None) -> list[Problem]:
        """What the page itself does not let through.

        No words and no picture; a way to reach somebody without their word that we may; an
        address that nobody finds, unless they say that it is right.
        """
        found = []
        if not (given["said"].strip() or given["pictures"] or onto is not None):
            found.append(Problem("said_missing", "Say in a few words what is wrong.", "said"))
        if _is_reached(given) and not given["consent"]:
            found.append(Problem("not_agreed", "Say that we may write or call.", "consent"))
        if self.here.unknown and not given["place_sure"]:
            found.append(Problem("unknown_address", "No such address is known.", "place"))
        return found

    def _answers(self, given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        found = {}
        for asked in self.here.questions:
            value = given.get(f"answer_{asked.code}", "")
            values = value if isinstance(value, list) else [value]
            found[asked.code] = tuple(str(each) for each in values if str(each).strip())
        return {code: values for code, values in found.items() if values}


def _is_reached(given: Mapping[str, Any]) -> bool:
    return bool(given["email"].strip() or given["phone"].strip())


LABELS = {"topic_code": "topic", "leave_empty": "no"}


class StillForm(ToldForm):
    """Saying that it is still there."""

    name = "still"

    text = LongText(required=False, max_length=MOST_WORDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.told
        self.fields["text"].label = f"{words.follow.still_words} {words.form.optional}"


class AnswerForm(ToldForm):
    """Answering the office."""

    text = LongText(max_length=MOST_WORDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = self.told.follow.answer


class RateForm(ToldForm):
    """Saying whether it was solved."""

    name = "rate"

    rating = forms.ChoiceField(widget=forms.RadioSelect)
    text = LongText(required=False, max_length=MOST_WORDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.told
        self.fields["rating"].label = words.follow.rating
        self.fields["rating"].error_messages["required"] = words.form.wrong["choose"]
        self.fields["text"].label = f"{words.follow.rating_words} {words.form.optional}"
        choose(self, "rating", words.follow.ratings.items())


class LinksForm(StrangerForm, ToldForm):
    """Asking for the links again."""

    name = "links"

    email = forms.EmailField(
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = self.told.form.email
        self.fields["email"].error_messages["invalid"] = self.told.form.wrong["bad_email"]


def _topics(here: Here) -> list[Any]:
    """The topics by their groups, with a first answer that is none."""
    told = here.told
    rows = sorted((r for r in here.topics if r.code != UNSURE), key=lambda r: r.group_in(told.code))
    groups = [
        (group, [(row.code, named(told, row)) for row in several])
        for group, several in groupby(rows, key=lambda r: r.group_in(told.code))
    ]
    unsure = [(row.code, named(told, row)) for row in here.topics if row.code == UNSURE]
    return [("", "-"), *groups, *unsure]


def _answer(asked: Asked, told: Told) -> forms.Field:
    """The field of one question."""
    label, hint = asked.text_in(told.code), asked.help_in(told.code)
    if not asked.required:
        label = f"{label} {told.form.optional}"
    named_so: dict[str, Any] = {"label": label, "help_text": hint, "required": False}
    choices = [(c.key, c.name) for c in asked.choices_in(told.code)]
    if asked.datatype == "singlevaluelist":
        return forms.ChoiceField(widget=forms.RadioSelect, choices=choices, **named_so)
    if asked.datatype == "multivaluelist":
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(widget=widget, choices=choices, **named_so)
    if asked.datatype == "text":
        return LongText(max_length=MOST_LETTERS, **named_so)
    widgets: dict[str, Any] = {
        "datetime": DayInput(),
        "number": forms.TextInput(attrs={"inputmode": "decimal"}),
    }
    return forms.CharField(widget=widgets.get(asked.datatype, forms.TextInput()), **named_so)
