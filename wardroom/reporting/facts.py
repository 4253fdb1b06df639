"""What can happen to a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from wardroom.calendar.facts import EventFact
from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts import CITY_WIDE, MatterFact
from wardroom.reporting.rules.kinds import WORD_TEMPLATES, named


@dataclass(frozen=True, kw_only=True)
class EditionFact(Fact):
    """A fact about one edition of a report; ``area`` is the ANC of a monthly one."""

    plain: ClassVar[frozenset[str]] = frozenset({"area"})

    edition_id: int
    report: str = "weekly"
    ward_code: str
    area: str = ""
    week: str
    version: int

    def about(self) -> tuple[Ref, ...]:
        return (Ref("edition", str(self.edition_id)), Ref("ward", self.ward_code or CITY_WIDE))

    @property
    def title(self) -> str:
        later = f", version {self.version}" if self.version > 1 else ""
        return f"the {named(self.report, self.ward_code, self.area)} for {self.week}{later}"


@dataclass(frozen=True, kw_only=True)
class ReportDrafted(EditionFact):
    def sentence(self) -> str:
        return f"Drafted {self.title}"


@dataclass(frozen=True, kw_only=True)
class ReportEdited(EditionFact):
    parts: tuple[str, ...]

    def sentence(self) -> str:
        return f"Edited {self.title}"


@dataclass(frozen=True, kw_only=True)
class ReportSigned(EditionFact):
    digest: str

    def sentence(self) -> str:
        return f"Signed {self.title}"


@dataclass(frozen=True, kw_only=True)
class ReportCorrected(EditionFact):
    reason: str
    replaces_id: int

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("edition", str(self.replaces_id)))

    def sentence(self) -> str:
        return f"Opened a correction of {self.title}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ReportFiled(EditionFact):
    document_digest: str

    def sentence(self) -> str:
        return f"Filed the PDF of {self.title}"


@dataclass(frozen=True, kw_only=True)
class ReportRebuilt(EditionFact):
    """A signed report was told again from its frozen rows and compared in every number."""

    noise: ClassVar[bool] = True

    identical: bool
    numbers: int

    def sentence(self) -> str:
        found = "identical" if self.identical else "NOT identical"
        return f"Rebuilt {self.title} and compared {self.numbers:,} values: {found}"


@dataclass(frozen=True, kw_only=True)
class DirectorAnswered(EditionFact):
    """The director answered what a report asked to be decided; the answer is on the matter."""

    key: str
    asked: str
    text: str
    matter_id: int
    task_id: int

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("matter", str(self.matter_id)))

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"The director answered “{self.asked}”: {self.text}"


@dataclass(frozen=True, kw_only=True)
class WordTemplateFact(Fact):
    """Something about the Word template of one kind of report."""

    template_id: int
    report: str
    version: int

    def about(self) -> tuple[Ref, ...]:
        return (Ref("template", str(self.template_id)),)

    @property
    def title(self) -> str:
        return f"the Word template “{WORD_TEMPLATES.get(self.report, self.report)}”"


@dataclass(frozen=True, kw_only=True)
class WordTemplateTaken(WordTemplateFact):
    name: str
    document_digest: str

    def sentence(self) -> str:
        return f"Took {self.name} as {self.title}, version {self.version}"


@dataclass(frozen=True, kw_only=True)
class WordTemplatePutBack(WordTemplateFact):
    """A former template counts again; ``former`` is its version, 0 from before the first."""

    former: int

    def sentence(self) -> str:
        which = f"version {self.former}" if self.former else "the one from before any was handed in"
        return f"Put {which} back as {self.title}"


@dataclass(frozen=True, kw_only=True)
class RequestsMeasured(Fact):
    """``dropped`` are earlier measurements that were let go: neither newest nor a month's last."""

    measurement_id: int
    data_as_of: datetime
    requests: int
    cells: int
    dropped: tuple[int, ...] = ()

    def about(self) -> tuple[Ref, ...]:
        return (Ref("measurement", str(self.measurement_id)),)

    def sentence(self) -> str:
        return f"Measured {self.requests:,} requests, {self.cells:,} figures for wards and agencies"


@dataclass(frozen=True, kw_only=True)
class MeetingSheetKept(EventFact):
    """A memo or a note of an event was kept as somebody edited it."""

    sheet_label: str
    version: int

    def sentence(self) -> str:
        return f"Kept the {self.sheet_label.lower()} of {self.name}, version {self.version}"


@dataclass(frozen=True, kw_only=True)
class PolicyMemoKept(MatterFact):
    """The memo on a policy was written, with the numbers and the sources of its day."""

    version: int

    def sentence(self) -> str:
        later = f", version {self.version}" if self.version > 1 else ""
        return f"Wrote the memo on {quoted(self.title)}{later}"


@dataclass(frozen=True, kw_only=True)
class PacketFact(Fact):
    """Something about the packet that goes to a commission before its meeting."""

    event_id: int
    commission_id: int
    commission_name: str
    ward_code: str
    meets_on: date

    def about(self) -> tuple[Ref, ...]:
        return (
            Ref("event", str(self.event_id)),
            Ref("party", str(self.commission_id)),
            Ref("ward", self.ward_code),
        )

    @property
    def title(self) -> str:
        return f"the packet of {self.commission_name} for {long_day(self.meets_on)}"


@dataclass(frozen=True, kw_only=True)
class PacketOffered(PacketFact):
    """A commission meets soon, so its packet waits in the list of the ward's liaison."""

    noise: ClassVar[bool] = True

    def sentence(self) -> str:
        return f"Put {self.title} on the liaison's list"


@dataclass(frozen=True, kw_only=True)
class PacketOfferWithdrawn(PacketFact):
    """The meeting is over, canceled or far off again, so its packet waits for nobody."""

    noise: ClassVar[bool] = True

    def sentence(self) -> str:
        return f"Took {self.title} off the list"


@dataclass(frozen=True, kw_only=True)
class PacketSent(PacketFact):
    """A packet was frozen and went to its commission."""

    packet_id: int
    version: int
    note: str

    def words(self) -> str:
        return self.note

    def sentence(self) -> str:
        later = f", version {self.version}" if self.version > 1 else ""
        return f"Sent {self.title}{later}"


@dataclass(frozen=True, kw_only=True)
class PacketFiled(PacketFact):
    """The paper of a packet that was sent is on file."""

    noise: ClassVar[bool] = True

    packet_id: int
    version: int
    document_digest: str

    def sentence(self) -> str:
        return f"Filed the paper of {self.title}"


@dataclass(frozen=True, kw_only=True)
class MeasureTargetSet(Fact):
    """The office said what it wants of one of its measures, or that nothing is wanted any more."""

    code: str
    name: str
    wanted: str
    from_on: date
    reason: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("ward", CITY_WIDE),)

    def words(self) -> str:
        return self.reason

    def sentence(self) -> str:
        what = self.wanted or "no target any more"
        return f"Target of “{self.name}” from {long_day(self.from_on)}: {what}"
