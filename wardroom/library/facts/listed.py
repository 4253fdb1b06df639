"""What can happen to the services that people are sent to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day

SERVICES = Ref("library", "listings")


@dataclass(frozen=True, kw_only=True)
class NeedsLoaded(Fact):
    needs: int

    def sentence(self) -> str:
        return f"{self.needs} needs were put into the tree"

    def about(self) -> tuple[Ref, ...]:
        return (SERVICES,)


@dataclass(frozen=True, kw_only=True)
class ServiceFileRead(Fact):
    import_id: int
    source: str
    rows: int

    def sentence(self) -> str:
        return f"A file of services was read, and nothing written yet: {self.source}"

    def about(self) -> tuple[Ref, ...]:
        return (SERVICES,)


@dataclass(frozen=True, kw_only=True)
class ServicesImported(Fact):
    import_id: int
    source: str
    added: int
    changed: int

    def sentence(self) -> str:
        return f"{self.added} rows were added and {self.changed} changed from {self.source}"

    def about(self) -> tuple[Ref, ...]:
        return (SERVICES,)


@dataclass(frozen=True, kw_only=True)
class ServicesTakenBack(Fact):
    import_id: int
    source: str
    taken_back: int
    kept: int

    def sentence(self) -> str:
        return f"The import of {self.source} was taken back: {self.taken_back} rows"

    def about(self) -> tuple[Ref, ...]:
        return (SERVICES,)


@dataclass(frozen=True, kw_only=True)
class ServiceAssured(Fact):
    service_id: str
    service_name: str

    def sentence(self) -> str:
        return f"{self.service_name}: somebody checked that what we say of it is right"

    def about(self) -> tuple[Ref, ...]:
        return (SERVICES, Ref("listing", self.service_id))


@dataclass(frozen=True, kw_only=True)
class ServiceAlertSet(Fact):
    service_id: str
    service_name: str
    alert: str
    status: str
    until: date | None = None

    def sentence(self) -> str:
        said = self.alert or "no alert any more"
        said += f" (until {long_day(self.until)})" if self.until else ""
        return f"{self.service_name} ({self.status}): {said}"

    def about(self) -> tuple[Ref, ...]:
        return (SERVICES, Ref("listing", self.service_id))

    def words(self) -> str:
        return self.alert


@dataclass(frozen=True, kw_only=True)
class ServiceListed(Fact):
    """Somebody of the office wrote a service down."""

    service_id: str
    service_name: str
    organization: str

    def sentence(self) -> str:
        return f"{self.service_name} was written down, run by {self.organization}"

    def about(self) -> tuple[Ref, ...]:
        return (SERVICES, Ref("listing", self.service_id))


@dataclass(frozen=True, kw_only=True)
class ServiceRevised(Fact):
    """What is said of a service was changed."""

    service_id: str
    service_name: str
    changed: tuple[str, ...]

    def sentence(self) -> str:
        return f"{self.service_name}: changed {', '.join(self.changed)}"

    def about(self) -> tuple[Ref, ...]:
        return (SERVICES, Ref("listing", self.service_id))


@dataclass(frozen=True, kw_only=True)
class ServiceClosed(Fact):
    """A service is no more."""

    service_id: str
    service_name: str
    reason: str

    def sentence(self) -> str:
        return f"{self.service_name} is closed for good"

    def words(self) -> str:
        return self.reason

    def about(self) -> tuple[Ref, ...]:
        return (SERVICES, Ref("listing", self.service_id))
