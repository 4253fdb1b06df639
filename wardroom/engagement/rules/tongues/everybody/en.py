"""The lists and files for everybody in English."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.everybody.words import (
    CalendarWords,
    EverybodyWords,
    FeedWords,
    FileWords,
    ListWords,
    MeetingWords,
)

ENGLISH = EverybodyWords(
    lists=ListWords(
        filters="Filters",
        chosen="({n} set)",
        narrow="Filter the list",
        show="Show",
        clear="Clear",
        pages="Pages",
        paged="{total} in all · page {page} of {pages}",
        before="Previous page",
        after="Next page",
    ),
    meetings=MeetingWords(
        title="Open meetings",
        lead=(
            "Meetings of boards and committees that are open to everybody: when and where they"
            " meet, what is on the agenda, and what they decided."
        ),
        body="Body",
        all_bodies="All bodies",
        when="When",
        shown={
            "coming": "To come",
            "past": "Past",
            "all": "All",
        },
        where="Where",
        stands="State",
        states={
            "planned": "Planned",
            "held": "Held",
            "cancelled": "Canceled",
        },
        counts={
            "one": "{n} meeting",
            "other": "{n} meetings",
        },
        none="No notice of such a meeting is out.",
        minutes_out="Minutes are out",
        of="Meeting of {body}",
        canceled="This meeting was canceled.",
        moved="This meeting was moved to {when}.",
        new_notice="A new notice follows.",
        notice="Notice",
        rests_on="Rests on",
        starts="Starts",
        ends="Ends",
        join="To join",
        short_notice="On short notice",
        published="Published",
        version="version {n}",
        agenda="Agenda",
        minutes="Minutes",
        minutes_of="Version {n}, published {when}",
        approved="Approved {day}.",
        not_approved="Not yet approved by the body.",
        as_pdf="Minutes as a PDF",
        no_minutes="None are published yet.",
        record="Record",
        recording="The recording is at:",
        kept="It is kept until {day} at least ({law}).",
        no_record="It is not published yet.",
    ),
    calendar=CalendarWords(
        title="Public calendar",
        lead="Where the office can be met in the next three months.",
        invite="Ask for the Mayor at your event",
        meetings="Open meetings of public bodies",
        ward="Ward",
        all_wards="All wards",
        when="When",
        until="{when} to {end}",
        what="What",
        where="Where",
        city="City",
        canceled="Canceled",
        counts={
            "one": "{n} event",
            "other": "{n} events",
        },
        none="Nothing is announced for the next three months.",
        own_program="Read it in your own calendar program:",
    ),
    feeds=FeedWords(
        title="Follow the news without e-mail",
        lead=(
            "For a feed reader (Atom or RSS) or a map (GeoJSON). Only what was written and approved"
            " for the public is in it."
        ),
        city="The whole city",
        kinds="One kind of news",
        of_kind={
            "commitments": "Commitments",
            "events": "Events",
            "notices": "Notices of open meetings",
        },
        wards="Wards",
        topics="Topics",
        others=(
            "An ANC or an SMD has the same addresses: put anc/5C or smd/5C07 where ward/5 stands."
        ),
        data="Open data: requests, reports and locations as files",
        news_of="News about {area}",
        titles={
            "commitments": "Commitments made in public",
            "events": "Public events",
            "notices": "Notices of open meetings",
        },
        headings={
            "text": "Text for the public",
            "plan": "Plan of work",
            "check": "Condition seen",
            "event": "Event",
            "promise": "Promise confirmed",
            "kept": "Promise kept",
        },
    ),
    files=FileWords(
        title="Open data",
        lead=(
            "Files for everybody, without a key. Places are given by their block and to about 100"
            " meters. Nothing in them says who asked for something."
        ),
        titles={
            "requests": "Service requests",
            "reports": "Reports to the office",
            "locations": "Persistent locations",
        },
        abouts={
            "requests": (
                "Requests to the city's 311 system as we last read them. The 311 system owns them;"
                " a closed request was closed there, which is not the same as fixed."
            ),
            "reports": (
                "What people reported to this office through its public page or an Open311 app. A"
                " report is closed once the office has told the people who reported what became of"
                " it."
            ),
            "locations": (
                "Places where trouble kept coming back and that the office works on with agencies."
                " Only places with a text that was written and approved for the public."
            ),
        },
        as_form="{title} as {form}",
        as_of="As of {when}",
        meaning="What the columns mean",
        columns_of="Columns of the file: {title}",
        column="Column",
        kind="Type",
        means="What it means",
        kinds={
            "string": "Text",
            "integer": "Whole number",
            "number": "Number",
            "date": "Date",
            "datetime": "Date and time (UTC)",
        },
        in_english="",
        programs="For programs",
        package="What the files and columns are, as a Data Package",
        open311="Requests and reports as they come in, through Open311",
        news="News, commitments, events and notices as Atom and RSS",
        calendar="Public events as a calendar (iCalendar)",
        small=(
            "CSV files begin with the mark of UTF-8. Text that a spreadsheet would run as a formula"
            " begins with an apostrophe there; the other formats have it as it is. Parquet is made"
            " overnight and can be read in parts. A file that has not changed is answered with 304."
        ),
    ),
)
