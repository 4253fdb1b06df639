"""What was found at an agency's stops that it has not been told, and the words of the mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.directory.models import Party
from wardroom.fieldwork.models import SpotCheck
from wardroom.fieldwork.queries.disputes import AROUND, BAD, calendar_around
from wardroom.fieldwork.rules import SPOT_FINDINGS, disputes
from wardroom.kernel.business_time import Due
from wardroom.kernel.text import long_day


def agencies_to_tell(*, at: datetime) -> tuple[Party, ...]:
    """The agencies at whose stops something was found that they have not been told."""
    codes = {check.stop.agency for check in _disputable(_untold(at), at)}
    return tuple(Party.objects.filter(agency=True, code__in=codes).order_by("code"))


def untold_findings(agency: str, *, at: datetime) -> tuple[SpotCheck, ...]:
    """What it has not been told and can still dispute, in the order in which it was seen.

    Nothing of a matter that is restricted: such things go into no mail.
    """
    rows = _untold(at).filter(stop__agency=agency)
    return tuple(_disputable(rows.order_by("seen_at", "pk"), at))


def findings_letter(check_ids: Iterable[int]) -> tuple[str, str]:
    """The subject and the words of the mail about these findings."""
    rows = SpotCheck.objects.filter(pk__in=list(check_ids)).select_related("stop")
    checks = list(rows.order_by("seen_at", "pk"))
    number = f"{len(checks)} finding{'s' * (len(checks) != 1)}"
    untils = _untils(checks)
    lines = "\n\n".join(_lines(check, untils[check.pk]) for check in checks)
    text = (
        "The mayor's office looked at work that your agency closed, chosen at random. It found the"
        " following. If a finding is wrong, say so on its page, by the time given there.\n\n"
        f"{lines}"
        f"\n\nAll of it, for those who sign in:\n{settings.SITE}{reverse('found')}\n\n"
        "Sent by Wardroom. What counts is what is said on the page."
    )
    return f"Spot checks: {number} at work your agency closed", text


def _untold(at: datetime) -> Any:
    """What no agency was told; what was seen too long ago to be disputed is left out."""
    rows = SpotCheck.objects.filter(BAD, stands=True, told_at__isnull=True, stop__dispute=None)
    rows = rows.exclude(stop__agency="").exclude(stop__ask__matter__restricted=True)
    return rows.filter(seen_at__gte=at - AROUND).select_related("stop")


def _disputable(rows: Iterable[SpotCheck], at: datetime) -> list[SpotCheck]:
    checks = list(rows)
    untils = _untils(checks)
    return [check for check in checks if at <= untils[check.pk].due_at]


def _untils(checks: Sequence[SpotCheck]) -> Mapping[int, Due]:
    """Until when each of them can be disputed, by one calendar."""
    looks = [check.seen_at for check in checks]
    if not looks:
        return {}
    days = calendar_around(min(looks), max(looks))
    return {check.pk: disputes.disputable_until(check.seen_at, days) for check in checks}


def _lines(check: SpotCheck, until: Due) -> str:
    stop = check.stop
    page = settings.SITE + reverse("found_one", args=[stop.pk])
    return (
        f"{stop.label} ({stop.kind_name}), closed {long_day(stop.closed_on)}\n"
        f"{SPOT_FINDINGS[check.finding]}, seen {long_day(localdate(check.seen_at))}\n"
        f"Can be disputed until {disputes.when(until)}:\n{page}"
    )
