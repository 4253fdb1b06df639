"""The neighborhood in English."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.near.words import (
    FigureWords,
    LookWords,
    MapWords,
    NearWords,
    PlaceWords,
    PromiseWords,
)

ENGLISH = NearWords(
    title="What the city does near you",
    lead=(
        "Places where trouble keeps coming back, who does what about them, since when and until"
        " when, and what we saw when we looked."
    ),
    find="Find your neighborhood",
    address="Your address",
    address_help="Such as 1200 First Street NE. We do not keep it.",
    look="Show it",
    wards="Choose a ward",
    inside="Inside {area}",
    around="Around it",
    city="the whole city",
    events="Meetings and events",
    when="When",
    where="Where",
    no_events="Nothing is announced for the next three months.",
    canceled="Canceled",
    more_events="Where the office can be met",
    more_meetings="All open meetings",
    news="Get news about {area} by e-mail",
    feed="Follow {area} in a feed reader",
    boundaries="Boundaries in force since {day}.",
    places=PlaceWords(
        title="Places the office works on",
        counts={"one": "{n} place", "other": "{n} places"},
        none="There is no place here that the public can read about.",
        place="Place",
        text="What the city says",
        approved="Approved for the public on {day}.",
        since="Worked on since {day}",
        watched="Watched since {day}",
        next_by="Next due by {day}",
        overdue="Overdue since {day}",
        all_here="Everything public about this place",
        lies_in="This place lies in",
        plan="The plan",
        plan_lead=(
            "Who does what, since when and until when."
            " A first promise stays beside the day that holds now."
        ),
        no_plan="No step of a plan is public.",
        agency="Agency",
        what="What",
        asked="Asked on",
        first="First promise",
        until="Until",
        stands="How it stands",
        states={
            "requested": "Asked; no answer yet",
            "accepted": "Promised",
            "declined": "Declined",
            "countered": "Another day offered",
            "done": "Done, says the agency",
        },
        also="Also asked: {agencies}.",
        seen="What we saw",
        not_seen="Nobody has looked yet.",
        findings={
            "fixed": "We looked on {day}: it was done.",
            "partly": "We looked on {day}: it was done in part.",
            "not_fixed": "We looked on {day}: it was not done.",
        },
        done_on="Done on {day}, says the agency",
    ),
    promises=PromiseWords(
        title="Promises",
        who="Who",
        lead="What was promised in public here or for the whole city.",
        none="There is no promise here that the public can read about.",
        makers={
            "mayor": "The Mayor",
            "council": "The Council",
            "federal": "A federal agency",
            "congress": "Congress",
            "agency": "A District agency",
            "office": "This office",
        },
        by_day="By {day}",
        no_day="No day was named",
        moved="first {day}",
        kept="Kept on {day}",
    ),
    figures=FigureWords(
        title="City services in {area}",
        lead=(
            "These figures count what was reported to 311. They do not say where trouble is worst."
        ),
        names={
            "on_time": "Done on time",
            "time": "Half are closed within",
            "open": "Open on that day",
        },
        meanings={
            "on_time": (
                "Of the requests that were due by this day, the share that was resolved by then."
                " Those still open count as late. Duplicates, transfers and tests are left out."
            ),
            "time": (
                "The time by which half of the requests were closed, counting those still open"
                " for as long as they have been waiting."
            ),
            "open": "What is open on this day, without duplicates, transfers and tests.",
        },
        percent="{n}%",
        days={"one": "{n} day", "other": "{n} days"},
        under_a_day="less than a day",
        between="likely {lower} to {upper}",
        of={"one": "of {n} request", "other": "of {n} requests"},
        hidden="Not shown: too few to tell, or fewer than five",
        definition="Definition {n}",
        as_of="Data as of {day}. Requests since {since}.",
        none="Nothing was measured here yet.",
    ),
    map=MapWords(
        label="Map of the places the office works on: {area}. The list below it says the same.",
        place="Map of where this place is: {place}",
        instead="The map cannot start here. The list says the same.",
        place_instead="The map cannot start here. This place: {place}.",
        key="What the map shows",
        worked="A place the office works on",
        watched="A place the office only watches",
        edge="The edge of {area}",
        here="This place",
        exact="A point shows the block, not a house. It is right to about 100 meters.",
        zoom_in="Zoom in",
        zoom_out="Zoom out",
        close="Close",
    ),
    looks=LookWords(
        title="What we saw, visit by visit",
        levels={
            "clean": "Gone",
            "partly": "Better",
            "not_fixed": "The same",
            "worse": "Worse",
        },
        summary="We looked {n} times from {first} to {last}. {newest}",
        meaning=(
            "Each point is one time that somebody from the office went to look. Visits that"
            " could not tell are left out, and the newest 20 are drawn."
        ),
    ),
)
