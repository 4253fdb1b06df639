"""Send hostile calls to a live server, by default ten thousand, and say what it answered.

  .venv/bin/python -m tests.hostile          ten thousand calls
  .venv/bin/python -m tests.hostile 50000    more of them

The server runs on SQLite; under ``python -m tests.postgres`` on PostgreSQL.
"""

from __future__ import annotations

import os
import sys

import pytest

USUAL = "10000"


def main(words: list[str]) -> int:
    """Run the hostile calls; 0 where every one was answered, soon and without an error."""
    os.environ["WARDROOM_HOSTILE"] = words[0] if words else USUAL
    return int(pytest.main(["-q", "-s", "-p", "no:cacheprovider", "tests/api/test_hostile.py"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
