"""Which files are kept, and what is in them."""

from __future__ import annotations

from wardroom.access.actor import Actor
from wardroom.documents import policy
from wardroom.documents.gateways import read_content
from wardroom.documents.models import Document
from wardroom.kernel.errors import NotFound


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
