"""Where a request comes from: the last hop that is no proxy of ours, whatever it says itself."""

from __future__ import annotations

import pytest

from wardroom.web.proxies import come_from, proxies_named, without_port

OURS = proxies_named(("10.9.8.7", "10.2.0.0/16", "fd00:1::/32", "unix"))


@pytest.mark.parametrize(
    ("hop", "said", "caller"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.9.8.7", "198.51.100.1", "198.51.100.1"),
        ("10.9.8.7", "198.51.100.1:4711", "198.51.100.1"),
        ("10.9.8.7", "[2001:db8::1]:4711", "2001:db8::1"),
        ("10.9.8.7", "2001:db8::1", "2001:db8::1"),
        ("10.9.8.7", "127.0.0.1, 198.51.100.1", "198.51.100.1"),
        ("10.9.8.7", "198.51.100.1, 10.2.3.4", "198.51.100.1"),
        ("10.9.8.7", "203.0.113.1, 198.51.100.1, 10.2.3.4, 10.2.9.9", "198.51.100.1"),
        ("10.9.8.7", "10.9.8.7, 198.51.100.1", "198.51.100.1"),
        ("10.9.8.7", "", "10.9.8.7"),
        ("10.9.8.7", "not an address", "10.9.8.7"),
        ("10.9.8.7", "198.51.100.1, unknown", "10.9.8.7"),
        ("10.9.8.7", "'; DROP TABLE", "10.9.8.7"),
        ("::ffff:10.9.8.7", "198.51.100.1", "198.51.100.1"),
        ("fd00:1::5", "198.51.100.1", "198.51.100.1"),
        ("", "198.51.100.1", "198.51.100.1"),
        ("10.3.0.1", "198.51.100.1", "10.3.0.1"),
    ],
)
def test_caller_is_the_last_hop_that_is_not_ours(hop: str, said: str, caller: str) -> None:
    meta = {"REMOTE_ADDR": hop, "HTTP_X_FORWARDED_FOR": said}
    come_from(meta, OURS)
    assert meta == {"REMOTE_ADDR": caller}


def test_word_of_a_stranger_is_dropped_and_that_of_a_proxy_is_kept() -> None:
    said = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_HOST": "evil.example"}
    stranger = {"REMOTE_ADDR": "203.0.113.9", **said, "HTTP_FORWARDED": "for=1.2.3.4"}
    come_from(stranger, OURS)
    assert stranger == {"REMOTE_ADDR": "203.0.113.9"}
    proxy = {"REMOTE_ADDR": "10.9.8.7", **said}
    come_from(proxy, OURS)
    assert proxy["HTTP_X_FORWARDED_PROTO"] == "https"


def test_caller_through_a_socket_is_believed_only_where_that_was_said() -> None:
    meta = {"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "198.51.100.1"}
    come_from(meta, proxies_named(("10.9.8.7",)))
    assert meta == {"REMOTE_ADDR": ""}


@pytest.mark.parametrize("hop", ["", "1.2.3", "1.2.3.4.5", "[::1", "::1]", "a:1", "1.2.3.4:x:y"])
def test_what_is_no_address_is_none(hop: str) -> None:
    assert without_port(hop) in ("", "::1")
