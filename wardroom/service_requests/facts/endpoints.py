"""What can happen to other endpoints, to what was sent to them, and where they disagree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.kernel.facts import Change, Fact, Ref
from wardroom.kernel.text import quoted

CITY_WIDE = "city"


@dataclass(frozen=True, kw_only=True)
class EndpointFact(Fact):
    """A fact about another city's Open311 server."""

    endpoint_code: str
    endpoint_name: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("endpoint", self.endpoint_code),)


@dataclass(frozen=True, kw_only=True)
class EndpointAdded(EndpointFact):
    url: str
    mode: str

    def sentence(self) -> str:
        return f"{self.endpoint_name} at {self.url} was added as an endpoint"


@dataclass(frozen=True, kw_only=True)
class EndpointCorrected(EndpointFact):
    changes: tuple[Change, ...]

    def sentence(self) -> str:
        return f"What is set for the endpoint {self.endpoint_name} was changed"


@dataclass(frozen=True, kw_only=True)
class EndpointPaused(EndpointFact):
    def sentence(self) -> str:
        return f"The endpoint {self.endpoint_name} rests: nothing is read from it or sent to it"


@dataclass(frozen=True, kw_only=True)
class EndpointResumed(EndpointFact):
    def sentence(self) -> str:
        return f"The endpoint {self.endpoint_name} is read from and sent to again"


@dataclass(frozen=True, kw_only=True)
class EndpointHurried(EndpointFact):
    def sentence(self) -> str:
        return f"Somebody asked for a reading of {self.endpoint_name} at once"


@dataclass(frozen=True, kw_only=True)
class ServicesListed(EndpointFact):
    services: int
    noise = True

    def sentence(self) -> str:
        return f"{self.endpoint_name} lists {self.services:,} services"


@dataclass(frozen=True, kw_only=True)
class WindowRead(EndpointFact):
    until_at: datetime
    rows: int
    noise = True

    def sentence(self) -> str:
        return f"{self.endpoint_name} was read until {self.until_at:%B %-d, %Y %H:%M} UTC"


@dataclass(frozen=True, kw_only=True)
class EndpointRead(EndpointFact):
    caught_up: bool
    noise = True

    def sentence(self) -> str:
        rest = "" if self.caught_up else ", and the next reading goes on"
        return f"A reading of {self.endpoint_name} came to its end{rest}"


@dataclass(frozen=True, kw_only=True)
class EndpointFailed(EndpointFact):
    reason: str

    def sentence(self) -> str:
        return f"{self.endpoint_name} could not be read to the end: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class EndpointChecked(EndpointFact):
    checked: int
    vanished: int
    problem: str = ""

    def sentence(self) -> str:
        rest = f" {self.problem}" if self.problem else ""
        return (
            f"{self.checked:,} requests of {self.endpoint_name} were held to what it says now,"
            f" {self.vanished:,} are no longer there.{rest}"
        )


@dataclass(frozen=True, kw_only=True)
class RequestsMirrored(Fact):
    """Requests of one window came into the mirror; the nightly ranking takes them in."""

    run_id: int
    feed_code: str
    file_name: str
    new: int
    changed: int
    rejected: int
    noise = True

    def about(self) -> tuple[Ref, ...]:
        return (Ref("import", str(self.run_id)), Ref("feed", self.feed_code))

    def sentence(self) -> str:
        return (
            f"{self.file_name}: {self.new:,} requests were new, {self.changed:,} changed, "
            f"{self.rejected:,} were rejected"
        )


@dataclass(frozen=True, kw_only=True)
class SubmissionFact(Fact):
    """A fact about a request of ours that goes to another endpoint."""

    submission_id: int
    endpoint_code: str
    endpoint_name: str
    service_name: str
    noun: str
    key: str
    matter_id: int
    ward_code: str

    def about(self) -> tuple[Ref, ...]:
        refs = (
            Ref("submission", str(self.submission_id)),
            Ref("matter", str(self.matter_id)),
            Ref("ward", self.ward_code or CITY_WIDE),
        )
        return refs if self.noun == "matter" else (*refs, Ref(self.noun or "matter", self.key))


@dataclass(frozen=True, kw_only=True)
class RequestSubmitted(SubmissionFact):
    description: str

    def sentence(self) -> str:
        return f"{self.service_name} is sent to {self.endpoint_name}"

    def words(self) -> str:
        return self.description


@dataclass(frozen=True, kw_only=True)
class TokenGiven(SubmissionFact):
    def sentence(self) -> str:
        return f"{self.endpoint_name} took it, and gives its number later"


@dataclass(frozen=True, kw_only=True)
class NumberGiven(SubmissionFact):
    number: str

    def sentence(self) -> str:
        return f"{self.endpoint_name} took it under the number {self.number}"


@dataclass(frozen=True, kw_only=True)
class TakenWithoutNumber(SubmissionFact):
    notice: str

    def sentence(self) -> str:
        rest = f": {quoted(self.notice)}" if self.notice else ""
        return f"{self.endpoint_name} took it and gives no number{rest}"


@dataclass(frozen=True, kw_only=True)
class SubmissionRefused(SubmissionFact):
    reason: str

    def sentence(self) -> str:
        return f"{self.endpoint_name} did not take it: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class SubmissionUnclear(SubmissionFact):
    reason: str

    def sentence(self) -> str:
        return f"Nobody can say whether {self.endpoint_name} took it: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class SubmissionRetried(SubmissionFact):
    look_first: bool

    def sentence(self) -> str:
        how = "It is looked for" if self.look_first else "It is sent again"
        return f"{how} at {self.endpoint_name}"


@dataclass(frozen=True, kw_only=True)
class SubmissionGivenUp(SubmissionFact):
    reason: str

    def sentence(self) -> str:
        return f"It is not sent to {self.endpoint_name} any more: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class StatusThereChanged(SubmissionFact):
    before: str
    after: str
    notes: str = ""

    def sentence(self) -> str:
        rest = f", {quoted(self.notes)}" if self.notes else ""
        was = f" (was {self.before})" if self.before else ""
        return f"{self.endpoint_name} calls it {self.after}{was}{rest}"


@dataclass(frozen=True, kw_only=True)
class DriftFact(Fact):
    """A fact about two systems that do not say the same."""

    drift_id: int
    drift_kind: str
    label: str
    what: str
    ward_code: str
    matter_id: int | None = None

    def about(self) -> tuple[Ref, ...]:
        refs = (Ref("drift", str(self.drift_id)), Ref("ward", self.ward_code or CITY_WIDE))
        return (*refs, Ref("matter", str(self.matter_id))) if self.matter_id else refs


@dataclass(frozen=True, kw_only=True)
class DriftFound(DriftFact):
    here: str
    there: str

    def sentence(self) -> str:
        return f"{self.what}: {self.label.lower()}. Here: {self.here}. There: {self.there}"


@dataclass(frozen=True, kw_only=True)
class DriftGone(DriftFact):
    noise = True

    def sentence(self) -> str:
        return f"{self.what}: both systems agree again ({self.label.lower()})"


@dataclass(frozen=True, kw_only=True)
class DriftAccepted(DriftFact):
    def sentence(self) -> str:
        return f"{self.what}: what the other system says was accepted ({self.label.lower()})"


@dataclass(frozen=True, kw_only=True)
class DriftIgnored(DriftFact):
    reason: str

    def sentence(self) -> str:
        return f"{self.what}: nothing follows from it ({self.label.lower()}): {self.reason}"


@dataclass(frozen=True, kw_only=True)
class DriftPlanned(DriftFact):
    def sentence(self) -> str:
        return f"{self.what}: a next step was set because of it ({self.label.lower()})"


@dataclass(frozen=True, kw_only=True)
class RequestsCompared(Fact):
    """Every request that a matter of ours hangs on was held to what the city says."""

    compared: int
    found: int
    gone: int
    noise = True

    def about(self) -> tuple[Ref, ...]:
        return (Ref("drift", "all"),)

    def sentence(self) -> str:
        return (
            f"{self.compared:,} requests of our matters were compared: {self.found:,} drifts are "
            f"new, {self.gone:,} are gone"
        )
