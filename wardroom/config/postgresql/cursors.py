"""How statements go to PostgreSQL: values apart from the words, so that it plans each once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from psycopg import ClientCursor, Cursor
from psycopg.errors import FeatureNotSupported
from psycopg.pq import TransactionStatus

AFTER = 5  # a statement is prepared once it was asked so many times on one connection
# Beyond these PostgreSQL would plan anew each time, or (at 65,535) take no more.
MOST_VALUES = 500
# Here an expression has to be the same in two places, which two values never are to PostgreSQL.
SAID_TWICE = ("GROUP BY", "SELECT DISTINCT")
# A plan without the values takes every list for ten long, and is slow where it is far longer.
LISTS = (list, tuple)


class PreparingCursor(Cursor[Any]):
    """Sends values apart from the statement, but where it has to be read with them."""

    def execute(self, query: Any, params: Any = None, **kwargs: Any) -> Self:
        """Ask the statement; the answer is the same either way."""
        if params and is_written_out(query, params):
            query = ClientCursor(self.connection).mogrify(query, params)
            return super().execute(query, None, prepare=False)
        standing = self.connection.info.transaction_status
        alone = self.connection.autocommit and standing == TransactionStatus.IDLE
        try:
            return super().execute(query, params, **kwargs)
        except FeatureNotSupported:
            # The plan is of before the tables were changed. A change begins anew by itself.
            if not alone:
                raise
            return super().execute(query, params, prepare=False)


def is_written_out(query: Any, params: Any) -> bool:
    """Whether the values have to stand in the statement itself."""
    if len(params) > MOST_VALUES or not isinstance(query, str):
        return True
    if any(isinstance(value, LISTS) for value in _each(params)):
        return True
    return any(words in query for words in SAID_TWICE)


def _each(params: Any) -> Any:
    return params.values() if isinstance(params, Mapping) else params
