"""The lives that the benchmark draws, played through the house's own actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from bench.office.lives import Step
from wardroom.access.actor import Stamp, Window
from wardroom.access.models import User
from wardroom.access.queries import actor_for
from wardroom.casework.actions import close_issue, note_reporter_told, take_complaint
from wardroom.casework.models import Complaint
from wardroom.city.models import Membership, Place
from wardroom.directory.models import Party
from wardroom.directory.queries import get_agency, get_liaison_of
from wardroom.matters import actions
from wardroom.matters.models import Ask, Matter

ANSWERS: Mapping[str, Callable[..., Any]] = {
    "accept": actions.accept_ask,
    "decline": actions.decline_ask,
    "counter": actions.counter_ask,
    "move": actions.move_promise,
    "done": actions.report_done,
}
MOVES: Mapping[str, Callable[..., Any]] = {
    "next": actions.set_next_step,
    "stand": actions.say_where_it_stands,
    "contact": actions.log_contact,
    "note": actions.capture_line,
    "close": close_issue,
}


class Office:
    """The people who do it, and what they have done so far."""

    def __init__(self) -> None:
        self.matters: dict[int, int] = {}
        self.asks: dict[tuple[int, Any], int] = {}

    def play(self, steps: Iterable[tuple[int, Step]]) -> None:
        """Take all steps; each in the name of who would take it."""
        for life, step in steps:
            self.take(life, step.verb, step.at, dict(step.words))

    def take(self, life: int, verb: str, at: datetime, words: dict[str, Any]) -> None:
        if verb in {"take", "voice"}:
            self.complain(life, at, words)
            return
        matter = Matter.objects.get(pk=self.matters[life])
        stamp = liaison_stamp(matter.ward_code, at)
        if verb in MOVES:
            MOVES[verb](matter, **words, stamp=stamp)
        elif verb in ANSWERS:
            ask = Ask.objects.get(pk=self.asks[life, words.pop("n")])
            ANSWERS[verb](ask, **words, stamp=partner_stamp(ask.agency_code, at))
        elif verb == "agree":
            ask = Ask.objects.get(pk=self.asks[life, words["n"]])
            actions.agree_counter(ask, stamp=stamp)
        elif verb == "ask":
            draft = actions.AskDraft(get_agency(words["agency"]), words["wording"], words["due_on"])
            (ask,) = actions.ask_agencies(matter, drafts=[draft], stamp=stamp)
            self.asks[life, words["n"]] = ask.pk
        elif verb == "task":
            ask = actions.add_task(matter, party=matter.owner, **words, stamp=stamp)
            self.asks[life, "task"] = ask.pk
        elif verb == "finish":
            ask = Ask.objects.get(pk=self.asks[life, "task"])
            actions.finish_task(ask, **words, stamp=stamp)
        elif verb == "restrict":
            actions.restrict_matter(matter, readers=[], **words, stamp=stamp)
        else:
            assert verb == "tell"
            complaint = matter.complaints.order_by("pk")[words.pop("number")]
            note_reporter_told(matter, complaint_id=complaint.pk, **words, stamp=stamp)

    def complain(self, life: int, at: datetime, words: dict[str, Any]) -> None:
        onto = Matter.objects.filter(pk=self.matters.get(life, 0)).first()
        place = Place.objects.get(pk=words["place"]) if onto is None else onto.place
        assert place is not None
        reporter = Party.objects.filter(pk=words["reporter"] or 0).first()
        complaint: Complaint = take_complaint(
            place,
            said=words["said"],
            channel=words["channel"],
            topic_code=words.get("topic", ""),
            reporter=reporter,
            reporter_typed=words["typed"],
            anonymous=reporter is None and not words["typed"],
            request_number=words["number"],
            onto=onto,
            stamp=liaison_stamp(ward_of(place), at),
        )
        self.matters[life] = complaint.matter.pk


def ward_of(place: Place) -> str:
    """The ward in which a place lies."""
    return Membership.objects.get(place=place, district__boundary_set__kind="ward").district.code


def liaison_stamp(ward: str, at: datetime) -> Stamp:
    """The stamp of the liaison of a ward."""
    party = get_liaison_of(ward, on=at.date())
    assert party is not None
    return stamp_of(party.user, at)


def partner_stamp(agency: str, at: datetime) -> Stamp:
    """The stamp of somebody at an agency."""
    return stamp_of(User.objects.get(grants__agency_code=agency), at)


def stamp_of(user: User | None, at: datetime) -> Stamp:
    return Stamp(actor=actor_for(user, on=at.date()), at=at, window=Window.WEB)
