"""What can happen to the mirror of the city's own requests."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class FeedAdded(Fact):
    feed_code: str
    feed_name: str

    def sentence(self) -> str:
        return f"Requests of {self.feed_name} are mirrored as '{self.feed_code}'"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("feed", self.feed_code),)


@dataclass(frozen=True, kw_only=True)
class RunFact(Fact):
    """A fact about one reading of one file."""

    run_id: int
    feed_code: str
    file_name: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("import", str(self.run_id)), Ref("feed", self.feed_code))


@dataclass(frozen=True, kw_only=True)
class ImportStarted(RunFact):
    layout: str

    def sentence(self) -> str:
        return f"Reading {self.file_name} into '{self.feed_code}' began"


@dataclass(frozen=True, kw_only=True)
class RequestsRead(RunFact):
    new: int
    changed: int
    same: int

    def sentence(self) -> str:
        return (
            f"{self.new + self.changed + self.same:,} requests of {self.file_name} were read: "
            f"{self.new:,} new, {self.changed:,} changed"
        )


@dataclass(frozen=True, kw_only=True)
class RequestsImported(RunFact):
    read: int
    new: int
    changed: int
    same: int
    rejected: int

    def sentence(self) -> str:
        return (
            f"{self.file_name} was read into '{self.feed_code}': {self.read:,} rows, "
            f"{self.new:,} new, {self.changed:,} changed, {self.same:,} the same, "
            f"{self.rejected:,} rejected"
        )


@dataclass(frozen=True, kw_only=True)
class RequestsPlaced(Fact):
    """Requests up to one number were looked at, so many placed so far; ``last``: none waits."""

    district_kind: str
    placed: int
    until_id: int
    last: bool

    def sentence(self) -> str:
        return f"{self.placed:,} requests were placed in the {self.district_kind} of their day"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("boundaries", self.district_kind),)


@dataclass(frozen=True, kw_only=True)
class ImportFailed(RunFact):
    reason: str

    def sentence(self) -> str:
        return f"Reading {self.file_name} stopped: {self.reason}"
