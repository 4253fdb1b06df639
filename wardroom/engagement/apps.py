from __future__ import annotations

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    name = "wardroom.engagement"
    default_auto_field = "django.db.models.BigAutoField"
