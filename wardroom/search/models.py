"""What can be found, and how its words are spelt."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from wardroom.access.models import ScopedQuerySet


class WordsField(models.TextField):  # type: ignore[type-arg]
    """Tokens in one line: searched through FTS5 on SQLite, a tsvector on PostgreSQL."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def from_db_value(self, value: Any, *_: Any) -> str:
        return str(value).replace("'", "")


class Doc(models.Model):
    """One thing in the index: its words, and the columns that limit who finds it.

    The numbers grow, so that the last thing indexed comes first; what is indexed with a later
    instant gets a new number.
    """

    noun = models.CharField(max_length=30)
    key = models.CharField(max_length=60)
    exact = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True, default="")
    words = WordsField()
    ward_code = models.CharField(max_length=10, blank=True, default="")
    agency_code = models.CharField(max_length=20, blank=True, default="")
    audience = models.CharField(max_length=10, default="internal")
    matter_key = models.CharField(max_length=60, blank=True, default="")
    at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["noun", "key"], name="one_doc_a_thing")
        ]
        indexes: ClassVar = [models.Index(fields=["exact", "noun"])]

    def __str__(self) -> str:
        return self.title


class Spelling(models.Model):
    """A word that stands somewhere in the index, under one of its variants."""

    variant = models.CharField(max_length=10)
    word = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["word", "variant"], name="one_spelling")
        ]
        indexes: ClassVar = [models.Index(fields=["variant"])]


class Made(models.Model):
    """By which version of the rules the whole index was made last; one row, or none."""

    version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"version {self.version}"
