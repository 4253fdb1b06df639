"""What each number of a report means, printed under it and frozen with it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from wardroom.reporting.rules.kinds import MONTHLY, ROLL_UP, WEEKLY

DEFINITIONS = {
    "opened": "Service requests in the ward that the city opened in this week, each counted"
    " once; duplicates are counted too, because people made them.",
    "closed": "Service requests in the ward that the city marked closed in this week. The city"
    " says closed; nobody has looked yet.",
    "still_open": "Service requests in the ward that the city had opened before the end of the"
    " week and not closed by then. Left out are those it marked as duplicates, canceled,"
    " transferred or incomplete, and those whose status it does not say.",
    "old": "Of the requests still open: those that had been open for more than 90 days at the end"
    " of the week. The note gives the age of all of them.",
    "on_time": "Of the requests in the ward that fell due in this week: the share closed by their"
    " due time. Open ones past due count as late. Duplicates, transferred and"
    " canceled ones are left out, and so are requests without a due time.",
    "time": "The time by which half of the requests of the last 12 months were closed, counting"
    " those still open for as long as they have waited, as the last measurement before the end of"
    " the week has it.",
    "matters_in": "Matters of the ward that the office took on or opened again in this week.",
    "matters_out": "Matters of the ward that were closed or joined to another in this week. An"
    " issue closes only when those who reported it were told.",
    "matters_open": "Matters of the ward that were open at the end of the week.",
    "undecided": "Places that the latest ranking over data of this week or before put forward in"
    " this ward and that nobody had decided about by the end of the week.",
    "decided": "Places of the ward that somebody decided about in this week: watch, refuse or"
    " designate. A place decided twice counts once, by its last decision.",
    "settled": "Places of the ward that somebody decided about in this week, put forward by a"
    " ranking or nominated by a person: watch, refuse or designate. A place decided twice counts"
    " once, by its last decision.",
    "locations": "Persistent locations of the ward that were open at the end of the week.",
    "asks_waiting": "Asks at places in the ward that were sent and not answered by the end of the"
    " week.",
    "asks_late": "Asks at places in the ward whose promised date, or whose due date where there is"
    " no promise, lay before the end of the week and that the agency had not"
    " reported done.",
    "promises_kept": "Of the asks promised for a day in this week by their first promise: the share"
    " first reported done by that day. A date moved later does not save a promise, and asking"
    " again does not break one. Left out are asks withdrawn before the promised day.",
    "promises_broken": "Of the asks promised for a day in this week by their first promise: those"
    " not reported done by that day, whatever was promised later.",
    "promises_moved": "Asks whose promised day was moved to another in this week.",
    "checks": "Persistent locations of the ward where somebody made a condition check in this week;"
    " the note says how many checks.",
    "verified": "Of the asks that an agency reported done in this week and that somebody who had"
    " not asked for them went to see: how many were found clean at the first look.",
    "spot_checks": "Of what was drawn by lot in the rounds of spot checks that ended in this week"
    " and could be told: the share in the ward that was fixed. An agency's word is not counted.",
}

OF_ROLL_UP = {
    "signed": "Wards whose report of the week was signed when the roll-up was drafted. Of a ward"
    " that has not signed, the draft is told.",
    "decisions": "What the wards' reports of the week ask the director to decide, as their"
    " liaisons left it. New is what the report of the week before did not have.",
    "all_promises": "Of the asks promised for a day of the week by their first promise, in all"
    " wards whose report counts any: the share first reported done by that day.",
}
OF_MONTHLY = {
    "anc_opened": "Service requests in the ANC that the city opened in the month; duplicates are"
    " counted, because people made them.",
    "anc_closed": "Service requests in the ANC that the city marked closed in the month. The city"
    " says closed; that does not mean that somebody looked.",
    "anc_verified": "Of those closed in the month: how many our own people, who drew them by lot,"
    " went to see and found fixed.",
    "anc_past_due": "Service requests in the ANC that were open past their due date at the end of"
    " the month, or on the day of the report where that came first.",
}
DEFINITIONS_OF: Mapping[str, Mapping[str, str]] = {
    WEEKLY: DEFINITIONS,
    ROLL_UP: OF_ROLL_UP,
    MONTHLY: OF_MONTHLY,
}
