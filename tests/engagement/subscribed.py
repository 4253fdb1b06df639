"""People who get news, made as they would come: asked for on the page, confirmed by the link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.core import mail
from shapely.geometry import box

from tests.cast import HOUSE
from tests.conftest import NOON, stamp_for
from wardroom.access.actor import NOBODY, SYSTEM, Stamp
from wardroom.city.actions import Feature, load_boundaries, note_place
from wardroom.city.models import BoundarySet
from wardroom.city.rules import address_key
from wardroom.engagement.actions import ask_for_news, confirm_news
from wardroom.engagement.models import Subscriber, Subscription
from wardroom.engagement.rules.subscriptions import CITY, Wanted
from wardroom.ledger.reactions import deliver_receipt, due_receipts
from wardroom.notices.actions import claim_message, note_sent
from wardroom.notices.gateways import Letter, send_letter
from wardroom.notices.queries import due_messages

HOME = "1200 First Street NE"
EVERYTHING = Wanted(CITY, frequency="daily")
SMDS = {"5A01": (-77.02, -77.0), "5A02": (-77.0, -76.98), "7B01": (-76.98, -76.94)}
SMDS_ANEW = {"5A01": (-77.02, -77.01), "5A03": (-77.01, -76.98), "7B01": (-76.98, -76.94)}
BEFORE, ANEW = date(2022, 1, 1), date(2026, 11, 18)


def visitor(at: datetime = NOON) -> Stamp:
    """A stamp of somebody whom nobody knows."""
    return stamp_for(NOBODY, at)


def worker(at: datetime = NOON) -> Stamp:
    """A stamp of the house itself."""
    return stamp_for(SYSTEM, at)


def make_home() -> None:
    """The address from which people of these tests write; it lies in Ward 5, SMD 5A01."""
    note_place(
        None,
        key=address_key(HOME) or 0,
        label=HOME,
        latitude=38.92,
        longitude=-77.005,
        stamp=HOUSE,
    )


def make_smds(
    spans: dict[str, tuple[float, float]] | None = None, *, valid_from: date = BEFORE
) -> BoundarySet:
    """Single-member districts side by side over the two wards of the tests' ground."""
    spans = SMDS if spans is None else spans
    return load_boundaries(
        None,
        kind="smd",
        valid_from=valid_from,
        features=[
            Feature(code, f"SMD {code}", box(west, 38.90, east, 38.94))
            for code, (west, east) in spans.items()
        ],
        source="a test",
        digest=f"{valid_from}".ljust(64, "0"),
        stamp=HOUSE,
    )


def follow(at: datetime = NOON) -> None:
    """Run what follows from every line so far, as the worker does."""
    while due := due_receipts(at=at, most=200):
        for receipt in due:
            assert deliver_receipt(receipt, stamp=worker(at))


def letters(at: datetime) -> Iterator[Letter]:
    """Send what is due; gives the letters as they went out."""
    follow(at)
    for message in due_messages(at=at, most=1000):
        letter = claim_message(message, stamp=worker(at))
        if letter is not None:
            send_letter(letter)
            note_sent(message, stamp=worker(at))
            yield letter


def sent(at: datetime = NOON) -> list[Letter]:
    """The letters that went out now, into an emptied box."""
    mail.outbox.clear()
    return list(letters(at))


def link_in(letter: Letter, page: str) -> str:
    """The token of a link in a letter."""
    (token,) = set(re.findall(rf"/news/{page}/([\w-]+)/", letter.text))
    return str(token)


def subscribe(
    address: str = "neighbor@example.org",
    wanted: Wanted = EVERYTHING,
    *,
    language: str = "en",
    at: datetime = NOON,
) -> Subscription:
    """Somebody asks for news on the page and confirms it from the own mailbox."""
    ask_for_news(None, address=address, language=language, wanted=wanted, stamp=visitor(at))
    (letter,) = [one for one in sent(at) if one.to_address == address]
    row = confirm_news(None, token=link_in(letter, "confirm"), stamp=visitor(at))
    sent(at)
    return row


def own_token(one: Subscriber, at: datetime = NOON) -> str:
    """The token of somebody's standing link, as their next letter would hold it."""
    from wardroom.engagement.models import Subscriber as Kept
    from wardroom.notices.gateways import key_token

    key = Kept.objects.get(pk=one.pk).link
    assert key is not None
    return key_token(key.purpose, key.pk, key.nonce)


def later(**span: int) -> datetime:
    """Some time after noon."""
    return NOON + timedelta(**span)
