"""A file layer of SQLite that writes down all that goes to the disk, and disks cut off from it.

A cut comes between any two writes. What was synced is there; of what was written since the
last sync of its file each write is there, is not, or is there in part, as chance has it: a
disk may keep what it has not promised yet in any order.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512
WRITE, SYNC, CUT, SAID = "write", "sync", "cut", "said"


@dataclass(frozen=True)
class Step:
    """One thing that happened to a file, by its ending, or a word that was said."""

    what: str
    file: str = ""
    offset: int = 0
    content: bytes = b""


@dataclass
class Tape:
    """All that happened, in order."""

    steps: list[Step] = field(default_factory=list)

    def say(self, word: str) -> None:
        """Note that from here on somebody counts on it."""
        self.steps.append(Step(SAID, word))


class TapedFile(apsw.VFSFile):
    """A file of the database whose writes and syncs are taken down."""

    def __init__(self, base: str, name: Any, flags: list[int], tape: Tape) -> None:
        super().__init__(base, name, flags)
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name or "")
        self.ending = Path(path).suffix
        self.tape = tape

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.tape.steps.append(Step(WRITE, self.ending, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self.tape.steps.append(Step(CUT, self.ending, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.tape.steps.append(Step(SYNC, self.ending))
        super().xSync(flags)


class TapedDisk(apsw.VFS):
    """The machine's own disk, with a tape running."""

    def __init__(self, name: str, tape: Tape) -> None:
        self.tape = tape
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> TapedFile:  # noqa: N802
        return TapedFile("", name, flags, self.tape)


@dataclass
class Disk:
    """What a disk holds as the tape runs: what is safe, and what is only on its way."""

    safe: dict[str, bytearray]
    waiting: dict[str, list[Step]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Let one step happen."""
        if step.what == SAID:
            self.said.append(step.file)
        elif step.what == SYNC:
            for one in self.waiting.pop(step.file, ()):
                _apply(self.safe, one)
        else:
            self.waiting.setdefault(step.file, []).append(step)

    def after_cut(self, chance: random.Random) -> Mapping[str, bytes]:
        """What is found when the power comes back."""
        files = {name: bytearray(content) for name, content in self.safe.items()}
        for steps in self.waiting.values():
            for step in steps:
                kept = chance.random()
                if kept < 0.5:
                    _apply(files, step)
                elif kept < 0.65 and step.what == WRITE:
                    _apply(files, _torn(step, chance))
        return {name: bytes(content) for name, content in files.items()}


def _torn(step: Step, chance: random.Random) -> Step:
    """The first sectors of a write."""
    sectors = len(step.content) // SECTOR
    return Step(WRITE, step.file, step.offset, step.content[: SECTOR * chance.randint(0, sectors)])


def _apply(files: dict[str, bytearray], step: Step) -> None:
    content = files.setdefault(step.file, bytearray())
    if step.what == CUT:
        del content[step.offset :]
        return
    end = step.offset + len(step.content)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[step.offset : end] = step.content


def cuts(
    start: Mapping[str, bytes], steps: Sequence[Step], many: int, chance: random.Random
) -> Iterator[tuple[Mapping[str, bytes], list[str]]]:
    """So many disks cut off at moments of chance, each with what had been said by then."""
    moments = sorted(chance.randrange(len(steps) + 1) for _ in range(many))
    disk = Disk({name: bytearray(content) for name, content in start.items()})
    done = 0
    for moment in moments:
        for step in steps[done:moment]:
            disk.take(step)
        done = moment
        yield disk.after_cut(chance), list(disk.said)
