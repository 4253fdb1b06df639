"""S10: no form and no forged head of a call leads anybody to another site."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from tests.architecture.source import PACKAGE, modules, shown
from tests.cast import PASSWORD, Cast
from wardroom.web.ui import page
from wardroom.web.ui.page import back_to

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SITE = "http://testserver"
AWAY = [
    "https://evil.example/", "http://evil.example", "//evil.example/", "///evil.example/",
    "////evil.example/", "/\\evil.example/", "\\\\evil.example/", "/\\/evil.example/",
    "\\/evil.example/", "https:evil.example", "https:/evil.example", "https:///evil.example",
    "http:///////////evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
    "\x01javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x",
    "file:///etc/passwd", "ftp://evil.example/", "gopher://evil.example/", "mailto:a@evil.example",
    "ws://evil.example/", "blob:https://evil.example/1", " https://evil.example/",
    "\thttps://evil.example/", "\nhttps://evil.example/", "\r\nhttps://evil.example/",
    "\x00https://evil.example/", "/\t/evil.example/", "/\n/evil.example/", "/\r/evil.example/",
    "/%09/evil.example", "//evil.example%2f@testserver/", "//testserver@evil.example/",
    "http://testserver@evil.example/", "http://testserver:x@evil.example/",
    "http://testserver.evil.example/", "http://testserver\\@evil.example/",
    "http://testserver#@evil.example/", "http://testserver?@evil.example/",
    "http://evil.example?testserver", "http://evil.example#testserver", "//evil。example/",
    "//evil%E3%80%82example/", "http://[::1]/", "http://127.1/", "http://2130706433/",
    "//evil.example:80/", "//evil.example;testserver/", "//\u202eelpmaxe.live/",
    "//%00evil.example/",
    "/\x0b/evil.example/", "/ /evil.example", "http:\\\\evil.example\\",
    "//evil.example\\@testserver/",
    "//evil.example/%2e%2e",
]  # fmt: skip
FORGED = [
    {"HTTP_HOST": host}
    for host in (
        "evil.example", "evil.example:80", "testserver.evil.example", "testserver@evil.example",
        "testserver:80@evil.example", "evil.example/testserver", "testserver evil.example",
        "testserver,evil.example", "evil.example#testserver", "[::1", "testserver:port", "",
        "..", "evil.example\x00testserver", "*", "EVIL.EXAMPLE", "testserver/", "//testserver",
    )
]  # fmt: skip
PROXIED = [
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_SERVER": "evil.example"},
    {"HTTP_X_HOST": "evil.example"},
    {"HTTP_FORWARDED": "host=evil.example;proto=https"},
    {"HTTP_X_ORIGINAL_URL": "http://evil.example/"},
    {"HTTP_X_REWRITE_URL": "http://evil.example/"},
    {"HTTP_X_FORWARDED_PORT": "666"},
    {"HTTP_X_FORWARDED_PROTO": "evil"},
    {"HTTP_X_FORWARDED_PREFIX": "//evil.example"},
]


def leads_away(address: str) -> bool:
    """Whether a browser that is sent there leaves the site."""
    plain = re.sub(r"[\t\r\n]", "", address).strip("".join(map(chr, range(33)))).replace("\\", "/")
    parts = urlsplit(urljoin(f"{SITE}/", re.sub(r"^/{2,}", "//", plain)))
    return (parts.scheme, parts.netloc) != ("http", "testserver")


def test_there_are_sixty_forms() -> None:
    assert len(set(AWAY)) == 60


@pytest.mark.parametrize("address", AWAY)
def test_no_form_goes_back_to_another_site(address: str) -> None:
    sent = RequestFactory().post("/", {"back": address})
    assert not leads_away(back_to(sent, "/day/"))


def test_signing_in_leads_to_no_other_site(director: Cast) -> None:
    for address in AWAY:
        cache.clear()
        visitor = Client()
        sent = {"login": director.user.email, "password": PASSWORD, "next": address}
        answer = visitor.post("/account/login/", sent)
        if answer.status_code == 302:
            assert not leads_away(answer.headers["Location"]), address
        else:
            assert answer.status_code == 400, address
            assert "\0" in address


def test_form_of_the_sign_in_leads_to_no_other_site() -> None:
    for address in AWAY[::6]:
        shown_form = Client().get("/account/login/", {"next": address})
        for target in re.findall(r'(?:href|action)="([^"]*)"', shown_form.content.decode()):
            assert not leads_away(target), target


def test_power_check_without_its_look_the_form_would_lead_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page, "url_has_allowed_host_and_scheme", lambda *_: True)
    went = [back_to(RequestFactory().post("/", {"back": a}), "/") for a in AWAY]
    assert sum(map(leads_away, went)) > 5


@pytest.mark.parametrize("forged", FORGED, ids=lambda f: repr(f["HTTP_HOST"]))
def test_another_name_of_the_site_is_no_answer(forged: dict[str, str]) -> None:
    answer = Client().get("/", **forged)  # type: ignore[arg-type]
    assert answer.status_code == 400
    assert b"evil" not in answer.content.lower()


@pytest.mark.parametrize("forged", PROXIED, ids=lambda f: next(iter(f)))
def test_what_a_proxy_would_say_is_in_no_link(forged: dict[str, str]) -> None:
    for address in ("/", "/account/login/", "/open311/", "/open311/v2/discovery.json"):
        answer = Client().get(address, **forged)  # type: ignore[arg-type]
        assert answer.status_code in (200, 302, 404), address
        assert b"evil" not in bytes(answer.content).lower(), address
        assert "evil" not in str(dict(answer.headers)), address


# They tell the caller alone under which address they were called.
TELLS_THE_CALLER = {
    "wardroom/web/keys/describing.py",
    "wardroom/api/hsds/views.py",
    "wardroom/api/open311/views.py",
}
TAKES_IT_AWAY = {"wardroom/web/proxies.py"}  # where a proxy that is not ours says it
# They hold the name against another one, and tell nobody of it.
LOOKS_AT_IT = {"wardroom/web/once.py", "wardroom/web/probes.py"}
HOST = re.compile(r"build_absolute_uri|get_host\(|HTTP_HOST|X_FORWARDED_HOST|SERVER_NAME")


def test_no_mail_can_carry_the_name_that_a_caller_gave() -> None:
    found = {shown(path) for path in modules() if HOST.search(path.read_text(encoding="utf-8"))}
    assert found == TELLS_THE_CALLER | TAKES_IT_AWAY | LOOKS_AT_IT
    letters = [path for path in PACKAGE.rglob("*.py") if "queue_message(" in path.read_text()]
    assert len(letters) > 5
    assert not {shown(path) for path in letters} & found


def test_power_check_a_link_made_from_the_call_is_noticed() -> None:
    assert HOST.search('link = request.build_absolute_uri("/")')
    assert HOST.search('request.META["HTTP_HOST"]')
