"""Hostile calls to a live server: it answers each, soon and in few words, and never breaks.

``python -m tests.hostile`` sends ten thousand; without it a share of them is sent.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.api.hostile import CAP, Call, calls_of, hostile, send
from tests.api.live import live_site
from tests.api.v1.conftest import open_office, program_of
from tests.cast import HIRES, HOUSE, make_agencies
from tests.ground import DUE, make_ground
from wardroom.api.v1.urls import api
from wardroom.casework.actions import take_complaint
from wardroom.casework.models import Report
from wardroom.directory.actions import make_key
from wardroom.ledger.queries import verified_chain
from wardroom.matters.actions import propose_ask, request_ask

MANY = int(os.environ.get("WARDROOM_HOSTILE", "700"))
SHOWN = ("jurisdiction_id", "extensions", "api_key")
FILTERS = (
    *("service_request_id", "service_code", "start_date", "end_date", "status", "page"),
    *("page_size", "updated_after", "updated_before", "bbox", "lat", "long", "radius", "q"),
)
REPORT = (
    *("api_key", "service_code", "lat", "long", "address_string", "address_id", "email"),
    *("first_name", "last_name", "phone", "description", "media_url", "attribute[seen]"),
)
OPEN311 = tuple(
    call
    for kind in ("json", "xml")
    for call in (
        Call("GET", f"/open311/discovery.{kind}"),
        Call("GET", f"/open311/v2/services.{kind}", SHOWN),
        Call("GET", f"/open311/v2/services/{{code}}.{kind}", SHOWN),
        Call("GET", f"/open311/v2/requests.{kind}", (*SHOWN, *FILTERS)),
        Call("GET", f"/open311/v2/requests/{{number}}.{kind}", SHOWN),
        Call("GET", f"/open311/v2/tokens/{{token}}.{kind}", SHOWN),
        Call("POST", f"/open311/v2/requests.{kind}", SHOWN, REPORT, form=True),
    )
)


def read(token: str) -> bytes:
    """A good call of the API."""
    lines = ("GET /api/v1/me HTTP/1.1", "Host: 127.0.0.1", f"Authorization: Bearer {token}")
    return "\r\n".join((*lines, "Connection: close", "", "")).encode()


def report(app: str) -> bytes:
    """A good report through Open311."""
    given = {
        "api_key": app,
        "service_code": "rodents",
        "description": "Rats run out of the vacant house at night.",
        "attribute[seen]": "live",
        "lat": "38.92123",
        "long": "-77.00345",
    }
    body = urlencode(given)
    lines = (
        *("POST /open311/v2/requests.json HTTP/1.1", "Host: 127.0.0.1", "Connection: close"),
        *("Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"),
    )
    return "\r\n".join((*lines, "", body)).encode()


@pytest.mark.django_db(transaction=True)
def test_hostile_calls_break_nothing(tmp_path: Path) -> None:
    agencies = make_agencies()
    cast = [HIRES[name]() for name in ("director", "liaison5", "partner_dpw")]
    ground = open_office(make_ground(), {"5": cast[1]})
    for said in ("Trash in the alley", "Trash again"):
        taken = take_complaint(
            ground.places["5"], said=said, channel="phone", anonymous=True, stamp=cast[1].stamp
        )
    ask = propose_ask(
        taken.matter,
        party=agencies["DPW"],
        wording="Clear the alley",
        authority="",
        due_on=DUE,
        stamp=cast[1].stamp,
    )
    request_ask(ask, stamp=cast[1].stamp)
    tokens = [program_of(who, limit=100_000).token for who in cast]
    app = make_key(None, name="App", scopes=["open311"], hourly_limit=100_000, stamp=HOUSE).token
    seen: Counter[int] = Counter()
    calls = (*calls_of(api.get_openapi_schema()), *OPEN311, *OPEN311)
    slowest, begun = 0.0, time.monotonic()
    with live_site(tmp_path) as (host, port):
        for request in islice(hostile(calls, tokens, app=app, seed=311), MANY):
            asked = time.monotonic()
            told = send(request, host, port)
            slowest = max(slowest, time.monotonic() - asked)
            assert told.status < 500, (told, request[:3000])
            assert told.size <= CAP, request[:3000]
            seen[told.status] += 1
        took = time.monotonic() - begun
        assert send(read(tokens[0]), host, port).status == 200
        assert send(report(app), host, port).status == 200
    assert {200, 400, 403, 404, 422} <= set(seen), seen
    assert Report.objects.exists()
    assert verified_chain().broken is None
    told_by = ", ".join(f"{status}: {many:,}" for status, many in sorted(seen.items()))
    sys.stdout.write(f"\n{MANY:,} calls in {took:.0f} s, the slowest {slowest:.2f} s. {told_by}\n")
