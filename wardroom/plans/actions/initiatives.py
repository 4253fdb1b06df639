"""Opening an initiative or a campaign, and a ward's part in a campaign."""

from __future__ import annotations

from datetime import date

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import District
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.matters.actions import link_matters, open_matter, say_where_it_stands
from wardroom.matters.models import Matter
from wardroom.plans import policy, rules


@action(policy.may_open_initiative)
def open_initiative(
    campaign: Matter | None,
    *,
    kind: str,
    title: str,
    about: str,
    lead: Party,
    next_on: date,
    next_step: str = "",
    ward: District | None = None,
    stamp: Stamp,
) -> Matter:
    """Open something that several agencies do together, in a ward or citywide, with a lead.

    With ``campaign`` it is a ward's part in that campaign, and both say so.
    Refuses: a kind that is neither; a part that is itself a campaign; a campaign that is
    closed; no title; a lead who does not work there; a next date that is over.
    Records: `MatterOpened`, `StandingWritten`, and `MattersLinked` for a part.
    """
    rules.check_initiative(kind, part=campaign is not None)
    if campaign is not None and (campaign.kind != "campaign" or campaign.state != "open"):
        raise Refused("no_campaign", "This is no campaign that is open.", field="campaign")
    matter = open_matter(
        None,
        kind=kind,
        title=title,
        owner=lead,
        next_on=next_on,
        next_step=next_step,
        ward=ward,
        stamp=stamp,
    )
    if about.strip():
        matter = say_where_it_stands(matter, text=about, stamp=stamp)
    if campaign is not None:
        link_matters(matter, other=campaign, kind="part", stamp=stamp)
    return matter
