"""Destroying one record: its words go, its files go off the disk, and its hash is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet

from wardroom.access.actor import Stamp
from wardroom.casework.actions.emptying import empty_issue
from wardroom.documents.actions import forget_bytes
from wardroom.matters.models import Matter
from wardroom.records.actions import empty_request
from wardroom.records.models import FoundRecord, RecordsRequest, Redaction, Release, Search
from wardroom.retention.queries.issues import tables_of_issues
from wardroom.retention.rules.classes import ISSUES, REQUESTS


@dataclass(frozen=True)
class Destroyed:
    """What went: the hash of all its words, from how many rows, and the hashes of its files.

    ``things`` are, by their nouns, what was of it under names of its own: lines tell of it still.
    ``shared`` are the lines that stay, with their letters, because they tell of another as well.
    """

    digest: str
    texts: int
    files: tuple[str, ...]
    things: Mapping[str, Sequence[str]] = field(default_factory=dict)
    shared: frozenset[int] = frozenset()


def destroy_request(request: RecordsRequest, stamp: Stamp) -> Destroyed:
    """Destroy a request for records."""
    digest, texts = _fingerprint(
        [
            RecordsRequest.objects.filter(pk=request.pk),
            Search.objects.filter(request=request),
            FoundRecord.objects.filter(request=request),
            Redaction.objects.filter(record__request=request),
            Release.objects.filter(request=request),
        ]
    )
    return _gone(digest, texts, empty_request(request, stamp=stamp))


def destroy_issue(matter: Matter, stamp: Stamp) -> Destroyed:
    """Destroy a closed issue with its complaints, asks, letters, mail and files."""
    digest, texts = _fingerprint(rows for rows, _ in tables_of_issues([matter.pk]))
    emptied = empty_issue(matter, stamp=stamp)
    gone = _gone(digest, texts, emptied.files)
    return replace(gone, things=emptied.things, shared=emptied.shared)


DESTROYERS: Mapping[str, Callable[[Any, Stamp], Destroyed]] = {
    ISSUES: destroy_issue,
    REQUESTS: destroy_request,
}


def _gone(digest: str, texts: int, files: Iterable[str]) -> Destroyed:
    hashes = tuple(sorted(set(files)))
    forget_bytes(hashes)
    return Destroyed(digest, texts, hashes)


def _fingerprint(tables: Iterable[QuerySet[Any]]) -> tuple[str, int]:
    """One hash over every column of these rows, in their order, and how many rows they are."""
    whole, rows = hashlib.sha256(), 0
    for table in tables:
        model: type[Model] = table.model
        for row in table.order_by("pk").values():
            line = [model._meta.label_lower, row]
            words = json.dumps(line, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
            whole.update(words.encode() + b"\n")
            rows += 1
    return whole.hexdigest(), rows
