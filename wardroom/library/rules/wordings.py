"""What is usually asked of whom for each topic, as the office starts: its own words to begin with.

They are offered, never sent by themselves, and are plain enough to be read by anybody: an
agency reads them as they are, and no resident's name belongs in them.
"""

from __future__ import annotations

from collections.abc import Mapping

Usual = tuple[tuple[str, str], ...]
USUAL: Mapping[str, Usual] = {
    "dumping": (
        ("DPW", "Clear what lies there and say on which day it was done"),
        ("DPW", "Look for evidence of who dumps here and enforce against it"),
        ("DDOT", "Mend or set the light here, so that nobody dumps in the dark"),
        ("MPD", "Pass by in the evenings for two weeks and say what you see"),
    ),
    "trash": (
        ("DPW", "Collect what was missed and check the route for this block"),
        ("DPW", "Inspect how trash is kept here and enforce where it is not contained"),
        ("DOH", "Inspect for rodents that the trash may feed"),
    ),
    "rodents": (
        ("DOH", "Inspect, treat the burrows, and come back until nothing moves"),
        ("DPW", "Inspect how trash is kept here and enforce where it feeds rodents"),
        ("DOB", "Inspect the building for where rats live and bring its owner to act"),
    ),
    "graffiti": (("DPW", "Remove the graffiti and send a photograph of the clean wall"),),
    "streetlights": (
        ("DDOT", "Repair the streetlight and check the lights beside it"),
        ("DDOT", "Say whether a branch covers the light, and have it trimmed"),
    ),
    "signals": (
        ("DDOT", "Inspect the signal or sign and repair it"),
        ("DDOT", "Open a traffic safety review of this place"),
    ),
    "roadway": (("DDOT", "Fill the hole and say whether the road needs more than a patch"),),
    "sidewalks": (("DDOT", "Make the sidewalk safe now and say when it is rebuilt"),),
    "vacant": (
        ("DOB", "Inspect, and have the owner secure the building"),
        ("DPW", "Clear the yard and bill the owner"),
        ("MPD", "Check who goes in and out at night"),
    ),
    "vehicles": (("DPW", "Tag the vehicle and tow it when its time is up"),),
    "parking": (
        ("DPW", "Enforce parking here at the hours the neighbors name"),
        ("DDOT", "Look at the signs and the curb, and change them where they mislead"),
    ),
    "trees": (("DDOT", "Inspect the tree and remove what may fall"),),
    "snow": (("DPW", "Clear and treat this block"),),
    "water": (
        ("DCWATER", "Inspect the pipe or basin and stop the leak"),
        ("DCWATER", "Clean the catch basins on this block"),
        ("DOEE", "Say whether anything harmful reached the drain"),
    ),
    "noise": (("MPD", "Pass by at the hours the neighbors name and say what you hear"),),
    "parks": (("DPR", "Clean the ground and put it on the mowing route"),),
}


def usual_asks(topic_code: str) -> Usual:
    """What is usually asked for a topic, as agency and words; nothing where nothing is usual."""
    return USUAL.get(topic_code, ())
