"""The addresses of the Open311 server: the endpoint that counts, and the one to try things on."""

from __future__ import annotations

from django.urls import path, re_path

from wardroom.api.open311 import posting, views

ENDING = r"(?P<ending>\.[^/]*)"
TRIAL = {"trial": True}

urlpatterns = [
    path("v2/openapi.json", views.described, name="open311_description"),
    re_path(rf"^v2/services{ENDING}$", views.services, name="open311_services"),
    path("v2/services/<path:code>", views.definition, name="open311_service"),
    re_path(rf"^v2/requests{ENDING}$", posting.requests, name="open311_requests"),
    path("v2/requests/<path:number>", views.one_request, name="open311_request"),
    path("v2/tokens/<path:token>", views.token_found, name="open311_token"),
    re_path(rf"^test/v2/services{ENDING}$", views.services, TRIAL, "open311_trial_services"),
    path("test/v2/services/<path:code>", views.definition, TRIAL, "open311_trial_service"),
    re_path(rf"^test/v2/requests{ENDING}$", posting.requests, TRIAL, "open311_trial_requests"),
    path("test/v2/requests/<path:number>", views.one_request, TRIAL, "open311_trial_request"),
    path("test/v2/tokens/<path:token>", views.token_found, TRIAL, "open311_trial_token"),
    re_path(r"^(?P<name>discovery\.[^/]*)$", views.discovery, name="open311_discovery"),
    re_path(r"^(?P<rest>.*)$", views.nothing, name="open311_nothing"),
]
