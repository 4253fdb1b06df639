"""The pages of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import IntConverter

from wardroom.web.anc_notices import own
from wardroom.web.anc_notices import views as anc_notices
from wardroom.web.ancs import packets
from wardroom.web.ancs import views as ancs
from wardroom.web.answers import views as answers
from wardroom.web.asks import views as asks
from wardroom.web.bodies import meetings as body_meetings
from wardroom.web.bodies import open_meetings
from wardroom.web.bodies import views as bodies
from wardroom.web.calendar import feeds as calendar_feeds
from wardroom.web.calendar import invitations
from wardroom.web.calendar import live as live_meeting
from wardroom.web.calendar import others as calendar_others
from wardroom.web.calendar import views as calendar
from wardroom.web.candidates import views as candidates
from wardroom.web.candidates import walks as few_report
from wardroom.web.candidates import weights
from wardroom.web.capture import mentions, names
from wardroom.web.capture import views as capture
from wardroom.web.checks import chosen, found, walks
from wardroom.web.checks import views as checks
from wardroom.web.commissions import views as commissions
from wardroom.web.commitments import views as commitments
from wardroom.web.data import letters, mail
from wardroom.web.data import views as data
from wardroom.web.day import views as day
from wardroom.web.documents import views as documents
from wardroom.web.evaluations import views as evaluations
from wardroom.web.groups import assistance as help_for_groups
from wardroom.web.groups import file as one_group
from wardroom.web.groups import guidelines
from wardroom.web.groups import joining as sign_ups
from wardroom.web.groups import meetings as group_meetings
from wardroom.web.groups import plans as group_plans
from wardroom.web.groups import reviews as program_reviews
from wardroom.web.groups import views as groups
from wardroom.web.history import views as history
from wardroom.web.house import views as house
from wardroom.web.improvements import views as improvements
from wardroom.web.initiatives import campaign
from wardroom.web.initiatives import file as one_initiative
from wardroom.web.initiatives import views as initiatives
from wardroom.web.issues import asking, batches, closing, details, lists, todo
from wardroom.web.issues import file as issue
from wardroom.web.issues import views as issues
from wardroom.web.locations import files as location_files
from wardroom.web.locations import nominations, public_texts
from wardroom.web.locations import rule as location_rule
from wardroom.web.locations import views as locations
from wardroom.web.measures import comparing
from wardroom.web.measures import views as measures
from wardroom.web.meetings import lists as action_lists
from wardroom.web.meetings import matters as meeting_matters
from wardroom.web.meetings import teams
from wardroom.web.meetings import views as meetings
from wardroom.web.news import asking as news_asking
from wardroom.web.news import circulars as circular_pages
from wardroom.web.news import office as news_office
from wardroom.web.news import own as own_news
from wardroom.web.outreach import contacts as outreach_contacts
from wardroom.web.outreach import plans as outreach_plans
from wardroom.web.outreach import strategies, touches
from wardroom.web.outreach import views as outreach
from wardroom.web.people import areas, brief, cards, importing, joining, organisations, places
from wardroom.web.people import views as people
from wardroom.web.plans import steps, versions, writing
from wardroom.web.policies import views as policies
from wardroom.web.programs import views as programs
from wardroom.web.referrals import find as services_found
from wardroom.web.referrals import importing as service_files
from wardroom.web.referrals import listed as services_listed
from wardroom.web.referrals import views as referrals
from wardroom.web.reports import lists as report_lists
from wardroom.web.reports import rows as report_rows
from wardroom.web.reports import sheets as report_sheets
from wardroom.web.reports import views as reports
from wardroom.web.reports import word as report_word
from wardroom.web.reports import writing as report_writing
from wardroom.web.requests import views as requests
from wardroom.web.search import views as search
from wardroom.web.staff import handover, welcome
from wardroom.web.staff import views as staff
from wardroom.web.visits import door
from wardroom.web.visits import phone as door_phone
from wardroom.web.visits import views as visits
from wardroom.web.walks import phone
from wardroom.web.walks import views as outings


class IdConverter(IntConverter):
    """The number of a thing; one too long for any database names nothing."""

    regex = "[0-9]{1,18}"


register_converter(IdConverter, "id")


def plan_paths(folder: str, start: str) -> list[URLPattern]:
    """The pages of a plan, under the page of the matter that it belongs to."""
    under = f"{folder}/<id:matter_id>/plan/"
    version, step = f"{under}<int:version>/", f"{under}steps/<int:position>/"
    return [
        path(under, writing.plan_form, name=f"{start}plan"),
        path(version, versions.plan_version, name=f"{start}plan_version"),
        path(f"{version}<str:verb>/", versions.plan_move, name=f"{start}plan_move"),
        path(step, steps.plan_step, name=f"{start}plan_step"),
        path(f"{step}<str:verb>/", steps.step_move, name=f"{start}plan_step_move"),
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", house.healthz, name="healthz"),
    path("", house.home, name="home"),
    path("day/", day.day, name="day"),
    path("day/<id:task_id>/<str:verb>/", day.move, name="day_move"),
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
    path("capture/", capture.capture, name="capture"),
    path("capture/names/", names.names, name="capture_names"),
    path("search/", search.search, name="search"),
    path("people/", people.people_list, name="people"),
    path("people/names/", mentions.mention_list, name="mentions"),
    path("people/names/<id:mention_id>/", mentions.mention, name="mention"),
    path("people/cards.vcf", cards.cards, name="people_cards"),
    path("people/organizations/new/", organisations.organisation_new, name="organization_new"),
    path("people/commissions/", organisations.make, name="make_commissions"),
    path("people/import/", importing.contacts, name="contacts_import"),
    path("people/imports/<id:import_id>/", importing.imported, name="contacts_imported"),
    path("people/imports/<id:import_id>/undo/", importing.undo, name="contacts_undo"),
    path("people/twins/", joining.twins, name="twins"),
    path("people/<id:party_id>/brief/", brief.brief, name="brief"),
    path("people/<id:party_id>/card.vcf", cards.card, name="party_card"),
    path("people/<id:party_id>/join/<id:other_id>/", joining.join, name="party_join"),
    path("people/<id:party_id>/part/<id:joined_id>/", joining.part, name="party_part"),
    path("people/<id:party_id>/", people.party, name="party"),
    path("people/<id:party_id>/<str:verb>/", people.make_move, name="party_move"),
    path("outreach/", outreach.silence, name="outreach"),
    path("outreach/contacts/", outreach_contacts.real_contacts, name="real_contacts"),
    path("outreach/touches/", touches.touches, name="touches"),
    path("outreach/touches/<slug:key>/<str:verb>/", touches.make_move, name="touch_move"),
    path("outreach/plans/", outreach_plans.plan_list, name="outreach_plans"),
    path("outreach/plans/new/", outreach_plans.plan_new, name="outreach_plan_new"),
    path("outreach/plans/<id:matter_id>/", outreach_plans.plan, name="outreach_plan"),
    path(
        "outreach/plans/<id:matter_id>/<str:verb>/",
        outreach_plans.make_move,
        name="outreach_plan_move",
    ),
    path("outreach/strategies/", strategies.strategies, name="strategies"),
    path("outreach/strategies/<id:strategy_id>/use/", strategies.use, name="strategy_use"),
    path("places/<id:place_id>/", places.place, name="place"),
    path("areas/<slug:kind>/<path:key>/", areas.area, name="area"),
    path("matters/<id:matter_id>/history/", history.matter_history, name="matter_history"),
    path("lines/<id:entry_id>/", history.line, name="line"),
    path("candidates/", candidates.candidate_list, name="candidates"),
    path("candidates/walks/", few_report.walk_list, name="walks"),
    path("candidates/weights/", weights.weights, name="weights"),
    path("candidates/<id:candidate_id>/", candidates.candidate, name="candidate"),
    path("candidates/<id:candidate_id>/decide/", candidates.decide, name="decide"),
    path("locations/", locations.location_list, name="locations"),
    path("locations/nominate/", nominations.nominate, name="nominate"),
    path("locations/nominations/", nominations.nomination_list, name="nominations"),
    path("locations/nominations/<id:nomination_id>/", nominations.nomination, name="nomination"),
    path(
        "locations/nominations/<id:nomination_id>/decide/",
        nominations.decide,
        name="nomination_decide",
    ),
    path("locations/rule/", location_rule.rule, name="location_rule"),
    path("locations/<id:matter_id>/analysis/", location_files.analysis, name="analysis"),
    path("locations/<id:matter_id>/reopen/", location_files.reopen, name="location_reopen"),
    path("locations/<id:matter_id>/public/", public_texts.public_text, name="location_public"),
    path(
        "locations/<id:matter_id>/public/<str:verb>/",
        public_texts.public_text_move,
        name="location_public_move",
    ),
    path("locations/<id:matter_id>/story/", location_files.story, name="place_story"),
    path("locations/<id:matter_id>/", locations.location, name="location"),
    *plan_paths("locations", ""),
    path("locations/<id:matter_id>/check/", locations.check, name="check"),
    path("locations/<id:matter_id>/next/", locations.next_step, name="next_step"),
    path("locations/<id:matter_id>/close/", locations.close, name="close"),
    path("evaluations/", evaluations.evaluation_list, name="evaluations"),
    path("evaluations/new/", evaluations.evaluation_new, name="evaluation_new"),
    path("evaluations/<id:evaluation_id>/", evaluations.evaluation, name="evaluation"),
    path(
        "evaluations/<id:evaluation_id>/withdraw/",
        evaluations.withdraw,
        name="evaluation_withdraw",
    ),
    path("checks/", checks.round_list, name="rounds"),
    path("checks/new/", checks.round_new, name="round_new"),
    path("checks/walk/", walks.walk, name="walk"),
    path("checks/chosen/", chosen.chosen_list, name="checks_chosen"),
    path("checks/found/", found.found_list, name="found"),
    path("checks/found/<id:stop_id>/", found.found_one, name="found_one"),
    path("checks/<id:round_id>/", checks.check_round, name="round"),
    path("checks/<id:round_id>/end/", checks.end, name="round_end"),
    path("checks/<id:round_id>/walks/<id:walk>/", walks.round_walk, name="round_walk"),
    path("checks/<id:round_id>/stops/<id:stop_id>/", walks.round_stop, name="round_stop"),
    path("checks/<id:round_id>/stops/<id:stop_id>/settle/", walks.settle, name="dispute_settle"),
    path("walks/", outings.walks, name="outings"),
    path("walks/new/", outings.walk_new, name="walk_new"),
    path("walks/<id:walk_id>/", outings.outing, name="outing"),
    path("walks/<id:walk_id>/take/", outings.take, name="walk_take"),
    path("walks/<id:walk_id>/end/", outings.end, name="walk_end"),
    path("walks/<id:walk_id>/ledger/", outings.ledger, name="walk_ledger"),
    path("walks/<id:walk_id>/stops/<id:stop_id>/settle/", outings.settle, name="walk_settle"),
    path("walks/<id:walk_id>/photos/<id:photo_id>/out/", outings.withhold, name="walk_withhold"),
    path("walks/<id:walk_id>/go/", phone.go, name="walk_go"),
    path("walks/<id:walk_id>/go/worker.mjs", phone.worker, name="walk_worker"),
    path("walks/<id:walk_id>/lines/", phone.lines, name="walk_lines"),
    path(
        "walks/<id:walk_id>/photographs/<slug:key>/",
        phone.photographs,
        name="walk_photograph",
    ),
    path("issues/", lists.issue_list, name="issues"),
    path("issues/new/", issues.intake, name="intake"),
    path("issues/batches/", batches.batch_list, name="batches"),
    path("issues/batches/new/", batches.batch_new, name="batch_new"),
    path("issues/batches/<id:batch_id>/", batches.batch, name="batch"),
    path("issues/batches/<id:batch_id>/<str:verb>/", batches.batch_move, name="batch_move"),
    path("issues/<id:matter_id>/", issue.issue, name="issue"),
    path("issues/<id:matter_id>/details/", details.details, name="issue_details"),
    path("issues/<id:matter_id>/ask/", asking.ask, name="issue_ask"),
    path("issues/<id:matter_id>/close/", closing.close, name="issue_close"),
    path("issues/<id:matter_id>/todo/", todo.todo, name="issue_todo"),
    path(
        "issues/<id:matter_id>/todo/<id:task_id>/<str:verb>/",
        todo.make_task_move,
        name="issue_task",
    ),
    path("issues/<id:matter_id>/<str:verb>/", issue.make_move, name="issue_move"),
    path("initiatives/", initiatives.initiative_list, name="initiatives"),
    path("initiatives/new/", initiatives.initiative_new, name="initiative_new"),
    path("initiatives/<id:matter_id>/", initiatives.initiative, name="initiative"),
    path("initiatives/<id:matter_id>/wards/", campaign.campaign, name="campaign"),
    *plan_paths("initiatives", "initiative_"),
    path(
        "initiatives/<id:matter_id>/<str:verb>/", one_initiative.make_move, name="initiative_move"
    ),
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
    path("visits/<id:matter_id>/run/", door.run_of_show, name="event_run"),
    path("visits/<id:matter_id>/run/<id:line_id>/", door.strike, name="event_run_strike"),
    path("visits/<id:matter_id>/<str:verb>/", visits.make_move, name="event_request_move"),
    path("commissions/", commissions.paper_list, name="commission_papers"),
    path("commissions/new/", commissions.paper_new, name="commission_paper_new"),
    path("commissions/<id:matter_id>/", commissions.paper, name="commission_paper"),
    path(
        "commissions/<id:matter_id>/concerns/<id:concern_id>/",
        commissions.answer,
        name="commission_concern",
    ),
    path(
        "commissions/<id:matter_id>/<str:verb>/",
        commissions.make_move,
        name="commission_paper_move",
    ),
    path("commitments/programs/", programs.program_list, name="programs"),
    path("commitments/programs/new/", programs.program_new, name="program_new"),
    path("commitments/programs/<id:program_id>/end/", programs.program_end, name="program_end"),
    path("commitments/programs/<id:matter_id>/", programs.program_check, name="program_check"),
    path("commitments/", commitments.commitment_list, name="commitments"),
    path("commitments/new/", commitments.commitment_new, name="commitment_new"),
    path("commitments/<id:matter_id>/", commitments.commitment, name="commitment"),
    path("commitments/<id:matter_id>/<str:verb>/", commitments.make_move, name="commitment_move"),
    path("news/", news_asking.ask, name="news"),
    path("news/feeds/", news_asking.feed_list, name="news_feeds"),
    path("news/confirm/<str:token>/", own_news.confirm, name="news_confirm"),
    path("news/stop/<str:token>/", own_news.stop, name="news_stop"),
    path("news/mine/<str:token>/", own_news.mine, name="news_mine"),
    path("news/mine/<str:token>/change/", own_news.change, name="news_change"),
    path("news/mine/<str:token>/more/", own_news.more, name="news_more"),
    path("subscribers/", news_office.subscribers, name="subscribers"),
    path("subscribers/new/", news_office.add, name="subscriber_new"),
    path("subscribers/boundaries/", news_office.moved, name="subscribers_moved"),
    path(
        "subscribers/boundaries/<id:boundary_set_id>/undo/",
        news_office.undo,
        name="subscribers_undo",
    ),
    path("subscribers/<id:subscriber_id>/", news_office.subscriber, name="subscriber"),
    path("subscribers/<id:subscriber_id>/stop/", news_office.stop, name="subscriber_stop"),
    path("circulars/", circular_pages.circular_list, name="circulars"),
    path("circulars/new/", circular_pages.circular_new, name="circular_new"),
    path("circulars/<id:circular_id>/", circular_pages.circular, name="circular"),
    path(
        "circulars/<id:circular_id>/<str:verb>/",
        circular_pages.circular_move,
        name="circular_move",
    ),
    path("improvements/", improvements.improvement_list, name="improvements"),
    path("improvements/new/", improvements.improvement_new, name="improvement_new"),
    path("improvements/<id:matter_id>/", improvements.improvement, name="improvement"),
    path(
        "improvements/<id:matter_id>/<str:verb>/", improvements.make_move, name="improvement_move"
    ),
    path("asks/", asks.ask_list, name="asks"),
    path("asks/<id:ask_id>/", asks.ask, name="ask"),
    path("asks/<id:ask_id>/<str:verb>/", asks.make_move, name="ask_move"),
    path("groups/", groups.group_list, name="groups"),
    path("groups/new/", groups.group_new, name="group_new"),
    path("groups/meetings/<id:event_id>/", group_meetings.meeting, name="group_meeting"),
    path("groups/meetings/<id:event_id>/minutes.pdf", group_meetings.pdf, name="group_minutes_pdf"),
    path(
        "groups/meetings/<id:event_id>/<str:verb>/",
        group_meetings.make_move,
        name="group_meeting_move",
    ),
    path("groups/<id:group_id>/", one_group.group, name="group"),
    path("groups/<id:group_id>/join.<str:kind>", one_group.picture, name="group_picture"),
    path("groups/<id:group_id>/asking/<id:sign_up_id>/", sign_ups.sign_up, name="group_sign_up"),
    path("groups/<id:group_id>/<str:verb>/", one_group.make_move, name="group_move"),
    path("guidelines/", guidelines.listing, name="guidelines"),
    path("guidelines/new/", guidelines.new, name="guideline_new"),
    path("guidelines/<id:guideline_id>/", guidelines.guideline, name="guideline"),
    path("guidelines/<id:guideline_id>/<str:verb>/", guidelines.make_move, name="guideline_move"),
    path("group-plans/", group_plans.listing, name="group_plans"),
    path("group-plans/new/", group_plans.new, name="group_plan_new"),
    path("group-plans/<id:matter_id>/", group_plans.plan, name="group_plan"),
    path("group-plans/<id:matter_id>/<str:verb>/", group_plans.make_move, name="group_plan_move"),
    path("assistance/", help_for_groups.listing, name="assistances"),
    path("assistance/new/", help_for_groups.new, name="assistance_new"),
    path("assistance/<id:matter_id>/", help_for_groups.assistance, name="assistance"),
    path(
        "assistance/<id:matter_id>/<str:verb>/", help_for_groups.make_move, name="assistance_move"
    ),
    path("reviews/", program_reviews.listing, name="program_reviews"),
    path("reviews/new/", program_reviews.new, name="program_review_new"),
    path("reviews/<id:review_id>/", program_reviews.review, name="program_review"),
    path(
        "reviews/<id:review_id>/<str:verb>/",
        program_reviews.make_move,
        name="program_review_move",
    ),
    path("join/<str:token>/", sign_ups.join, name="join_group"),
    path("leave/<str:token>/", sign_ups.leave, name="leave_group"),
    path("answer/<str:token>/", answers.sheet, name="answer"),
    path("answer/<str:token>/<str:verb>/", answers.send, name="answer_send"),
    path("reports/", report_lists.report_list, name="reports"),
    path("reports/draft/", report_lists.draft, name="report_draft"),
    path("reports/roll-ups/", report_lists.roll_up_list, name="roll_ups"),
    path("reports/roll-ups/draft/", report_lists.roll_up_draft, name="roll_up_draft"),
    path("reports/anc/", report_lists.monthly_list, name="monthly_reports"),
    path("reports/anc/draft/", report_lists.monthly_draft, name="monthly_report_draft"),
    path("reports/sheets/<slug:kind>/<id:about_id>/", report_sheets.sheet, name="sheet"),
    path(
        "reports/sheets/<slug:kind>/<id:about_id>/edit/",
        report_sheets.sheet_edit,
        name="sheet_edit",
    ),
    path(
        "reports/sheets/<slug:kind>/<id:about_id>/sheet.pdf",
        report_sheets.sheet_pdf,
        name="sheet_pdf",
    ),
    path(
        "reports/sheets/<slug:kind>/<id:about_id>/sheet.docx",
        report_sheets.sheet_word,
        name="sheet_word",
    ),
    path("reports/word/<slug:kind>/", report_word.template, name="word_template"),
    path("reports/word/<slug:kind>/back/", report_word.put_back, name="word_template_back"),
    path(
        "reports/word/<slug:kind>/<slug:version>/template.docx",
        report_word.template_file,
        name="word_template_file",
    ),
    path("reports/<id:edition_id>/", reports.report, name="report"),
    path("reports/<id:edition_id>/write/", report_writing.edit, name="report_edit"),
    path("reports/<id:edition_id>/rebuild/", report_writing.rebuild, name="report_rebuild"),
    path("reports/<id:edition_id>/rows/<slug:code>/", report_rows.rows, name="report_rows"),
    path("reports/<id:edition_id>/reply/", reports.answer, name="report_answer"),
    path("reports/<id:edition_id>/sign/", reports.sign, name="report_sign"),
    path("reports/<id:edition_id>/correct/", reports.correct, name="report_correct"),
    path("reports/<id:edition_id>/report.pdf", report_rows.pdf, name="report_pdf"),
    path("reports/<id:edition_id>/report.docx", report_rows.word, name="report_word"),
    path("measures/", measures.measure_list, name="measures"),
    path("measures/promises/", comparing.promise_list, name="measure_promises"),
    path("measures/compared/", comparing.compared, name="measures_compared"),
    path("measures/<slug:by>/<path:code>/", measures.measure, name="measure"),
    path("requests/", requests.request_list, name="requests"),
    path("requests/<id:request_id>/", requests.service_request, name="request"),
    path("documents/<id:document_id>/<slug:variant>/", documents.document, name="document"),
    path("services/", services_found.service_list, name="services"),
    path("services/gaps/", referrals.gap_list, name="gaps"),
    path("services/files/", service_files.service_files, name="service_files"),
    path("services/files/services.zip", service_files.as_package, name="services_package"),
    path("services/files/services.json", service_files.as_json, name="services_json"),
    path("services/files/<id:import_id>/", service_files.service_file_read, name="service_file"),
    path(
        "services/files/<id:import_id>/<str:verb>/",
        service_files.service_file_move,
        name="service_file_move",
    ),
    path("services/<uuid:service_id>/", services_listed.listed_service, name="service_listed"),
    path(
        "services/<uuid:service_id>/<str:verb>/",
        services_listed.service_move,
        name="service_move",
    ),
    path("referrals/", referrals.referral_list, name="referrals"),
    path("referrals/new/", referrals.referral_new, name="referral_new"),
    path("referrals/<id:matter_id>/", referrals.referral, name="referral"),
    path("referrals/<id:matter_id>/sheet.pdf", referrals.referral_pdf, name="referral_pdf"),
    path("referrals/<id:matter_id>/<str:verb>/", referrals.referral_move, name="referral_move"),
    path("policies/", policies.policies, name="policies"),
    path("policies/<id:matter_id>/", policies.policy, name="policy"),
    path("policies/<id:matter_id>/<str:verb>/", policies.policy_move, name="policy_move"),
    path("helped/<str:token>/", referrals.helped, name="helped"),
    path("staff/", staff.staff_list, name="staff"),
    path("staff/hire/", staff.hire, name="hire"),
    path("staff/<id:party_id>/", staff.member, name="staff_member"),
    path("staff/<id:party_id>/<str:verb>/", staff.make_move, name="staff_move"),
    path("staff/handovers/<id:handover_id>/", handover.show, name="handover"),
    path("staff/handovers/<id:handover_id>/<str:verb>/", handover.make_move, name="handover_move"),
    path("welcome/<str:token>/", welcome.choose, name="welcome"),
    path("data/", data.overview, name="data"),
    path("data/messages/", data.outbox, name="outbox"),
    path("data/messages/<id:message_id>/retry/", data.retry, name="retry_message"),
    path("data/messages/<id:message_id>/aside/", data.set_aside, name="set_message_aside"),
    path("data/messages/<id:message_id>/recall/", data.recall, name="recall_message"),
    path("data/messages/<id:message_id>/now/", data.hurry, name="hurry_message"),
    path("data/mail/", mail.mail_list, name="mail"),
    path("data/mail/<id:received_id>/", mail.message, name="mail_message"),
    path("data/mail/<id:received_id>/files/<id:document_id>/", mail.file, name="mail_file"),
    path("data/mail/<id:received_id>/<str:verb>/", mail.move, name="mail_move"),
    path("data/letters/<id:matter_id>/", letters.letters, name="letters"),
    path("data/letters/<id:matter_id>/write/", letters.write, name="write_letter"),
]
