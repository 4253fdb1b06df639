"""A letter to several goes once to each address."""

from __future__ import annotations

from operator import itemgetter

from wardroom.notices.rules import once_an_address


def test_address_that_two_share_is_written_to_once() -> None:
    readers = [
        ("Chair", "Office@x.org"),
        ("Clerk", "office@x.org"),
        ("Vice", "v@x.org"),
    ]
    once = list(once_an_address(readers, itemgetter(1)))
    assert once == [("Chair", "Office@x.org"), ("Vice", "v@x.org")]
