"""Putting the house together when it starts: reactions, deliveries, checks."""

from __future__ import annotations

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Last of the apps: by now every fact and every action can be imported."""

    name = "wardroom.config"
    label = "house"

    def ready(self) -> None:
        _judge_words()
        from wardroom import reactions
        from wardroom.access.gateways import ask_whose_matters
        from wardroom.casework.actions.hearing import end_words_waiting
        from wardroom.casework.actions.suggesting import end_suggestion
        from wardroom.casework.queries import knows_agency, knows_reporter, sees_party
        from wardroom.config import checks  # noqa: F401
        from wardroom.directory.gateways import ask_before_granting, ask_before_leaving
        from wardroom.documents.gateways import (
            ask_before_attaching,
            ask_before_disposing,
            ask_before_removing,
        )
        from wardroom.engagement.actions import keep_contacts
        from wardroom.engagement.gateways import gather_news_with, show_places_with
        from wardroom.engagement.queries.consenting import why_no_news
        from wardroom.hiring.actions.leaving import HIRING_GATHERER
        from wardroom.hiring.queries.files import is_resume
        from wardroom.incidents.queries.own import incidents_of
        from wardroom.jobs.delivery import queue_delivery, queue_quick
        from wardroom.ledger.actions import on_recorded
        from wardroom.ledger.gateways import tell_lines_with
        from wardroom.ledger.reactions import on_due, register_reactions
        from wardroom.library.queries import office_hours
        from wardroom.matters.actions import OWN_GATHERERS
        from wardroom.matters.actions.systems import keep_systems_waiting
        from wardroom.matters.actions.words import check_number_there, index_line
        from wardroom.matters.gateways import ask_who_sees_parties, gather_with
        from wardroom.matters.queries import still_at_work
        from wardroom.notices.gateways import (
            ask_before_sending,
            hurry_with,
            keep_hours_of,
            recognise_senders,
        )
        from wardroom.notices.queries import mail_sentences
        from wardroom.office.gateways import SHIFT_GATHERER, check_terms
        from wardroom.problems.queries import location_news, public_locations
        from wardroom.retention.queries.elsewhere import is_held

        register_reactions(reactions.FOLLOWS)
        on_due(queue_delivery)
        on_recorded(index_line)
        on_recorded(keep_contacts)
        on_recorded(keep_systems_waiting)
        on_recorded(end_words_waiting)
        on_recorded(end_suggestion)
        tell_lines_with(mail_sentences)
        keep_hours_of(office_hours)
        hurry_with(queue_quick)
        gather_with(*OWN_GATHERERS, SHIFT_GATHERER, HIRING_GATHERER)
        ask_who_sees_parties(sees_party)
        ask_before_leaving(still_at_work)
        ask_before_granting(check_terms)
        ask_before_removing(is_resume)
        ask_before_disposing(is_held)
        ask_before_attaching(check_number_there)
        ask_whose_matters(incidents_of)
        recognise_senders(knows_reporter)
        recognise_senders(knows_agency)
        ask_before_sending("subscriber", why_no_news)
        gather_news_with(location_news)
        show_places_with(public_locations)


def _judge_words() -> None:
    """Let the storey that knows who complained say whom words for others name."""
    from wardroom.matters.gateways import Outside, judge_words_with
    from wardroom.reporting.queries.residents import resident_in
    from wardroom.reporting.rules.public import is_delicate

    judge_words_with(Outside(resident_in, is_delicate))
