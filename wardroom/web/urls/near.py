"""The pages of the neighborhood, for everybody."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.near import views as near

pages: list[URLPattern] = [
    path("near/", near.front, name="near"),
    path("near/find/", near.find, name="near_find"),
    path("near/location/<id:matter_id>/", near.location, name="near_location"),
    path("near/place/<id:place_id>/", near.place, name="near_place"),
    path("near/<slug:kind>/<path:code>/", near.area, name="near_area"),
]
