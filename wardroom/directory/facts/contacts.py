"""What can happen to consent, to records that are joined, and to contacts that are read in."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.directory.facts.parties import PartyFact
from wardroom.kernel.facts import Change, Fact, Ref


@dataclass(frozen=True, kw_only=True)
class PurposeConsentNoted(PartyFact):
    """Somebody said whether we may use a contact point for a purpose, and how they said it."""

    channel: str
    purpose: str
    given: bool
    how: str

    def sentence(self) -> str:
        may = "may" if self.given else "may not"
        how = f" ({self.how})" if self.how else ""
        return f"We {may} use the {self.channel} of {self.party_name} for {self.purpose}{how}"


@dataclass(frozen=True, kw_only=True)
class ContactPointEnded(PartyFact):
    """A way to reach somebody is not used any more."""

    channel: str
    reason: str

    def sentence(self) -> str:
        return f"A {self.channel} of {self.party_name} is not used any more: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class PartiesJoined(PartyFact):
    """Two records are of the same person or organisation; the first goes on in the second."""

    into_id: int
    into_name: str
    reason: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.into_id)))

    def sentence(self) -> str:
        return (
            f"{self.party_name} (P-{self.party_id}) was joined to {self.into_name}: {self.reason}"
        )


@dataclass(frozen=True, kw_only=True)
class PartiesParted(PartyFact):
    """Two records that were joined are two again."""

    from_id: int
    from_name: str
    reason: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.from_id)))

    def sentence(self) -> str:
        return f"{self.party_name} was parted from {self.from_name} again: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ContactImportFact(Fact):
    """A fact about one file of contacts."""

    import_id: int
    source: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("import", f"contacts-{self.import_id}"),)


@dataclass(frozen=True, kw_only=True)
class ContactsImported(ContactImportFact):
    added: int
    changed: int

    def sentence(self) -> str:
        return f"{self.source} was imported: {self.added} added, {self.changed} changed"


@dataclass(frozen=True, kw_only=True)
class ContactsTakenBack(ContactImportFact):
    taken_back: int
    kept: int

    def sentence(self) -> str:
        kept = f"; {self.kept} stay as they are, for more happened to them" if self.kept else ""
        return f"The import of {self.source} was undone for {self.taken_back} contacts{kept}"


@dataclass(frozen=True, kw_only=True)
class PartyImported(PartyFact):
    """A contact of a file was added, or changed field by field."""

    import_id: int
    added: bool
    changes: tuple[Change, ...]

    def sentence(self) -> str:
        if self.added:
            return f"{self.party_name} came in with an import of contacts"
        what = ", ".join(change.label.lower() for change in self.changes)
        return f"An import of contacts changed {self.party_name}: {what}"


@dataclass(frozen=True, kw_only=True)
class PartyImportUndone(PartyFact):
    """What an import did to a contact was taken back."""

    import_id: int
    withdrawn: bool

    def sentence(self) -> str:
        if self.withdrawn:
            return f"{self.party_name} was taken out again with the import that brought it"
        return f"{self.party_name} is as before the import"
