"""The pages of other Open311 servers: what is read, what is sent on, and what drifted."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.endpoints import drift, sending, views

pages: list[URLPattern] = [
    path("data/endpoints/", views.endpoints, name="endpoints"),
    path("data/endpoints/new/", views.endpoint_new, name="endpoint_new"),
    path("data/endpoints/<id:endpoint_id>/", views.endpoint, name="endpoint"),
    path("data/endpoints/<id:endpoint_id>/edit/", views.endpoint_edit, name="endpoint_edit"),
    path("data/endpoints/<id:endpoint_id>/<str:verb>/", views.endpoint_move, name="endpoint_move"),
    path("data/drift/", drift.drifts, name="drifts"),
    path("data/drift/<id:drift_id>/", drift.drift, name="drift"),
    path("data/drift/<id:drift_id>/<str:verb>/", drift.drift_move, name="drift_move"),
    path("data/sent-on/<id:submission_id>/", sending.submission, name="submission"),
    path(
        "data/sent-on/<id:submission_id>/<str:verb>/",
        sending.submission_move,
        name="submission_move",
    ),
    path("send-on/matter/<id:matter_id>/", sending.matter, name="matter_send_on"),
    path("send-on/ask/<id:ask_id>/", sending.ask, name="ask_send_on"),
]
