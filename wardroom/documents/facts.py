"""What can happen to a stored file."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class DocumentStored(Fact):
    """A file was kept; ``again`` where the same bytes stood already."""

    document: int
    name: str
    media_type: str
    size: int
    digest: str
    again: bool = False

    def about(self) -> tuple[Ref, ...]:
        return (Ref("document", str(self.document)),)

    def sentence(self) -> str:
        was = "was kept already" if self.again else "kept"
        return f"File {self.name} {was} ({self.size:,} bytes, {self.digest[:12]})"
