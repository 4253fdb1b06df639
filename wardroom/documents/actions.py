"""Keeping files."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.documents import policy
from wardroom.documents.facts import DocumentStored
from wardroom.documents.gateways import write_content
from wardroom.documents.models import Document
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record


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
    document, new = Document.objects.get_or_create(
        digest=write_content(content),
        defaults={
            "name": name.strip()[:200],
            "media_type": media_type,
            "size": len(content),
            "stored_at": stamp.at,
        },
    )
    fact = DocumentStored(
        document=document.pk,
        name=name.strip()[:200],
        media_type=media_type,
        size=len(content),
        digest=document.digest,
        again=not new,
    )
    record(fact, stamp=stamp)
    return document
