"""Telling an agency, once a day, what the office found at its stops."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.fieldwork import facts, policy
from wardroom.fieldwork.models import SpotCheck
from wardroom.fieldwork.queries.telling import untold_findings
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record


@action(policy.may_tell_findings)
def tell_findings(agency: Party, *, stamp: Stamp) -> tuple[SpotCheck, ...]:
    """Tell an agency what was found at its stops since it was told last, so it can dispute it.

    Only what stands, was partly or not fixed, and can still be disputed. Refuses: nothing new.
    Records: `FindingsTold`, from which the mail follows.
    """
    checks = untold_findings(agency.code, at=stamp.at)
    if not checks:
        raise Refused("nothing_new", "Nothing was found that this agency has not been told.")
    SpotCheck.objects.filter(pk__in=[check.pk for check in checks]).update(told_at=stamp.at)
    fact = facts.FindingsTold(
        agency=agency.code,
        agency_id=agency.pk,
        check_ids=tuple(check.pk for check in checks),
        told_on=localdate(stamp.at),
    )
    record(fact, stamp=stamp)
    return checks
