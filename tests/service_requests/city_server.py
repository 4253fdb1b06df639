"""A small Open311 server on loopback, good or hostile as a test sets it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from tests.conftest import NOON

NOW = NOON
Rows = list[dict[str, Any]]


def at(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def told(number: str, **more: Any) -> dict[str, Any]:
    """A request as a city tells it."""
    opened = more.pop("opened", NOW - timedelta(days=3))
    return {
        "service_request_id": number,
        "status": "open",
        "service_code": "DUMP",
        "service_name": "Illegal dumping",
        "agency_responsible": "DPW",
        "requested_datetime": at(opened),
        "updated_datetime": at(more.pop("updated", opened)),
        "expected_datetime": at(NOW + timedelta(days=9)),
        "address": "100 TEST STREET NE",
        "lat": 38.92,
        "long": -77.0,
        "description": "Somebody called about it, call 202-555-0100",
        **more,
    }


@dataclass
class City:
    """What the server holds, how it behaves, and what it was asked."""

    rows: Rows = field(default_factory=list)
    knows: set[str] = field(
        default_factory=lambda: {"page", "dates", "updated_after", "ids", "single"}
    )
    cap: int = 1000
    clock: timedelta = timedelta(0)
    now: datetime = NOW
    posts: list[dict[str, list[str]]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    answers: Callable[[str, dict[str, str]], Any] | None = None
    takes: Callable[[City, dict[str, list[str]]], tuple[int, Rows]] | None = None
    url: str = ""

    def listed(self, given: dict[str, str]) -> Rows:
        """The list, as far as this server understands what it was asked."""
        rows = sorted(self.rows, key=lambda r: str(r["requested_datetime"]), reverse=True)
        if "ids" in self.knows and given.get("service_request_id"):
            wanted = given["service_request_id"].split(",")
            return [r for r in rows if r["service_request_id"] in wanted]
        if "dates" in self.knows:
            first, last = given.get("start_date", ""), given.get("end_date", "~")
            rows = [r for r in rows if first <= r["requested_datetime"] <= last]
        if "updated_after" in self.knows and given.get("updated_after"):
            rows = [r for r in rows if r["updated_datetime"] >= given["updated_after"]]
        if "page" in self.knows:
            size = min(int(given.get("page_size", self.cap)), self.cap)
            start = (int(given.get("page", 1)) - 1) * size
            return rows[start : start + size]
        return rows[: self.cap]

    def questions(self, part: str) -> list[dict[str, str]]:
        """What was asked at the addresses that hold this part."""
        return [given for path, given in self.asked if part in path]


class _Raw(Exception):
    """An answer that is none of the standard's: given byte for byte."""

    def __init__(self, status: int, content: bytes, *, slowly: float = 0, **headers: str) -> None:
        super().__init__()
        self.status, self.content, self.slowly, self.headers = status, content, slowly, headers


def raw(status: int, content: bytes = b"", *, slowly: float = 0, **headers: str) -> _Raw:
    """An answer byte for byte; ``slowly`` waits so long after each byte."""
    return _Raw(status, content, slowly=slowly, **headers)


def _handler(city: City) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            pass

        def date_time_string(self, timestamp: Any = None) -> str:
            return format_datetime((city.now + city.clock).astimezone(UTC), usegmt=True)

        def do_GET(self) -> None:
            path, given = self._asked()
            city.asked.append((path, given))
            self._say(path, lambda: _found(city, path, given))

        def do_POST(self) -> None:
            path, _ = self._asked()
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            form = parse_qs(body, keep_blank_values=True)
            city.posts.append(form)

            def taken() -> tuple[int, str, Rows]:
                if city.takes is None:
                    raise raw(500)
                status, rows = city.takes(city, form)
                return status, "request" if status < 300 else "error", rows

            self._say(path, taken)

        def _asked(self) -> tuple[str, dict[str, str]]:
            parts = urlsplit(self.path)
            query = parse_qs(parts.query, keep_blank_values=True)
            return parts.path, {name: values[-1] for name, values in query.items()}

        def _say(self, path: str, answer: Callable[[], tuple[int, str, Rows]]) -> None:
            try:
                if city.answers is not None:
                    given = self._asked()[1]
                    other = city.answers(path, given)
                    if other is not None:
                        raise other
                status, tag, rows = answer()
                content, kind = _written(rows, tag, xml=path.endswith(".xml"))
                other = raw(status, content, Content_Type=kind)
            except _Raw as given_raw:
                other = given_raw
            try:
                self.send_response(other.status)
                for name, value in other.headers.items():
                    self.send_header(name.replace("_", "-"), value)
                if "Content-Length" not in other.headers:
                    self.send_header("Content-Length", str(len(other.content)))
                self.end_headers()
                self._write(other)
            except OSError:
                pass
            self.close_connection = True

        def _write(self, other: _Raw) -> None:
            if not other.slowly:
                self.wfile.write(other.content)
                return
            for byte in other.content:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(other.slowly)

    return Handler


def _found(city: City, path: str, given: dict[str, str]) -> tuple[int, str, Rows]:
    name = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if name == "services":
        return (
            200,
            "service",
            [
                {"service_code": "DUMP", "service_name": "Illegal dumping", "metadata": False},
                {"service_code": "RATS", "service_name": "Rats", "metadata": False},
            ],
        )
    if name == "requests":
        return 200, "request", city.listed(given)
    if "/tokens/" in path:
        number = city.tokens.get(name, "")
        return 200, "request", [{"service_request_id": number or None, "token": name}]
    if "/requests/" in path and "single" in city.knows:
        rows = [r for r in city.rows if r["service_request_id"] == name]
        if rows:
            return 200, "request", rows
    return 404, "error", [{"code": 404, "description": "There is no such thing."}]


def _written(rows: Rows, tag: str, *, xml: bool) -> tuple[bytes, str]:
    if not xml:
        return json.dumps(rows).encode(), "application/json; charset=utf-8"
    parts = [
        f"<{tag}>" + "".join(
            f"<{k}>{escape(str(v)) if v is not None else ''}</{k}>" for k, v in row.items()
        ) + f"</{tag}>"
        for row in rows
    ]  # fmt: skip
    root = {"request": "service_requests", "service": "services", "error": "errors"}[tag]
    text = f'<?xml version="1.0" encoding="utf-8"?><{root}>{"".join(parts)}</{root}>'
    return text.encode(), "text/xml; charset=utf-8"


@contextmanager
def serving(city: City) -> Iterator[City]:
    """The city's server on a free port of loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(city))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.daemon = True
    thread.start()
    city.url = f"http://127.0.0.1:{server.server_port}/open311/v2"
    try:
        yield city
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
