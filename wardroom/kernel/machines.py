"""Which machines lie on the open internet, and which inside some network."""

from __future__ import annotations

import ipaddress

INSIDE = (ipaddress.ip_network("192.0.0.0/24"),)


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
