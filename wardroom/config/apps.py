"""Putting the house together when it starts: reactions, deliveries, checks."""

from __future__ import annotations

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Last of the apps: by now every fact and every action can be imported."""

    name = "wardroom.config"
    label = "house"

    def ready(self) -> None:
        from wardroom import reactions
        from wardroom.casework.queries import knows_agency, knows_reporter
        from wardroom.config import checks  # noqa: F401
        from wardroom.jobs.delivery import queue_delivery
        from wardroom.ledger.reactions import on_due, register_reactions
        from wardroom.library.queries import office_hours
        from wardroom.notices.gateways import keep_hours_of, recognise_senders

        register_reactions(reactions.FOLLOWS)
        on_due(queue_delivery)
        keep_hours_of(office_hours)
        recognise_senders(knows_reporter)
        recognise_senders(knows_agency)
