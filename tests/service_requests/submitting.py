"""Requests of ours on their way to another city's server, sent as the office sends them."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.service_requests.city_server import NOW, City, Rows, told
from wardroom.casework.actions import send_matter_on
from wardroom.matters.models import Matter
from wardroom.service_requests.models import Endpoint, Submission

WORDS = "Mattresses in the alley, seen twice this week."


def taken(city: City, form: dict[str, list[str]]) -> tuple[int, Rows]:
    """The server takes it, and lists it."""
    number = f"S-{len(city.posts)}"
    words = form["description"][0]
    city.rows.append(told(number, opened=NOW, description=words))
    return 200, [{"service_request_id": number, "service_notice": "Within nine days."}]


def send_on(matter: Matter, who: Cast, endpoint: Endpoint, **more: Any) -> Submission:
    given = {"service_code": "DUMP", "description": WORDS, **more}
    return send_matter_on(matter, endpoint=endpoint, stamp=who.stamp, **given)


def now_of(row: Submission) -> Submission:
    row.refresh_from_db()
    return row
