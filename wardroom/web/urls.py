"""The pages of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wardroom.web.house import views as house

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", house.healthz, name="healthz"),
    path("", house.home, name="home"),
]
