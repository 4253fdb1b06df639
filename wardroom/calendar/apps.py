from __future__ import annotations

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "wardroom.calendar"
    default_auto_field = "django.db.models.BigAutoField"
