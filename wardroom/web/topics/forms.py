"""What the director fills in to open a topic to the public, and to ask about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from wardroom.kernel.errors import Refused
from wardroom.kernel.languages import LANGUAGES
from wardroom.library.rules.asking import DATATYPES, LISTS, PUBLIC_KINDS, Asked, Choice
from wardroom.web.ui.forms import Form, LongText, choose

OTHERS = [(code, tongue.english) for code, tongue in LANGUAGES.items() if code != "en"]
LINE = "One on each line: a key, a colon, and what people read. Such as: alley: In an alley"


class OpenForm(Form):
    """What people read about a topic."""

    name = "open"

    description = LongText(label="What people report here", max_length=500)
    group = forms.CharField(
        label="Listed under",
        max_length=80,
        required=False,
        help_text="Topics with the same words here stand together in the list.",
    )
    keywords = forms.CharField(
        label="Other words for it",
        max_length=300,
        required=False,
        help_text="With commas between them. Other programs look for these.",
    )
    kind = forms.ChoiceField(label="Its number", choices=list(PUBLIC_KINDS.items()))


class TranslateForm(Form):
    """The same in another language."""

    name = "translate"

    language = forms.ChoiceField(label="Language", choices=OTHERS)
    name_ = forms.CharField(label="What the topic is called", max_length=80, required=False)
    description = LongText(label="What people report here", max_length=500, required=False)
    group = forms.CharField(label="Listed under", max_length=80, required=False)


class QuestionForm(Form):
    """One question."""

    name = "question"

    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="Lower-case letters, such as how_many. A question with the same code is "
        "replaced, and keeps its place.",
    )
    text = forms.CharField(label="Question", max_length=300)
    help = forms.CharField(label="A line under it", max_length=300, required=False)
    datatype = forms.ChoiceField(label="Kind of answer", choices=list(DATATYPES.items()))
    choices = LongText(label="What can be chosen", required=False, help_text=f"For lists. {LINE}")
    required = forms.BooleanField(label="Has to be answered", required=False)
    shown_only = forms.BooleanField(label="Only to be read, no answer", required=False)


class QuestionInForm(Form):
    """A question in another language."""

    name = "question_in"

    question = forms.ChoiceField(label="Which question")
    language = forms.ChoiceField(label="Language", choices=OTHERS)
    text = forms.CharField(label="Question", max_length=300)
    help = forms.CharField(label="A line under it", max_length=300, required=False)
    choices = LongText(
        label="What can be chosen", required=False, help_text=f"With the same keys. {LINE}"
    )

    def __init__(self, *args: Any, questions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "question", questions)


class EndForm(Form):
    """A question that is asked no more."""

    name = "end"

    question = forms.ChoiceField(label="Which question")

    def __init__(self, *args: Any, questions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "question", questions)


def asked_of(given: Mapping[str, Any]) -> Asked:
    """A question as it is asked from now on."""
    listed = given["datatype"] in LISTS and not given["shown_only"]
    return Asked(
        code=given["code"],
        text=given["text"],
        datatype=given["datatype"],
        required=given["required"],
        shown_only=given["shown_only"],
        help=given["help"],
        choices=tuple(_choices(given["choices"])) if listed else (),
    )


def question_words(given: Mapping[str, Any]) -> dict[str, Any]:
    """A question in another language; what was left out stays in English."""
    made: dict[str, Any] = {"text": _line(given["text"])}
    if given["help"].strip():
        made["help"] = _line(given["help"])
    if choices := {c.key: c.name for c in _choices(given["choices"])}:
        made["choices"] = choices
    return made


def topic_words(given: Mapping[str, Any]) -> dict[str, str]:
    """A topic in another language; what was left out stays in English."""
    made = {"name": given["name_"], "description": given["description"], "group": given["group"]}
    return {key: _line(text) for key, text in made.items() if text.strip()}


def _choices(text: str) -> list[Choice]:
    """Refuses: a line without a colon."""
    found = []
    for line in (each.strip() for each in text.splitlines()):
        key, colon, name = line.partition(":")
        if line and not colon:
            raise Refused("bad_choices", f"There is no colon in “{line}”.", field="choices")
        if line:
            found.append(Choice(key.strip(), _line(name)))
    return found


def _line(text: str) -> str:
    return " ".join(text.split())
