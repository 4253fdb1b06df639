"""Which settings leave a site open: one list for the start of the site and for the doctor."""

from __future__ import annotations

from collections.abc import Iterable

ANY_HOST = ("*", ".", "")
SHORTEST_KEY, FEWEST_LETTERS = 32, 8
MAP_SCHEMES = ("geo:", "https://")
KNOWN = ("django-insecure", "changeme", "change-me", "insecure")


def is_weak_key(key: str) -> bool:
    """Whether a signing key is short, of few letters, or one that came with an example."""
    known = key.lower().startswith(KNOWN)
    return known or len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_LETTERS


def lets_any_host(hosts: Iterable[str]) -> bool:
    """Whether the site answers to any name that somebody calls it by."""
    return any(host in ANY_HOST for host in hosts)


def leads_to_map(link: str) -> bool:
    """Whether a link shows a place: it has its two marks and no other, and a phone opens it."""
    marked = "{lat}" in link and "{lon}" in link
    rest = link.replace("{lat}", "").replace("{lon}", "")
    plain = rest.isprintable() and not any(letter in rest for letter in "{} ")
    return not link or (marked and plain and link.startswith(MAP_SCHEMES))
