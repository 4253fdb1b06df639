"""The services that somebody is sent to, and the run of show of an event, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from wardroom.documents.gateways.typesetting import typeset
from wardroom.engagement.rules.letters import frames_for
from wardroom.kernel.text import long_day
from wardroom.library.queries import ServiceBrief

TEMPLATE = Path(__file__).resolve().parent / "referral.typ"
RUN = TEMPLATE.with_name("run.typ")


def typeset_referral(services: Sequence[ServiceBrief], *, language: str, on: date) -> bytes:
    """A PDF/UA with the numbers to call large and the hours in words."""
    values = {
        "frames": [asdict(frame) for frame in frames_for(language)],
        "language": language,
        "services": [asdict(service) for service in services],
        "day": long_day(on),
        "iso": on.isoformat(),
    }
    return typeset(values, TEMPLATE)


def typeset_run(values: dict[str, Any]) -> bytes:
    """A PDF/UA of the run of show: when, what and who."""
    return typeset(values, RUN)
