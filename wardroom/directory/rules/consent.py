"""What somebody allowed us to use a telephone number or an address for, and what outranks what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wardroom.kernel.errors import Refused

ANSWERS, INVITATIONS, PROGRESS = "answers", "invitations", "progress"
PURPOSES: Mapping[str, str] = {
    ANSWERS: "Answers to what they reported",
    INVITATIONS: "Invitations",
    PROGRESS: "Progress information",
}
YES, NO, NOT_ASKED = "yes", "no", ""
SAID: Mapping[str, str] = {YES: "Allowed", NO: "Refused", NOT_ASKED: "Not asked"}


def check_purpose(code: str) -> str:
    """A purpose that consent is asked for; `Refused` for any other."""
    if code not in PURPOSES:
        raise Refused("unknown_purpose", "Choose what it may be used for.", field="purpose")
    return code


def state_of(given: bool | None) -> str:
    """What was last said about one purpose, in a word."""
    return NOT_ASKED if given is None else (YES if given else NO)


def after_joining(own: str, others: Iterable[str]) -> str:
    """What holds for a contact point once records that share it are one.

    A refusal goes over to all of them; nobody's permission goes anywhere.
    """
    return NO if NO in {own, *others} else own


def after_import(own: str, brought: str) -> str:
    """What holds after a file was read: it may bring a refusal, never a permission."""
    return NO if brought == NO else own
