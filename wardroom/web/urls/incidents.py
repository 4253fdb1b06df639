"""The pages of alerts that come in, and of the incidents that they become."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.alerts import (
    call,
    caring,
    incidents,
    measured,
    opening,
    reaching,
    views,
    working,
)

pages: list[URLPattern] = [
    path("alerts/", views.alert_list, name="alerts"),
    path("alerts/new/", views.alert_new, name="alert_new"),
    path("alerts/<id:draft_id>/", views.alert, name="alert"),
    path("alerts/<id:draft_id>/message.xml", views.message_file, name="alert_file"),
    path("alerts/<id:draft_id>/<str:verb>/", views.make_move, name="alert_move"),
    path("incidents/", incidents.incident_list, name="incidents"),
    path("incidents/measures/", measured.incident_measures, name="incident_measures"),
    path(
        "incidents/measures/times.csv",
        measured.incident_measures_file,
        name="incident_measures_file",
    ),
    path("incidents/new/", opening.incident_new, name="incident_new"),
    path("incidents/<id:matter_id>/", incidents.incident, name="incident"),
    path("incidents/<id:matter_id>/text/", working.text_page, name="incident_text"),
    path("incidents/<id:matter_id>/reports/<id:number>/", working.report, name="incident_report"),
    path(
        "incidents/<id:matter_id>/reports/<id:number>/report.txt",
        working.report_as_text,
        name="incident_report_text",
    ),
    path(
        "incidents/<id:matter_id>/reports/<id:number>/release/",
        working.release,
        name="incident_release",
    ),
    path(
        "incidents/<id:matter_id>/reports/<id:number>/back/",
        working.send_back,
        name="incident_send_back",
    ),
    path("incidents/<id:matter_id>/households/", caring.household_page, name="households"),
    path("incidents/<id:matter_id>/households/note/", caring.household_note, name="household_note"),
    path(
        "incidents/<id:matter_id>/households/follow/",
        caring.household_follow,
        name="household_follow",
    ),
    path(
        "incidents/<id:matter_id>/households/<str:verb>/",
        caring.household_keep,
        name="household_keep",
    ),
    path("incidents/<id:matter_id>/review/", caring.review, name="incident_review"),
    path("incidents/<id:matter_id>/review.pdf", caring.review_pdf, name="incident_review_pdf"),
    path(
        "incidents/<id:matter_id>/review/<str:verb>/",
        caring.review_move,
        name="incident_review_move",
    ),
    path("incidents/<id:matter_id>/<str:verb>/", incidents.make_move, name="incident_move"),
    path("call/<str:token>/", call.call, name="call"),
    path("call-addresses/", reaching.call_addresses, name="call_addresses"),
    path("call-addresses/<id:address_id>/end/", reaching.address_end, name="call_address_end"),
]
