"""Hostile calls to a live server: it answers each, soon and in few words, and never breaks.

``WARDROOM_HOSTILE=10000`` sends ten thousand; without it a share of them is sent.
"""

from __future__ import annotations

import os
from collections import Counter
from itertools import islice

import pytest

from tests.api.hostile import CAP, Call, calls_of, hostile, send
from tests.api.live import live_site
from tests.api.v1.conftest import open_office, program_of
from tests.cast import HIRES, make_agencies
from tests.ground import DUE, make_ground
from wardroom.api.v1.urls import api
from wardroom.casework.actions import take_complaint
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
    *("first_name", "last_name", "phone", "description", "media_url", "attribute[WHAT]"),
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


@pytest.mark.django_db(transaction=True)
def test_hostile_calls_break_nothing() -> None:
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
    seen: Counter[int] = Counter()
    calls = (*calls_of(api.get_openapi_schema()), *OPEN311)
    ok = f"GET /api/v1/me HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {tokens[0]}\r\n"
    with live_site() as (host, port):
        for request in islice(hostile(calls, tokens, seed=311), MANY):
            told = send(request, host, port)
            assert told.status < 500, request[:3000]
            assert told.size <= CAP, request[:3000]
            seen[told.status] += 1
        assert send(f"{ok}Connection: close\r\n\r\n".encode(), host, port).status == 200
    assert {200, 400, 404, 422} <= set(seen), seen
    assert verified_chain().broken is None
