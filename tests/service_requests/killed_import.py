"""Reads a file into the database of the test and kills itself in the middle of it.

A program of its own, so that nothing can tidy up: python -m tests.service_requests.killed_import
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import django

BATCH, ENOUGH = 50, 150


def main(path: str) -> None:
    """Take three batches of fifty rows, then die by SIGKILL."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from tests.cast import HOUSE
    from wardroom.service_requests.gateways import files, importing

    def die(done: int) -> None:
        if done >= ENOUGH:
            os.kill(os.getpid(), signal.SIGKILL)

    files.BATCH = BATCH
    importing.import_file(Path(path), stamp=HOUSE, progress=die)


if __name__ == "__main__":
    main(sys.argv[1])
