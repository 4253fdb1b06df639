"""What of the mail that came in can be found: as it is filed, and all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from wardroom.access.actor import APART
from wardroom.kernel.facts import Ref
from wardroom.notices.models import Received
from wardroom.notices.rules.reading import said_and_quoted
from wardroom.notices.rules.receiving import written_by
from wardroom.search.rules import Shelf, Thing

MAIL = "mail"
UNSEARCHED = (Received.State.IGNORED, Received.State.BOUNCE)


def mail_thing(received: Received) -> Thing:
    """A message is found by who wrote it and by its own words, where it lies today."""
    noun, _, key = received.about.partition(":")
    said, _ = said_and_quoted(received.text)
    return Thing(
        ref=Ref(MAIL, str(received.pk)),
        title=written_by(received.from_name, received.from_address),
        text=f"{received.subject} {said}".strip(),
        ward_code=received.ward_code,
        matter_key=key if noun == "matter" else "",
        at=received.received_at,
    )


def is_found(received: Received) -> bool:
    """Whether people may look for a message: nothing that a machine wrote, or that is apart."""
    answers = received.answers
    apart = answers is not None and answers.entry.audience in APART
    return received.state not in UNSEARCHED and not apart


def shelves() -> tuple[Shelf, ...]:
    """All mail that people may look for: no automatic answers and nothing that came back."""
    return (Shelf(MAIL, _instants, _some),)


def _instants() -> Iterable[tuple[int, datetime]]:
    rows = Received.objects.exclude(state__in=UNSEARCHED).order_by()
    rows = rows.exclude(answers__entry__audience__in=list(APART))
    return rows.values_list("pk", "received_at").iterator()


def _some(instants: Mapping[int, datetime]) -> Iterator[Thing]:
    return (mail_thing(mail) for mail in Received.objects.filter(pk__in=instants).order_by("pk"))
