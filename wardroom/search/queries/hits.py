"""The numbers of what meets some terms, the newest first, on SQLite and on PostgreSQL.

Neither database ever ranks all that a common word hits. SQLite walks the lists of its words
from the newest end and stops when a page is full. PostgreSQL first looks through the newest
things of all, and on through five times as many where these hold so much that a page will
likely be full then; only where it is not are the terms rare enough for its index.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from wardroom.access.actor import Scope
from wardroom.access.models import among
from wardroom.search.rules import LINE, Term, agency_token, noun_token, ward_token

NOT_LINES = f"!{LINE}"
NEWEST, AS_MUCH_AGAIN = 4000, 5
COLUMNS = {"ward_code": ward_token, "agency_code": agency_token}


def hits(
    terms: Sequence[Term], scope: Scope, nouns: Sequence[str], *, most: int, mark: str = ""
) -> list[tuple[int, str]]:
    """At most so many things inside the scope that meet all terms, with their tokens.

    With ``mark`` every word must stand in the title. ``NOT_LINES`` in place of nouns stands for
    all but the lines of the ledger.
    """
    kinds = () if NOT_LINES in nouns else nouns
    within, values = _within(scope, nouns)
    if connection.vendor == "postgresql":
        wanted = " & ".join(_groups(terms, scope, kinds, mark, "'", ":*", " & ", " | "))
        return _postgresql(wanted, within, values, nouns, most)
    wanted = " AND ".join(_groups(terms, scope, kinds, mark, '"', " *", " AND ", " OR "))
    if kinds != nouns:
        wanted = f'({wanted}) NOT "{noun_token(LINE)}"'
    return _sqlite(wanted, within, values, most)


def _groups(
    terms: Sequence[Term],
    scope: Scope,
    nouns: Sequence[str],
    mark: str,
    quote: str,
    star: str,
    both: str,
    either: str,
) -> list[str]:
    """What must stand, each in brackets, in the language of the database."""

    def said(word: str) -> str:
        begins = word.endswith("*")
        return f"{quote}{word.removesuffix('*')}{quote}{star if begins else ''}"

    groups = []
    if not scope.everything:
        seen = [COLUMNS[path](v) for path, allowed in scope.any_of for v in sorted(allowed)]
        groups.append(either.join(said(token) for token in seen))
    if nouns:
        groups.append(either.join(said(noun_token(noun)) for noun in nouns))
    for term in terms:
        ways = (f"({both.join(said(mark + word) for word in way)})" for way in term.ways)
        groups.append(either.join(ways))
    return [f"({group})" for group in groups]


def _within(scope: Scope, nouns: Sequence[str]) -> tuple[str, list[Any]]:
    """The scope and the nouns as SQL over the columns of a thing."""
    parts, values = ["true"], []
    if not scope.everything:
        pairs = [(path, sorted(allowed)) for path, allowed in scope.any_of]
        parts.append("(" + " OR ".join(_among(path, v) for path, v in pairs) + ")")
        values += [v for _, allowed in pairs for v in allowed]
    for path, closed in scope.none_of:
        sql, given = among(sorted(closed), connection.vendor)
        parts.append(f"NOT {path} {sql}")
        values.append(given)
    if nouns:
        parts.append(_among("noun", nouns))
        values += nouns
    return " AND ".join(parts), values


def _among(path: str, values: Sequence[str]) -> str:
    if NOT_LINES in values:
        return f"{path} <> substr(%s, 2)"
    return f"{path} IN ({', '.join(['%s'] * len(values))})" if values else "false"


def _sqlite(wanted: str, within: str, values: list[Any], most: int) -> list[tuple[int, str]]:
    sql = (
        "SELECT d.id, d.words FROM search_words CROSS JOIN search_doc d "  # noqa: S608
        "ON d.id = search_words.rowid "
        f"WHERE search_words MATCH %s AND {within} ORDER BY search_words.rowid DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [wanted, *values, most])
        return list(cursor.fetchall())


def _postgresql(
    wanted: str, within: str, values: list[Any], nouns: Sequence[str], most: int
) -> list[tuple[int, str]]:
    among_nouns = _among("noun", nouns) if nouns else "true"
    walk = f"FROM (SELECT * FROM search_doc WHERE {among_nouns}"  # noqa: S608
    found = f"WHERE words @@ %s::tsquery AND {within}"
    sql = (
        f"WITH near AS MATERIALIZED (SELECT id, words {walk} ORDER BY id DESC LIMIT {NEWEST}) "  # noqa: S608
        f"newest {found} ORDER BY id DESC LIMIT %s), "
        "seen AS MATERIALIZED (SELECT count(*) AS n FROM near), "
        f"more AS MATERIALIZED (SELECT id, words {walk} AND id < (SELECT min(id) FROM near) "
        f"ORDER BY id DESC LIMIT {NEWEST * AS_MUCH_AGAIN}) older {found} "
        "AND (SELECT n FROM seen) BETWEEN %s AND %s ORDER BY id DESC LIMIT %s), "
        f"far AS MATERIALIZED (SELECT id, words FROM search_doc {found} "
        "AND (SELECT n FROM seen) + (SELECT count(*) FROM more) < %s), "
        "newest_far AS (SELECT id, words FROM far ORDER BY id DESC LIMIT %s) "
        "SELECT id, words::text FROM near UNION SELECT id, words::text FROM more "
        "UNION SELECT id, words::text FROM newest_far ORDER BY id DESC LIMIT %s"
    )
    some = -(-most // AS_MUCH_AGAIN)
    given = [
        *nouns, wanted, *values, most, *nouns, wanted, *values, some, most - 1, most,
        wanted, *values, most, most, most,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [(pk, words.replace("'", "")) for pk, words in cursor.fetchall()]
