"""Who serves a port from this home: a note that is locked for as long as somebody does.

Standard library only: `run.py` reads it before there is anything else.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ENDING = "ending"


@dataclass(frozen=True)
class Holder:
    """A Wardroom of this home that has a port of this machine."""

    pid: int
    is_ending: bool

    def sentence(self, port: int) -> str:
        """What to tell whoever wants the same port."""
        return (
            f"A Wardroom of this home is already running on port {port} (process {self.pid}). "
            f"Stop it with: kill {self.pid}"
        )


def hold_port(home: Path, port: int) -> IO[str] | None:
    """Leave the note that this process serves the port.

    None where the home keeps no locks, or another of this home has the port.

    The lock goes with every process that inherits the file, so it outlasts this one for as long
    as they need to end.
    """
    import fcntl

    place = _note(home, port)
    if (other := holder_of(home, port)) is not None and not other.is_ending:
        return None  # somebody was faster; their note stays
    half = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        note = half.open("w")
        fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        note.write(f"{os.getpid()} {_began(os.getpid())}")
        note.flush()
        os.set_inheritable(note.fileno(), True)
        half.replace(place)  # never the file of an earlier run, which may still be locked
        return note
    return None


def say_ending(held: IO[str] | None) -> None:
    """Mark the note: whoever wants the port need only wait."""
    if held is not None:
        with suppress(OSError):
            held.write(f" {ENDING}")
            held.flush()


def holder_of(home: Path, port: int) -> Holder | None:
    """The Wardroom of this home that has the port, if one has."""
    import fcntl

    with suppress(OSError, ValueError), _note(home, port).open() as note:
        try:
            fcntl.flock(note, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            pid, *rest = note.read().split()
            began = next((word for word in rest if word != ENDING), "")
            return Holder(int(pid), is_ending=ENDING in rest or not _lives(int(pid), began))
    return None


def ports_held(home: Path) -> list[int]:
    """The ports of this machine that a Wardroom of this home has."""
    start = f"{socket.gethostname()}-"
    ends = (note.name.removeprefix(start) for note in (home / "serving").glob(f"{start}*"))
    ports = sorted(int(end) for end in ends if end.isascii() and end.isdigit())
    return [port for port in ports if holder_of(home, port) is not None]


def _note(home: Path, port: int) -> Path:
    return home / "serving" / f"{socket.gethostname()}-{port}"


def _began(pid: int) -> str:
    """When a process began, as the machine counts it; a dash where it does not tell."""
    with suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    return "-"


def _lives(pid: int, began: str) -> bool:
    """Whether that very process lives, not another that has its number now."""
    if began and began != _began(pid):  # an earlier edition wrote no more than the number
        return False
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True
