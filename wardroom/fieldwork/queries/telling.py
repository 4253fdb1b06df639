"""What was found at an agency's stops that it has not been told, and the words of the mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.directory.models import Party
from wardroom.fieldwork.models import SpotCheck
from wardroom.fieldwork.queries.disputes import BAD, calendar_around
from wardroom.fieldwork.rules import SPOT_FINDINGS, disputes
from wardroom.kernel.business_time import Due
from wardroom.kernel.text import long_day


def agencies_to_tell(*, at: datetime) -> tuple[Party, ...]:
    """The agencies at whose stops something was found that they have not been told."""
    codes = _untold().values_list("stop__agency", flat=True)
    agencies = Party.objects.filter(agency=True, code__in=set(codes)).order_by("code")
    return tuple(agency for agency in agencies if untold_findings(agency.code, at=at))


def untold_findings(agency: str, *, at: datetime) -> tuple[SpotCheck, ...]:
    """What it has not been told and can still dispute, in the order in which it was seen.

    Nothing of a matter that is restricted: such things go into no mail.
    """
    rows = _untold().filter(stop__agency=agency).order_by("seen_at", "pk")
    return tuple(row for row in rows if at <= _until(row).due_at)


def findings_letter(check_ids: Iterable[int]) -> tuple[str, str]:
    """The subject and the words of the mail about these findings."""
    rows = SpotCheck.objects.filter(pk__in=list(check_ids)).select_related("stop")
    checks = list(rows.order_by("seen_at", "pk"))
    number = f"{len(checks)} finding{'s' * (len(checks) != 1)}"
    lines = "\n\n".join(_lines(check) for check in checks)
    text = (
        "The mayor's office looked at work that your agency closed, chosen by lot. It found the"
        " following. If a finding is wrong, say so on its page, by the time given there.\n\n"
        f"{lines}"
        f"\n\nAll of it, for those who sign in:\n{settings.SITE}{reverse('found')}\n\n"
        "Sent by Wardroom. What counts is what is said on the page."
    )
    return f"Spot checks: {number} at work your agency closed", text


def _untold() -> Any:
    rows = SpotCheck.objects.filter(BAD, stands=True, told_at__isnull=True, stop__dispute=None)
    rows = rows.exclude(stop__agency="").exclude(stop__ask__matter__restricted=True)
    return rows.select_related("stop")


def _until(check: SpotCheck) -> Due:
    return disputes.disputable_until(check.seen_at, calendar_around(check.seen_at, check.seen_at))


def _lines(check: SpotCheck) -> str:
    stop = check.stop
    page = settings.SITE + reverse("found_one", args=[stop.pk])
    return (
        f"{stop.label} ({stop.kind_name}), closed {long_day(stop.closed_on)}\n"
        f"{SPOT_FINDINGS[check.finding]}, seen {long_day(localdate(check.seen_at))}\n"
        f"Can be disputed until {disputes.when(_until(check))}:\n{page}"
    )
