"""Keeping files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.documents import policy
from wardroom.documents.facts import DocumentAttached, DocumentDetached, DocumentStored
from wardroom.documents.gateways import BrokenPicture, Remade, remake_picture, write_content
from wardroom.documents.models import Attachment, Document, Rendition
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
TAKEN = "Send a JPEG, PNG, WebP or HEIC picture, a PDF, DOCX, ODT, RTF, XLSX, CSV, text or EML."


@action(policy.may_store_document)
def store_document(
    _: None, *, name: str, media_type: str, content: bytes, stamp: Stamp
) -> Document:
    """Keep a file for good; the same bytes are kept once and keep their first name.

    The bytes are on the disk before the row is: a rolled-back commit leaves a file that
    nobody points at, never a row without its file. Refuses: `empty_file`, `no_name`.
    Records: `DocumentStored`.
    """
    if not content:
        raise Refused("empty_file", "The file is empty.", field="content")
    if not name.strip():
        raise Refused("no_name", "The file needs a name.", field="name")
    return _keep(name.strip()[:200], media_type, content, stamp)


@action(policy.may_keep_upload)
def keep_upload(
    _: None,
    *,
    name: str,
    content: bytes,
    public: bool = False,
    bare: bool = False,
    stamp: Stamp,
) -> Document:
    """Keep a file that somebody handed in, once its bytes show what it is.

    Of a picture two new ones are made, with nothing hidden in them: one to show and a
    thumbnail. ``public`` is for what will be shown outside: pictures only. Of a ``bare`` one
    even the office keeps nothing hidden, such as where it was taken. Refuses:
    `empty_file`, `too_large`, `bad_type`, `bad_picture`, `not_public`. Records:
    `DocumentStored`.
    """
    kind = _kind(name, content, shown=public or bare)
    remade = _remade(content) if kind.picture else {}
    if bare:
        kind, content = JPEG, remade[Rendition.Variant.PUBLIC].content
    document = _keep(clean_name(name, kind), kind.media_type, content, stamp)
    for variant, picture in remade.items():
        Rendition.objects.get_or_create(
            document=document,
            variant=variant,
            defaults={
                "digest": write_content(picture.content),
                "size": len(picture.content),
                "width": picture.width,
                "height": picture.height,
            },
        )
    return document


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
    `not_public` where a public file is no picture made anew. Records: `DocumentAttached`.
    """
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
        matter_key=matter_key or (key if noun == "matter" else ""),
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


def _keep(name: str, media_type: str, content: bytes, stamp: Stamp) -> Document:
    document, new = Document.objects.get_or_create(
        digest=write_content(content),
        defaults={
            "name": name,
            "media_type": media_type,
            "size": len(content),
            "stored_at": stamp.at,
        },
    )
    fact = DocumentStored(
        document=document.pk,
        name=name,
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
