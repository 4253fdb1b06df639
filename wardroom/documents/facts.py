"""What can happen to a stored file."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class DocumentStored(Fact):
    """A file was kept; ``again`` where the same bytes stood already.

    A line stays for ever, so it gives no ``name`` of what came by mail, or tells of a colleague.
    """

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
        what = f"File {self.name}" if self.name else "A file"
        return f"{what} {was} ({self.size:,} bytes, {self.digest[:12]})"


@dataclass(frozen=True, kw_only=True)
class AttachmentFact(Fact):
    """Something about a file that belongs to a thing."""

    document: int
    name: str
    noun: str
    key: str
    ward_code: str = ""
    matter_key: str = ""

    def about(self) -> tuple[Ref, ...]:
        refs = (
            Ref(self.noun, self.key),
            Ref("document", str(self.document)),
            Ref("matter", self.matter_key),
            Ref("ward", self.ward_code),
        )
        return tuple(ref for ref in dict.fromkeys(refs) if ref.noun and ref.key)


@dataclass(frozen=True, kw_only=True)
class DocumentAttached(AttachmentFact):
    """A file was put to a thing."""

    caption: str = ""

    def sentence(self) -> str:
        return f"{self.name} attached" + (f": {self.caption}" if self.caption else "")


@dataclass(frozen=True, kw_only=True)
class DocumentDetached(AttachmentFact):
    """A file was taken off a thing; the file itself is kept."""

    reason: str

    def sentence(self) -> str:
        return f"{self.name} was removed: {self.reason}"
