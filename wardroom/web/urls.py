"""The pages of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wardroom.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
]
