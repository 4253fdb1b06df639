"""Which machines a name leads to, and whether they lie on the open internet."""

from __future__ import annotations

import ipaddress
import socket
import threading
from queue import Empty, SimpleQueue

INSIDE = (ipaddress.ip_network("192.0.0.0/24"),)
LOOK_UP_SECONDS = 8.0


def is_public(address: str) -> bool:
    """Whether an address of the internet protocol leads to the open internet and nowhere else.

    Addresses that carry another one inside them (mapped, 6to4, Teredo) lead where that one
    leads, or somewhere that cannot be told: those are not public. Raises ValueError for what is
    no address.
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if found.sixtofour is not None or found.teredo is not None or found.is_site_local:
            return False
    elif any(found in network for network in INSIDE):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved)


def look_up(host: str, port: int) -> list[str]:
    """The addresses of the machines behind a name, each once, within some seconds.

    Raises OSError or UnicodeError where there is no such name, and TimeoutError, which is an
    OSError, where nobody says so in time: what asks for names waits for nobody else.
    """
    said: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            said.put(list(dict.fromkeys(str(row[4][0]) for row in found)))
        except (OSError, UnicodeError) as no:
            said.put(no)

    threading.Thread(target=ask, name="look up a name", daemon=True).start()
    try:
        answer = said.get(timeout=LOOK_UP_SECONDS)
    except Empty:
        raise TimeoutError("Nobody said in time where this name leads.") from None
    if isinstance(answer, Exception):
        raise answer
    return answer
