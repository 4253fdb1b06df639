"""The office at work, for rules that hold of all of it."""

from __future__ import annotations

from tests.casework.conftest import office
from tests.web.conftest import fixed_noon, fresh_cache, sign_in, world

__all__ = ["fixed_noon", "fresh_cache", "office", "sign_in", "world"]
