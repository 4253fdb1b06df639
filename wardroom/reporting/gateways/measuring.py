"""Measuring all requests, from the copy of the mirror to the figures that are kept.

Reading and counting take seconds and come first; the change that follows only stores. So
nobody else waits for it to write.
"""

from __future__ import annotations

from datetime import datetime

from wardroom.access.actor import Stamp
from wardroom.kernel.errors import Refused
from wardroom.reporting.actions import Measured, keep_measurement
from wardroom.reporting.models import Measurement
from wardroom.service_requests.models import ServiceRequest
from wardroom.service_requests.queries import data_as_of


def measure(*, as_of: datetime | None = None, stamp: Stamp) -> Measurement:
    """Measure all requests up to an instant, or to the latest we mirror, and keep the figures.

    Refuses: a mirror without requests; whoever may not measure.
    """
    return keep_measurement(None, measured=measure_city(as_of=as_of, now=stamp.at), stamp=stamp)


def measure_city(*, as_of: datetime | None = None, now: datetime) -> Measured:
    """Count everything up to an instant that is not after now; reads, and changes nothing.

    Refuses: a mirror without requests.
    """
    latest = as_of or data_as_of()
    if latest is None or not ServiceRequest.objects.exists():
        raise Refused(
            "no_requests", "There are no requests yet. Read some: wardroom import requests FILE"
        )
    from wardroom.reporting.gateways.measured_city import measured_city

    return measured_city(min(latest, now))
