"""Keeping real contacts beside the lines and events that they are, in the same commit.

The rows repeat what the ledger and the calendar hold: they record no fact of their own, and
can be made anew from both at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any, TypeVar, cast

from django.db import transaction
from django.utils.timezone import localdate

from wardroom.access.gate import guard_pass
from wardroom.calendar.facts import AttendanceRecorded, EventHeld
from wardroom.calendar.models import Participation
from wardroom.calendar.rules import COME, HELD
from wardroom.directory.facts import ContactPointBounced, PartyDescribed
from wardroom.directory.models import Party
from wardroom.engagement.models import RealContact
from wardroom.engagement.queries.belonging import Homes, smds_of_places
from wardroom.kernel.facts import Fact, Ref
from wardroom.ledger.facts import MentionResolved
from wardroom.ledger.models import About, Entry
from wardroom.matters.facts import ContactLogged

LOGGED = ContactLogged.__name__
BOUNCED = ContactPointBounced.__name__
COMES_BACK_WITHIN = timedelta(days=7)
AT_ONCE = 2000
EVENT = "event"
T = TypeVar("T")


def keep_contacts(entry: Entry, fact: Fact) -> None:
    """Keep the real contacts that a line says or changes; hears of every line.

    Refuses nothing, but must be called inside an action. Records: nothing of its own.
    """
    keeper = _KEEPERS.get(type(fact))
    if keeper is not None:
        keeper(entry, fact)


def count_contacts_anew() -> int:
    """Make all real contacts anew, in one commit, from the ledger and the calendar.

    Returns how many there are. Refuses nothing. Records: nothing of its own.
    """
    with transaction.atomic(), guard_pass("real contacts are counted anew"):
        RealContact.objects.all()._raw_delete(RealContact.objects.db)
        homes = Homes()
        for rows in _some(_all_of_lines(homes)):
            RealContact.objects.bulk_create(rows, ignore_conflicts=True)
        came = _came().order_by("event", "pk")
        RealContact.objects.bulk_create(_of_events(came, homes), batch_size=AT_ONCE)
        for party, at in _bounces():
            _take_back(party, localdate(at))
        return RealContact.objects.count()


def _all_of_lines(homes: Homes) -> Iterator[RealContact]:
    abouts = About.objects.filter(noun="party", entry__kind=LOGGED).select_related("entry")
    for some in _some(abouts.order_by("pk").iterator(AT_ONCE)):
        yield from _of_lines([(a.entry, int(a.key)) for a in some], homes)


def _some(things: Iterable[T]) -> Iterator[list[T]]:
    left = iter(things)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _bounces() -> Iterable[tuple[int, Any]]:
    lines = About.objects.filter(noun="party", entry__kind=BOUNCED).order_by("entry")
    lines = lines.filter(entry__body__channel="email")
    return [(int(key), at) for key, at in lines.values_list("key", "entry__at")]


def _of_lines(pairs: list[tuple[Entry, int]], homes: Homes) -> list[RealContact]:
    """A row for each party of a line that logged a contact."""
    places = {e.body["place_id"] for e, _ in pairs if e.body.get("place_id")}
    smds: Mapping[int, str] = smds_of_places(places) if places else {}
    found = (_of_line(entry, party, homes, smds) for entry, party in pairs)
    return [row for row in found if row is not None]


def _of_line(
    entry: Entry, party_id: int, homes: Homes, smds: Mapping[int, str]
) -> RealContact | None:
    body, on = entry.body, localdate(entry.at)
    hint = smds.get(body.get("place_id") or 0, "")
    home = homes.of(party_id, on, smd=hint, ward=entry.ward_code)
    if home is None:
        return None
    return RealContact(
        party_id=party_id,
        line=entry,
        matter_id=body.get("matter_id"),
        on=on,
        channel=body.get("channel", "phone"),
        ward_code=home.ward_code,
        smd_code=home.smd_code,
        language=_language(body, home.language),
        group_kind=home.group_kind,
    )


def _language(body: Mapping[str, Any], theirs: str) -> str:
    """The language in which it was held, where somebody wrote that down; else their own.

    English says little: it is what is written down of everybody of whom nobody asked.
    """
    spoken = str(body.get("language", ""))
    return theirs if spoken in ("", "en") else spoken


def _came() -> Any:
    """Who was there at events that were held."""
    rows = Participation.objects.filter(event__state=HELD, attended__in=COME)
    return rows.filter(party__isnull=False).select_related("event", "seat")


def _of_events(rows: Iterable[Any], homes: Homes) -> list[RealContact]:
    """A row for each party at an event, once, whatever seats they sat there for."""
    found = {(row.event_id, row.party_id): row for row in rows}
    smds = smds_of_places({r.event.place_id for r in found.values() if r.event.place_id})
    made = []
    for (_, party_id), row in found.items():
        event = row.event
        on = localdate(event.starts_at)
        hint = (row.seat.smd_code if row.seat else "") or smds.get(event.place_id, "")
        home = homes.of(party_id, on, smd=hint, ward=event.ward_code)
        if home is not None:
            made.append(
                RealContact(
                    party_id=party_id,
                    event=event,
                    matter_id=event.matter_id,
                    on=on,
                    channel=EVENT,
                    ward_code=home.ward_code,
                    smd_code=home.smd_code,
                    language=home.language,
                    group_kind=home.group_kind,
                )
            )
    return made


def _keep_logged(entry: Entry, fact: ContactLogged) -> None:
    if fact.parties:
        pairs = [(entry, party) for party in fact.parties]
        RealContact.objects.bulk_create(_of_lines(pairs, Homes(fact.parties)))


def _keep_resolved(_: Entry, fact: MentionResolved) -> None:
    """A name in a logged contact turned out to be somebody known."""
    line = Entry.objects.filter(pk=fact.entry, kind=LOGGED).first() if _is_party(fact) else None
    if line is not None:
        rows = _of_lines([(line, int(fact.key))], Homes([int(fact.key)]))
        RealContact.objects.bulk_create(rows, ignore_conflicts=True)


def _is_party(fact: MentionResolved) -> bool:
    return Ref(fact.noun, fact.key).noun == "party"


def _keep_held(_: Entry, fact: EventHeld) -> None:
    _keep_came(_came().filter(event=fact.event_id))


def _keep_attended(_: Entry, fact: AttendanceRecorded) -> None:
    if fact.party_id is not None:
        RealContact.objects.filter(event=fact.event_id, party=fact.party_id).delete()
        _keep_came(_came().filter(event=fact.event_id, party=fact.party_id))


def _keep_came(came: Any) -> None:
    rows = list(came.order_by("pk"))
    if rows:
        RealContact.objects.bulk_create(_of_events(rows, Homes({row.party_id for row in rows})))


def _keep_bounced(entry: Entry, fact: ContactPointBounced) -> None:
    if fact.channel == "email":
        _take_back(fact.party_id, localdate(entry.at))


def _take_back(party_id: int, on: date) -> None:
    """What was mailed in the week before the address turned out dead did not reach them."""
    mailed = RealContact.objects.filter(party=party_id, channel="email", on__lte=on)
    mailed.filter(on__gt=on - COMES_BACK_WITHIN).update(bounced=True)


def _keep_described(_: Entry, fact: PartyDescribed) -> None:
    """Which language they speak, and what kind of group they are, is known better now."""
    party = Party.objects.get(pk=fact.party_id)
    rows = list(RealContact.objects.filter(party=party).select_related("line"))
    for row in rows:
        row.language = _language(row.line.body if row.line else {}, party.language)
        row.group_kind = party.organisation_kind or row.group_kind
    RealContact.objects.bulk_update(rows, ["language", "group_kind"])


_KEEPERS = cast(
    "Mapping[type[Fact], Callable[[Entry, Any], None]]",
    {
        ContactLogged: _keep_logged,
        MentionResolved: _keep_resolved,
        EventHeld: _keep_held,
        AttendanceRecorded: _keep_attended,
        ContactPointBounced: _keep_bounced,
        PartyDescribed: _keep_described,
    },
)
