"""The pages of the site: a file for each part of it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from wardroom.web.urls import (
    community,
    endpoints,
    field,
    house,
    incidents,
    meetings,
    near,
    open_data,
    people,
    programs,
    residents,
    telling,
    work,
)

urlpatterns: list[URLPattern | URLResolver] = [
    *house.pages,
    *near.pages,
    *people.pages,
    *meetings.pages,
    *field.pages,
    *work.pages,
    *community.pages,
    *telling.pages,
    *incidents.pages,
    *open_data.pages,
    *endpoints.pages,
    *programs.pages,
    *residents.pages,
]
