"""What can happen to the keys of programs."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class ApiKeyFact(Fact):
    """A fact about one key, and about whoever holds it."""

    key_id: int
    key_name: str
    holder_id: int | None = None

    def about(self) -> tuple[Ref, ...]:
        own = (Ref("key", str(self.key_id)),)
        return own if self.holder_id is None else (*own, Ref("party", str(self.holder_id)))


@dataclass(frozen=True, kw_only=True)
class ApiKeyMade(ApiKeyFact):
    scopes: tuple[str, ...]
    publishes: bool
    hourly_limit: int

    def sentence(self) -> str:
        return f"The API key “{self.key_name}” was made, for {', '.join(self.scopes) or 'nothing'}"


@dataclass(frozen=True, kw_only=True)
class ApiKeyEnded(ApiKeyFact):
    def sentence(self) -> str:
        return f"The API key “{self.key_name}” was ended"


@dataclass(frozen=True, kw_only=True)
class ApiKeyUsed(ApiKeyFact):
    """The first use of a key on a day; how often it is used is counted nowhere."""

    noise = True

    def sentence(self) -> str:
        return f"The API key “{self.key_name}” was used"
