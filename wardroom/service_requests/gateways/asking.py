"""The questions that GeoReport v2 knows, asked of one endpoint."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

from wardroom.service_requests.gateways.calling import Answer, Pairs, Unanswered, ask
from wardroom.service_requests.gateways.wire import check_good, requests_in, services_in
from wardroom.service_requests.models import Endpoint
from wardroom.service_requests.rules.endpoints import looks_cut_off
from wardroom.service_requests.rules.told import TheirService, Told

PAGE_SIZE, MOST_PAGES = 200, 60
GONE = frozenset({404, 410})


@dataclass
class Pages:
    """What came of one list, page by page; whole where nothing was cut off."""

    rows: dict[str, Told] = field(default_factory=dict)
    nameless: list[Told] = field(default_factory=list)
    whole: bool = True
    out_of_time: bool = False

    def take(self, told: Sequence[Told]) -> int:
        """Take a page in; returns how many requests were not there before."""
        before = len(self.rows)
        for one in told:
            if one.number:
                self.rows[one.number] = one
            else:
                self.nameless.append(one)
        return len(self.rows) - before

    @property
    def all(self) -> list[Told]:
        """Everything that came."""
        return [*self.rows.values(), *self.nameless]


class Line:
    """A line to one endpoint: its addresses, its format, and what its clock said last."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.form = endpoint.format
        self.clock: datetime | None = None

    def address(self, *parts: str) -> str:
        """The address of a resource, with the ending that names the format."""
        path = "/".join(quote(part, safe="") for part in parts)
        return f"{self.endpoint.url.rstrip('/')}/{path}.{self.form}"

    @property
    def always(self) -> Pairs:
        """What goes along with every question."""
        where = self.endpoint.jurisdiction
        return (("jurisdiction_id", where),) if where else ()

    def _asked(self, address: str, given: Pairs = ()) -> Answer:
        answer = ask(address, (*self.always, *given))
        self.clock = answer.at or self.clock
        return answer

    def services(self) -> tuple[TheirService, ...]:
        """The services that it lists."""
        answer = self._asked(self.address("services"))
        check_good(answer, self.form)
        return services_in(answer, self.form)

    def listed(self, given: Pairs) -> tuple[Told, ...]:
        """One answer of the list."""
        answer = self._asked(self.address("requests"), given)
        check_good(answer, self.form)
        return requests_in(answer, self.form)

    def pages(self, given: Pairs, into: Pages, *, ends: float = math.inf) -> None:
        """All pages of a list; what came before a failure stays in ``into``.

        A server that knows no pages gives the first one again: what it holds may have been cut
        off then, and is not whole. ``ends`` is the instant after which no page is begun.
        """
        for page in range(1, MOST_PAGES + 1):
            if time.monotonic() >= ends:
                into.whole, into.out_of_time = False, True
                return
            told = self.listed((*given, ("page", str(page)), ("page_size", str(PAGE_SIZE))))
            new = into.take(told)
            if not told:
                return
            if page > 1 and not new:
                if page == 2 and looks_cut_off(len(told), PAGE_SIZE):
                    into.whole = False
                return
        into.whole = False

    def one(self, number: str) -> Told | None:
        """One request by its number; none where it is gone."""
        answer = self._asked(self.address("requests", number))
        if answer.status in GONE:
            return None
        check_good(answer, self.form)
        return next((t for t in requests_in(answer, self.form) if t.number == number), None)

    def several(self, numbers: Sequence[str]) -> dict[str, Told]:
        """Requests by their numbers; those that are missing may be gone, or not understood."""
        answer = self._asked(self.address("requests"), (("service_request_id", ",".join(numbers)),))
        if answer.status in GONE:
            return {}
        check_good(answer, self.form)
        told = {t.number: t for t in requests_in(answer, self.form)}
        if told.keys() - set(numbers):
            raise NotUnderstood
        return told

    def token(self, token: str) -> str:
        """The number that a token stands for by now; empty where there is none yet."""
        answer = self._asked(self.address("tokens", token))
        check_good(answer, self.form)
        return next((t.number for t in requests_in(answer, self.form) if t.number), "")


class NotUnderstood(Exception):
    """The other side does not know a question that not every server knows."""


def numbered(numbers: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Numbers in portions; one with a comma in it goes by itself."""
    plain = [n for n in numbers if "," not in n]
    for start in range(0, len(plain), size):
        yield plain[start : start + size]


def their_time(at: datetime) -> str:
    """An instant as the standard writes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


__all__ = ["Line", "NotUnderstood", "Pages", "Unanswered", "numbered", "their_time"]
