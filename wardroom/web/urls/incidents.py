"""The pages of alerts that come in, and of the incidents that they become."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.alerts import incidents, views

pages: list[URLPattern] = [
    path("alerts/", views.alert_list, name="alerts"),
    path("alerts/new/", views.alert_new, name="alert_new"),
    path("alerts/<id:draft_id>/", views.alert, name="alert"),
    path("alerts/<id:draft_id>/message.xml", views.message_file, name="alert_file"),
    path("alerts/<id:draft_id>/<str:verb>/", views.make_move, name="alert_move"),
    path("incidents/", incidents.incident_list, name="incidents"),
    path("incidents/<id:matter_id>/", incidents.incident, name="incident"),
    path("incidents/<id:matter_id>/<str:verb>/", incidents.make_move, name="incident_move"),
]
