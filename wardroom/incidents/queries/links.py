"""What the bearer of a call's link sees: what happened, and whether somebody has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate, localtime

from wardroom.access.queries import actor_for
from wardroom.directory.models import Party
from wardroom.incidents import policy, rules
from wardroom.incidents.models import CallOut, Incident
from wardroom.incidents.queries.call_list import phones_of
from wardroom.kernel.errors import NotFound, Refused
from wardroom.kernel.text import clock, ended
from wardroom.notices.queries import open_key
from wardroom.notices.queries.keys import OPENS_NOTHING

CALL_OUT = "call_out"
TOKEN_LENGTH = 43


@dataclass(frozen=True)
class CallPage:
    """One call as its link shows it; looking changes nothing."""

    matter_id: int
    called: str
    kind_label: str
    title: str
    where_text: str
    words: str
    ward_code: str
    severity: int
    exercise: bool
    opened_at: datetime
    due_at: datetime
    waits: bool
    mine: bool
    opened: str
    map: str
    may_give_back: bool
    taken_by: str
    taken_at: datetime | None
    passed: bool
    over: bool

    @property
    def answers(self) -> bool:
        """Whether anything can be answered yet."""
        return not self.taken_by and not self.over


def call_page(token: str, *, at: datetime) -> CallPage:
    """The call behind a link. Refuses: `key_closed` where it opens nothing any more."""
    key = open_key(token, purpose=CALL_OUT, at=at)
    rows = CallOut.objects.select_related(
        "incident__matter__place", "incident__taken_by", "incident__opener", "party__user"
    )
    row = rows.filter(pk=int(key.key)).first()
    if row is None:
        raise NotFound(f"no call-out {key.key}")
    if not actor_for(row.party.user, on=localdate(at)).has(*policy.CALLED_ROLES):
        raise Refused("key_closed", OPENS_NOTHING)
    incident = row.incident
    return CallPage(
        matter_id=incident.matter_id,
        called=row.party.name,
        kind_label=rules.INCIDENT_KINDS[incident.kind_code].label,
        title=incident.matter.title,
        where_text=incident.where_text,
        words=incident.words,
        ward_code=incident.ward_code,
        severity=incident.severity,
        exercise=incident.exercise,
        opened_at=incident.opened_at,
        due_at=row.due_at,
        waits=row.state == rules.CALL_OPEN,
        mine=incident.taken_by_id == row.party_id,
        opened=opened_words(incident),
        map=map_link(incident),
        may_give_back=incident.stood_down_at is None and incident.matter.state == "open",
        taken_by=incident.taken_by.name if incident.taken_by is not None else "",
        taken_at=incident.has_since if incident.taken_by is not None else None,
        passed=row.state == rules.CALL_PASSED,
        over=incident.matter.state != "open",
    )


def opened_words(incident: Incident) -> str:
    """When and by whom it was opened, and how to reach them: by phone where that may be used."""
    if not incident.opened_by:
        return ""
    said = f"Opened at {clock(localtime(incident.opened_at).time())} by {incident.opened_by}"
    if incident.opener is None or not incident.opener.is_active:
        return ended(said)
    phone = phones_of(Party.objects.filter(user=incident.opener).values_list("pk", flat=True))
    return f"{said}: {', '.join([*phone.values(), incident.opener.email])}"


def map_link(incident: Incident) -> str:
    """Where a phone shows the place on a map; nothing where no point is known."""
    place = incident.matter.place
    if place is None or place.latitude is None or place.longitude is None:
        return ""
    link: str = settings.MAP_LINK
    # By replace, so that a link written wrong never stops a call-out.
    return link.replace("{lat}", f"{place.latitude:.5f}").replace("{lon}", f"{place.longitude:.5f}")


def get_due_call_outs(*, at: datetime) -> tuple[CallOut, ...]:
    """The last calls that nobody answered in time, or that all passed on; for the clock."""
    later = CallOut.objects.filter(incident=OuterRef("incident"), step__gt=OuterRef("step"))
    rows = CallOut.objects.filter(
        ~Exists(later),
        state__in=rules.WAITED_ON,
        due_at__lte=at,
        incident__taken_at=None,
        incident__exhausted_at=None,
        incident__matter__state="open",
    )
    return tuple(rows.select_related("incident").order_by("due_at", "pk"))
