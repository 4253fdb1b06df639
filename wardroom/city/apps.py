from __future__ import annotations

from django.apps import AppConfig


class CityConfig(AppConfig):
    name = "wardroom.city"
    default_auto_field = "django.db.models.BigAutoField"
