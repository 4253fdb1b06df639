"""Which files are kept, and what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from wardroom.access.actor import Actor
from wardroom.documents import policy
from wardroom.documents.gateways import is_pointed_at, read_content
from wardroom.documents.models import Attachment, Document, Rendition
from wardroom.documents.rules import SERVED, FileKind, clean_name
from wardroom.kernel.errors import NotFound

ORIGINAL = "original"


@dataclass(frozen=True)
class Served:
    """A file as it is handed out."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class AttachmentRow:
    """A file that belongs to a thing, as a list shows it."""

    id: int
    noun: str
    key: str
    document_id: int
    name: str
    media_type: str
    size: int
    caption: str
    audience: str
    taken_at: datetime | None
    added_at: datetime
    by_name: str
    variants: frozenset[str]
    allowed: frozenset[str]


def kept_files() -> Iterator[str]:
    """The hash of every file that the house says it keeps, for who looks whether all are there."""
    yield from Document.objects.order_by("pk").values_list("digest", flat=True).iterator()
    yield from Rendition.objects.order_by("pk").values_list("digest", flat=True).iterator()


def document_content(document_id: int, actor: Actor) -> tuple[str, str, bytes]:
    """A kept file as name, media type and bytes; `NotFound` where it is out of reach.

    For what a partner may read (a signed report), the owner of the rule asks its own reach
    and then reads the bytes with `gateways.read_content`.
    """
    rows = Document.objects.within(policy.reach(actor))
    document = rows.filter(pk=document_id).first()
    if document is None:
        raise NotFound(f"no document {document_id}")
    return document.name, document.media_type, read_content(document.digest)


def served_document(document_id: int, variant: str, actor: Actor) -> Served:
    """A file as the asker may have it: by what it belongs to, and never by its number alone.

    The original of a picture goes to the office only; others are given the one made anew.
    `NotFound` where nothing it belongs to is in reach, or there is no such variant.
    """
    reached = _attached(actor).filter(document_id=document_id)
    document = Document.objects.filter(pk=document_id, pk__in=reached.values("document_id")).first()
    if document is None or variant not in _variants(document, actor):
        raise NotFound(f"no document {document_id}")
    if variant == ORIGINAL:
        kind = document.media_type if document.media_type in SERVED else "application/octet-stream"
        return Served(document.name, kind, read_content(document.digest))
    made = document.renditions.get(variant=variant)
    name = clean_name(document.name, FileKind(".jpg", "image/jpeg"))
    return Served(name, "image/jpeg", read_content(made.digest))


def attachments_of(noun: str, key: str, actor: Actor) -> tuple[AttachmentRow, ...]:
    """The files that belong to a thing, oldest first, as far as the asker may see them."""
    return attachments_of_all(noun, [key], actor)


def attachments_of_all(noun: str, keys: Iterable[str], actor: Actor) -> tuple[AttachmentRow, ...]:
    """The same for several things of one kind, together."""
    return attachments_at([(noun, key) for key in keys], actor)


def attachments_at(things: Iterable[tuple[str, str]], actor: Actor) -> tuple[AttachmentRow, ...]:
    """The same for things of several kinds, each given as its noun and its key."""
    keys: dict[str, set[str]] = {}
    for noun, key in things:
        keys.setdefault(noun, set()).add(key)
    if not keys:
        return ()
    at = reduce(or_, (Q(noun=noun, key__in=wanted) for noun, wanted in keys.items()))
    rows = _attached(actor).filter(at).select_related("document")
    ordered = rows.prefetch_related("document__renditions").order_by("added_at", "pk")
    return tuple(_row(attachment, actor) for attachment in ordered)


def is_needed(digest: str) -> bool:
    """Whether anything kept is these bytes: a file, a picture made of one, or what is above."""
    return (
        Document.objects.filter(digest=digest).exists()
        or Rendition.objects.filter(digest=digest).exists()
        or is_pointed_at(digest)
    )


def get_attachment(attachment_id: int, actor: Actor) -> Attachment:
    """One attachment, to act on it; `NotFound` where it is out of reach."""
    found: Attachment | None = _attached(actor).filter(pk=attachment_id).first()
    if found is None:
        raise NotFound(f"no attachment {attachment_id}")
    return found


def _attached(actor: Actor) -> QuerySet[Attachment]:
    scope = policy.attachment_reach(actor)
    return Attachment.objects.within(scope).filter(removed_at__isnull=True)


def _variants(document: Document, actor: Actor) -> frozenset[str]:
    made = {rendition.variant for rendition in document.renditions.all()}
    whole = policy.may_see_original(actor) or not document.media_type.startswith("image/")
    return frozenset(made | ({ORIGINAL} if whole else set()))


def _row(attachment: Attachment, actor: Actor) -> AttachmentRow:
    document = attachment.document
    may = policy.may_detach_document(actor, attachment)
    return AttachmentRow(
        id=attachment.pk,
        noun=attachment.noun,
        key=attachment.key,
        document_id=document.pk,
        name=document.name,
        media_type=document.media_type,
        size=document.size,
        caption=attachment.caption,
        audience=attachment.audience,
        taken_at=attachment.taken_at,
        added_at=attachment.added_at,
        by_name=attachment.by_name,
        variants=_variants(document, actor),
        allowed=frozenset({"detach_document"} if may else ()),
    )
