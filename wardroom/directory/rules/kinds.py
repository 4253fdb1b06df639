"""Kinds of organisations, of areas and of seats, as the office speaks of them."""

from __future__ import annotations

from collections.abc import Mapping

from wardroom.kernel.errors import Refused

ANC = "anc"
AGENCY = "agency"
INVOLVEMENT = "involvement"
ORGANISATION_KINDS: Mapping[str, str] = {
    ANC: "Advisory Neighborhood Commission",
    INVOLVEMENT: "Citizen involvement group",
    "civic": "Civic association",
    "tenant": "Tenant association",
    "faith": "Faith community",
    "school": "School",
    "business": "Business group",
    "commercial": "Commercial development council",
    "housing": "Housing commission",
    AGENCY: "Agency",
    "committee": "Committee or board",
    "other": "Other organization",
}
OWN_KINDS = frozenset({ANC, AGENCY})
AREA_KINDS: Mapping[str, str] = {"ward": "Ward", "anc": "ANC", "smd": "SMD"}
COMMISSIONER = "Commissioner"
MEMBER = "Member"
ANC_LIAISON = "ANC liaison"
SEAT_TITLES = (
    "President", "Vice president", "Chair", "Vice chair", "Secretary", "Treasurer",
    "Contact person", MEMBER, ANC_LIAISON,
)  # fmt: skip
OFFICE = "Office of Community Relations"
LONGEST_TITLE = 120


def check_organisation_kind(code: str) -> str:
    """A kind that a person may choose for an organisation; `Refused` for any other."""
    if code not in ORGANISATION_KINDS or code in OWN_KINDS:
        raise Refused(
            "unknown_organization_kind", "Choose what kind of organization it is.", field="sort"
        )
    return code


def area_meant(text: str) -> tuple[str, str]:
    """The area that a typed text means: Ward 5, ANC 3/4G, SMD 5C07; nothing for an empty text.

    Refuses: `unknown_area`.
    """
    words = " ".join(text.upper().split())
    if not words:
        return "", ""
    for kind, label in AREA_KINDS.items():
        start = f"{label.upper()} "
        if words.startswith(start) and 0 < len(words) - len(start) <= 10:
            return kind, words.removeprefix(start)
    raise Refused("unknown_area", "Write the area like Ward 5, ANC 5C or SMD 5C07.", field="area")


def area_words(kind: str, code: str) -> str:
    """An area as people say it."""
    return f"{AREA_KINDS.get(kind, kind)} {code}" if code else ""
