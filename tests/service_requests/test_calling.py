"""A server that is not believed: limits on time, size, way on and what is read."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from tests.service_requests.city_server import City, _Raw, raw
from wardroom.kernel import machines
from wardroom.service_requests.gateways import calling
from wardroom.service_requests.gateways.calling import Answer, Unanswered, ask, send
from wardroom.service_requests.gateways.wire import errors_in, requests_in, services_in

XML = b'<?xml version="1.0"?>'


def always(city: City, other: _Raw) -> None:
    city.answers = lambda path, given: other


def why(url: str, **more: Any) -> Unanswered:
    with pytest.raises(Unanswered) as caught:
        ask(url, **more)
    return caught.value


def test_answer_comes_whole_with_the_other_sides_clock(city: City) -> None:
    answer = ask(f"{city.url}/services.json", (("jurisdiction_id", "x"),))
    assert answer.status == 200
    assert answer.at == city.now
    assert [s.code for s in services_in(answer, "json")] == ["DUMP", "RATS"]
    assert city.asked == [("/open311/v2/services.json", {"jurisdiction_id": "x"})]


def test_address_inside_a_network_is_not_called(city: City, settings: Settings) -> None:
    settings.ENDPOINTS_PRIVATE = False
    assert "https://" in why(f"{city.url}/services.json").sentence
    no = why(f"{city.url.replace('http:', 'https:')}/services.json")
    assert "without a port" in no.sentence
    assert "not public" in why("https://127.0.0.1/services.json").sentence
    assert "not public" in why("https://[::1]/services.json").sentence
    assert not no.arrived
    assert "WARDROOM_ENDPOINTS_PRIVATE" in why("https://127.0.0.1/services.json").sentence
    assert city.asked == []


def test_name_that_leads_into_a_network_is_not_called(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ENDPOINTS_PRIVATE = False
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    no = why("https://city.example/services.json")
    assert "not public" in no.sentence
    assert not no.arrived


def test_slow_look_up_of_a_name_ends(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ENDPOINTS_PRIVATE = False
    asleep = threading.Event()
    monkeypatch.setattr(machines, "LOOK_UP_SECONDS", 0.05)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [asleep.wait(20)][1:])
    begun = time.monotonic()
    try:
        no = why("https://slow.example/services.json")
    finally:
        asleep.set()
    assert time.monotonic() - begun < 10
    assert not no.arrived


def test_machine_that_was_looked_at_is_the_one_that_is_called(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, *more: Any, **given: Any) -> Any:
        asked.append(host)
        return real("127.0.0.1", *more, **given)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    port = city.url.split(":")[2]
    assert ask(f"http://city.example:{port}/services.json").status == 200
    assert asked.count("city.example") == 1


def test_redirection_is_followed_on_the_same_host_alone(city: City) -> None:
    moved = raw(301, Location="/open311/v2/services.json")
    city.answers = lambda path, given: moved if "old" in path else None
    assert ask(f"{city.url}/old.json").status == 200
    always(city, raw(302, Location="http://169.254.169.254/latest"))
    assert "another host" in why(f"{city.url}/services.json").sentence
    always(city, raw(302, Location="/round.json"))
    assert "in circles" in why(f"{city.url}/services.json").sentence


def test_redirection_keeps_what_was_asked_for(city: City) -> None:
    moved = raw(301, Location="/open311/v2/services.json")
    city.answers = lambda path, given: moved if "old" in path else None
    ask(f"{city.url}/old.json", (("start_date", "2026-11-01"),))
    assert city.asked[-1] == ("/open311/v2/services.json", {"start_date": "2026-11-01"})
    moved = raw(301, Location="/open311/v2/services.json?page=2&a=b")
    city.answers = lambda path, given: moved if "old" in path else None
    ask(f"{city.url}/old.json", (("page", "2"),))
    assert city.asked[-1] == ("/open311/v2/services.json", {"page": "2", "a": "b"})


@pytest.mark.parametrize(
    ("status", "arrived"), [(301, True), (302, True), (303, True), (307, False), (308, False)]
)
def test_what_is_sent_follows_no_redirection(city: City, status: int, arrived: bool) -> None:
    always(city, raw(status, Location="/elsewhere.json"))
    with pytest.raises(Unanswered) as caught:
        send(f"{city.url}/requests.json", (("api_key", "sesame"),))
    assert caught.value.arrived is arrived
    assert len(city.posts) == 1


def test_answer_has_a_largest_size(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "MOST_BYTES", 1_000)
    always(city, raw(200, b"x" * 5_000))
    assert "larger" in why(f"{city.url}/services.json").sentence


def test_packed_answer_is_not_unpacked(city: City) -> None:
    always(city, raw(200, b"\x1f\x8b\x08\x00", Content_Encoding="gzip"))
    assert "packed" in why(f"{city.url}/services.json").sentence


def test_answer_that_is_cut_off_is_none(city: City) -> None:
    always(city, raw(200, b"[{", Content_Length="500"))
    assert why(f"{city.url}/services.json").sentence


def test_server_that_drips_is_left_in_time(city: City) -> None:
    always(city, raw(200, b" " * 600, slowly=0.05))
    before = time.monotonic()
    no = why(f"{city.url}/services.json", seconds=0.5)
    assert "too slow" in no.sentence
    assert no.arrived
    assert time.monotonic() - before < 10


def test_nobody_there_is_told_from_an_answer_that_did_not_come() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    from django.test import override_settings

    with override_settings(ENDPOINTS_PRIVATE=True), pytest.raises(Unanswered) as caught:
        send(f"http://127.0.0.1:{port}/requests.json", ())
    assert not caught.value.arrived


BOMB = (
    XML + b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b"<service_requests><request><service_request_id>&b;</service_request_id></request>"
    b"</service_requests>"
)
FILE = (
    XML + b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    b"<service_requests><request><service_request_id>&f;</service_request_id></request>"
    b"</service_requests>"
)


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("xml", BOMB),
        ("xml", FILE),
        ("xml", b"<html><body>Sign in</body></html>"),
        ("xml", b"<service_requests><request>"),
        ("xml", b""),
        ("xml", b"<a>" * 5_000),
        ("json", b""),
        ("json", b"<html>"),
        ("json", b"[" * 100_000),
        ("json", b'["a", 1]'),
        ("json", b'"text"'),
        ("json", b"\xff\xfe\x00"),
        ("json", b"[" + b"1" * 9_000 + b"]"),
    ],
)
def test_anything_else_than_a_list_of_requests_is_refused(form: str, content: bytes) -> None:
    with pytest.raises(Unanswered):
        requests_in(Answer(200, content, None), form)


def test_dialects_are_read() -> None:
    def numbers(form: str, content: bytes) -> list[str]:
        return [t.number for t in requests_in(Answer(200, content, None), form)]

    assert numbers("json", b'[{"service_request_id": 12}]') == ["12"]
    assert numbers("json", b'{"service_requests": [{"service_request_id": "a"}]}') == ["a"]
    assert numbers("json", b'{"service_request_id": "a"}') == ["a"]
    assert numbers("json", b'\xef\xbb\xbf[{"service_request_id": "a\\u0000\\ud800b"}]') == ["a b"]
    assert numbers("json", b"[]") == []
    assert numbers("xml", b"<service_requests/>") == []
    named = b'<service_requests xmlns="http://x"><request><service_request_id> 7 '
    named += b"</service_request_id></request></service_requests>"
    assert numbers("xml", named) == ["7"]


def test_errors_are_told_in_their_words() -> None:
    two = b'[{"code": 400, "description": "No place."}, {"code": 400, "description": "No words."}]'
    assert errors_in(Answer(400, two, None), "json") == "No place. No words."
    assert errors_in(Answer(502, b"<html>", None), "xml") == "It answered 502."


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate for this machine, with its key, that is believed here."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl on this machine")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject,
         "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    both = tmp_path / "both.pem"
    both.write_text(cert.read_text() + key.read_text())
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(cert))
    return both


def answer_by_breaking(listener: socket.socket, context: ssl.SSLContext, garbage: bool) -> None:
    """Read what comes over TLS, and answer with bytes that are no TLS."""
    plain, _ = listener.accept()
    with plain:
        secure = context.wrap_socket(plain, server_side=True, do_handshake_on_connect=True)
        secure.recv(65_536)
        if garbage:
            os.write(secure.fileno(), b"\x17\x03\x03\x00\x20" + b"x" * 32)
            time.sleep(0.2)
        secure.close()


@pytest.mark.parametrize("garbage", [True, False])
def test_what_breaks_after_the_handshake_may_have_arrived(
    certificate: Path, settings: Settings, garbage: bool
) -> None:
    settings.ENDPOINTS_PRIVATE = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        other = threading.Thread(target=answer_by_breaking, args=(listener, context, garbage))
        other.start()
        with pytest.raises(Unanswered) as caught:
            send(f"https://127.0.0.1:{port}/requests.json", (("api_key", "sesame"),))
        other.join(10)
    assert caught.value.arrived


def test_certificate_that_is_not_in_order_lets_nothing_through(
    certificate: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    settings.ENDPOINTS_PRIVATE = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def shake() -> None:
            plain, _ = listener.accept()
            with plain, suppress(OSError):
                context.wrap_socket(plain, server_side=True)

        other = threading.Thread(target=shake)
        other.start()
        with pytest.raises(Unanswered) as caught:
            send(f"https://127.0.0.1:{port}/requests.json", (("api_key", "sesame"),))
        other.join(10)
    assert not caught.value.arrived
    assert "certificate" in caught.value.sentence
