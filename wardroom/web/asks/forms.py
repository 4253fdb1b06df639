"""What can be answered to an ask, and how the office follows it up."""

from __future__ import annotations

from typing import Any

from django import forms

from wardroom.documents.rules import HEIC, MOST_BYTES, kind_of
from wardroom.matters.rules import ANSWER_SHOWN
from wardroom.web.ui.forms import DayField, Form, LongText, choose

MOST = 500


MOST_PHOTOGRAPHS = 5
NO_HEIC = "A HEIC picture cannot be shown here. Choose it as a JPEG, PNG or WebP."


class ManyFiles(forms.FileInput):
    """The browser's own way to choose files, several at once."""

    allow_multiple_selected = True


class PhotographsField(forms.FileField):
    """Some photographs, as names and bytes."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> tuple[tuple[str, bytes], ...]:
        files = data if isinstance(data, list) else [data] if data else []
        if len(files) > MOST_PHOTOGRAPHS:
            raise forms.ValidationError(f"Choose {MOST_PHOTOGRAPHS} photographs at most.")
        if any((file.size or 0) > MOST_BYTES for file in files):
            raise forms.ValidationError("A photograph may have 20 MB at most.")
        given = tuple((file.name or "photograph", file.read()) for file in files)
        if any(kind_of(content, name) is HEIC for name, content in given):
            raise forms.ValidationError(NO_HEIC)
        return given


class AcceptForm(Form):
    """Yes, by this day."""

    name = "accept_ask"

    promised_on = DayField(
        label="We promise it by",
        help_text="The first date you promise is always kept beside later ones.",
    )
    text = LongText(label="Anything to add", required=False, max_length=MOST)


class DeclineForm(Form):
    """No, for this reason."""

    name = "decline_ask"

    code = forms.ChoiceField(label="Reason")
    text = LongText(
        label="In your words",
        required=False,
        max_length=MOST,
        help_text="Needed for another reason. The ward's liaison reads this.",
    )

    def __init__(self, *args: Any, reasons: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "Choose a reason"), *reasons]  # type: ignore[attr-defined]


class CounterForm(Form):
    """Yes, but on another day."""

    name = "counter_ask"

    counter_on = DayField(
        label="We could do it by", help_text="The ward's liaison agrees to the day or asks again."
    )
    text = LongText(label="Why that day", required=False, max_length=MOST)


class DoneForm(Form):
    """It is done, and this is what was done."""

    name = "report_done"

    disposition = forms.ChoiceField(label="What was done")
    text = LongText(label="Anything to add", required=False, max_length=MOST)
    photographs = PhotographsField(
        label="Photographs",
        required=False,
        help_text="JPEG, PNG or WebP, five at most. Where they were taken is not shown.",
        widget=ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def __init__(
        self, *args: Any, dispositions: tuple[tuple[str, str], ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "disposition", [("", "Choose what was done"), *dispositions])


class MoveForm(Form):
    """The promise moves, and the first date stays beside it."""

    name = "move_promise"

    promised_on = DayField(label="New promise")
    reason = LongText(label="Why it moves", max_length=MOST)


class RepeatForm(Form):
    """Ask the same again, by a day of ours."""

    name = "repeat_ask"
    saves = ANSWER_SHOWN

    due_on = DayField(label="Ask for it by")
    reason = LongText(label="Why we ask again", max_length=MOST)


class WithdrawForm(Form):
    """We no longer ask for this."""

    name = "withdraw_ask"
    saves = ANSWER_SHOWN

    reason = LongText(label="Why we withdraw it", max_length=MOST)


class AgreeForm(Form):
    """The day the agency offered is ours."""

    name = "agree_counter"
    saves = ANSWER_SHOWN


class RequestForm(Form):
    """Send a proposed ask to its agency."""

    name = "request_ask"
