"""Gathering the rows of a report, telling it from them, and keeping both."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.queries import get_liaison_of
from wardroom.kernel.addresses import house_in
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.models import Matter
from wardroom.matters.rules import Wait
from wardroom.reporting import facts, rules
from wardroom.reporting.models import Edition, FrozenRows, NamedMatter
from wardroom.reporting.queries.gathering import rows_for
from wardroom.reporting.queries.residents import names_of_residents_in
from wardroom.reporting.rules import telling
from wardroom.reporting.rules.moving_on import what_moved_on
from wardroom.reporting.rules.packing import matters_named, packed
from wardroom.reporting.rules.public import is_delicate

FRIDAY = timedelta(days=4)


def drafted(fresh: Edition, stamp: Stamp) -> Edition:
    """The edition of this name, drafted anew: the unsigned one there is, or a fresh one."""
    latest = latest_of(fresh, locked=True)
    if latest is not None:
        rules.check_move(latest.state, "draft again")
    edition = latest or fresh
    try:
        with transaction.atomic():
            freeze(edition, stamp)
    except IntegrityError:
        raise Refused(
            "already_drafted",
            "Somebody drafted this report a moment ago. Open it from the list.",
        ) from None
    record(facts.ReportDrafted(**named(edition)), stamp=stamp)
    keep_waiting(edition, stamp=stamp)
    return edition


def freeze(edition: Edition, stamp: Stamp) -> None:
    """Gather the rows, tell the report from them, and keep the rows beside it."""
    rows, sources = rows_for(edition, stamp.at)
    edition.method = _method_of(edition)
    edition.facts = telling.told(rows, edition.method)
    meant = rules.DEFINITIONS_OF[edition.report]
    edition.definitions = {code: meant[code] for code in telling.codes_in(edition.facts)}
    edition.sources = sources
    edition.drafted_at = stamp.at
    edition.save()
    content, sha256 = packed(rows)
    FrozenRows.objects.update_or_create(
        edition=edition, defaults={"content": content, "sha256": sha256}
    )
    _note_names(edition, matters_named(rows, edition.facts))


def _note_names(edition: Edition, named: set[int]) -> None:
    """Keep of which matters an edition tells, so that they stay as long as it does."""
    rows = NamedMatter.objects.filter(edition=edition)
    known = set(rows.order_by().values_list("matter_id", flat=True))
    if known - named:
        rows.filter(matter_id__in=known - named).delete()
    there = Matter.objects.filter(pk__in=named - known).order_by("pk")
    if named - known:
        NamedMatter.objects.bulk_create(NamedMatter(edition=edition, matter=m) for m in there)


def _method_of(edition: Edition) -> str:
    """The newest method; for the public a correction is told as what it corrects.

    What one method hides could be computed from what another shows of the same numbers.
    """
    if edition.report != rules.MONTHLY or edition.version == 1:
        return telling.NEWEST[edition.report]
    first = Edition.objects.filter(
        report=edition.report, ward_code=edition.ward_code, area=edition.area, week=edition.week
    )
    return str(first.order_by("version").values_list("method", flat=True)[0])


def check_up_to_date(edition: Edition, stamp: Stamp) -> None:
    """Refuses a draft that would say something else if it were drawn again now."""
    rows, _ = rows_for(edition, stamp.at)
    moved = what_moved_on(edition.facts, telling.told(rows, _method_of(edition)))
    if moved:
        raise Refused(
            "numbers_older",
            f"Things changed since this was drafted, so it was not signed. {'. '.join(moved)}."
            " Count again and read it, or sign it as it is.",
        )


def keep_waiting(edition: Edition, *, stamp: Stamp) -> None:
    """A draft waits for the ward's liaison until Friday of its week; a signed report does not."""
    if edition.report != rules.WEEKLY:
        return
    week = rules.week_named(edition.week, zone=settings.TIME_ZONE)
    waits = edition.state == rules.DRAFT
    wait_for(
        "edition",
        str(edition.pk),
        Wait("report", week.starts_on + FRIDAY) if waits else None,
        party=get_liaison_of(edition.ward_code, on=localdate(stamp.at)),
        title=f"Weekly report of Ward {edition.ward_code}, {edition.week}",
        ward_code=edition.ward_code,
        stamp=stamp,
    )


def check_names_nobody(edition: Edition, said: dict[str, str]) -> None:
    """Refuses words in which somebody who complained in the ward is named.

    In a report for the public nobody is named who complained in any ward.
    """
    check_no_resident(said, ward="" if edition.report == rules.MONTHLY else edition.ward_code)


def check_fit_for_the_public(edition: Edition, said: dict[str, str]) -> None:
    """Refuses, in a report for the public, an address of a house, and words about encampments."""
    if edition.report == rules.MONTHLY:
        check_no_house_nor_tent(said)


def check_public_words(said: dict[str, str]) -> None:
    """Refuses words for the public that name a resident, a house or an encampment."""
    check_no_resident(said, ward="")
    check_no_house_nor_tent(said)


def check_no_resident(said: dict[str, str], *, ward: str) -> None:
    """Refuses words that name somebody who complained in a ward, or in any without one."""
    if not any(said.values()):
        return
    names = names_of_residents_in(ward)
    for field, text in said.items():
        found = names.found_in(text)
        if found:
            raise Refused(
                "names_a_resident",
                f"“{found[0]}” reported something here, and a report names no resident."
                " Write “a resident”.",
                field=field,
            )


def check_no_house_nor_tent(said: dict[str, str]) -> None:
    """Refuses words that name an address of a house, or tell of encampments."""
    for field, text in said.items():
        house = house_in(text)
        if house:
            raise Refused(
                "names_a_house",
                f"“{house}” is somebody's address, and the public reads this. Write the block.",
                field=field,
            )
        if is_delicate(text):
            raise Refused(
                "names_an_encampment",
                "Encampments, shelters and victims do not stand in a report for the public;"
                " leave this out.",
                field=field,
            )


def latest_of(edition: Edition, *, locked: bool = False) -> Edition | None:
    """The newest version of a report, whichever version is given."""
    rows = Edition.objects.filter(
        report=edition.report,
        ward_code=edition.ward_code,
        area=edition.area,
        week=edition.week,
    )
    if locked:
        rows = rows.select_for_update()
    latest: Edition | None = rows.order_by("-version").first()
    return latest


def named(edition: Edition) -> dict[str, Any]:
    """What every line about an edition says of it."""
    return {
        "edition_id": edition.pk,
        "report": edition.report,
        "ward_code": edition.ward_code,
        "area": edition.area,
        "week": edition.week,
        "version": edition.version,
    }
