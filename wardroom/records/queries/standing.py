"""Where a record that was found stands in the house: the matter that it is of."""

from __future__ import annotations

from wardroom.access.actor import Actor
from wardroom.documents.models import Attachment
from wardroom.ledger.models import Entry
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Matter
from wardroom.notices.queries import threads_of_mail
from wardroom.records import rules
from wardroom.records.models import FoundRecord


def matter_of(row: FoundRecord, actor: Actor) -> tuple[str, int] | None:
    """The matter at which a record stands, where this person may read it; None for none."""
    number = _matter_key(row.noun, row.key)
    if not number.isdigit():
        return None
    seen = Matter.objects.within(matters_policy.reach_inside(actor)).filter(destroyed_at=None)
    found: tuple[str, int] | None = seen.filter(pk=number).values_list("kind", "pk").first()
    return found


def _matter_key(noun: str, key: str) -> str:
    if noun == rules.MATTERS or not key.isdigit():
        return key if noun == rules.MATTERS else ""
    if noun == rules.LINES:
        rows = Entry.objects.filter(pk=key).order_by().values_list("matter_key", flat=True)
        return rows.first() or ""
    if noun == rules.FILES:
        lies = Attachment.objects.filter(document=int(key), removed_at=None).exclude(matter_key="")
        return lies.order_by("pk").values_list("matter_key", flat=True).first() or ""
    came, went = ([int(key)], []) if noun == rules.MAIL_IN else ([], [int(key)])
    threads = threads_of_mail(came, went)
    about, _, number = next((t[int(key)] for t in threads if int(key) in t), "").partition(":")
    return number if about == "matter" else ""
