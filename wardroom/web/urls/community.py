"""The pages of groups, and of the services people are sent to."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.groups import assistance as help_for_groups
from wardroom.web.groups import file as one_group
from wardroom.web.groups import guidelines
from wardroom.web.groups import joining as sign_ups
from wardroom.web.groups import meetings as group_meetings
from wardroom.web.groups import plans as group_plans
from wardroom.web.groups import reviews as program_reviews
from wardroom.web.groups import views as groups
from wardroom.web.referrals import find as services_found
from wardroom.web.referrals import importing as service_files
from wardroom.web.referrals import keeping as services_kept
from wardroom.web.referrals import listed as services_listed
from wardroom.web.referrals import views as referrals

pages: list[URLPattern] = [
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
    path("services/new/", services_kept.service_new, name="service_new"),
    path("services/<uuid:service_id>/edit/", services_kept.service_edit, name="service_edit"),
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
    path("helped/<str:token>/", referrals.helped, name="helped"),
]
