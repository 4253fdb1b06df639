"""Reading an endpoint a little further: what changed, or windows of days that overlap.

Each window is kept and noted by itself, so that whatever breaks off is gone on with next time.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from zoneinfo import ZoneInfo

from wardroom.access.actor import Stamp
from wardroom.kernel.errors import Refused
from wardroom.service_requests import actions
from wardroom.service_requests.gateways.asking import Line, Pages, Unanswered, their_time
from wardroom.service_requests.gateways.taking import take_told
from wardroom.service_requests.models import Endpoint, Feed
from wardroom.service_requests.rules.endpoints import (
    CAUGHT_UP,
    OVERLAP,
    SHORTEST_WINDOW,
    SUBMIT,
    UPDATE_OVERLAP,
    UPDATED,
    WINDOWS,
    next_window,
    window_after,
)
from wardroom.service_requests.rules.told import TheirService, lies_outside

logger = logging.getLogger(__name__)
SECONDS, SHORTEST = 240.0, 20.0
FARTHEST_SKEW = 10**9
TOLERANCE = timedelta(days=1)
BROKEN = "What came could not be kept; the log says why."


def read_endpoint(endpoint: Endpoint, *, stamp: Stamp, seconds: float = SECONDS) -> bool:
    """Read what is new of an endpoint into the mirror; whether the reading came to its end.

    The fetching holds no transaction. Where it breaks off, what came is kept, the reason is
    written down, and the next reading goes on from there.
    """
    try:
        if endpoint.mode == SUBMIT:
            line, caught_up = Line(endpoint), True
            _keep_services(endpoint, line.services(), stamp)
            skew = _skew(line, stamp)
        else:
            reading = _Reading(endpoint, stamp, seconds)
            caught_up, skew = reading.run(), _skew(reading.line, stamp)
    except (Unanswered, Refused) as no:
        actions.fail_endpoint(
            endpoint, reason=no.sentence, wait=getattr(no, "wait", 0), stamp=stamp
        )
        return False
    except Exception:
        actions.fail_endpoint(endpoint, reason=BROKEN, stamp=stamp)
        raise
    actions.finish_endpoint(endpoint, caught_up=caught_up, skew_seconds=skew, stamp=stamp)
    return True


def _keep_services(endpoint: Endpoint, services: Sequence[TheirService], stamp: Stamp) -> None:
    if [asdict(service) for service in services] != endpoint.services:
        actions.keep_services(endpoint, services=services, stamp=stamp)


def _skew(line: Line, stamp: Stamp) -> int:
    """How many seconds the other side's clock is ahead of ours."""
    if line.clock is None:
        return 0
    return int(max(-FARTHEST_SKEW, min((line.clock - stamp.at).total_seconds(), FARTHEST_SKEW)))


class _TimeIsUp(Exception):
    """A span has to be split further than there is time for now."""

    def __init__(self, span: timedelta) -> None:
        super().__init__()
        self.span = span


class _Reading:
    """One reading: where it is, and how long it may go on."""

    def __init__(self, endpoint: Endpoint, stamp: Stamp, seconds: float) -> None:
        feed = endpoint.feed
        assert feed is not None
        self.endpoint, self.feed, self.stamp = endpoint, feed, stamp
        self.line = Line(endpoint)
        self.ends = time.monotonic() + seconds
        self.zone = ZoneInfo(feed.zone)
        self.was_split = False
        self.gap = ""

    def run(self) -> bool:
        """Go on until now, on the other side's clock, or until the time is up."""
        with suppress(Unanswered):  # not every server lists them, and requests come all the same
            _keep_services(self.endpoint, self.line.services(), self.stamp)
        now = (self.line.clock or self.stamp.at).astimezone(UTC)
        how = self.endpoint.reads_by or self._probed(now)
        first = self._first()
        if how == UPDATED and now - first <= CAUGHT_UP:
            if self._changed(first - UPDATE_OVERLAP, now):
                return True
            how = WINDOWS
        return self._windows(first, now, how)

    def _first(self) -> datetime:
        if self.endpoint.read_until_at is not None:
            return self.endpoint.read_until_at
        assert self.endpoint.since_on is not None
        return datetime.combine(self.endpoint.since_on, clock(0), self.zone).astimezone(UTC)

    def _probed(self, now: datetime) -> str:
        """Whether it understands `updated_after`: nothing can have changed in a time to come."""
        try:
            ahead = self.line.listed((("updated_after", their_time(now + 2 * TOLERANCE)),))
        except Unanswered:
            return WINDOWS
        return WINDOWS if ahead or not self.line.listed(()) else UPDATED

    def _changed(self, first: datetime, now: datetime) -> bool:
        """Read what changed since; False where the answer shows that it was not understood."""
        pages = Pages()
        given = (("updated_after", their_time(first)),)
        try:
            half = (self.ends - time.monotonic()) / 2
            self.line.pages(given, pages, ends=time.monotonic() + half)
        except Unanswered:
            self._take(pages, first, now)
            raise
        outside, read = lies_outside(
            (t.updated for t in pages.all), first - TOLERANCE, now + TOLERANCE, self.zone
        )
        if not pages.whole or outside > read / 2:
            return False
        rows = self._take(pages, first, now)
        self._note(now, rows, UPDATED)
        return True

    def _windows(self, first: datetime, now: datetime, how: str) -> bool:
        size = timedelta(seconds=self.endpoint.window_seconds)
        at = first
        while True:
            start, end = next_window(at, now, size)
            self.was_split = False
            try:
                rows = self._span(start - OVERLAP, end)
            except _TimeIsUp as up:
                self._note(at, 0, how, max(up.span, SHORTEST_WINDOW))
                return False
            size = window_after(size, rows=rows, was_split=self.was_split)
            self._note(min(end, now), rows, how, size)
            at = end
            if at >= now:
                return True
            if time.monotonic() >= self.ends:
                return False

    def _span(self, first: datetime, last: datetime) -> int:
        """Read one span of time; one that is cut off is read as two halves."""
        pages = Pages()
        given = (("start_date", their_time(first)), ("end_date", their_time(last)))
        try:
            self.line.pages(given, pages, ends=max(self.ends, time.monotonic() + SHORTEST))
        except Unanswered:
            self._take(pages, first, last)
            raise
        if pages.out_of_time:
            self._take(pages, first, last)
            raise _TimeIsUp((last - first) / 2)
        outside, read = lies_outside(
            (t.requested for t in pages.all), first - TOLERANCE, last + TOLERANCE, self.zone
        )
        if outside > read / 2:
            self.gap = "It does not keep to the days that are asked for: older ones may be missing."
        elif not pages.whole and last - first > SHORTEST_WINDOW:
            self.was_split = True
            if time.monotonic() >= self.ends:
                self._take(pages, first, last)
                raise _TimeIsUp((last - first) / 2)
            middle = first + (last - first) / 2
            return self._span(first, middle) + self._span(middle, last)
        elif not pages.whole:
            self.gap = (
                f"Between {their_time(first)} and {their_time(last)} more was there than it gives."
            )
        return self._take(pages, first, last)

    def _take(self, pages: Pages, first: datetime, last: datetime) -> int:
        name = f"{self.endpoint.code} {their_time(first)} to {their_time(last)}"
        return take_told(self.endpoint, pages.all, name=name, stamp=self.stamp)

    def _note(self, until: datetime, rows: int, how: str, size: timedelta | None = None) -> None:
        self.endpoint = actions.note_window_read(
            self.endpoint,
            read_from=(self.endpoint.url, self.endpoint.since_on),
            until_at=until,
            rows=rows,
            window=size or timedelta(seconds=self.endpoint.window_seconds),
            reads_by=how,
            skew_seconds=_skew(self.line, self.stamp),
            gap=self.gap,
            stamp=self.stamp,
        )


def is_being_read(feed: Feed, *, stamp: Stamp) -> bool:
    """Whether a file of this feed is being read just now, which a reading must not disturb."""
    lately = stamp.at - timedelta(hours=6)
    return feed.runs.filter(state="running", started_at__gte=lately).exists()
