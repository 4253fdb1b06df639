"""Keeping files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ManyToManyRel, ProtectedError, QuerySet

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.documents import policy
from wardroom.documents.facts import DocumentAttached, DocumentDetached, DocumentStored
from wardroom.documents.gateways import (
    BrokenPicture,
    Remade,
    ScannerAway,
    check_stands,
    have_alone,
    keep_content,
    remake_picture,
    remove_content,
    scan,
)
from wardroom.documents.models import Attachment, Document, Rendition
from wardroom.documents.queries import is_needed
from wardroom.documents.rules import (
    AUDIENCES,
    HEIC,
    JPEG,
    MOST_BYTES,
    PUBLIC_SIDE,
    THUMBNAIL_SIDE,
    FileKind,
    clean_name,
    kind_of,
)
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record

NO_HEIC = (
    "This kind of picture cannot be read here. Choose JPEG, or set the phone to “Most compatible”."
)
SCANNER_AWAY = "The file cannot be checked for viruses right now. Try again in a few minutes."
SCANNER_FOUND = "The check for viruses found something in this file. Attach another one."
TAKEN = "Send a JPEG, PNG, WebP or HEIC picture, a PDF, DOCX, ODT, RTF, XLSX, CSV, text or EML."


@action(policy.may_store_document)
def store_document(
    _: None, *, name: str, media_type: str, content: bytes, told: bool = True, stamp: Stamp
) -> Document:
    """Keep a file for good; the same bytes are kept once and keep their first name.

    The line gives the name where it is ``told``. The bytes are on the disk before the row is:
    a rolled-back commit leaves a file that nobody points at, never a row without its file.
    Refuses: `empty_file`, `no_name`. Records: `DocumentStored`.
    """
    if not content:
        raise Refused("empty_file", "The file is empty.", field="content")
    if not name.strip():
        raise Refused("no_name", "The file needs a name.", field="name")
    return _keep(name.strip()[:200], media_type, content, told, stamp)


@action(policy.may_keep_upload)
def keep_upload(
    _: None,
    *,
    name: str,
    content: bytes,
    public: bool = False,
    bare: bool = False,
    told: bool = True,
    stamp: Stamp,
) -> Document:
    """Keep a file that somebody handed in, once its bytes show what it is.

    Of a picture two new ones are made, with nothing hidden in them: one to show and a
    thumbnail. ``public`` is for what will be shown outside: pictures only. Of a ``bare`` one
    even the office keeps nothing hidden, such as where it was taken. The line gives the name
    where it is ``told``. Refuses: `empty_file`, `too_large`, `bad_type`, `bad_picture`,
    `not_public`. Records: `DocumentStored`.
    """
    kind = _kind(name, content, shown=public or bare)
    remade = _remade(content) if kind.picture else {}
    if bare:
        kind, content = JPEG, remade[Rendition.Variant.PUBLIC].content
    document = _keep(clean_name(name, kind), kind.media_type, content, told, stamp)
    for variant, picture in remade.items():
        Rendition.objects.get_or_create(
            document=document,
            variant=variant,
            defaults={
                "digest": keep_content(picture.content),
                "size": len(picture.content),
                "width": picture.width,
                "height": picture.height,
            },
        )
    return document


def check_clean(content: bytes, *, field: str = "file") -> bool:
    """Whether a scanner looked at a file and found nothing; False where none is set.

    Called before the action that keeps it, so that nobody waits for the scanner. Refuses:
    `scanner_found`; `scanner_away` where one is set and gives no plain answer. Records nothing.
    """
    try:
        found = scan(content)
    except ScannerAway:
        raise Refused("scanner_away", SCANNER_AWAY, field=field) from None
    if found:
        raise Refused("scanner_found", SCANNER_FOUND, field=field)
    return found is not None


def forget_document(document: Document) -> tuple[str, ...]:
    """Take a file out of the house that nothing belongs to any more; the hashes of its bytes.

    None where something still points at it. Called inside the action that disposes of what it
    belonged to; that action then lets `forget_bytes` take them off the disk. Records nothing.
    """
    if _is_along(document):
        return ()
    digests = (document.digest, *document.renditions.values_list("digest", flat=True))
    try:
        with transaction.atomic():
            document.renditions.all().delete()
            document.delete()
    except ProtectedError:
        return ()
    return digests


def forget_attachments(rows: QuerySet[Attachment]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Take files off things that are disposed of, and out of the house where nothing keeps them.

    The numbers of the files that went, and the hashes of their bytes, which `forget_bytes` takes
    off the disk. Called inside the action that disposes of the things. Records nothing.
    """
    files = list(Document.objects.filter(attachments__in=rows).distinct().order_by("pk"))
    rows.delete()
    gone = {file.pk: forget_document(file) for file in files}
    went = tuple(pk for pk, digests in gone.items() if digests)
    return went, tuple(digest for digests in gone.values() for digest in digests)


def forget_bytes(digests: Iterable[str]) -> None:
    """Take bytes off the disk with the commit, unless something else is the same ones.

    Records nothing.
    """
    for digest in sorted({digest for digest in digests if digest}):
        transaction.on_commit(_removal(digest), robust=True)


def _removal(digest: str) -> Callable[[], None]:
    # With a name of its own: Django tells by it what went wrong after a commit.
    def remove() -> None:
        remove_bytes(digest)

    return remove


def remove_bytes(digest: str) -> None:
    """Take bytes off the disk, unless something else is the same ones.

    Called once it is certain that no row names them: after the commit, never inside one. It
    takes its turn with those who keep the same bytes at that moment: they are seen, or write
    them anew. Records nothing.
    """
    if not digest:
        return
    with transaction.atomic():
        have_alone(digest)
        if not is_needed(digest):
            remove_content(digest)


def _is_along(document: Document) -> bool:
    """Whether some message has it along, which keeps it as much as a row that names it does."""
    fields = Document._meta.get_fields(include_hidden=True)
    return any(
        field.related_model._base_manager.filter(**{field.remote_field.name: document}).exists()
        for field in fields
        if isinstance(field, ManyToManyRel)
    )


@action(policy.may_attach_document)
def attach_document(
    document: Document,
    *,
    noun: str,
    key: str,
    ward_code: str = "",
    agency_code: str = "",
    matter_key: str = "",
    audience: str = "internal",
    caption: str = "",
    taken_at: datetime | None = None,
    stamp: Stamp,
) -> Attachment:
    """Say that a file belongs to a thing, such as matter 412, and who may see it there.

    The caller has asked whether this person may write to the thing. ``audience`` is
    internal, partner (then with the agency's code) or public. Refuses: `bad_audience`,
    `not_public` where a public file is no picture made anew; `destroyed`, a matter that was
    destroyed while its file was on the way. Records: `DocumentAttached`.
    """
    case = matter_key or (key if noun == "matter" else "")
    if case:
        check_stands(case)
    if audience not in AUDIENCES or (audience == "partner") != bool(agency_code):
        raise Refused("bad_audience", "Say who may see it: the office, one agency, or all.")
    if audience == "public" and not document.renditions.exists():
        raise Refused("not_public", "Only JPEG, PNG and WebP pictures are shown.", field="file")
    attachment: Attachment = Attachment.objects.create(
        document=document,
        noun=noun,
        key=key,
        ward_code=ward_code,
        agency_code=agency_code,
        matter_key=case,
        audience=audience,
        caption=" ".join(caption.split())[:300],
        taken_at=taken_at,
        by_id=stamp.actor.user_id,
        by_name=stamp.actor.name,
        added_at=stamp.at,
    )
    record(DocumentAttached(**_told(attachment), caption=attachment.caption), stamp=stamp)
    return attachment


@action(policy.may_detach_document)
def detach_document(attachment: Attachment, *, reason: str, stamp: Stamp) -> Attachment:
    """Take a file off a thing; the file itself and this line stay.

    Refuses: `already_detached`, `no_reason`. Records: `DocumentDetached`.
    """
    if attachment.removed_at is not None:
        raise Refused("already_detached", "It has already been removed.")
    if not reason.strip():
        raise Refused("no_reason", "Say why it is removed.", field="reason")
    attachment.removed_at = stamp.at
    attachment.save(update_fields=["removed_at"])
    record(DocumentDetached(**_told(attachment), reason=reason.strip()[:300]), stamp=stamp)
    return attachment


@dataclass(frozen=True)
class MadeAnew:
    """A picture as it may be shown, and a small one, with nothing hidden in them."""

    name: str
    picture: Remade
    thumbnail: Remade


def picture_made_anew(*, name: str, content: bytes) -> MadeAnew:
    """Make a picture anew that somebody handed in, and keep nothing of it yet.

    Refuses: `empty_file`, `too_large`, `bad_type`, `bad_picture`, `phone_picture`, `not_public`.
    Records nothing.
    """
    _kind(name, content, shown=True)
    made = _remade(content)
    variants = Rendition.Variant
    return MadeAnew(clean_name(name, JPEG), made[variants.PUBLIC], made[variants.THUMBNAIL])


def _kind(name: str, content: bytes, *, shown: bool) -> FileKind:
    """What a file is; refused where the office does not take it, or where it cannot be shown."""
    if not content:
        raise Refused("empty_file", "The file is empty.", field="file")
    if len(content) > MOST_BYTES:
        raise Refused("too_large", "The file is larger than 20 MB.", field="file")
    kind = kind_of(content, name)
    if kind is None:
        raise Refused("bad_type", f"This kind of file is not accepted. {TAKEN}", field="file")
    if shown and kind == HEIC:
        raise Refused("phone_picture", NO_HEIC, field="file")
    if shown and not kind.picture:
        raise Refused("not_public", "Only JPEG, PNG and WebP pictures are shown.", field="file")
    return kind


def _keep(name: str, media_type: str, content: bytes, told: bool, stamp: Stamp) -> Document:
    document, new = Document.objects.get_or_create(
        digest=keep_content(content),
        defaults={
            "name": name,
            "media_type": media_type,
            "size": len(content),
            "stored_at": stamp.at,
        },
    )
    fact = DocumentStored(
        document=document.pk,
        name=name if told else "",
        media_type=media_type,
        size=len(content),
        digest=document.digest,
        again=not new,
    )
    record(fact, stamp=stamp)
    return document


def _remade(content: bytes) -> dict[str, Remade]:
    try:
        return {
            Rendition.Variant.PUBLIC: remake_picture(content, longest=PUBLIC_SIDE),
            Rendition.Variant.THUMBNAIL: remake_picture(content, longest=THUMBNAIL_SIDE),
        }
    except BrokenPicture:
        sentence = "This picture cannot be read, or is too large to unpack."
        raise Refused("bad_picture", sentence, field="file") from None


def _told(attachment: Attachment) -> dict[str, Any]:
    return {
        "document": attachment.document_id,
        "name": attachment.document.name,
        "noun": attachment.noun,
        "key": attachment.key,
        "ward_code": attachment.ward_code,
        "matter_key": attachment.matter_key,
    }
