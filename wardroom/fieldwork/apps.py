from __future__ import annotations

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "wardroom.fieldwork"
    default_auto_field = "django.db.models.BigAutoField"
