"""Whether the index was made by the rules that hold now."""

from __future__ import annotations

from wardroom.search.models import Made
from wardroom.search.rules import VERSION


def index_is_old() -> bool:
    """Whether the whole index was made by an older version, or nobody knows by which."""
    return not Made.objects.filter(version=VERSION).exists()
