"""The checklist of each kind of incident: what whoever has it sees to, in the order of the field.

Data, not code: a new wording is a new version, and an incident keeps the lines it began with.
Case work stays with the agencies; the office sees that somebody does it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

VERSION = "2026-11"


class ChecklistItem(NamedTuple):
    """One line of a checklist."""

    code: str
    text: str


FIRST = (
    ChecklistItem("lead", "Ask who leads at the scene, and give them your name and number"),
    ChecklistItem("go", "Decide whether to go there; say when you arrive"),
)
PEOPLE = (
    ChecklistItem("count", "Count the people: homes, children, older people, access needs, pets"),
    ChecklistItem("languages", "Which languages are spoken? Call the language line"),
)
LAST = (
    ChecklistItem("report", "Send the first situation report within 60 minutes"),
    ChecklistItem("tell", "Tell the commissioner, the chair of the ANC and the councilmember"),
)
OF_KIND: Mapping[str, tuple[ChecklistItem, ...]] = {
    "fire": (
        *PEOPLE,
        ChecklistItem("red_cross", "Call the Red Cross: shelter, food, money for tonight"),
        ChecklistItem("dhs", "Call DHS: who is the caseworker for each home?"),
        ChecklistItem("reception", "Find a reception center with heat, toilets and chairs"),
        ChecklistItem("building", "Ask DOB whether people may go back in, and when"),
        ChecklistItem("tenants", "Tell renters about the Office of the Tenant Advocate"),
        ChecklistItem("school", "Children: tell the school what they need in the morning"),
    ),
    "closure": (
        *PEOPLE,
        ChecklistItem("order", "Get a copy of the order, and ask DOB how long it holds"),
        ChecklistItem("dhs", "Call DHS: who is the caseworker for each home?"),
        ChecklistItem("tenants", "Tell renters about the Office of the Tenant Advocate"),
        ChecklistItem("things", "Ask when people may fetch medicine, papers and pets"),
        ChecklistItem("owner", "Ask the owner what they offer, in writing"),
    ),
    "violence": (
        ChecklistItem("safe", "Stay outside the tape; speak with the police lead only"),
        ChecklistItem("families", "Call OVSJG for families and witnesses; take no names"),
        ChecklistItem("ons", "Call the violence interrupters of the area"),
        ChecklistItem("school", "School or recreation center near? Tell its head"),
        ChecklistItem("meeting", "Agree with MPD when neighbors are told more"),
    ),
    "outage": (
        ChecklistItem("utility", "Call the utility: how many homes, until when?"),
        ChecklistItem("equipment", "Who needs power for medical equipment? Tell DC Health"),
        ChecklistItem("older", "Call senior buildings in the area, with DACL"),
        ChecklistItem("water", "Water out: where is water handed out?"),
        ChecklistItem("cooling", "Open a warm or cool place for the night"),
    ),
    "weather": (
        ChecklistItem("streets", "Which streets and underpasses are closed?"),
        ChecklistItem("homes", "Which homes are flooded or without power?"),
        ChecklistItem("shelter", "Is a shelter or a warm place open? Say where"),
        ChecklistItem("outside", "People who live outside: call the outreach line of DHS"),
    ),
    "other": PEOPLE,
}


def checklist_of(kind_code: str) -> tuple[ChecklistItem, ...]:
    """The lines of a kind of incident, the first and the last the same for all."""
    return (*FIRST, *OF_KIND.get(kind_code, ()), *LAST)


AGENCIES_TO_CALL: Mapping[str, tuple[str, ...]] = {
    "fire": ("FEMS", "DHS", "DOB", "HSEMA", "OTA", "DOH"),
    "closure": ("DOB", "DHS", "OTA", "HSEMA", "DACL"),
    "violence": ("MPD", "OVSJG", "ONSE", "DCPS", "DBH"),
    "outage": ("HSEMA", "DACL", "DOH", "DDOT"),
    "weather": ("HSEMA", "DPW", "DDOT", "DHS", "DOEE"),
    "other": ("HSEMA", "MPD", "FEMS"),
}
