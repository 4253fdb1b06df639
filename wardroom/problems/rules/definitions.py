"""What each number of a candidate means, method by method; printed with the numbers.

A change of a meaning is a new method, with a list of its own here.
"""

from __future__ import annotations

METHOD_TEXT = (
    "A report of the same kind near one that is still open counts with it, as one episode."
    " For every spot we compare the months in which episodes began with what was to be expected"
    " there: by how lively the spot is in everything else, by what is usual around it, and by the"
    " season. Then we simulate cities in which every place is ordinary, and list a place only"
    " where such cities hardly ever show the like. The surest places come first, and among them"
    " those with the most episodes a month over the ordinary. How bad the trouble is and what is"
    " past due stand beside it and change neither."
)

NUMBERS = (
    (
        "excess",
        "Over the ordinary",
        "Episodes a month beyond what was to be expected here, over the last 12 months. Among the"
        " surest places the list is ordered by it.",
    ),
    (
        "episodes",
        "Episodes in 12 months",
        "Troubles that began, of the kinds that stand out here. A report near one of the same kind"
        " that is still open is a repeat of it; a report after it was closed begins a new one.",
    ),
    (
        "expected",
        "Expected",
        "In how many of the last 12 months an ordinary spot like this would see such trouble,"
        " added up over the kinds: by how much else is asked for here, by the usual mix within"
        " half a mile, and by the season.",
    ),
    ("active_months", "Active months", "Months of the last 12 in which an episode began."),
    (
        "returns",
        "Came back",
        "Episodes of the last 12 months that began soon after an earlier one of the same kind was"
        " closed.",
    ),
    (
        "repeats",
        "Repeats",
        "Further reports of the last 12 months' episodes while they were open. They are counted"
        " with their episode.",
    ),
    (
        "reporters",
        "Reporters",
        "Different people who reported it in the last 12 months, where the feed tells them apart;"
        " one person counts once in an episode.",
    ),
    ("agencies", "Agencies", "Agencies whose services were asked for here."),
    (
        "severity",
        "Severity",
        "How bad the worst of its kinds can get, as this office weighs it: a nuisance, a matter of"
        " health or safety, or a danger. It does not change the order.",
    ),
    (
        "overdue",
        "Past due",
        "Requests of trouble here that were open and past their due date when this was ranked. It"
        " does not change the order.",
    ),
    (
        "even",
        "If all reported alike",
        "Episodes a month over the ordinary, divided by how readily people of the district report"
        " as against the city, with a range that holds the district's rate with 95 chances in 100"
        " (definition 1). It does not change the order.",
    ),
)

EARLIER = (
    (
        "episodes",
        "Episodes in 12 months",
        "Reports of the same kind of trouble at the same place count as one episode while one of"
        " them is open and until the trouble has been silent for as many days as its kind needs.",
    ),
    (
        "expected",
        "Expected",
        "How many episodes the places of the same kind (address, block or intersection) in the"
        " same ward had on average, counting those with any trouble in three years, whichever"
        " trouble it was.",
    ),
    ("active_months", "Active months", "Months of the last 12 in which an episode was going on."),
    (
        "returns",
        "Came back",
        "Episodes that began soon after an earlier one of the same kind was closed.",
    ),
    (
        "reporters",
        "Reporters",
        "Different people who reported it, where the feed tells them apart;"
        " one person counts once in an episode.",
    ),
    ("agencies", "Agencies", "Agencies whose services were asked for here."),
)
