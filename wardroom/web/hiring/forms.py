"""What is filled in for a posting, its panel, an application, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from wardroom.hiring.queries.files import ApplicationFile
from wardroom.hiring.queries.hirings import HiringFile
from wardroom.hiring.rules.postings import (
    ANSWER_KINDS,
    APPLICANT,
    CLOSED,
    FILLED,
    MOST_POINTS,
    MOST_SEATS,
    MOST_TEXT,
    MOVES,
    PANEL,
    PREFERENCES,
    STATES,
    WITHDRAWN,
    PostingWords,
)
from wardroom.hiring.rules.stages import RESULTS
from wardroom.web.ui.forms import DayField, Form, LongText, choose
from wardroom.web.ui.words import counted

Choices = Sequence[tuple[str, str]]
NOBODY_NAMED = "For the people of this hiring alone. Name nobody who applied."
ASKED_OF = ((APPLICANT, "Everybody who applies"), (PANEL, "The panel asks it"))


class PostingForm(Form):
    """Everything that a posting says."""

    name = "posting"

    title = forms.CharField(label="Position", max_length=200)
    office_name = forms.CharField(label="Office", max_length=200)
    grade = forms.CharField(
        label="Grade", max_length=200, help_text="Such as Excepted Service, Grade 5."
    )
    salary_from = forms.DecimalField(
        label="Salary of a year, in dollars", max_digits=9, decimal_places=2, min_value=Decimal(1)
    )
    salary_to = forms.DecimalField(
        label="Up to, in dollars", max_digits=9, decimal_places=2, required=False
    )
    opens_on = DayField(label="Opens on")
    closes_on = DayField(
        label="Closes at the end of",
        required=False,
        help_text="Leave it empty for a posting that is open until filled.",
    )
    special = LongText(label="Special recruitment", max_length=MOST_TEXT, required=False)
    about = LongText(label="About the office", max_length=MOST_TEXT, required=False)
    duties = LongText(label="Duties", max_length=MOST_TEXT)
    requirements = LongText(label="Requirements", max_length=MOST_TEXT)
    security_note = LongText(
        label="Security-sensitive position", max_length=MOST_TEXT, required=False
    )
    residency = LongText(label="Residency", max_length=MOST_TEXT, required=False)
    preference = forms.ChoiceField(
        label="Preference for residents",
        choices=tuple(PREFERENCES.items()),
        widget=forms.RadioSelect,
        help_text="It is applied exactly as the posting declares it.",
    )
    preference_points = forms.IntegerField(
        label="Extra points for residents",
        required=False,
        min_value=0,
        help_text="Of 100, where residents get extra points.",
    )
    preference_words = LongText(
        label="How the posting declares the preference", max_length=MOST_TEXT, required=False
    )
    seats = forms.IntegerField(
        label="How many are to be appointed",
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        help_text="One, if you leave it empty.",
    )
    keep_months = forms.IntegerField(
        label="Months to keep applications after the end", min_value=1, max_value=120
    )

    @property
    def words(self) -> PostingWords:
        """What was filled in, with amounts in cents."""
        given = dict(self.cleaned_data)
        for end in ("salary_from", "salary_to"):
            given[end] = int(given[end] * 100) if given[end] is not None else None
        given["preference_points"] = given["preference_points"] or 0
        given["seats"] = given["seats"] or 1
        return PostingWords(**given)


def filled_with(words: PostingWords) -> dict[str, Any]:
    """A posting as its form shows it."""
    given: dict[str, Any] = dict(vars(words))
    for end in ("salary_from", "salary_to"):
        if given[end] is not None:
            given[end] = Decimal(given[end]) / 100
    return given


class PublishForm(Form):
    """That the preview was looked at, with what people will find."""

    name = "publish"

    looked = forms.BooleanField(
        label="I looked at the preview on this page",
        error_messages={"required": "Look at the preview on this page first, then say so here."},
    )

    def __init__(self, *args: Any, found: HiringFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks = sum(1 for q in found.questions if q.asked_of == APPLICANT)
        self.fields["looked"].help_text = (
            f"Everybody who applies answers {counted(asks, 'question')}, and the panel asks"
            f" {counted(len(found.questions) - asks, 'question')}. On the panel:"
            f" {', '.join(member.name for member in found.members) or 'nobody yet'}."
        )


class QuestionForm(Form):
    """A question, the same for all."""

    name = "question"

    asked_of = forms.ChoiceField(label="Who is asked", choices=ASKED_OF, widget=forms.RadioSelect)
    text = LongText(label="Question", max_length=500)
    kind = forms.ChoiceField(label="Answered", choices=tuple(ANSWER_KINDS.items()))
    must = forms.BooleanField(label="It has to be answered", required=False)
    points = forms.IntegerField(
        label="Most points",
        required=False,
        min_value=0,
        max_value=MOST_POINTS,
        help_text="For a question of the panel: 1 to 10.",
    )


class TakeOffForm(Form):
    """Which question."""

    name = "takeoff"

    question_id = forms.TypedChoiceField(label="Question", coerce=int)

    def __init__(self, *args: Any, questions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "question_id", questions)


class PersonForm(Form):
    """Somebody of the office."""

    user_id = forms.TypedChoiceField(label="Person", coerce=int)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "user_id", people)


class SeatForm(PersonForm):
    """Who sits on the panel from now on."""

    name = "seat"


class UnseatForm(PersonForm):
    """Who leaves the panel."""

    name = "unseat"


class HandOverForm(PersonForm):
    """Which director keeps the hiring, and why."""

    name = "handover"

    reason = forms.CharField(label="Why", max_length=300, help_text=NOBODY_NAMED)


class EndForm(Form):
    """What becomes of a posting, and why."""

    name = "end"

    state = forms.ChoiceField(label="It is")
    reason = forms.CharField(label="Why", max_length=300, help_text=NOBODY_NAMED)

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [to for to in (CLOSED, FILLED, WITHDRAWN) if to in MOVES[state]]
        choose(self, "state", [(to, STATES[to]) for to in ways])


class LastDayForm(Form):
    """Until when a posting takes applications, and why."""

    name = "lastday"

    closes_on = DayField(
        label="Closes at the end of",
        required=False,
        help_text="Leave it empty for a posting that is open until filled.",
    )
    reason = forms.CharField(label="Why", max_length=300, help_text=NOBODY_NAMED)


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label="Why", max_length=300)


class HoldForm(Form):
    """Why it must be kept, or need not be."""

    name = "hold"

    reason = forms.CharField(label="Why", max_length=300, help_text=NOBODY_NAMED)


class DeclareForm(Form):
    """Whether there is a conflict of interest with one application."""

    name = "declare"

    conflict = forms.TypedChoiceField(
        label="Conflict of interest",
        choices=(("no", "I have none"), ("yes", "I have one")),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        empty_value=None,
    )
    words = forms.CharField(
        label="What it is",
        max_length=500,
        required=False,
        help_text="Needed where you have one. You then read nothing more of it.",
    )
    needed_at_times = frozenset({"words"})


class ScoreForm(Form):
    """Points for each question of the panel, with a note."""

    name = "score"

    def __init__(self, *args: Any, found: ApplicationFile, **kwargs: Any) -> None:
        kwargs["initial"] = {
            **{f"points_{q.id}": q.points for q in found.questions},
            **{f"words_{q.id}": q.words for q in found.questions},
        }
        super().__init__(*args, **kwargs)
        self.found = found
        for q in found.questions:
            said = f"Give 0 to {q.most} points to “{q.text}”"
            points = forms.IntegerField(
                label=q.text, min_value=0, max_value=q.most, help_text=f"0 to {q.most} points."
            )
            points.error_messages |= {"required": said, "invalid": f"{said}, in whole numbers"}
            for limit in points.validators:
                limit.message = said  # type: ignore[attr-defined]
            self.fields[f"points_{q.id}"] = points
            self.fields[f"words_{q.id}"] = LongText(label="Why", required=False, max_length=2000)

    @property
    def given(self) -> dict[str, dict[int, Any]]:
        """The points and the notes, by question."""
        return {
            part: {q.id: self.cleaned_data[f"{part}_{q.id}"] for q in self.found.questions}
            for part in ("points", "words")
        }


class StageForm(Form):
    """Where an application goes, why, and what is added to the letter."""

    name = "stage"

    to = forms.ChoiceField(label="Stage")
    reason = forms.CharField(label="Why", max_length=300, help_text="For the panel alone.")
    early = forms.CharField(
        label="Why an offer is made now",
        max_length=150,
        required=False,
        help_text="Needed for an offer before the last day, or while somebody was not screened.",
    )
    words = LongText(label="Add to the letter", required=False, max_length=2000)
    needed_at_times = frozenset({"early"})

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "to", choices)


class ResultForm(Form):
    """What the suitability screening found, and nothing else of it."""

    name = "result"

    result = forms.ChoiceField(
        label="Result", choices=tuple(RESULTS.items()), widget=forms.RadioSelect
    )


class AppointForm(Form):
    """From which day, why, and what is added to the letter."""

    name = "appoint"

    appointed_on = DayField(label="First day")
    reason = forms.CharField(label="Why", max_length=300, help_text="For the panel alone.")
    beyond = forms.CharField(
        label="Why one more is appointed",
        max_length=150,
        required=False,
        help_text="Needed once as many are appointed as the posting says.",
    )
    words = LongText(label="Add to the letter", required=False, max_length=2000)
    needed_at_times = frozenset({"beyond"})


class FillForm(Form):
    """Why the posting is filled."""

    name = "fill"

    reason = forms.CharField(label="Why", max_length=300, help_text=NOBODY_NAMED)


class RestForm(Form):
    """What everybody reads who was not chosen, and why."""

    name = "rest"

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label="Why", max_length=300, help_text="For the panel alone.")
    words = LongText(
        label="Add to the letter",
        required=False,
        max_length=2000,
        help_text="Everybody gets the same words, as you write them.",
    )


class LetterForm(Form):
    """Which letter that could not be sent."""

    name = "again"

    letter_id = forms.TypedChoiceField(label="Letter", coerce=int)

    def __init__(self, *args: Any, letters: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "letter_id", letters)


class DiscussForm(ReasonForm):
    """Why the discussion is opened before all have given points."""

    name = "discuss"
    called_here: ClassVar[dict[str, str]] = {}
