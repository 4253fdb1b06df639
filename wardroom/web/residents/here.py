"""What the public form can say while it is filled in: place, danger, a guess, what is near by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from wardroom.casework.queries import (
    GroundOf,
    NearReport,
    SpotTyped,
    TopicGuess,
    block_near,
    ground_of_others,
    lies_inside,
    reports_near,
    spot_typed,
    topic_guess,
)
from wardroom.casework.rules import MOST_LETTERS, danger_code
from wardroom.casework.rules.tongues import Told
from wardroom.library.queries import PublicTopicRow, authorities, public_topics
from wardroom.library.rules.asking import Asked
from wardroom.library.rules.authorities import Authority, meant_by

UNSURE = "other"
MOST_OTHERS = 3
POWER_LINE = "power line"


@dataclass(frozen=True)
class Near:
    """Something near by as it is offered: its number, and what is said of it."""

    number: str
    text: str
    voices: str


@dataclass(frozen=True)
class Other:
    """Whom to call about what is not the city's; each word says whether it is in English."""

    name: str
    about: str
    phone: str
    hours: str
    english: frozenset[str]

    @property
    def dials(self) -> str:
        """The number as a phone dials it."""
        return "".join(letter for letter in self.phone if letter.isdigit() or letter == "+")


@dataclass(frozen=True, kw_only=True)
class Here:
    """What is known of what somebody is about to report, in their language.

    ``unknown`` is an address that nobody finds; ``by_photo`` says that the point is the one of
    a photograph, for want of another.
    """

    told: Told
    topics: tuple[PublicTopicRow, ...]
    topic: PublicTopicRow | None = None
    spot: SpotTyped | None = None
    outside: bool = False
    unknown: bool = False
    by_photo: bool = False
    typed: bool = False
    ground: GroundOf | None = None
    theirs: tuple[Authority, ...] = ()
    meant: tuple[Authority, ...] = ()
    danger: str = ""
    guess: TopicGuess | None = None
    reports: tuple[NearReport, ...] = ()

    @property
    def questions(self) -> tuple[Asked, ...]:
        """What is asked about the topic that was chosen."""
        return self.topic.questions if self.topic is not None else ()

    @property
    def notices(self) -> tuple[str, ...]:
        """What is only to be read about it."""
        return tuple(q.text_in(self.told.code) for q in self.questions if q.shown_only)

    @property
    def place_said(self) -> str:
        """What is understood of the place, as a sentence; empty where there is nothing to say."""
        words = self.told.form
        if self.outside:
            return words.wrong["place_outside"]
        if self.unknown:
            return words.wrong["place_unknown"]
        if self.spot is None or not self.spot.label:
            return ""
        meant = words.meant.format(place=self.spot.label)
        if not self.by_photo:
            return meant
        lost = words.wrong["place_unknown"] if self.typed else ""
        return " ".join(part for part in (lost, words.photo_placed, meant) if part)

    @property
    def ground_said(self) -> str:
        """Whose ground it is, and whom to call, where the city cannot help there."""
        if self.ground is None:
            return ""
        words = self.told.danger
        parts = [words.ground.format(owner=self.ground.owner)]
        if self.ground.phone and not _owners(self.theirs, self.ground):
            parts.append(words.ground_phone.format(phone=self.ground.phone))
        return " ".join(parts if self.theirs else [*parts, words.still_send])

    @property
    def others_of_place(self) -> tuple[Other, ...]:
        """Whom to call, by the place: by its ground, by its address, or where the city ends."""
        return tuple(_other(each, self.told) for each in self.theirs)

    @property
    def others_lead(self) -> str:
        """What is said before whom to call by the place; whose ground it is says it itself."""
        words = self.told.danger
        if self.outside:
            return words.others_outside
        return "" if self.ground is not None else words.others

    @property
    def others_of_words(self) -> tuple[Other, ...]:
        """Whom to call, by the words, where the place did not say it already."""
        rest = (each for each in self.meant if each not in self.theirs)
        return tuple(_other(each, self.told) for each in rest)

    @property
    def guess_said(self) -> str:
        """The topic that the words sound like, and how sure that is."""
        if self.guess is None or not self.guess.percent:
            return ""
        return self.told.form.guess.format(topic=self.guess_name, percent=self.guess.percent)

    @property
    def guess_name(self) -> str:
        """What the suggested topic is called."""
        code = self.guess.code if self.guess is not None else ""
        return next((named(self.told, row) for row in self.topics if row.code == code), "")

    @property
    def guess_basis(self) -> str:
        """What the suggestion is learned from."""
        found = self.guess
        if found is None or found.learned_on is None:
            return ""
        day = self.told.day(found.learned_on)
        return self.told.form.guess_basis.format(n=f"{found.sample:,}", day=day)

    @property
    def near(self) -> tuple[Near, ...]:
        """What was reported near by, as the page offers it."""
        words, name = self.told.form, named(self.told, self.topic)
        return tuple(
            Near(
                row.key,
                words.near_row.format(
                    topic=name,
                    place=_where(row, words.near_away.format(n=row.metres)),
                    day=self.told.day(row.since),
                ),
                " · ".join(
                    part
                    for part in (
                        words.voices[self.told.plural(row.voices)].format(n=row.voices),
                        row.number,
                    )
                    if part
                ),
            )
            for row in self.reports
        )


def _beyond(known: tuple[Authority, ...]) -> tuple[Authority, ...]:
    return tuple(each for each in known if each.outside)


def _meant(said: str, danger: str, known: tuple[Authority, ...]) -> tuple[Authority, ...]:
    """Whom to call by the words; a wire that is down is the power company's in any words."""
    meant = meant_by(said, known)
    first = meant_by(POWER_LINE, known) if danger == "wires" else ()
    return (*first, *(each for each in meant if each not in first))


def _owners(known: tuple[Authority, ...], ground: GroundOf | None) -> tuple[Authority, ...]:
    code = ground.code if ground is not None else ""
    return tuple(each for each in known if code and each.owner_code == code)


def _other(each: Authority, told: Told) -> Other:
    parts = ("name", "about", "hours")
    name, about, hours = (each.said_in(part, told.code) for part in parts)
    english = frozenset(part for part in parts if not each.is_said_in(part, told.code))
    return Other(name, about, each.phone, hours, english)


def _where(row: NearReport, away: str) -> str:
    return f"{row.place} ({away})" if row.place else away


def named(told: Told, topic: PublicTopicRow | None) -> str:
    """What a topic is called in a language; the one for everything else is for the unsure."""
    if topic is None:
        return ""
    return told.form.unsure if topic.code == UNSURE else topic.name_in(told.code)


def here_by(given: Mapping[str, str], told: Told, *, on: date, looks: bool) -> Here:
    """What is known of what was filled in; ``looks`` says whether anything is looked up."""
    topics = public_topics()
    topic = next((row for row in topics if row.code == given.get("topic_code")), None)
    if not looks:
        return Here(told=told, topics=topics, topic=topic)
    said = given.get("said", "")[:MOST_LETTERS]
    code = danger_code(said)
    address = given.get("place", "").strip()
    chosen = spot_given(given.get("spot", "")) or spot_typed(address, on=on)
    spot = chosen or spot_given(given.get("photo_spot", ""))
    inside = spot is not None and lies_inside(spot.latitude, spot.longitude, on=on)
    known = authorities()
    guess = topic_guess(said, frozenset(row.code for row in topics)) if topic is None else None
    here = Here(
        told=told,
        topics=topics,
        topic=topic,
        spot=spot,
        outside=spot is not None and not inside,
        theirs=_beyond(known) if spot is not None and not inside else meant_by(address, known),
        meant=_meant(said, code, known)[:MOST_OTHERS],
        unknown=spot is None and bool(address),
        by_photo=chosen is None and spot is not None,
        typed=bool(address),
        danger=told.danger.say[code] if code else "",
        guess=guess,
    )
    if spot is None or not inside:
        return here
    if not spot.label:
        spot = replace(spot, label=block_near(spot.latitude, spot.longitude, on=on))
    ground = ground_of_others(spot.latitude, spot.longitude, on=on)
    return Here(
        **{
            **vars(here),
            "spot": spot,
            "ground": ground,
            "theirs": _owners(known, ground) or here.theirs,
            "reports": reports_near(topic.code, spot.latitude, spot.longitude) if topic else (),
        }
    )


def spot_given(text: str) -> SpotTyped | None:
    """A point that was chosen on the map, or where the reader is; none where it is no point."""
    try:
        latitude, longitude = (float(part) for part in text[:60].split(","))
    except ValueError:
        return None
    return SpotTyped("", latitude, longitude)
