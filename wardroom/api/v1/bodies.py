"""What programs send: strictly read, so that nothing is guessed and nothing typed is lost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Path, Query, Schema
from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

LARGEST = 2**63 - 1
MOST_LEVELS = 20


def _day(value: Any) -> Any:
    if not isinstance(value, str) or len(value) != 10:
        raise PydanticCustomError("date", "must be a day such as 2026-11-30")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date", "must be a day such as 2026-11-30") from None


def _instant(value: Any) -> Any:
    try:
        made = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        made = None
    if made is None or made.tzinfo is None:
        sentence = "must be an instant with its zone, such as 2026-11-30T09:00:00-05:00"
        raise PydanticCustomError("date_time", sentence)
    return made


Day = Annotated[date, BeforeValidator(_day)]
Instant = Annotated[AwareDatetime, BeforeValidator(_instant)]
Number = Annotated[int, Path(ge=1, le=LARGEST)]
Id = Annotated[int, Field(ge=1, le=LARGEST)]
Cursor = Annotated[
    str,
    Query(
        max_length=3000,
        pattern=r"^[A-Za-z0-9_:=-]*$",
        description="From the `next` of the part before.",
    ),
]
Code = Annotated[str, Query(max_length=40)]
Words = Annotated[str, Query(max_length=200)]
Line = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=10_000)]


class Body(Schema):
    """Something that is sent. What it does not know of is refused, not overlooked."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def check_letters(cls, given: Any) -> Any:
        """No text holds what a database cannot keep, and nothing is nested without end."""
        fault = _fault(given)
        if fault is not None:
            raise PydanticCustomError(*fault)
        return given


def _fault(given: Any) -> tuple[str, str] | None:
    """What of a body can be neither kept nor read to its end; it is walked level by level."""
    level: list[Any] = [given]
    for _ in range(MOST_LEVELS):
        if any(isinstance(one, str) and _unkept(one) for one in level):
            return "letters", "a text holds a zero byte or half of a letter"
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return None
    return "too_deep", f"this is nested more than {MOST_LEVELS} levels deep"


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else []


def _unkept(text: str) -> bool:
    return "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text)


class Where(Body):
    """Where it is: words, a point, or both."""

    text: Line = ""
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None


class Reporter(Body):
    """Who reported it, and whether we may write or call."""

    name: Line = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    email: Annotated[str, Field(max_length=254)] = ""
    consent: bool = False


class Complaint(Body):
    """A complaint as it came in; it opens an issue or is one more voice."""

    said: Text
    channel: Annotated[str, Field(description="phone, walk_in, email, web, letter, meeting, 311")]
    topic: Line = ""
    where: Where | None = None
    reporter: Reporter | None = None
    anonymous: bool = False
    language: Line = "en"
    interpreter: bool = False
    may_share: bool = False
    request_number: Annotated[str, Field(max_length=40)] = ""
    ward: Line = ""
    onto: Annotated[Id | None, Field(description="The issue that it is one more voice for.")] = None
    received_at: Instant | None = None


class NextStep(Body):
    """What comes next, and when."""

    next_on: Day
    next_step: Text


class Closing(Body):
    """What everybody who reported it is told, and how it ended."""

    outcome: Line
    text: Text
    texts: Annotated[dict[str, Text], Field(max_length=10, default_factory=dict)]


class NewAsk(Body):
    """One thing, asked of one agency, by one date."""

    agency: Line
    wording: Text
    due_on: Day
    authority: Line = ""
    send: Annotated[bool, Field(description="False only writes it down.")] = True


class Acceptance(Body):
    """The day that the agency promises."""

    promised_on: Day
    text: Text = ""


class Declining(Body):
    """Why the agency says no."""

    code: Line
    text: Text = ""


class Countering(Body):
    """Another day than the one asked for."""

    counter_on: Day
    text: Text = ""


class Doing(Body):
    """What came of it, in the agency's words."""

    disposition: Line
    text: Text = ""


class Moving(Body):
    """Another day than the promised one, and why."""

    promised_on: Day
    reason: Text


class Repeating(Body):
    """By when it is asked again, and why."""

    due_on: Day
    reason: Text


class Withdrawing(Body):
    """Why it is asked no longer."""

    reason: Text


class Check(Body):
    """What was seen at the place of a matter."""

    finding: Line
    rating: Annotated[int, Field(ge=0, le=10)] | None = None
    note: Text = ""
    seen_at: Instant | None = None


class Contact(Body):
    """A call, a talk, an e-mail or a letter: with whom, and what was said."""

    channel: Line
    text: Text
    matter: Id | None = None
    language: Line = ""
    interpreter_used: bool = False


class NewHook(Body):
    """Where word is sent, and of which kinds of line; without kinds of all but the noise."""

    name: Line
    address: Annotated[str, Field(max_length=500)]
    kinds: Annotated[list[Line], Field(max_length=60, default_factory=list)]


class Replay(Body):
    """The line from which on everything is sent again."""

    from_line: Id
