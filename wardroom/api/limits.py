"""How often one caller may do something: by where they call from, and by what reaches them.

A caller is an address, or the network that one house has where addresses are many. Neither it
nor a contact is kept: only a keyed hash of them, for as long as it counts.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.db import OperationalError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from wardroom.access.gate import in_a_hurry
from wardroom.directory.actions import Turn, give_turn_back, take_turn
from wardroom.kernel.errors import Refused, TooOften
from wardroom.kernel.rates import Rate

log = logging.getLogger(__name__)
HOUSE, NETWORK, HOUSES = 64, 48, 16
SAFE = {"GET", "HEAD"}
SALT = "wardroom.api.limits"
SENT, SENT_BY_ONE = Rate(10), Rate(5)


def caller_of(request: HttpRequest) -> str:
    """Where a request comes from: an address, or a house's network of the new addresses."""
    address = ip_address(get_adapter().get_client_ip(request))
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ip_network((address, HOUSE), strict=False))
    return str(address)


def _network_of(request: HttpRequest) -> str:
    """The network in which whoever has one of the new addresses may have many houses."""
    address = ip_address(get_adapter().get_client_ip(request))
    if not isinstance(address, IPv6Address) or address.ipv4_mapped is not None:
        return ""
    return str(ip_network((address, NETWORK), strict=False))


def turn(request: HttpRequest, counted_as: str, rates: Mapping[str, Rate]) -> Turn:
    """Take a turn of whoever is named, each by their own rate; all of them count it, or none."""
    return take_turn(_named(counted_as, rates), at=_at(request))


def turn_back(request: HttpRequest, counted_as: str, rates: Mapping[str, Rate]) -> None:
    """Count a turn no longer with which nothing wrong was done."""
    give_turn_back(_named(counted_as, rates), at=_at(request))


def few_enough(request: HttpRequest, counted_as: str, most: int) -> bool:
    """Whether a caller may do something once more within an hour; it is counted if so.

    What only reads waits for nobody who writes: it is let through where it cannot be counted.
    Nor can many houses of one network have each of their looks counted.
    """
    rates = {caller_of(request): Rate(most)}
    if request.method not in SAFE:
        return not turn(request, counted_as, rates).wait
    if wider := _network_of(request):
        rates[wider] = Rate(most * HOUSES)
    try:
        with in_a_hurry():
            return not turn(request, counted_as, rates).wait
    except OperationalError:
        log.warning("A look is not counted: the database takes no writing now.")
        return True


@contextmanager
def sending(
    request: HttpRequest, counted_as: str, *contacts: str, too_often: str
) -> Iterator[None]:
    """Count something that a stranger sends the office, by where it is from and by who is named.

    What the office refuses is not counted. Refuses: `TooOften` after ten in an hour from one
    caller, or five that name one contact.
    """
    rates = {caller_of(request): SENT}
    rates |= {known: SENT_BY_ONE for each in contacts if (known := contact_meant(each))}
    taken = turn(request, counted_as, rates)
    if taken.wait:
        raise TooOften(too_often, wait=taken.wait)
    try:
        yield
    except Refused:
        turn_back(request, counted_as, rates)
        raise


def contact_meant(typed: str) -> str:
    """An e-mail address or a phone number, alike however it was typed."""
    plain = "".join(typed.split()).casefold()
    if "@" in plain:
        before, _, domain = plain.rpartition("@")
        return f"{before.partition('+')[0]}@{domain}"
    return "".join(letter for letter in plain if letter.isdigit())[-10:]


def _named(counted_as: str, rates: Mapping[str, Rate]) -> dict[str, Rate]:
    return {
        salted_hmac(SALT, f"{counted_as}\n{who}", algorithm="sha256").hexdigest(): rate
        for who, rate in rates.items()
    }


def _at(request: HttpRequest) -> datetime:
    at: datetime = cast(Any, request).stamp.at
    return at
