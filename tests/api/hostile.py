"""Hostile calls: what a broken program, a scanner or an attacker sends to an API.

Each is a whole request as bytes. A seed makes the same ones again.
"""

from __future__ import annotations

import json
import random
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

LONGEST_WAIT = 45.0
CAP = 1_000_000
HANGS = 599
BAD_NUMBERS = ("0", "-1", "1.5", "1e9", "9" * 30, "9" * 3000, "%00", "..", "٣", "NaN", "0x10", "")
BAD_TEXTS = (
    *("", " ", "\0", "a\0b", "\ud800", "\ufffe", "\u202etxt.exe", "é" * 300, "👩‍👩‍👧" * 50),
    *("'; DROP TABLE access_user; --", '" OR 1=1 --', "{{7*7}}", "${jndi:ldap://x/a}", "%s%n%x"),
    *("<script>alert(1)</script>", "../../../etc/passwd", "\r\nSet-Cookie: a=b", "a" * 20_000),
    *("=cmd|' /C calc'!A0", "2026-02-30", "0000-00-00", "9999-12-31T23:59:60Z", "\x1b[2J"),
)
BAD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**30, 1e308, [], {}, [[]], {"a": {"b": []}}, [None] * 200),
    *BAD_TEXTS,
)
RAW_VALUES = (
    *("NaN", "-Infinity", "1e999", "9" * 6000, '"\\ud800"', "[" * 3000, '{"a":' * 500),
    *("[" * depth + "]" * depth for depth in (50, 300, 600, 900)),
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "PROPFIND", "get")
GOOD_REPORT = ("service_code", "description", "lat", "long", "attribute[seen]")
TYPES = (
    *("application/json", "application/json; charset=utf-16", "text/xml", "text/plain", ""),
    *("application/x-www-form-urlencoded", "multipart/form-data", "application/json;;;", "a" * 300),
    *("multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=koi8-x"),
)
HEADERS: Mapping[str, Sequence[str]] = {
    "If-Match": ("*", '"', '"abc"', "x" * 4000, "\xff\xfe"),
    "If-None-Match": ("*", "W/", "x" * 4000),
    "Idempotency-Key": ("", "a", "x" * 300, "é", "\x01", "a' OR 1=1"),
    "Host": ("", "evil.example", "127.0.0.1:99999", "a b", "[::1"),
    "X-Forwarded-For": ("1.2.3.4, 5.6.7.8", "not an address", "::1", "," * 500),
    "Accept": ("text/html", "*/*;q=x", "\x00"),
    "Accept-Language": ("xx-YY;q=9", "," * 900),
    "Accept-Encoding": ("gzip;q=0", "br, *"),
    "Range": ("bytes=0-", "bytes=9999999-1"),
    "Expect": ("100-continue",),
    "Cookie": ("sessionid=" + "a" * 200, "csrftoken=;;;"),
    "Authorization": ("", "Bearer", "Bearer " + "a" * 5000, "Basic YTpi", "Bearer wr_\xff"),
}


@dataclass(frozen=True)
class Call:
    """An address that is called: its method, its path with names in braces, and its inputs."""

    method: str
    path: str
    query: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    form: bool = False


def calls_of(description: Mapping[str, Any]) -> tuple[Call, ...]:
    """The calls that an OpenAPI description names."""
    return tuple(
        Call(
            method.upper(),
            path,
            tuple(p["name"] for p in call.get("parameters", ()) if p["in"] == "query"),
            _fields(call, description),
        )
        for path, methods in description["paths"].items()
        for method, call in methods.items()
    )


def _fields(call: Mapping[str, Any], description: Mapping[str, Any]) -> tuple[str, ...]:
    body = call.get("requestBody", {}).get("content", {}).get("application/json")
    if body is None:
        return ()
    named = body["schema"]["$ref"].rpartition("/")[2]
    return tuple(description["components"]["schemas"][named]["properties"])


def hostile(
    calls: Sequence[Call], tokens: Sequence[str], *, app: str, seed: int
) -> Iterator[bytes]:
    """Hostile requests without end; ``app`` is the key that stands in a form that is sent."""
    rng = random.Random(seed)
    while True:
        yield _request(rng, rng.choice(calls), rng.choice(tokens), app)


def _request(rng: random.Random, call: Call, token: str, app: str) -> bytes:
    if rng.random() < 0.02:
        return rng.choice((b"\0\0", b"GET", b"GET / HTTP/9.9", b"\x16\x03\x01")) + b"\r\n\r\n"
    method = rng.choice(METHODS) if rng.random() < 0.1 else call.method
    target = _path(rng, call.path) + _query(rng, call)
    body = _body(rng, call, app) if method in {"POST", "PUT", "PATCH"} else b""
    form = "application/x-www-form-urlencoded" if call.form else "application/json"
    headers = {
        "Host": "127.0.0.1",
        "Connection": "close",
        "Authorization": f"Bearer {token}",
        "Content-Type": rng.choice(TYPES) if rng.random() < 0.15 else form,
        "Content-Length": str(len(body)),
    }
    for name in rng.sample(list(HEADERS), rng.choice((0, 0, 0, 1, 1, 2))):
        headers[name] = rng.choice(HEADERS[name])
    if rng.random() < 0.02:
        headers["Content-Length"] = rng.choice(("abc", "-5", "1e3", ""))
    lines = [f"{method} {target} HTTP/1.1", *(f"{n}: {v}" for n, v in headers.items() if v)]
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body


def _path(rng: random.Random, path: str) -> str:
    while "{" in path:
        start, _, rest = path.partition("{")
        good = rng.random() < 0.6
        number = str(rng.randint(1, 12)) if good else rng.choice(BAD_NUMBERS)
        path = start + number + rest.partition("}")[2]
    if rng.random() < 0.05:
        path += rng.choice(("/", "//", "/..", "%2e%2e/", "?", ";a=b", "%c0%af", "/" + "a" * 3000))
    return path.replace("٣", "%D9%A3")


def _query(rng: random.Random, call: Call) -> str:
    names = [name for name in call.query if rng.random() < 0.4]
    if rng.random() < 0.1:
        names += [rng.choice(("", "a[]", "page", "__proto__", "format", "callback", "x" * 200))]
    parts = []
    for name in names:
        value = rng.choice((*BAD_TEXTS, *BAD_NUMBERS, "open", "1", "2026-11-18", "5", "true"))
        raw = quote(value.encode("utf-8", "surrogatepass")[:4000], safe="")
        raw = rng.choice(("%zz", "%", "%ff")) if rng.random() < 0.05 else raw
        parts.append(f"{quote(name)}={raw}")
    return "?" + "&".join(parts) if parts else ""


def _body(rng: random.Random, call: Call, app: str) -> bytes:
    fields = [name for name in call.fields if rng.random() < 0.7]
    given = {name: _value(rng, name) for name in fields}
    if rng.random() < 0.05:
        given["more"] = 1
    if call.form:
        given = given if rng.random() < 0.6 else {}
        given |= {"api_key": app} if rng.random() < 0.9 else {}
        given |= {name: _known(rng)[name] for name in GOOD_REPORT if rng.random() < 0.8}
        pairs = ((n, str(v).encode("utf-8", "surrogatepass")) for n, v in given.items())
        return "&".join(f"{quote(n)}={quote(v[:6000])}" for n, v in pairs).encode()
    text = json.dumps(given, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    chance = rng.random()
    if chance < 0.06 and given:
        name = rng.choice(call.fields)
        return text[:-1] + f', "{name}": {rng.choice(RAW_VALUES)}}}'.encode()
    if chance < 0.1:
        return rng.choice((b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe{", text[: len(text) // 2]))
    return text


def _value(rng: random.Random, name: str) -> Any:
    if rng.random() < 0.5:
        return rng.choice(BAD_VALUES)
    if name.endswith("_on"):
        return rng.choice(("2026-11-30", "2026-12-24", "1900-01-01", "2999-12-31"))
    likely = ("phone", "DPW", "fixed", "5", "en", "Trash again", "not_ours", "clean", "dumping")
    return _known(rng).get(name, rng.choice(likely))


def _known(rng: random.Random) -> dict[str, Any]:
    """What fits a field by its name."""
    return {
        "where": {"text": "Alley", "latitude": rng.uniform(-99, 99), "longitude": -77.0},
        "reporter": {"name": "A", "phone": rng.choice(BAD_TEXTS)},
        "rating": rng.randint(-1, 5),
        "kinds": ["NextStepSet"],
        "address": "https://hooks.example.org/",
        "from_line": rng.randint(-1, 50),
        "service_code": rng.choice(("rodents", "rodents", "dumping", "S0311")),
        "description": "Bags in the alley again, behind the store",
        "lat": "38.92123",
        "long": "-77.00345",
        "attribute[seen]": "live",
    }


@dataclass(frozen=True)
class Told:
    """What came back: the status, how long it was, and how long it took.

    0 is no status at all, from who hung up; `HANGS` is no end of an answer.
    """

    status: int
    size: int
    seconds: float


def send(request: bytes, host: str, port: int) -> Told:
    """Send one request as it is and read the whole answer."""
    began, size, head = time.monotonic(), 0, b""
    with socket.create_connection((host, port), timeout=LONGEST_WAIT) as line:
        try:
            line.sendall(request)
            while part := line.recv(65536):
                head = (head + part)[:64]
                size += len(part)
        except ConnectionError:
            pass  # it hung up before all was sent, which is its right
        except TimeoutError:
            return Told(HANGS, size, time.monotonic() - began)
    words = head.split(b" ", 2)
    known = len(words) > 1 and words[0].startswith(b"HTTP/") and words[1].isdigit()
    return Told(int(words[1]) if known else 0, size, time.monotonic() - began)
