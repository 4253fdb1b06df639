"""The pages of the calendar, and of who meets: commissions, bodies, groups, guests."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.anc_notices import own
from wardroom.web.anc_notices import views as anc_notices
from wardroom.web.ancs import packets
from wardroom.web.ancs import views as ancs
from wardroom.web.bodies import meetings as body_meetings
from wardroom.web.bodies import open_meetings
from wardroom.web.bodies import views as bodies
from wardroom.web.calendar import feeds as calendar_feeds
from wardroom.web.calendar import invitations
from wardroom.web.calendar import live as live_meeting
from wardroom.web.calendar import others as calendar_others
from wardroom.web.calendar import views as calendar
from wardroom.web.meetings import lists as action_lists
from wardroom.web.meetings import matters as meeting_matters
from wardroom.web.meetings import teams
from wardroom.web.meetings import views as meetings
from wardroom.web.visits import asking as visits_asking
from wardroom.web.visits import door, run
from wardroom.web.visits import phone as door_phone
from wardroom.web.visits import views as visits

pages: list[URLPattern] = [
    path("ancs/notices/", anc_notices.notice_list, name="anc_notices"),
    path("ancs/notices/new/", anc_notices.notice_new, name="anc_notice_new"),
    path("ancs/notices/own/", own.own_list, name="anc_notices_own"),
    path("ancs/notices/own/<id:matter_id>/", own.answer, name="anc_notices_own_answer"),
    path("ancs/notices/<id:matter_id>/", anc_notices.notice, name="anc_notice"),
    path("ancs/notices/<id:matter_id>/<str:verb>/", anc_notices.make_move, name="anc_notice_move"),
    path("ancs/", ancs.anc_list, name="ancs"),
    path("ancs/meetings/<id:event_id>/", packets.packet, name="packet"),
    path("ancs/meetings/<id:event_id>/packet.pdf", packets.pdf, name="packet_pdf"),
    path("ancs/meetings/<id:event_id>/send/", packets.send, name="packet_send"),
    path("ancs/<id:party_id>/", ancs.anc, name="anc"),
    path("ancs/<id:party_id>/<str:verb>/", ancs.make_move, name="anc_move"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/new/", calendar.event_new, name="event_new"),
    path("calendar/public/", calendar_feeds.public, name="public_calendar"),
    path("calendar/others/", calendar_others.others, name="calendar_others"),
    path("calendar/others/<id:calendar_id>/end/", calendar_others.end, name="calendar_other_end"),
    path("calendar/feeds/", calendar_feeds.feeds, name="calendar_feeds"),
    path("calendar/feeds/<slug:verb>/", calendar_feeds.make_move, name="calendar_feed_move"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("invitations/<str:token>/<slug:verb>/", invitations.answer, name="invitation_answer"),
    path("calendar/<id:event_id>/live/", live_meeting.live, name="event_live"),
    path("calendar/<id:event_id>/", calendar.event, name="event"),
    path("calendar/<id:event_id>/<str:verb>/", calendar.make_move, name="event_move"),
    path("teams/", teams.team_index, name="teams"),
    path("teams/meetings/<id:event_id>/", meetings.meeting, name="meeting"),
    path("teams/meetings/<id:event_id>/list/", action_lists.action_list, name="action_list"),
    path("teams/meetings/<id:event_id>/list.pdf", action_lists.pdf, name="action_list_pdf"),
    path("teams/meetings/<id:event_id>/matters/", meeting_matters.choices, name="meeting_matters"),
    path("teams/meetings/<id:event_id>/<str:verb>/", meetings.make_move, name="meeting_move"),
    path("teams/<str:ward>/", teams.team, name="team"),
    path("teams/<str:ward>/<str:verb>/", teams.make_move, name="team_move"),
    path("bodies/", bodies.body_list, name="bodies"),
    path("bodies/new/", bodies.body_new, name="body_new"),
    path("bodies/meetings/<id:matter_id>/", body_meetings.meeting, name="body_meeting"),
    path(
        "bodies/meetings/<id:matter_id>/<str:verb>/",
        body_meetings.make_move,
        name="body_meeting_move",
    ),
    path("bodies/<id:party_id>/", bodies.body, name="body"),
    path("bodies/<id:party_id>/<str:verb>/", bodies.make_move, name="body_move"),
    path("open-meetings/", open_meetings.meeting_list, name="open_meetings"),
    path("open-meetings/<id:matter_id>/", open_meetings.meeting, name="open_meeting"),
    path(
        "open-meetings/<id:matter_id>/minutes-<int:version>.pdf",
        open_meetings.minutes_pdf,
        name="open_minutes",
    ),
    path("visits/", visits.request_list, name="event_requests"),
    path("visits/ask/", visits_asking.ask, name="visit_ask"),
    path("visits/new/", visits.request_new, name="event_request_new"),
    path("visits/door/<id:event_id>/", door.door, name="event_door"),
    path("visits/door/<id:event_id>/walk-in/", door.walk_in, name="event_walk_in"),
    path("visits/door/<id:event_id>/sheets/", door.sheets, name="event_sheets"),
    path("visits/door/<id:event_id>/list/<id:row_id>/", door.invited, name="event_invited"),
    path("visits/door/<id:event_id>/undo/", door.undo, name="event_undo"),
    path("visits/door/<id:event_id>/take/", door_phone.take, name="event_door_take"),
    path("visits/door/<id:event_id>/go/", door_phone.go, name="event_door_go"),
    path("visits/door/<id:event_id>/go/worker.mjs", door_phone.worker, name="event_door_worker"),
    path("visits/door/<id:event_id>/lines/", door_phone.lines, name="event_door_lines"),
    path("visits/sheets/<id:sheet_id>/", door.sheet, name="event_sheet"),
    path("visits/sheets/<id:sheet_id>/row/", door.sheet_row, name="event_sheet_row"),
    path("visits/sheets/<id:sheet_id>/done/", door.sheet_done, name="event_sheet_done"),
    path("visits/<id:matter_id>/", visits.event_request, name="event_request"),
    path("visits/<id:matter_id>/run/", run.run_of_show, name="event_run"),
    path("visits/<id:matter_id>/run/show.pdf", run.pdf, name="event_run_pdf"),
    path("visits/<id:matter_id>/run/<id:line_id>/", run.strike, name="event_run_strike"),
    path("visits/<id:matter_id>/run/<id:line_id>/change/", run.revise, name="event_run_revise"),
    path("visits/<id:matter_id>/<str:verb>/", visits.make_move, name="event_request_move"),
]
