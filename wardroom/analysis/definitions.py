"""What a figure means, in a sentence and a version that a page can print under it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """How a figure is made. The version goes up by one whenever the figure would change.

    ``meaning`` is for residents; ``source`` says where the formula is from.
    """

    name: str
    version: int
    meaning: str
    source: str

    def __str__(self) -> str:
        return f"{self.name}, definition {self.version}. {self.meaning}"


PROMISE_KEPT = Definition(
    "Promise kept",
    1,
    "Of the asks whose first promised day has passed, the share that was done by that day. A later "
    "promise changes nothing.",
    "Share of what has come due; interval by Wilson 1927",
)
SEEN_FIXED = Definition(
    "Seen fixed",
    1,
    "Of what an agency said it had done and somebody else went to look at afterwards, the share "
    "that was found clean. What nobody could tell counts as not fixed at the lower end and as "
    "fixed at the upper one. The looks were not drawn by lot, so this tells of these places only.",
    "Share of first looks; interval by Wilson 1927",
)
MEETINGS_HELD = Definition(
    "Core team meetings held against planned",
    1,
    "Of the weekly meetings planned for days of this quarter that are over, the number that were "
    "held. One that was canceled counts as not held, and so does one of which nobody wrote down "
    "whether it was held. One that was moved counts once, on its new day. Nothing planned for days "
    "after the weekly meeting itself was ended is counted.",
    "A count of all of them and no sample, so it has no interval",
)
GROUP_MEETINGS_HELD = Definition(
    "Meetings held of those planned",
    1,
    "Of the meetings of the group planned for days of the last twelve months that are over, the "
    "number that were held. One that was canceled counts as not held, and so does one of which "
    "nobody wrote down whether it was held. One that was moved counts once, on its new day.",
    "A count of all of them and no sample, so it has no interval",
)
REAL_CONTACT = Definition(
    "Real contact",
    1,
    "Somebody of the office and a resident, a commissioner or a group were in touch, in either "
    "direction: a call, a talk, a message or a letter that somebody logged, or an event that was "
    "held and at which they were present. It counts once however many of them were in it, where "
    "they belonged that day. A letter to many does not count, nor does an e-mail whose address "
    "turned out dead within a week, an event that was not held, what somebody reported, or a "
    "contact with an agency or a colleague.",
    "A count of all that was written down and no sample, so it has no interval",
)
SILENCE = Definition(
    "Days without contact",
    1,
    "Days since the last real contact. Silent: none within the days of the plan. Behind: fewer "
    "within them than the plan wants. Never reached: none is on record at all.",
    "Days of the calendar, against the outreach plan that holds today",
)
INCIDENT_ANSWER = Definition(
    "Minutes until somebody has it",
    1,
    "From the opening of an incident until somebody of the office said that they have it. Half "
    "were had within the median, nine of ten within the 90th percentile. One that nobody took "
    "counts for as long as it waited, and as over 15 and over 60 minutes once those have passed "
    "or it has ended. Exercises and what was opened in error are left out.",
    "Kaplan and Meier 1958; share of all that could be told, interval by Wilson 1927",
)
INCIDENT_REPORT = Definition(
    "Minutes until the first report",
    1,
    "From the opening of an incident until its first situation report was written. One without a "
    "report counts for as long as it was open, and as over 15 and over 60 minutes once those have "
    "passed or it has ended. Exercises and what was opened in error are left out.",
    "Kaplan and Meier 1958; share of all that could be told, interval by Wilson 1927",
)
