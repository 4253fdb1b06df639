"""What can be done to the library."""

from __future__ import annotations

from wardroom.library.actions.by_hand import close_service, list_service, revise_service
from wardroom.library.actions.elsewhere import (
    end_authority,
    keep_authority,
    translate_authority,
)
from wardroom.library.actions.held import (
    load_reference_data,
    place_service_under_topic,
    set_topic_promise,
    sort_services,
)
from wardroom.library.actions.listed import (
    assure_service,
    end_service_alert,
    load_needs,
    set_service_alert,
)
from wardroom.library.actions.public import (
    ask_question,
    close_topic,
    end_question,
    open_topic,
)
from wardroom.library.actions.taking_in import (
    read_service_file,
    take_services_back,
    write_service_file,
)

__all__ = [
    "ask_question",
    "assure_service",
    "close_service",
    "close_topic",
    "end_authority",
    "end_question",
    "end_service_alert",
    "keep_authority",
    "list_service",
    "load_needs",
    "load_reference_data",
    "open_topic",
    "place_service_under_topic",
    "read_service_file",
    "revise_service",
    "set_service_alert",
    "set_topic_promise",
    "sort_services",
    "take_services_back",
    "translate_authority",
    "write_service_file",
]
