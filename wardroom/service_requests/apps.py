from __future__ import annotations

from django.apps import AppConfig


class ServiceRequestsConfig(AppConfig):
    name = "wardroom.service_requests"
    default_auto_field = "django.db.models.BigAutoField"
