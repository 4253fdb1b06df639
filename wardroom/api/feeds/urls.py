"""The addresses of the feeds."""

from __future__ import annotations

from django.urls import path

from wardroom.api.feeds import views

urlpatterns = [
    path("wards.geojson", views.wards, name="feed_wards"),
    path("candidates.geojson", views.candidates, name="feed_candidates"),
    path("places/<int:place_id>/open.geojson", views.place, name="feed_place"),
    path("areas/<slug:kind>/<path:key>/open.geojson", views.area, name="feed_area"),
]
