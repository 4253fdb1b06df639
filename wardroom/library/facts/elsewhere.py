"""What can happen to the list of whom to call about what is not the city's."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class AuthorityFact(Fact):
    """Something that happened to what residents are told of an authority."""

    code: str
    name: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("library", "authorities"),)


@dataclass(frozen=True, kw_only=True)
class AuthorityKept(AuthorityFact):
    """Residents are told whom to call about what is not the city's."""

    theirs: str
    phone: str
    hours: str

    def words(self) -> str:
        return self.theirs

    def sentence(self) -> str:
        return f"Residents are told of {self.name}, {self.phone}, {self.hours}: {self.theirs}"


@dataclass(frozen=True, kw_only=True)
class AuthorityTranslated(AuthorityFact):
    """Residents are told of an authority in one more language, or in other words of it."""

    language: str

    def sentence(self) -> str:
        return f"Residents are told of {self.name} in other words ({self.language})"


@dataclass(frozen=True, kw_only=True)
class AuthorityEnded(AuthorityFact):
    """Residents are not told of an authority any more."""

    def sentence(self) -> str:
        return f"Residents are not told of {self.name} any more"
