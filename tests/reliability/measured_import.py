"""Reads a file into the database of the test and prints how long it took and how large it grew.

A program of its own, so that nothing else is measured:
python -m tests.reliability.measured_import FILE
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import django

LARGE = 350 * 1024 * 1024


def main(path: str, fault: str = "") -> None:
    """Read the file; a fault makes it slow and large on purpose."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from tests.cast import HOUSE
    from wardroom.service_requests.gateways.importing import import_file

    held: list[bytearray] = []

    def wait(done: int) -> None:
        if fault:
            held.append(bytearray(b"x") * LARGE)
            time.sleep(3)

    begun = time.monotonic()
    summary = import_file(Path(path), stamp=HOUSE, progress=wait)
    seconds = time.monotonic() - begun
    told = {"read": summary.read, "seconds": seconds, "most_mb": most_mb()}
    sys.stdout.write(json.dumps(told) + "\n")


def most_mb() -> float:
    """The most memory that this program held; what it was started from is not counted in."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
