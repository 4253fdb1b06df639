"""Which ward an ANC belongs to. Pure."""

from __future__ import annotations


def ward_of_area(code: str) -> str:
    """The ward whose liaison reports to an ANC: the one its code begins with, as 5 in 5D."""
    return code[: len(code) - len(code.lstrip("0123456789"))]
