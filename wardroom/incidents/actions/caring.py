"""Who holds which role, and what households need: counts by a label, never a name or a case."""

from __future__ import annotations

from collections.abc import Iterable

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.documents.gateways import must_be_kept
from wardroom.incidents import facts, policy, rules
from wardroom.incidents.actions.reporting import pass_reports_on
from wardroom.incidents.actions.standing import say_who_leads
from wardroom.incidents.actions.wording import incident_words
from wardroom.incidents.models import HouseholdNeed, Incident, IncidentDuty
from wardroom.incidents.queries.own import LEAD
from wardroom.incidents.rules.keeping import check_kept, check_stays_as_it_is
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.matters.rules import check_text


def begin_lead(incident: Incident, party: Party, *, stamp: Stamp) -> None:
    """Whoever takes an incident holds its first role."""
    IncidentDuty.objects.create(incident=incident, role=LEAD, party=party, since_at=stamp.at)


def is_at_scene(incident: Incident, party: Party) -> bool:
    """Whether it was this person who last said that they are there."""
    if incident.arrived_at is None:
        return False
    said = Entry.objects.filter(kind="ArrivalNoted", matter_key=str(incident.matter_id))
    last = said.order_by("-pk").values_list("actor_id", flat=True).first()
    return last is not None and last == party.user_id


def leave_scene(incident: Incident) -> None:
    """Nobody of the office is there any more; the ledger keeps since when somebody was."""
    incident.arrived_at, incident.mode = None, ""
    incident.save(update_fields=["arrived_at", "mode"])


@action(policy.may_run_incident)
def give_incident_role(
    incident: Incident, *, role: str, party: Party, note: str = "", stamp: Stamp
) -> IncidentDuty:
    """Give somebody a role; at the end of a shift, hand it over with a note of what to know.

    Whoever had it before has it no more at the same moment; with the first role goes the
    incident itself, and its next report. Refuses: an incident that nobody
    has, or that is over; a role that is none; somebody who has it already; a handover without
    a note. Records: `IncidentRoleGiven`.
    """
    _check_running(incident)
    if role not in rules.INCIDENT_ROLES:
        raise Refused("unknown_role", "Choose a role.", field="role")
    former = incident.duties.filter(role=role, until_at=None).select_related("party").first()
    if former is not None and former.party_id == party.pk:
        raise Refused("already_so", f"{party.name} has this role.", field="party")
    text = " ".join(note.split())[:1_000]
    if former is not None:
        text = check_text(
            note,
            code="note_missing",
            sentence="Say what the next person needs to know.",
            field="note",
            most=1_000,
        )
        former.until_at = stamp.at
        former.save(update_fields=["until_at"])
    made: IncidentDuty = IncidentDuty.objects.create(
        incident=incident, role=role, party=party, since_at=stamp.at, note=text
    )
    if role == LEAD:
        incident.taken_by = party
        incident.save(update_fields=["taken_by"])
        if former is not None and is_at_scene(incident, former.party):
            leave_scene(incident)
        pass_reports_on(incident, former.party if former is not None else None, stamp=stamp)
        say_who_leads(incident, party, stamp=stamp)
    fact = facts.IncidentRoleGiven(
        **incident_words(incident),
        role_label=rules.INCIDENT_ROLES[role],
        party_id=party.pk,
        party_name=party.name,
        former_name=former.party.name if former is not None else "",
        note=text,
    )
    record(fact, stamp=stamp)
    return made


@action(policy.may_run_incident)
def note_household(
    incident: Incident,
    *,
    label: str,
    adults: int = 0,
    children: int = 0,
    older: int = 0,
    pets: int = 0,
    languages: str = "",
    access: bool = False,
    needs: Iterable[str] = (),
    owner: Party | None = None,
    stamp: Stamp,
) -> HouseholdNeed:
    """Note what one home needs, or correct it under the same label; ``owner`` does the case work.

    The ledger says that it was done, and nothing of it. Refuses: no label, or one that could be
    a name or a number of a case; a need that is not on the list; an owner that is no agency.
    Where homes were removed, nothing more is kept; while what is kept is held, a new home can
    be added and none corrected. Records: `HouseholdNoted`.
    """
    check_kept(gone=incident.homes_gone_at is not None)
    if owner is not None and not owner.agency:
        raise Refused("not_an_agency", f"{owner.name} is not an agency.", field="owner")
    kept = {
        "adults": adults,
        "children": children,
        "older": older,
        "pets": pets,
        "languages": " ".join(languages.split())[:60],
        "access": access,
        "needs": rules.check_needs(needs),
        "owner": owner,
    }
    label = rules.check_label(label)
    if incident.households.filter(label=label).exists():
        check_stays_as_it_is(held=_is_held(incident))
    made, new = HouseholdNeed.objects.update_or_create(
        incident=incident,
        label=label,
        defaults=kept,
        create_defaults={**kept, "noted_at": stamp.at, "noted_by": stamp.actor.name[:120]},
    )
    record(facts.HouseholdNoted(**incident_words(incident), new=new), stamp=stamp)
    return made


@action(policy.may_run_incident)
def rename_household(
    incident: Incident, *, household_id: int, label: str, stamp: Stamp
) -> HouseholdNeed:
    """Give a home another label, where the first was wrong.

    Refuses: a household of another incident; a label that is none, could be a name, or is
    another home's; while what is kept is held. Records: `HouseholdNoted`.
    """
    check_stays_as_it_is(held=_is_held(incident))
    row = _household_of(incident, household_id)
    label = rules.check_label(label)
    if incident.households.exclude(pk=row.pk).filter(label__iexact=label).exists():
        raise Refused("label_taken", f"{label} is there already.", field="label")
    row.label = label
    row.save(update_fields=["label"])
    record(facts.HouseholdNoted(**incident_words(incident), new=False), stamp=stamp)
    return row


@action(policy.may_run_incident)
def take_household_out(incident: Incident, *, household_id: int, stamp: Stamp) -> None:
    """Take out a home that was noted by mistake: it counts in no sum, and what was noted goes.

    Refuses: a household of another incident; while what is kept is held.
    Records: `HouseholdTakenOut`.
    """
    check_stays_as_it_is(held=_is_held(incident))
    row = _household_of(incident, household_id)
    empty_household(row, label=f"(taken out {row.pk})")
    row.taken_out_at = stamp.at
    row.save()
    record(facts.HouseholdTakenOut(**incident_words(incident)), stamp=stamp)


def empty_household(row: HouseholdNeed, *, label: str) -> None:
    """Leave nothing of what was noted of a home; the caller saves it."""
    row.label, row.languages, row.needs, row.access = label, "", [], False
    row.adults = row.children = row.older = row.pets = 0
    row.owner, row.noted_by = None, ""


def _is_held(incident: Incident) -> bool:
    """Whether what was noted stays as it is: the officer says so, or a legal hold."""
    return bool(incident.homes_held_for) or must_be_kept("households", str(incident.pk))


def _household_of(incident: Incident, household_id: int) -> HouseholdNeed:
    """One home of an incident. Refuses: homes that were removed; one of another incident."""
    check_kept(gone=incident.homes_gone_at is not None)
    row: HouseholdNeed | None = incident.households.filter(pk=household_id).first()
    if row is None:
        raise Refused(
            "no_such_household", "Choose a household of this incident.", field="household"
        )
    return row


@action(policy.may_run_incident)
def follow_household_up(
    incident: Incident, *, household_id: int, hours: int, stamp: Stamp
) -> HouseholdNeed:
    """Note that the agency of a household was asked how it stands, after 24 or 72 hours.

    Refuses: a household of another incident, or without an agency; other hours; one that was
    followed up. Records: `HouseholdFollowedUp`.
    """
    check_kept(gone=incident.homes_gone_at is not None)
    row: HouseholdNeed | None = incident.households.filter(pk=household_id).first()
    if row is None or hours not in rules.FOLLOW_UPS:
        raise Refused(
            "no_such_household", "Choose a household of this incident.", field="household"
        )
    if row.owner_id is None:
        raise Refused(
            "no_case_owner", "Say first which agency looks after them.", field="household"
        )
    column = f"followed_{hours}_at"
    if getattr(row, column) is not None:
        raise Refused("already_followed", "This follow-up is noted already.")
    setattr(row, column, stamp.at)
    row.save(update_fields=[column])
    record(facts.HouseholdFollowedUp(**incident_words(incident), hours=hours), stamp=stamp)
    return row


def _check_running(incident: Incident) -> None:
    """Refuses: an incident that nobody has, or from which the office stood down."""
    if incident.taken_at is None:
        raise Refused("not_taken", "Somebody has to take this incident first.")
    if incident.stood_down_at is not None or incident.matter.state != "open":
        raise Refused("over", "The office stood down already.")
