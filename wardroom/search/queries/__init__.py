"""What can be found, limited to the asker."""

from __future__ import annotations

from wardroom.search.queries.comparing import IndexGaps, index_gaps
from wardroom.search.queries.finding import Found, SearchPage, find
from wardroom.search.queries.gathering import all_things
from wardroom.search.queries.made import index_is_old

__all__ = ["Found", "IndexGaps", "SearchPage", "all_things", "find", "index_gaps", "index_is_old"]
