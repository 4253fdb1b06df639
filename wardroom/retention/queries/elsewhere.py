"""What is disposed of on pages of its own, as a legal hold asks for it.

Whatever such a page empties is looked through here, so that no word of it goes under a hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from wardroom.hiring.models import Answer, Application, Declaration, Posting, Score, StageMove
from wardroom.incidents.models import HouseholdNeed, Incident
from wardroom.notices.queries import mail_hold, mail_that_goes
from wardroom.office.models import ResidencyClock, Term, Training
from wardroom.retention.gateways import hold_the_door
from wardroom.retention.queries.holding import holding, standing_holds
from wardroom.retention.rules.holds import Traits


def is_held(class_code: str, key: str) -> bool:
    """Whether a legal hold keeps this record; none is placed until the asker's commit ends.

    While mail is held after a restoration every record is kept: the holds that were placed
    since the backup are gone, and nobody has placed them again yet. The homes of an incident
    that still runs can be cared for.

    ``key`` is its number, or noun:number in a class that has several sorts of records.
    """
    hold_the_door()
    if mail_hold() is not None and not _runs(class_code, key):
        return True
    holds = standing_holds()
    if not holds:
        return False
    noun, _, number = key.rpartition(":")
    return holding(_TRAITS[class_code, noun](int(number)), holds) is not None


def _runs(class_code: str, key: str) -> bool:
    rows = Incident.objects.filter(matter__state="open")
    return class_code == "households" and rows.filter(pk=int(key)).exists()


def _hiring(key: int) -> Traits:
    posting = Posting.objects.get(pk=key)
    rows = list(posting.applications.order_by("pk"))
    ids = [row.pk for row in rows]
    answers = Answer.objects.filter(application__in=ids)
    moves: QuerySet[Any] = StageMove.objects.filter(application__in=ids)
    scores: QuerySet[Any] = Score.objects.filter(application__in=ids).select_related("user")
    declared: QuerySet[Any] = Declaration.objects.filter(application__in=ids).select_related("user")
    mail = mail_that_goes("application", [str(number) for number in ids])
    members: QuerySet[Any] = posting.members.select_related("user")
    panel = [row.user for row in (*scores, *declared, *members)]
    ended = localdate(posting.ended_at) if posting.ended_at is not None else date.max
    days = [*(at.at for at in (*moves, *scores, *declared)), *(row.saved_at for row in rows)]
    return Traits(
        class_code="hirings",
        unit=f"hiring:{key}",
        began_on=min(posting.opens_on, *_days(row.begun_at for row in rows)),
        ended_on=max(ended, mail.last_on, *_days(days)),
        people=(
            *(word for row in rows for word in (row.name, row.email, row.phone) if word),
            *map(str, panel),
            *mail.people,
        ),
        text="\n".join(
            [
                posting.title,
                *(posting.ended_for, posting.held_for, posting.lifted_for),
                *(posting.handed_for, posting.moved_for),
                *(word for row in rows for word in _sent(row)),
                *(row.text for row in answers),
                *(word for row in moves for word in (row.reason, row.told, row.by_name)),
                *(row.words for row in (*scores, *declared)),
                mail.text,
            ]
        ),
    )


def _days(instants: Iterable[datetime]) -> Iterable[date]:
    return [localdate(at) for at in instants]


def _sent(row: Application) -> tuple[str, ...]:
    return (row.pasted, row.file_name, row.lives_here, row.discussed_for, str(row.receipt))


def _homes(key: int) -> Traits:
    incident = Incident.objects.select_related("matter__place").get(pk=key)
    rows, matter = list(incident.households.select_related("owner").order_by("pk")), incident.matter
    return Traits(
        class_code="households",
        within=("incidents",),
        unit=f"matter:{matter.pk}",
        began_on=localdate(matter.opened_at),
        ended_on=localdate(matter.closed_at) if matter.closed_at is not None else date.max,
        people=tuple(word for row in rows for word in (row.label, row.noted_by) if word),
        places=(str(matter.place),) if matter.place is not None else (),
        text="\n".join([matter.title, matter.standing, *(_needed(row) for row in rows)]),
    )


def _needed(row: HouseholdNeed) -> str:
    owner = row.owner.name if row.owner is not None else ""
    return f"{row.needs}\n{row.languages}\n{owner}"


def _training(key: int) -> Traits:
    row = Training.objects.select_related("party", "certificate").get(pk=key)
    paper = row.certificate.name if row.certificate is not None else ""
    return Traits(
        class_code="staff",
        unit=f"training:{key}",
        began_on=row.held_on,
        ended_on=row.expires_on or row.held_on,
        people=(row.party.name, row.noted_by),
        text=f"{row.title}\n{row.provider}\n{row.cost_reference}\n{paper}",
    )


def _term(key: int) -> Traits:
    row = Term.objects.select_related("party", "home_agency").get(pk=key)
    lines, home = list(row.lines.order_by("pk")), row.home_agency
    homes = (row.home_name, home.name if home is not None else "")
    over = [localdate(row.over_at)] if row.over_at is not None else []
    return Traits(
        class_code="staff",
        unit=f"term:{key}",
        began_on=row.since_on,
        ended_on=max([row.until_on, *over, *(localdate(line.at) for line in lines)]),
        people=(row.party.name, row.consent_seen_by, row.checked_by, *(line.by for line in lines)),
        text="\n".join(
            [row.memorandum, row.duties, row.over_why, row.consent_from, *homes]
            + [line.reason for line in lines]
        ),
    )


def _proofs(key: int) -> Traits:
    row = ResidencyClock.objects.select_related("party").get(pk=key)
    proofs, decisions = list(row.proofs.order_by("pk")), list(row.decisions.order_by("pk"))
    days = [row.due_on, row.proved_on, row.ended_on, *(proof.seen_on for proof in proofs)]
    return Traits(
        class_code="staff",
        unit=f"residency:{key}",
        began_on=row.appointed_on,
        ended_on=max(day for day in days if day is not None),
        people=(row.party.name, *(one.seen_by for one in proofs), *(one.by for one in decisions)),
        text="\n".join(
            [row.appointed_as, *(str(one.kinds) for one in proofs)]
            + [one.reason for one in decisions]
        ),
    )


_TRAITS: Mapping[tuple[str, str], Callable[[int], Traits]] = {
    ("hirings", ""): _hiring,
    ("households", ""): _homes,
    ("staff", "training"): _training,
    ("staff", "term"): _term,
    ("staff", "residency"): _proofs,
}
