"""The pages of the week board."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.week import views

pages: list[URLPattern] = [
    path("week/", views.week, name="week"),
    path("week/sheet.csv", views.sheet, name="week_sheet"),
    path("week/<str:key>/cover/", views.cover, name="week_cover"),
    path("week/<str:key>/cover/<id:party_id>/back/", views.uncover, name="week_uncover"),
]
