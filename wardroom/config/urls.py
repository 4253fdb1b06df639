"""Every address of the site."""

from __future__ import annotations

from django.urls import include, path

from wardroom.web import urls as web_urls

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("", include(web_urls)),
]
