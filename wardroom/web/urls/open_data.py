"""The page of open data."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.open_data import views

pages: list[URLPattern] = [path("open-data/", views.open_data, name="open_data")]
