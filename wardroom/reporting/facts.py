"""What can happen to a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class EditionFact(Fact):
    """A fact about one edition of a ward's weekly report."""

    edition_id: int
    ward_code: str
    week: str
    version: int

    def about(self) -> tuple[Ref, ...]:
        return (Ref("edition", str(self.edition_id)), Ref("ward", self.ward_code))

    @property
    def title(self) -> str:
        later = f", version {self.version}" if self.version > 1 else ""
        return f"the weekly report of Ward {self.ward_code} for {self.week}{later}"


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
