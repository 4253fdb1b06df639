"""What goes out about an event: public words, invitations by mail, and who speaks there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from wardroom.calendar import actions
from wardroom.calendar.queries import SharedEvent, get_event, get_mandate, get_participation
from wardroom.directory.queries import get_colleague
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.ui.forms import Form, LongText, PlainForm, choose
from wardroom.web.ui.tables import Cell, Column, Table, Tag, table

SPEAKERS = (Column("Who"), Column("For it"), Column("Against it"))


class PublicForm(Form):
    """The words that everybody may read."""

    name = "public"

    public_title = forms.CharField(label="Title for the public", max_length=200)
    public_text = LongText(
        label="What the public reads",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="No resident, no house number. Day, time and place are added.",
    )


class InviteForm(Form):
    """Where the invitation goes."""

    name = "invite"

    row = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    address = forms.EmailField(label="E-mail", required=False)


class SpeakerForm(Form):
    """Who speaks for the Mayor, and the limits of it."""

    name = "speaker"

    party = forms.TypedChoiceField(label="Who", coerce=int)
    may_promise = LongText(
        label="They may promise",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Such as: a visit, an answer by a day, what is in an agreed plan.",
    )
    may_not_promise = LongText(
        label="They may not promise",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Such as: money, a day for another agency, anything in court.",
    )

    def __init__(self, *args: Any, shared: SharedEvent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "party", [(one.party_id, one.name) for one in shared.speakers])


class DeclineForm(Form):
    """Why somebody cannot speak there."""

    name = "decline"

    why = forms.CharField(label="Why not?", max_length=280)


class ReleaseForm(Form):
    """Why somebody does not have to speak there."""

    name = "release"

    why = forms.CharField(label="Why?", max_length=300)


def forms_of(shared: SharedEvent, data: Any = None) -> dict[str, Form]:
    """The forms of all this, by their verbs."""
    words = {"public_title": shared.public_title, "public_text": shared.public_text}
    return {
        "publish": PublicForm(data, initial=words),
        "withdraw": PlainForm(data),
        "invite": InviteForm(data),
        "assign": SpeakerForm(data, shared=shared),
        "accept": PlainForm(data),
        "decline": DeclineForm(data),
        "release": ReleaseForm(data),
    }


def publish(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    """Put it into the public calendar."""
    words = {"title": given["public_title"], "text": given["public_text"]}
    return actions.publish_event(event, **words, stamp=stamp_of(request))


def withdraw(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    """Take it out of the public calendar."""
    return actions.withdraw_public_words(event, stamp=stamp_of(request))


def invite(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    """Invite somebody who takes part by mail."""
    row = get_participation(given["row"], event.pk, actor_of(request))
    return actions.invite_participant(row, address=given["address"], stamp=stamp_of(request))


def assign(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    """Say who speaks for the Mayor."""
    party = get_colleague(given.pop("party"), actor_of(request), on=today_of(request))
    found = get_event(event.pk, actor_of(request))
    return actions.assign_speaker(found, party=party, **given, stamp=stamp_of(request))


def accept(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    """Say yes to speaking for the Mayor."""
    mandate = get_mandate(event.pk, actor_of(request))
    return actions.answer_assignment(mandate, answer="yes", stamp=stamp_of(request))


def decline(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    """Say no to it."""
    mandate = get_mandate(event.pk, actor_of(request))
    return actions.answer_assignment(mandate, answer="no", **given, stamp=stamp_of(request))


def release(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    """Say that they do not have to."""
    mandate = get_mandate(event.pk, actor_of(request))
    return actions.release_speaker(mandate, **given, stamp=stamp_of(request))


def speakers_table(shared: SharedEvent) -> Table:
    """Who could speak for the Mayor, the best first, with each reason."""
    rows = [
        (
            Cell(one.name, main=True, tags=() if one.free else (Tag("Not free", "warn"),)),
            Cell(". ".join(one.reasons)),
            Cell(". ".join(one.against)),
        )
        for one in shared.speakers
    ]
    empty = "Nobody who may speak for the Mayor works in this ward."
    return table("Who could speak, the best first", SPEAKERS, rows, empty=empty)
