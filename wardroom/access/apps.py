from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


def _install_guard(connection: Any, **_: Any) -> None:
    from wardroom.access.gate import guard_writes

    if guard_writes not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard_writes)


class AccessConfig(AppConfig):
    name = "wardroom.access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        connection_created.connect(_install_guard, dispatch_uid="wardroom-write-guard")
