"""What can be asked of the calendar, within the asker's reach."""

from __future__ import annotations

from wardroom.calendar.queries.asks import HeardAsk
from wardroom.calendar.queries.clashes import AgencyDay, Busy, agency_days
from wardroom.calendar.queries.events import (
    EventRow,
    city_zone,
    events_between,
    events_of_ward,
    get_event,
    may_see,
)
from wardroom.calendar.queries.feeds import (
    Feed,
    FeedLink,
    feed_links,
    feed_of,
    public_events,
    public_feed,
)
from wardroom.calendar.queries.files import (
    EventFile,
    ParticipantRow,
    event_file,
    get_participation,
    may_plan,
)
from wardroom.calendar.queries.inviting import (
    InvitationSheet,
    InvitedRow,
    invitation_sheet,
    invited_to,
)
from wardroom.calendar.queries.lists import (
    ActionList,
    ListedAsk,
    ListedSeat,
    action_list,
    action_list_paper,
    list_is_behind,
)
from wardroom.calendar.queries.live import LiveMeeting, live_meeting
from wardroom.calendar.queries.meeting import (
    MeetingPage,
    get_line,
    get_meeting,
    meeting_page,
)
from wardroom.calendar.queries.outside import (
    OutsideRow,
    TheirRow,
    get_calendars_to_read,
    get_outside_calendar,
    outside_calendars,
    their_events,
)
from wardroom.calendar.queries.sharing import SharedEvent, shared_event
from wardroom.calendar.queries.speaking import (
    SpeakerView,
    get_mandate,
    languages_at,
    speaker_of,
    speakers_for,
)
from wardroom.calendar.queries.table import MatterRow, RollRow, Some, matters_to_ask
from wardroom.calendar.queries.teams import (
    Attendance,
    MeetingRow,
    MeetingsKept,
    TeamPage,
    TeamRow,
    get_series,
    get_series_to_plan,
    meetings_kept,
    team_list,
    team_page,
)

__all__ = [
    "ActionList",
    "AgencyDay",
    "Attendance",
    "Busy",
    "EventFile",
    "EventRow",
    "Feed",
    "FeedLink",
    "HeardAsk",
    "InvitationSheet",
    "InvitedRow",
    "ListedAsk",
    "ListedSeat",
    "LiveMeeting",
    "MatterRow",
    "MeetingPage",
    "MeetingRow",
    "MeetingsKept",
    "OutsideRow",
    "ParticipantRow",
    "RollRow",
    "SharedEvent",
    "Some",
    "SpeakerView",
    "TeamPage",
    "TeamRow",
    "TheirRow",
    "action_list",
    "action_list_paper",
    "agency_days",
    "city_zone",
    "event_file",
    "events_between",
    "events_of_ward",
    "feed_links",
    "feed_of",
    "get_calendars_to_read",
    "get_event",
    "get_line",
    "get_mandate",
    "get_meeting",
    "get_outside_calendar",
    "get_participation",
    "get_series",
    "get_series_to_plan",
    "invitation_sheet",
    "invited_to",
    "languages_at",
    "list_is_behind",
    "live_meeting",
    "matters_to_ask",
    "may_plan",
    "may_see",
    "meeting_page",
    "meetings_kept",
    "outside_calendars",
    "public_events",
    "public_feed",
    "shared_event",
    "speaker_of",
    "speakers_for",
    "team_list",
    "team_page",
    "their_events",
]
