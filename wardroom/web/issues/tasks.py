"""What is filled in for a to-do, an approval or a clock of the law, and for what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse

from wardroom.directory.queries import Colleague
from wardroom.library.queries import ClockRow
from wardroom.matters import actions
from wardroom.matters.queries import TaskRow
from wardroom.matters.rules import APPROVAL, TO_DO
from wardroom.web.day.forms import MoveForm, ReasonForm
from wardroom.web.ui.forms import DayField, Form, InstantField, PlainForm

KINDS = ((TO_DO, "To do"), (APPROVAL, "Approval: yes or no"))
People = Sequence[Colleague]


class WhoField(forms.TypedChoiceField):
    """Somebody of the office; the first one is whoever is asking."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, **kwargs)


class PeopleForm(Form):
    """A form that chooses a colleague."""

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["party_id"]
        field.choices = [(c.party_id, c.label) for c in people]


class TaskForm(PeopleForm):
    """Something to do, or to say yes or no to, by a day."""

    name = "task"

    wording = forms.CharField(label="What is to be done", max_length=300)
    kind = forms.ChoiceField(label="Kind", choices=KINDS)
    party_id = WhoField(label="On whose list")
    due_on = DayField(label="By")


class ClockForm(PeopleForm):
    """A clock of the law, from its first day on."""

    name = "clock"

    rule_code = forms.ChoiceField(label="Rule")
    started_at = InstantField(
        label="Starts",
        help_text="When it was received; for a notice of a meeting, when the meeting is.",
    )
    party_id = WhoField(label="On whose list")
    wording = forms.CharField(
        label="In your words",
        max_length=300,
        required=False,
        help_text="Leave it empty to use the name of the rule.",
    )
    condition = forms.CharField(
        label="How the condition was met",
        max_length=300,
        required=False,
        help_text="Only where the rule names one, such as a written notice of an extension.",
    )

    def __init__(self, *args: Any, clocks: Sequence[ClockRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["rule_code"]
        field.choices = [("", "Choose a rule"), *((c.code, _clock_words(c)) for c in clocks)]


class GiveForm(PeopleForm):
    """Somebody else."""

    party_id = WhoField(label="To whom")


class PauseForm(Form):
    """From when the clock stands still, and why."""

    from_on = DayField(label="Paused from")
    reason = forms.CharField(label="Why", max_length=300)


class ResumeForm(Form):
    """From when it runs again."""

    until_on = DayField(label="Runs again from")


@dataclass(frozen=True)
class TaskMove:
    """Something that can be done with a task: its words, its form, its action."""

    label: str
    said: str
    form: Callable[..., Form]
    act: Callable[..., Any]
    needs_people: bool = False

    @property
    def is_plain(self) -> bool:
        return self.form is PlainForm


MOVES = {
    "finish_task": TaskMove("Done", "Done: {}.", PlainForm, actions.finish_task),
    "approve_task": TaskMove("Approve", "You approved: {}.", PlainForm, actions.approve_task),
    "refuse_approval": TaskMove(
        "Refuse it", "You refused: {}.", ReasonForm, actions.refuse_approval
    ),
    "move_task": TaskMove(
        "Move it to another day", "Moved to another day: {}.", MoveForm, actions.move_task
    ),
    "pause_clock": TaskMove(
        "Pause the clock", "The clock is paused: {}.", PauseForm, actions.pause_clock
    ),
    "resume_clock": TaskMove(
        "Let the clock run again", "The clock runs again: {}.", ResumeForm, actions.resume_clock
    ),
    "give_task": TaskMove(
        "Give it to somebody else",
        "Given to somebody else: {}.",
        GiveForm,
        actions.give_task,
        needs_people=True,
    ),
    "drop_task": TaskMove("Drop it", "Off the list: {}.", ReasonForm, actions.drop_task),
    "reopen_task": TaskMove(
        "Not done yet", "Back on the list: {}.", PlainForm, actions.reopen_task
    ),
}


@dataclass(frozen=True)
class ShownTaskMove:
    """A move of one task, ready to draw."""

    label: str
    form: Form
    href: str
    plain: bool


@dataclass(frozen=True)
class ShownTask:
    """A task with all that can be done with it."""

    row: TaskRow
    moves: tuple[ShownTaskMove, ...]
    late: bool

    @property
    def buttons(self) -> list[ShownTaskMove]:
        """What takes one press."""
        return [move for move in self.moves if move.plain]

    @property
    def folds(self) -> list[ShownTaskMove]:
        """What takes a word or a day."""
        return [move for move in self.moves if not move.plain]

    @property
    def is_open(self) -> bool:
        """Whether a form of it came back with an error."""
        return any(move.form.is_bound for move in self.moves)


def shown_tasks(
    matter_id: int,
    rows: Sequence[TaskRow],
    people: People,
    today: date,
    failed: tuple[int, str, Form] | None = None,
) -> tuple[ShownTask, ...]:
    """The tasks of an issue with their forms; the one that failed holds what was sent."""
    shown = []
    for row in rows:
        moves = []
        for verb, move in MOVES.items():
            mine = failed is not None and failed[:2] == (row.id, verb)
            if verb in row.allowed or mine:
                form = (
                    failed[2]
                    if failed is not None and mine
                    else task_form(row.id, verb, people, today)
                )
                href = reverse("issue_task", args=[matter_id, row.id, verb])
                moves.append(ShownTaskMove(move.label, form, href, move.is_plain))
        late = row.state == "requested" and row.due_on < today and not row.paused
        shown.append(ShownTask(row, tuple(moves), late))
    return tuple(shown)


def task_form(task_id: int, verb: str, people: People, today: date, data: Any = None) -> Form:
    """The form of one move of one task, with names of its own on the page."""
    move = MOVES[verb]
    extra = {"people": people} if move.needs_people else {}
    initial = {"from_on": today, "until_on": today}
    return move.form(data, initial=initial, auto_id=f"{verb}_{task_id}_%s", **extra)


def _clock_words(clock: ClockRow) -> str:
    longer = f"; only with: {clock.condition}" if clock.condition else ""
    return f"{clock.name}: {clock.span} ({clock.citation}){longer}"
