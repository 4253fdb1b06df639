"""The pages of how the office does: its twelve measures, their rows, and their targets."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.office_measures import views

pages: list[URLPattern] = [
    path("office-measures/", views.measures, name="office_measures"),
    path("office-measures/figures.csv", views.figures_file, name="office_measures_file"),
    path("office-measures/<slug:code>/", views.measure, name="office_measure"),
    path("office-measures/<slug:code>/rows/", views.rows, name="office_measure_rows"),
    path("office-measures/<slug:code>/target/", views.target, name="office_measure_target"),
]
