"""For whom a service is there: how old they are, and where they live, as far as it says."""

from __future__ import annotations

import re
from collections.abc import Iterable

OF_WARDS = re.compile(r"\bwards?\b", re.IGNORECASE)
NUMBERS = re.compile(r"\b[1-8]\b")


def fits_age(age: int | None, youngest: int | None, oldest: int | None) -> bool:
    """Whether somebody of this age is taken; a service that says nothing takes everybody."""
    if age is None:
        return True
    return (youngest is None or age >= youngest) and (oldest is None or age <= oldest)


def serves_ward(areas: Iterable[str], ward_code: str) -> bool:
    """Whether somebody of this ward is taken. An area that names no ward may be anywhere."""
    named = list(areas)
    if not ward_code or not named:
        return True
    return any(not OF_WARDS.search(area) or ward_code in NUMBERS.findall(area) for area in named)


def age_words(youngest: int | None, oldest: int | None) -> str:
    """For which ages, in words; empty where it does not say."""
    if youngest and oldest:
        return f"Ages {youngest} to {oldest}"
    if youngest:
        return f"Age {youngest} or older"
    return f"Up to age {oldest}" if oldest else ""
