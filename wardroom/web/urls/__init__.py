"""The pages of the site: a file for each part of it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from wardroom.web.urls import (
    community,
    duty,
    endpoints,
    field,
    hiring,
    house,
    incidents,
    meetings,
    money,
    near,
    office_measures,
    office_people,
    open_data,
    people,
    programs,
    records,
    residents,
    retention,
    telling,
    week,
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
    *duty.pages,
    *open_data.pages,
    *endpoints.pages,
    *programs.pages,
    *money.pages,
    *residents.pages,
    *office_people.pages,
    *week.pages,
    *hiring.pages,
    *records.pages,
    *retention.pages,
    *office_measures.pages,
]
