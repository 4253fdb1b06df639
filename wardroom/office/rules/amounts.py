"""Amounts of money: read as people type them, shown as they are printed; whole cents, no floats."""

from __future__ import annotations

import re

from wardroom.kernel.errors import Refused

MOST_CENTS = 10**12
_AMOUNT = re.compile(
    r"\$?\s?(?P<dollars>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<cents>[0-9]{2}))?"
)
HOW = "Write the amount in dollars, with cents or without: 1,234.56 or 1234."


def cents_in(text: str, *, field: str = "amount", least: int = 1) -> int:
    """The cents that somebody typed, exactly.

    Refuses: what is no amount, one below ``least`` cents, and one above ten billion dollars.
    """
    typed = text.strip()
    if typed.startswith(("-", "\u2212", "(")):
        raise Refused("amount_negative", "Write the amount without a minus. " + HOW, field=field)
    found = _AMOUNT.fullmatch(typed) if len(typed) <= 40 else None
    if found is None:
        raise Refused("amount_unclear", HOW, field=field)
    cents = int(found["dollars"].replace(",", "")) * 100 + int(found["cents"] or 0)
    return checked_cents(cents, field=field, least=least)


def checked_cents(cents: int, *, field: str = "amount", least: int = 1) -> int:
    """An amount within what a fund can hold. Refuses: one below ``least``, and one above it."""
    if cents < least:
        raise Refused("amount_missing", "The amount must be more than nothing.", field=field)
    if cents > MOST_CENTS:
        raise Refused(
            "amount_too_large",
            f"The largest amount is {shown(MOST_CENTS)}. Check the number.",
            field=field,
        )
    return cents


def shown(cents: int) -> str:
    """An amount as it is printed, to the cent: $1,234.56."""
    dollars, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}${dollars:,}.{rest:02d}"


def plain(cents: int) -> str:
    """An amount as a file for other programs holds it: 1234.56."""
    dollars, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{dollars}.{rest:02d}"
