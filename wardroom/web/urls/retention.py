"""The pages of schedules, legal holds and disposals."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.retention import disposals, holds, views

pages: list[URLPattern] = [
    path("records/retention/", views.class_list, name="retention"),
    path("records/retention/<slug:code>/", views.one_class, name="retention_class"),
    path(
        "records/retention/<slug:code>/<str:verb>/",
        views.class_move,
        name="retention_class_move",
    ),
    path("records/disposals/", disposals.disposal_list, name="disposals"),
    path("records/disposals/<id:disposal_id>/", disposals.one_disposal, name="disposal"),
    path(
        "records/disposals/<id:disposal_id>/certificate.pdf",
        disposals.certificate,
        name="disposal_certificate",
    ),
    path(
        "records/disposals/<id:disposal_id>/<str:verb>/",
        disposals.disposal_move,
        name="disposal_move",
    ),
    path("records/holds/", holds.hold_list, name="legal_holds"),
    path("records/holds/new/", holds.hold_new, name="legal_hold_new"),
    path("records/holds/<id:hold_id>/", holds.one_hold, name="legal_hold"),
    path("records/holds/<id:hold_id>/<str:verb>/", holds.hold_move, name="legal_hold_move"),
]
