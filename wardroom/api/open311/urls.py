"""The addresses of the Open311 server: the endpoint that counts, and the one to try things on."""

from __future__ import annotations

from django.urls import path, re_path

from wardroom.api.open311 import posting, views

ENDING = r"(?P<ending>\.[^/]*)"
TRIAL = {"trial": True}

urlpatterns = [
    path("v2/openapi.json", views.described, name="description"),
    re_path(rf"^v2/services{ENDING}$", views.services, name="services"),
    path("v2/services/<path:code>", views.definition, name="service"),
    re_path(rf"^v2/requests{ENDING}$", posting.requests, name="requests"),
    path("v2/requests/<path:number>", views.one_request, name="request"),
    path("v2/tokens/<path:token>", views.token_found, name="token"),
    re_path(rf"^test/v2/services{ENDING}$", views.services, TRIAL, "trial_services"),
    path("test/v2/services/<path:code>", views.definition, TRIAL, "trial_service"),
    re_path(rf"^test/v2/requests{ENDING}$", posting.requests, TRIAL, "trial_requests"),
    path("test/v2/requests/<path:number>", views.one_request, TRIAL, "trial_request"),
    path("test/v2/tokens/<path:token>", views.token_found, TRIAL, "trial_token"),
    re_path(r"^(?P<name>discovery\.[^/]*)$", views.discovery, name="discovery"),
    re_path(r"^(?P<rest>[\s\S]+)$", views.nothing, name="nothing"),
]
