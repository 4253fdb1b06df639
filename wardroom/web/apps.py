from __future__ import annotations

from django.apps import AppConfig
from django.urls import register_converter

from wardroom.web.ids import IdConverter


class WebConfig(AppConfig):
    name = "wardroom.web"

    def ready(self) -> None:
        """Let addresses say `<id:...>`, before the first of them is read."""
        register_converter(IdConverter, "id")
