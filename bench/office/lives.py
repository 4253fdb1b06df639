"""The lives of matters, as steps that an office takes: drawn by seed, written nowhere yet.

Wards do not share alike, some places and some people come again and again, most matters end
within weeks, a fifth never do, a few go on for hundreds of lines, and one for two thousand.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from bench.office.words import RAREST, Talk
from wardroom.casework.rules import CHANNELS
from wardroom.matters.rules import CHANNELS as CONTACTS
from wardroom.matters.rules import DECLINE_REASONS, DISPOSITIONS

DAYS = 900
OPENS_AT = 14
WARD_WEIGHTS = {"1": 9, "2": 6, "3": 4, "4": 8, "5": 14, "6": 11, "7": 18, "8": 30}
TOPICS = ("rodents", "trash", "streetlights", "dumping", "")
ENDS, RESTRICTED, LONGEST, VOICES = 0.8, 0.003, 2000, 120
PEOPLE_PER_MATTER = 0.15
NOTES = (0, 0, 0, 0, 0, 1, 1, 1, 2, 3)


class Step(NamedTuple):
    """One thing that somebody does to a matter."""

    at: datetime
    verb: str
    words: Mapping[str, Any]


@dataclass
class Life:
    """Everything that happens to one matter, in its order."""

    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class Places:
    """The numbers of the places of each ward, the most complained of first."""

    by_ward: Mapping[str, list[int]]


@dataclass(frozen=True)
class Setting:
    """What lives are drawn from."""

    matters: int
    end: date
    places: Places
    people: list[int]
    written_to: frozenset[int]
    agencies: tuple[str, ...]
    seed: int = 5
    days: int = DAYS
    longest: int = LONGEST
    voices: int = VOICES
    restricted: float = RESTRICTED

    @property
    def first(self) -> date:
        """The day of the first complaint."""
        return self.end - timedelta(days=self.days)

    @property
    def long_one(self) -> int:
        """The life with by far the most lines."""
        return self.matters // 3

    @property
    def loud_one(self) -> int:
        """The life that most people complain of."""
        return self.matters // 2

    @property
    def now(self) -> datetime:
        """The instant after which nothing has happened yet."""
        return datetime(self.end.year, self.end.month, self.end.day, 16, tzinfo=UTC)


def lives(setting: Setting) -> Iterator[Life]:
    """Every life, in the order in which they begin."""
    rng = random.Random(setting.seed)
    draw = _Draw(setting, rng, Talk(rng))
    for number in range(setting.matters):
        day = setting.first + timedelta(days=number * (setting.days - 1) / setting.matters)
        life = draw.life(number, day)
        life.steps = [s for s in life.steps if s.at <= setting.now]
        yield life


class _Draw:
    def __init__(self, setting: Setting, rng: random.Random, talk: Talk) -> None:
        self.setting, self.rng, self.talk = setting, rng, talk
        self.wards = list(WARD_WEIGHTS)
        self.weights = [
            w if setting.places.by_ward.get(code) else 0 for code, w in WARD_WEIGHTS.items()
        ]
        self.at = setting.now
        self.steps: list[Step] = []

    def life(self, number: int, day: date) -> Life:
        """One matter from its complaint to its end, or to today."""
        minutes = self.rng.randrange(60)
        self.at = datetime(day.year, day.month, day.day, OPENS_AT, minutes, tzinfo=UTC)
        self.steps = []
        untold = [self.complaint("take", number)]
        untold += [self.complaint("voice", number) for _ in range(self.voices(number))]
        self.notes(number)
        if self.rng.random() < 0.25:
            self.then("next", next_on=self.day(self.rng.randint(1, 20)), next_step=self.line(60))
        ends = self.rng.random() < ENDS and number != self.setting.long_one
        for n in range(self.rng.choices((0, 1, 2, 3), (52, 33, 11, 4))[0]):
            self.ask(n, ends=ends)
        if self.rng.random() < 0.2:
            self.then("stand", text=self.talk.sentence(8, 30))
        if self.rng.random() < 0.2:
            self.then("task", wording=self.line(120), due_on=self.day(self.rng.randint(0, 30)))
            if ends or self.rng.random() < 0.5:
                self.then("finish", text="")
        if self.rng.random() < self.setting.restricted:
            self.then("restrict", reason=self.line(80))
        if ends:
            self.end(untold)
        return Life(self.steps)

    def then(self, verb: str, *, days: float = 0.0, **words: Any) -> None:
        """The next step, some minutes or days later."""
        self.at += timedelta(days=int(days), minutes=1)
        self.steps.append(Step(self.at, verb, words))

    def day(self, ahead: int) -> date:
        return (self.at + timedelta(days=ahead)).date()

    def line(self, most: int) -> str:
        return self.talk.sentence(3, 8)[:most].strip()

    def voices(self, number: int) -> int:
        """How many others report the same."""
        if number == self.setting.loud_one:
            return self.setting.voices
        return self.rng.choices((0, 1, 2, 5), (88, 9, 2, 1))[0]

    def complaint(self, verb: str, number: int) -> bool:
        """Somebody reports it; whether they have to be told in person."""
        said = self.talk.sentence(6, 24)
        if number % max(3, self.setting.matters // 3) == 1 and verb == "take":
            said = f"{said} A {RAREST}."
        who, typed = self.reporter()
        words: dict[str, Any] = {"reporter": who, "typed": typed, "said": said}
        words["channel"] = self.rng.choice(tuple(CHANNELS))
        words["number"] = f"26-{self.rng.randrange(10**8):08d}" if self.rng.random() < 0.1 else ""
        if verb == "take":
            ward = self.rng.choices(self.wards, self.weights)[0]
            places = self.setting.places.by_ward[ward]
            words["place"] = places[int(len(places) * self.rng.random() ** 2)]
            words["topic"] = self.rng.choice(TOPICS)
        self.then(verb, days=0 if verb == "take" else self.rng.random() * 3, **words)
        named = who is not None or bool(typed)
        return named and who not in self.setting.written_to

    def reporter(self) -> tuple[int | None, str]:
        """Somebody known, somebody who is only a name, or nobody."""
        luck = self.rng.random()
        if luck < 0.15:
            return None, ""
        if luck < 0.22:
            return None, f"Neighbor of number {self.rng.randrange(900)}"
        people = self.setting.people
        return people[int(len(people) * self.rng.random() ** 3)], ""

    def notes(self, number: int) -> None:
        """Calls, talks and lines that somebody wrote down."""
        count = self.rng.choice(NOTES)
        if number == self.setting.long_one:
            count = self.setting.longest
        elif number % 2000 == 7:
            count = self.rng.randint(100, 300)
        for _ in range(count):
            days = self.rng.random() * 1.6 if count < 20 else 0.1
            if self.rng.random() < 0.5:
                channel = self.rng.choice(tuple(CONTACTS))
                self.then("contact", days=days, channel=channel, text=self.talk.sentence())
            else:
                self.then("note", days=days, text=f"Seen: {self.talk.sentence()}")

    def ask(self, n: int, *, ends: bool) -> None:
        """One agency is asked, and answers in one way or another, or not at all."""
        due = self.rng.randint(7, 30)
        agency = self.rng.choice(self.setting.agencies)
        self.then(
            "ask", days=1, n=n, agency=agency, wording=self.line(200), due_on=self.day(due + 1)
        )
        answer = self.rng.choices(
            ("accept", "decline", "counter", "silence"), (55, 13, 12, 20 if not ends else 0)
        )[0]
        if answer == "accept":
            self.accept(n, ends=ends)
        elif answer == "decline":
            code = self.rng.choice(tuple(DECLINE_REASONS))
            self.then("decline", days=2, n=n, code=code, text=self.line(200))
        elif answer == "counter":
            self.then("counter", days=1, n=n, counter_on=self.day(due + 9), text=self.line(200))
            if ends or self.rng.random() < 0.5:
                self.then("agree", days=1, n=n)
                if ends:
                    self.done(n)

    def accept(self, n: int, *, ends: bool) -> None:
        promised = self.day(9)
        self.then("accept", days=2, n=n, promised_on=promised, text=self.line(200))
        if self.rng.random() < 0.15:
            self.then(
                "move", days=1, n=n, promised_on=promised + timedelta(days=5), reason=self.line(90)
            )
        if ends or self.rng.random() < 0.4:
            self.done(n)

    def done(self, n: int) -> None:
        code = self.rng.choice(tuple(DISPOSITIONS))
        self.then("done", days=self.rng.randint(1, 8), n=n, disposition=code, text=self.line(200))

    def end(self, untold: list[bool]) -> None:
        """Everybody is told, and it is closed."""
        for number, by_hand in enumerate(untold):
            if by_hand:
                self.then("tell", days=0, number=number, how="phone", text=self.talk.sentence())
        outcome = self.rng.choices(("fixed", "partly_fixed", "not_fixed", "referred"), (6, 2, 1, 1))
        self.then("close", days=1, outcome=outcome[0], text=self.talk.sentence(6, 30))
