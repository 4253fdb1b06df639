"""Django's PostgreSQL, where a list that is read piece by piece is asked as before."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Cursors with a name come once for each list: there is nothing to plan ahead."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection whose named cursors have the values written into the statement."""
        connection = super().get_new_connection(conn_params)
        connection.server_cursor_factory = base.ServerSideCursor
        return connection
