"""What people write into a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from wardroom.reporting.actions import ItemWords
from wardroom.reporting.queries import ReportFile
from wardroom.reporting.rules import MONTHLY
from wardroom.reporting.rules.items import Item, section_title
from wardroom.web.ui.forms import Form, LongText

MONTHLY_HELP = {
    "summary": "Two or three sentences the commission would repeat. Needed before you sign.",
    "next_week": "Meetings and walks of the next month that the commission may come to.",
}


@dataclass(frozen=True)
class Line:
    """A drafted line with its two fields."""

    item: Item
    tick: BoundField
    text: BoundField


class DraftForm(Form):
    """Which ward's report of which week."""

    name = "draft"

    ward = forms.ChoiceField(label="Ward")
    week = forms.CharField(label="Week", max_length=8, help_text="Written as 2026-W47.")

    def __init__(self, *args: Any, wards: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ward"].choices = wards  # type: ignore[attr-defined]


class RollUpForm(Form):
    """The roll-up of which week."""

    name = "roll_up"

    week = forms.CharField(label="Week", max_length=8, help_text="Written as 2026-W47.")


class MonthForm(Form):
    """Which ANC's report of which month."""

    name = "month"

    area = forms.ChoiceField(label="ANC")
    month = forms.CharField(label="Month", max_length=7, help_text="Written as 2026-11.")

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]


class AnswerForm(Form):
    """The director's answer to one line of a report."""

    key = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Your answer",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It goes to the matter and to its owner's list.",
    )

    def __init__(self, *args: Any, of: Item | None = None, **kwargs: Any) -> None:
        given = args[0] if args else {}
        key = of.key if of else str(given.get("key", ""))
        kwargs.setdefault("auto_id", f"answer_{key}_%s")
        super().__init__(*args, **kwargs)


class NarrativeForm(Form):
    """The parts of the report that a person writes, and each drafted line with its tick.

    A line is sent as two fields: whether it is in, and how it reads.
    """

    name = "narrative"

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    read = forms.CharField(required=False, widget=forms.HiddenInput)
    needed_at_times = frozenset({"summary"})

    summary = LongText(
        label="What matters",
        required=False,
        help_text="Two or three sentences the director would repeat. Needed before you sign.",
    )
    needs = LongText(
        label="Decisions and help needed from the director",
        required=False,
        help_text="Which agency, which ask, since when, by when.",
    )
    next_week = LongText(
        label="Next week", required=False, help_text="Meetings, walks and checks that are planned."
    )

    def __init__(self, *args: Any, file: ReportFile, **kwargs: Any) -> None:
        given = {"shown": file.words_shown, "read": file.shown}
        given |= {part.code: part.text for part in file.narrative}
        super().__init__(*args, initial=given, **kwargs)
        self.items, self.report = file.items, file.head.report
        known = {part.code: part.title for part in file.narrative}
        if self.report == MONTHLY:
            for code, words in MONTHLY_HELP.items():
                self.fields[code].help_text = words
        for code in ("summary", "next_week"):
            self.fields[code].label = known[code]
        for code in {"summary", "needs", "next_week"} - known.keys():
            del self.fields[code]
        for item in file.items:
            self.fields[tick_of(item)] = forms.BooleanField(
                label=label_of(item),
                required=False,
                initial=not item.out,
            )
            self.fields[item.key] = forms.CharField(
                label="How it reads in the report",
                required=False,
                initial=item.said,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def sections(self) -> list[tuple[str, list[Line]]]:
        """The lines of the form by section, in the order of the report."""
        by_section: dict[str, list[Line]] = {}
        for item in self.items:
            line = Line(item, self[tick_of(item)], self[item.key])
            by_section.setdefault(section_title(item.section, self.report), []).append(line)
        return list(by_section.items())

    def parts(self) -> list[BoundField]:
        """The parts in free words."""
        return [self[code] for code in ("summary", "needs", "next_week") if code in self.fields]

    def words(self) -> dict[str, Any]:
        """What was sent, as the actions take it."""
        given = self.cleaned_data
        narrative = {bound.name: given[bound.name] for bound in self.parts()}
        items = {i.key: ItemWords(given[tick_of(i)], given[i.key]) for i in self.items}
        return {"narrative": narrative, "items": items, "shown": given["shown"]}


def label_of(item: Item) -> str:
    """A line as its tick names it: what it says now, a row of the table with its place."""
    place = item.row.get("title")
    return f"{place}: {item.said or 'nothing late'}" if place else item.said


def tick_of(item: Item) -> str:
    """The name of the field that says whether a line is in."""
    return f"in-{item.key}"


class SignForm(Form):
    """Which state of the draft the signer has read."""

    name = "sign"

    shown = forms.CharField(required=False, widget=forms.HiddenInput)


class CorrectForm(Form):
    """Why a signed report gets a new version."""

    name = "correct"

    reason = LongText(
        label="What does the correction correct?",
        max_length=500,
        help_text="This is printed on the new version. The signed one stays as it is.",
    )


class WordTemplateForm(Form):
    """A Word file to make reports with."""

    name = "word"

    file = forms.FileField(
        label="Word file",
        help_text="A .docx of 5 MB at most, without macros, links and pictures from elsewhere.",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )


class PutBackForm(Form):
    """Which version counts again; 0 for the one that comes with the house."""

    name = "put_back"

    version = forms.IntegerField(min_value=0, max_value=30_000, widget=forms.HiddenInput)
