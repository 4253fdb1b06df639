"""Where a request comes from, behind the proxies that the office named, and no other's word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

SAID_ON_THE_WAY = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
)
A_SOCKET = "unix"


class NamedProxies:
    """Believes what a named proxy says of a caller; what anybody else says of one is dropped."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PROXIES:
            come_from(request.META, proxies_named(tuple(settings.PROXIES)))
        return self.get_response(request)


@dataclass(frozen=True)
class Proxies:
    """The proxies whose word is believed; ``unread`` is what names none."""

    networks: tuple[Any, ...]
    socket: bool
    unread: tuple[str, ...]


@lru_cache(maxsize=8)
def proxies_named(words: tuple[str, ...]) -> Proxies:
    """The proxies that WARDROOM_PROXIES names, read once; a word that names none is believed of
    nobody, and the site does not start with it."""
    networks, unread = [], []
    for word in words:
        if word == A_SOCKET:
            continue
        try:
            networks.append(ip_network(word, strict=False))
        except ValueError:
            unread.append(word)
    return Proxies(tuple(networks), A_SOCKET in words, tuple(unread))


def come_from(meta: dict[str, Any], proxies: Proxies) -> None:
    """Put the caller's own address into a request: the last hop that is no proxy of ours.

    A proxy adds the address it was called from at the end; what stood there before it the
    caller may have written.
    """
    hop = meta.get("REMOTE_ADDR", "")
    if not _is_named(hop, proxies):
        for name in SAID_ON_THE_WAY:
            meta.pop(name, None)
        return
    hops = str(meta.pop("HTTP_X_FORWARDED_FOR", "")).split(",")
    while _is_named(hop, proxies) and hops:
        before = without_port(hops.pop())
        if not before:
            break
        hop = before
    meta["REMOTE_ADDR"] = hop


def without_port(hop: str) -> str:
    """An address as some proxies write it, with a port; empty where it is none."""
    plain = hop.strip()
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    elif plain.count(":") == 1:
        plain = plain.partition(":")[0]
    try:
        return str(ip_address(plain))
    except ValueError:
        return ""


def _is_named(hop: str, proxies: Proxies) -> bool:
    if not hop:
        return proxies.socket
    try:
        address: Any = ip_address(hop)
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in each for each in proxies.networks if each.version == address.version)
