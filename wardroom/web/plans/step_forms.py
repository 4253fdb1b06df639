"""The rows of the work plan's form: steps that come over, and new asks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from wardroom.kernel.errors import Refused, Stale
from wardroom.kernel.versions import version_of
from wardroom.plans.queries import PlanRow
from wardroom.plans.rules import MOST_DAYS, AnyStep, KeptStep, StepDraft
from wardroom.web.ui.forms import DayField, Form, choose
from wardroom.web.ui.words import day_text, state_tag

FIRST_ROWS = 3
MOST_ROWS = 20
SAID = ("wording", "due_on", "owner_name")
KEPT = re.compile(r"kept-([0-9]{1,12})-")
NUMBERS = re.compile(r"[0-9]{1,3}(?:(?:\s*,\s*|\s+(?:and\s+)?)[0-9]{1,3})*", re.IGNORECASE)


class StepNumbers(forms.CharField):
    """Numbers of steps, as somebody writes them: 1, 2 and 3."""

    def to_python(self, value: Any) -> Any:
        """The numbers, in order; none where nothing was written."""
        text = str(super().to_python(value) or "").strip()
        if not text:
            return ()
        if not NUMBERS.fullmatch(text):
            raise forms.ValidationError("Give numbers of steps, such as 1, 2.")
        return tuple(int(n) for n in re.findall("[0-9]+", text))


def _wording() -> forms.CharField:
    return forms.CharField(
        label="What we ask for",
        max_length=300,
        help_text="One thing that a crew or an inspector can do and somebody can see.",
    )


def _owner() -> forms.CharField:
    return forms.CharField(
        label="Who there sees to it",
        max_length=120,
        required=False,
        help_text="A name or a desk, as far as you know.",
    )


def _after() -> StepNumbers:
    return StepNumbers(
        label="Waits for steps",
        required=False,
        help_text="Their numbers on this page, such as 1, 2. Empty where it can start at once.",
    )


def _days() -> forms.IntegerField:
    return forms.IntegerField(
        label="Working days it takes",
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text="Once it can start. Empty counts as one.",
    )


def _place() -> forms.IntegerField:
    return forms.IntegerField(
        label="Comes as number",
        required=False,
        min_value=1,
        max_value=99,
        help_text="Its place in the new version. Empty keeps it where it stands here.",
    )


class StepForm(Form):
    """One ask of the plan."""

    agency_code = forms.ChoiceField(label="Agency")
    due_on = DayField(label="By")
    wording = _wording()
    authority = forms.CharField(
        label="Under which authority",
        max_length=200,
        required=False,
        help_text="The rule or duty that makes it this agency's work.",
    )
    owner_name = _owner()
    after = _after()
    days = _days()
    cost = forms.CharField(label="Cost, and who pays", max_length=120, required=False)
    where = forms.CharField(
        label="Where",
        max_length=200,
        required=False,
        help_text="Corner, block or park. The agency reads it.",
    )
    place = _place()

    def __init__(
        self,
        *args: Any,
        agencies: Sequence[tuple[str, str]],
        has_place: bool,
        moves: bool,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("empty_permitted", True)
        super().__init__(*args, **kwargs)
        if has_place:
            del self.fields["where"]
        if not moves:
            del self.fields["place"]
        choose(self, "agency_code", [("", "Choose an agency"), *agencies])

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in: such a row is left out."""
        return not any(self[name].value() for name in self.fields)

    def draft(self, placed: Mapping[int, int]) -> StepDraft:
        """The step, for the action; ``placed`` is where each number of the form comes to stand."""
        given = self.cleaned_data
        return StepDraft(
            agency_code=given["agency_code"],
            wording=given["wording"],
            authority=given["authority"],
            due_on=given["due_on"],
            after=tuple(placed.get(number, 0) for number in given["after"]),
            days=given["days"] or 1,
            owner_name=given["owner_name"],
            cost=given["cost"],
            where=given.get("where", ""),
        )


class KeptForm(Form):
    """A step that comes over from the version before, whose owner may have been named since."""

    saves = ("owner_name",)

    wording = _wording()
    due_on = DayField(label="By")
    owner_name = _owner()
    after = _after()
    days = _days()
    place = _place()

    def __init__(self, *args: Any, row: PlanRow, numbers: Mapping[int, int], **kwargs: Any) -> None:
        self.row = row
        waits = ", ".join(str(numbers[at]) for at in row.waits_for if at in numbers)
        shown = {
            "wording": row.wording,
            "due_on": row.due_on,
            "owner_name": row.owner_name,
            "after": waits,
            "days": row.days,
        }
        typed = kwargs.get("initial") or {}
        kwargs["initial"] = {**shown, **typed}
        seen = typed.get("seen") or version_of({"owner_name": row.owner_name})
        super().__init__(*args, seen=seen, **kwargs)
        if row.state == "done" and not self._says_otherwise:
            del self.fields["wording"], self.fields["due_on"]

    @property
    def _says_otherwise(self) -> bool:
        """Whether it was put otherwise before the agency said that it is done."""
        words, day = self["wording"].value(), self["due_on"].value()
        stands = (self.row.wording, self.row.due_on.isoformat())
        return self.is_bound and words is not None and (words, day) != stands

    @property
    def said(self) -> str:
        """How the ask stands, with the promise that no revision changes."""
        promise = f", promised for {day_text(self.row.promised_on)}" if self.row.promised_on else ""
        return f"{state_tag(self.row.state).text}{promise}"

    def draft(self, placed: Mapping[int, int]) -> KeptStep:
        """The step, for the action; ``placed`` is where each number of the form comes to stand."""
        given = self.cleaned_data
        return KeptStep(
            self.row.ask_id,
            wording=given.get("wording"),
            due_on=given.get("due_on"),
            owner_name=given["owner_name"],
            days=given["days"] or 1,
            after=tuple(placed.get(number, 0) for number in given["after"]),
            owner_seen=given["seen"],
        )


AnyForm = StepForm | KeptForm


class Steps:
    """The rows of the plan's form: those that come over, then new asks; a blank one is none.

    A row that comes over bears the number of its ask in the names of its fields: what was typed
    of an ask stays with it, whatever comes over by now. A form without any row of those that
    come over leaves them as they are.
    """

    def __init__(
        self,
        data: QueryDict | None,
        *,
        agencies: Sequence[tuple[str, str]],
        carried: Sequence[PlanRow],
        has_place: bool,
        more: bool = False,
    ) -> None:
        self.data = data
        count = FIRST_ROWS if data is None else _rows_in(data)
        if more:
            count = min(count + 1, MOST_ROWS)
        self.may_add = count < MOST_ROWS
        self.first_number = len(carried) + 1
        self.named = _asks_in(data)
        left = set(self.named) - {row.ask_id for row in carried}
        self.gone = [ask_id for ask_id in self.named if ask_id in left]
        numbers = {row.position: n for n, row in enumerate(carried, start=1)}
        self.kept = [
            KeptForm(**self._given_of(row.ask_id, more), row=row, numbers=numbers)
            for row in carried
        ]
        offers: dict[str, Any] = {
            "agencies": agencies,
            "has_place": has_place,
            "moves": bool(carried),
        }
        self.forms = [StepForm(**self._given(f"steps-{i}", more), **offers) for i in range(count)]

    def _given_of(self, ask_id: int, more: bool) -> dict[str, Any]:
        """What was typed of a step that comes over; nothing where the form did not have it."""
        prefix = f"kept-{ask_id}"
        return self._given(prefix, more) if ask_id in self.named else {"prefix": prefix}

    def _given(self, prefix: str, more: bool) -> dict[str, Any]:
        """What was typed in a row: to be checked, or only shown again."""
        typed = _typed(self.data, prefix) if more else None
        return {"data": None if more else self.data, "initial": typed, "prefix": prefix}

    @property
    def gone_words(self) -> list[str]:
        """What was typed of steps that do not come over any more."""
        typed = [_typed(self.data, f"kept-{ask_id}") for ask_id in self.gone]
        said = [
            ", ".join(row[name].strip() for name in SAID if row.get(name, "").strip())
            for row in typed
        ]
        return [words for words in said if words]

    @property
    def kept_rows(self) -> list[tuple[int, KeptForm]]:
        """The rows that come over, with the number each has on the form."""
        return list(enumerate(self.kept, start=1))

    @property
    def numbered(self) -> list[tuple[int, StepForm]]:
        """The new rows with the number each has on the form."""
        return list(enumerate(self.forms, start=self.first_number))

    @property
    def next_number(self) -> int:
        """The number of the row that is added next."""
        return self.first_number + len(self.forms)

    @property
    def _sent(self) -> list[tuple[int, AnyForm]]:
        """The rows that count, each with its number on the form."""
        kept: list[tuple[int, AnyForm]] = [(n, form) for n, form in self.kept_rows if form.is_bound]
        return [*kept, *((n, form) for n, form in self.numbered if not form.is_blank)]

    def is_valid(self) -> bool:
        """Whether every row that is not blank is whole."""
        checked = [form.is_valid() for _, form in self._sent]
        return all(checked)

    def drafts(self) -> list[AnyStep]:
        """The rows that count, in their new order; a blank one leaves no gap in the numbers."""
        rows = sorted(self._sent, key=_order)
        first = 1 if self.named else self.first_number
        placed = {n: n for n in range(1, first)}
        placed |= {number: at for at, (number, _) in enumerate(rows, start=first)}
        gone = [KeptStep(ask_id) for ask_id in self.gone]
        return [*(form.draft(placed) for _, form in rows), *gone]

    def refuse(self, no: Refused) -> bool:
        """Put a refusal at the row and field it is about; false where it is about no row."""
        rows = sorted(self._sent, key=_order)
        parts = (no.field or "").split("-")
        if len(parts) != 3 or parts[0] != "steps" or not parts[1].isdigit():
            return False
        index, field = int(parts[1]), parts[2]
        if index >= len(rows):
            return False
        form = rows[index][1]
        if isinstance(no, Stale):
            no.field = field
            form.refuse(no)
            return True
        form.add_error(field if field in form.fields else None, no.sentence)
        return True


def _order(row: tuple[int, AnyForm]) -> tuple[int, int]:
    """Where a row comes: one that moves down stands after the row whose place it takes."""
    number, form = row
    place = form.cleaned_data.get("place") or number
    return place, (place > number) - (place < number)


def _asks_in(data: QueryDict | None) -> tuple[int, ...]:
    """The asks of the rows that a form showed as coming over."""
    found = (KEPT.match(name) for name in data or ())
    return tuple(dict.fromkeys(int(name[1]) for name in found if name))


def _typed(data: QueryDict | None, prefix: str) -> dict[str, str]:
    start = f"{prefix}-"
    given = data.dict() if data is not None else {}
    return {n.removeprefix(start): str(v) for n, v in given.items() if n.startswith(start)}


def _rows_in(data: QueryDict) -> int:
    given = data.get("rows", "")
    count = int(given) if given.isascii() and given.isdigit() else FIRST_ROWS
    return max(1, min(count, MOST_ROWS))
