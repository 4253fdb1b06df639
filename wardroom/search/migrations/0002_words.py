"""The tables that answer for words: FTS5 on SQLite, an inverted index on PostgreSQL.

On SQLite triggers keep the words beside their things, so that no write can forget them. A
later migration that makes the table of things anew must set them again.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

SETTERS = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_words USING fts5(words, content='search_doc', "
        "content_rowid='id', detail='none', columnsize=0, prefix='1 2 3 4 5 6 7', "
        "tokenize=\"ascii tokenchars '=~'\")",
        "CREATE TRIGGER search_doc_added AFTER INSERT ON search_doc BEGIN "
        "INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END",
        "CREATE TRIGGER search_doc_gone AFTER DELETE ON search_doc BEGIN "
        "INSERT INTO search_words(search_words, rowid, words) "
        "VALUES ('delete', old.id, old.words); END",
        "CREATE TRIGGER search_doc_changed AFTER UPDATE OF words ON search_doc BEGIN "
        "INSERT INTO search_words(search_words, rowid, words) "
        "VALUES ('delete', old.id, old.words); "
        "INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END",
    ],
    "postgresql": [
        "CREATE INDEX search_doc_words ON search_doc USING gin (words) WITH (fastupdate = off)",
        "CREATE INDEX search_doc_newest ON search_doc (noun, id DESC)",
    ],
}
LIFTERS = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS search_doc_added",
        "DROP TRIGGER IF EXISTS search_doc_gone",
        "DROP TRIGGER IF EXISTS search_doc_changed",
        "DROP TABLE IF EXISTS search_words",
    ],
    "postgresql": [
        "DROP INDEX IF EXISTS search_doc_words",
        "DROP INDEX IF EXISTS search_doc_newest",
    ],
}


def set_words(apps: Any, schema_editor: Any) -> None:
    """Make the word tables."""
    for statement in SETTERS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def lift_words(apps: Any, schema_editor: Any) -> None:
    """Take the word tables away."""
    for statement in LIFTERS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(set_words, lift_words)]
