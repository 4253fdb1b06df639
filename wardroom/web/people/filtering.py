"""The filters of the list of people, as they stand in the address."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from wardroom.casework.queries import PeopleFilters
from wardroom.city.queries import districts
from wardroom.directory.rules import AGENCY, LANGUAGES, ORGANISATION_KINDS
from wardroom.web.ui import filters
from wardroom.web.wards import all_wards

KINDS = (
    ("", "Everybody"),
    ("person", "Residents and contacts"),
    ("organisation", "Organizations"),
    *((code, words) for code, words in ORGANISATION_KINDS.items() if code != AGENCY),
    ("agency", "Agencies"),
    ("login", "Those who sign in"),
)
WAITS = (
    ("", "All"),
    ("untold", "Still to be told"),
    ("interpreter", "Need an interpreter"),
    ("vacancy", "With a vacant seat"),
)
QUIET = (
    ("", "Any"),
    ("30", "None in 30 days"),
    ("90", "None in 90 days"),
    ("180", "None in 180 days"),
    ("365", "None in a year"),
)
MOST_LETTERS = 100


def letters_given(request: HttpRequest) -> str:
    """What is typed to look for."""
    return " ".join(request.GET.get("q", "")[:MOST_LETTERS].split())


def filters_given(
    request: HttpRequest, today: date
) -> tuple[tuple[filters.Choice, ...], PeopleFilters]:
    """The drop-downs as the address sets them, and what they ask for."""
    state = request.GET
    wards = [(code, f"Ward {code}") for code, _ in all_wards(request)]
    ancs = [(row.code, f"ANC {row.code}") for row in districts("anc", today)]
    choices = (
        filters.choice(state, "kind", "Who", KINDS),
        filters.choice(state, "ward", "Ward", [("", "All wards"), *wards]),
        filters.choice(state, "anc", "ANC", [("", "All ANCs"), *ancs]),
        filters.choice(state, "language", "Language", [("", "All"), *LANGUAGES.items()]),
        filters.choice(state, "waits", "What waits", WAITS),
        filters.choice(state, "quiet", "Contact", QUIET),
    )
    value = {item.name: item.value for item in choices}
    quiet = int(value.pop("quiet") or 0)
    return choices, PeopleFilters(text=letters_given(request), quiet=quiet, **value)
