from __future__ import annotations

from django.apps import AppConfig


class HiringConfig(AppConfig):
    name = "wardroom.hiring"
    default_auto_field = "django.db.models.BigAutoField"
