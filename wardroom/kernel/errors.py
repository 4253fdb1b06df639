"""How the house says no."""

from __future__ import annotations

from datetime import datetime


class Refused(Exception):
    """The office may not do this now, and here is the sentence that says why.

    ``code`` is for programs and stays the same for ever; ``sentence`` is for people and
    says what to do next; ``field`` names the input that is at fault, if one is.
    """

    def __init__(self, code: str, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.field = field


class NotAllowed(Refused):
    """This person may not do this, whatever they fill in."""

    def __init__(self, sentence: str = "Your role does not allow this.") -> None:
        super().__init__("not_allowed", sentence)


class Stale(Refused):
    """Somebody else saved this since the page was opened; nothing of theirs was overwritten.

    ``theirs`` is what stands there now, each a name and its words; ``by`` and ``at`` say who
    saved it and when. ``seen`` is the version that a form has to carry to be saved on top.
    """

    def __init__(
        self,
        *,
        seen: str,
        theirs: tuple[tuple[str, str], ...],
        by: str = "",
        at: datetime | None = None,
        field: str | None = None,
    ) -> None:
        who = by or "Somebody"
        super().__init__(
            "stale",
            f"{who} saved this while your page was open. Nothing was overwritten: both versions "
            "are shown. Save again to replace it with yours.",
            field=field,
        )
        self.seen = seen
        self.theirs = theirs
        self.by = by
        self.at = at


class TooOften(Refused):
    """Somebody did something too often; ``wait`` is in how many seconds they may again."""

    code = "sent_too_often"

    def __init__(self, sentence: str, *, wait: int) -> None:
        super().__init__(TooOften.code, sentence)
        self.wait = wait


class NotFound(LookupError):
    """There is no such thing within the asker's reach; the two are not told apart."""


def is_conflict(no: Refused) -> bool:
    """Whether a refusal means that somebody else was faster, not that the input is off."""
    code = no.code
    return code in {"stale", "wrong_state"} or code.startswith("already_") or "_state" in code
