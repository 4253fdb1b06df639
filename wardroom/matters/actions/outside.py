"""Words that others than the office will read: they name no resident."""

from __future__ import annotations

from wardroom.kernel.addresses import house_in
from wardroom.kernel.errors import Refused
from wardroom.matters.gateways import is_delicate, resident_in


def check_names_nobody(text: str, *, ward_code: str, field: str) -> None:
    """Refuses words in which somebody who complained in the ward is named."""
    found = resident_in(text, ward_code)
    if found:
        raise Refused(
            "names_a_resident",
            f"“{found}” reported something here, and others read this. Write “a resident”.",
            field=field,
        )


def check_for_the_public(text: str, *, field: str) -> None:
    """Refuses what the public may not read: a resident, a house, people who live outside."""
    check_names_nobody(text, ward_code="", field=field)
    house = house_in(text)
    if house:
        raise Refused(
            "names_a_house",
            f"“{house}” is somebody's address, and the public reads this. Write the block.",
            field=field,
        )
    if is_delicate(text):
        raise Refused(
            "names_an_encampment",
            "Encampments, shelters and victims are never in a text for the public. Leave this out.",
            field=field,
        )
