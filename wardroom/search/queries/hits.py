"""The numbers of what meets some terms, the newest first, on SQLite and on PostgreSQL.

Neither database ever ranks all that a common word hits. SQLite walks the lists of its words
from the newest end and stops when a page is full. PostgreSQL first looks through the newest
things of all, and on through three times as many where these hold so much that a page will
likely be full then; only where it is not are the terms rare enough for its index.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from wardroom.access.actor import Scope
from wardroom.access.models import among
from wardroom.search.models import Doc
from wardroom.search.rules import LINE, Term, agency_token, noun_token, ward_token

NOT_LINES = f"!{LINE}"
NEWEST, AS_MUCH_AGAIN = 4000, 3
STILL_SAID_SQLITE = """
    SELECT w.value FROM json_each(%s) w WHERE EXISTS (
        SELECT 1 FROM search_words WHERE search_words MATCH '"' || w.value || '"')
"""
STILL_SAID_POSTGRESQL = """
    SELECT w.word FROM unnest(%s::text[]) AS w(word) WHERE EXISTS (
        SELECT 1 FROM search_doc d WHERE d.words @@ quote_literal(w.word)::tsquery)
"""
COLUMNS = {"ward_code": ward_token, "agency_code": agency_token}


def hits(
    terms: Sequence[Term], scope: Scope, nouns: Sequence[str], *, most: int, mark: str = ""
) -> list[Doc]:
    """At most so many things inside the scope that meet all terms.

    With ``mark`` every word must stand in the title. ``NOT_LINES`` in place of nouns stands for
    all but the lines of the ledger.
    """
    kinds = () if NOT_LINES in nouns else nouns
    no_lines = kinds != nouns and not mark  # what has a title is no line
    within, values = _within(scope, nouns)
    if connection.vendor == "postgresql":
        wanted = " & ".join(_groups(terms, scope, kinds, mark, "'", ":*", " & ", " | "))
        if no_lines:
            wanted = f"({wanted}) & !'{noun_token(LINE)}'"
        return _postgresql(wanted, within, values, nouns, most)
    wanted = " AND ".join(_groups(terms, scope, kinds, mark, '"', " *", " AND ", " OR "))
    if no_lines:
        wanted = f'({wanted}) NOT "{noun_token(LINE)}"'
    return _sqlite(wanted, within, values, most)


def still_said(words: Sequence[str]) -> set[str]:
    """Those of these words that stand in anything at all."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(STILL_SAID_POSTGRESQL, [list(words)])
        else:
            cursor.execute(STILL_SAID_SQLITE, [json.dumps(list(words))])
        return {word for (word,) in cursor.fetchall()}


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


def _sqlite(wanted: str, within: str, values: list[Any], most: int) -> list[Doc]:
    sql = (
        "SELECT d.* FROM search_words CROSS JOIN search_doc d "  # noqa: S608
        "ON d.id = search_words.rowid "
        f"WHERE search_words MATCH %s AND {within} ORDER BY search_words.rowid DESC LIMIT %s"
    )
    return list(Doc.objects.raw(sql, [wanted, *values, most]))


def _postgresql(
    wanted: str, within: str, values: list[Any], nouns: Sequence[str], most: int
) -> list[Doc]:
    """Each kind is searched for itself, by an index that holds its newest end together."""
    within %= tuple(f"%(v{n})s" for n in range(len(values)))
    found = f"words @@ %(wanted)s::tsquery AND {within}"
    given: dict[str, Any] = {"wanted": wanted, "most": most, "some": -(-most // AS_MUCH_AGAIN)}
    given |= {f"v{n}": value for n, value in enumerate(values)}
    parts, ends = [], []
    for n, noun in enumerate(nouns or [""]):
        parts.append(_newest_first(n, noun, found))
        given[f"noun{n}"] = noun
        ends += [f"SELECT id FROM {name}_{n}" for name in ("near", "more", "last")]  # noqa: S608
    either = " UNION ALL ".join(ends)
    sql = (
        f"WITH {', '.join(parts)}, found AS MATERIALIZED (SELECT DISTINCT id FROM ({either}) each "  # noqa: S608
        "ORDER BY id DESC LIMIT %(most)s) "
        "SELECT d.* FROM found JOIN search_doc d USING (id) ORDER BY id DESC"
    )
    return list(Doc.objects.raw(sql, given))


def _newest_first(n: int, noun: str, found: str) -> str:
    """The things of one kind that are found: near the newest end, further on, and anywhere."""
    kind, walk, not_too_old = _walk(n, noun)
    return (
        f"near_{n} AS MATERIALIZED (SELECT id FROM (SELECT * FROM search_doc {walk} "  # noqa: S608
        f"LIMIT {NEWEST}) newest WHERE {found} ORDER BY id DESC LIMIT %(most)s), "
        f"seen_{n} AS MATERIALIZED (SELECT count(*) AS n, min(id) AS oldest FROM near_{n}), "
        f"more_{n} AS MATERIALIZED (SELECT id FROM (SELECT * FROM search_doc "
        f"WHERE {kind} AND id < (SELECT oldest FROM seen_{n}) AND {not_too_old} OFFSET 0) older "
        f"WHERE {found} AND (SELECT n FROM seen_{n}) BETWEEN %(some)s AND %(most)s - 1 "
        "ORDER BY id DESC LIMIT %(most)s), "
        f"far_{n} AS MATERIALIZED (SELECT id FROM search_doc WHERE {found} AND {kind} "
        f"AND (SELECT n FROM seen_{n}) + (SELECT count(*) FROM more_{n}) < %(most)s), "
        f"last_{n} AS (SELECT id FROM far_{n} ORDER BY id DESC LIMIT %(most)s)"
    )


def _walk(n: int, noun: str) -> tuple[str, str, str]:
    """The condition of a kind, the walk from its newest end, and how far one goes after that.

    The planner would walk all kinds for one that is rare, were it not named as a range in the
    order of the index; and it would sort what comes after, if that were to be in order.
    """
    if noun in {"", NOT_LINES}:
        kind = f"noun <> '{LINE}'" if noun else "true"
        walk, end = f"WHERE {kind} ORDER BY id DESC", "ORDER BY id DESC"
    else:
        kind = f"noun = %(noun{n})s"
        walk = end = f"WHERE noun BETWEEN %(noun{n})s AND %(noun{n})s ORDER BY noun, id DESC"
    last = f"SELECT id FROM search_doc {end} OFFSET {NEWEST * (1 + AS_MUCH_AGAIN)} LIMIT 1"  # noqa: S608
    return kind, walk, f"id > COALESCE(({last}), 0)"
