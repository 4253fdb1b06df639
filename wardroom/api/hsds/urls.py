"""The addresses of HSDS: the three that the standard requires."""

from __future__ import annotations

from django.urls import path

from wardroom.api.hsds import views

urlpatterns = [
    path("", views.root, name="hsds_root"),
    path("services", views.service_list, name="hsds_services"),
    path("services/<str:service_id>", views.service, name="hsds_service"),
]
