"""How the house says no."""

from __future__ import annotations


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


class NotFound(LookupError):
    """There is no such thing within the asker's reach; the two are not told apart."""
