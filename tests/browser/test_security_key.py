"""A security key in a real browser: added, signed in with, and asked for before another is added.

The browser's own virtual key answers; the clock of the site is moved on by the test, so the
site runs in this process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP
from tests.cast import PASSWORD, Cast
from tests.security.clocks import Clock, hang_up

pytestmark = pytest.mark.django_db(transaction=True)
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return hang_up(monkeypatch)


@pytest.fixture
def desk(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """A browser at the site, whose console stays quiet."""
    context = browser.new_context(viewport=DESKTOP, base_url=live_server.url)  # type: ignore[arg-type]
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    yield context
    context.close()
    assert wrong == []


class Keys:
    """The keys that are plugged into a browser; one of them is touched when it asks."""

    def __init__(self, page: Page) -> None:
        self.line: Any = page.context.new_cdp_session(page)
        self.line.send("WebAuthn.enable")
        self.plugged: list[str] = []

    def plug_in(self) -> str:
        """Another key, which is the one that is touched from now on."""
        made = self.line.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        self.plugged.append(str(made["authenticatorId"]))
        return self.touch(self.plugged[-1])

    def touch(self, key: str) -> str:
        """Touch this one and none other."""
        for each in self.plugged:
            how = {"authenticatorId": each, "enabled": each == key}
            self.line.send("WebAuthn.setAutomaticPresenceSimulation", how)
        return key


def sign_in(page: Page, who: Cast) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(who.email)
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Sign in").click()


def add_key(page: Page, name: str) -> None:
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("button", name="Add the key").click()


def test_key_is_added_signs_in_and_proves_who_one_is(
    clock: Clock, desk: BrowserContext, liaison5: Cast
) -> None:
    page = desk.new_page()
    keys = Keys(page)
    keys.plug_in()
    sign_in(page, liaison5)
    page.goto("/account/security/key/")
    add_key(page, "Blue key")
    expect(page.get_by_role("heading", name="Security key added")).to_be_visible()
    code = page.locator("li code").first.inner_text()

    page.goto("/account/logout/")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
    sign_in(page, liaison5)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use your security key").click()
    page.wait_for_url(re.compile(r"^https?://[^/]+/$"))

    clock.go_on(minutes=20)
    page.goto("/account/security/key/")
    expect(page.get_by_role("heading", name="Confirm it is you")).to_be_visible()
    page.get_by_role("button", name="Use your security key").click()
    expect(page.get_by_role("heading", name="Add a security key")).to_be_visible()
    keys.plug_in()
    add_key(page, "Red key")
    expect(page.get_by_text("Security key added.")).to_be_visible()

    clock.go_on(minutes=20)
    page.goto("/account/security/")
    page.get_by_role("button", name="Make new codes").click()
    page.get_by_label("Recovery code", exact=True).fill(code)
    page.get_by_label("Recovery code", exact=True).press("Enter")  # the key is not asked then
    expect(page.get_by_role("heading", name="New recovery codes")).to_be_visible()


def test_key_without_a_name_is_not_asked(
    clock: Clock, desk: BrowserContext, liaison5: Cast
) -> None:
    """What it would say is given up with the form, and a key that keeps it keeps it for nothing."""
    page = desk.new_page()
    keys = Keys(page)
    blue = keys.plug_in()
    sign_in(page, liaison5)
    page.goto("/account/security/key/")
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_role("alert").get_by_text("Fill in “Name”.")).to_be_visible()
    kept = keys.line.send("WebAuthn.getCredentials", {"authenticatorId": blue})
    assert kept["credentials"] == []
    add_key(page, "Blue key")
    expect(page.get_by_role("heading", name="Security key added")).to_be_visible()


def test_form_that_was_open_too_long_asks_the_key_anew(
    clock: Clock, desk: BrowserContext, liaison5: Cast
) -> None:
    """What the new key said is given up, not taken for the proof; the name stays."""
    page = desk.new_page()
    keys = Keys(page)
    blue = keys.plug_in()
    sign_in(page, liaison5)
    page.goto("/account/security/key/")
    add_key(page, "Blue key")
    expect(page.get_by_role("heading", name="Security key added")).to_be_visible()
    page.goto("/account/security/key/")
    red = keys.plug_in()
    clock.go_on(minutes=20)
    add_key(page, "Red key")
    expect(page.get_by_role("heading", name="Confirm it is you")).to_be_visible()
    keys.touch(blue)
    page.get_by_role("button", name="Use your security key").click()
    keys.touch(red)
    expect(page.get_by_text("The key was not asked yet.").first).to_be_visible()
    expect(page.get_by_role("textbox", name="Name")).to_have_value("Red key")
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_text("Security key added.")).to_be_visible()


def test_who_has_a_key_alone_is_asked_for_no_app(
    clock: Clock, desk: BrowserContext, liaison5: Cast
) -> None:
    """And a code that was wrong stands not in the way of the key."""
    page = desk.new_page()
    Keys(page).plug_in()
    sign_in(page, liaison5)
    page.goto("/account/security/key/")
    add_key(page, "Blue key")
    expect(page.get_by_role("heading", name="Security key added")).to_be_visible()
    page.goto("/account/logout/")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Sign out").click()

    sign_in(page, liaison5)
    field = page.get_by_label("Recovery code", exact=True)
    expect(field).not_to_be_focused()
    expect(page.get_by_text("your app")).to_have_count(0)
    try_wrong_code(page, "Sign in")
    page.get_by_role("button", name="Use your security key").click()
    page.wait_for_url(re.compile(r"^https?://[^/]+/$"))

    clock.go_on(minutes=20)
    page.goto("/account/password/")
    expect(page.get_by_role("heading", name="Confirm it is you")).to_be_visible()
    expect(page.get_by_text("your app")).to_have_count(0)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Type one of your recovery codes.").first).to_be_visible()
    try_wrong_code(page, "Go on")
    page.get_by_role("button", name="Use your security key").click()
    expect(page.get_by_role("heading", name="Change your password")).to_be_visible()


def try_wrong_code(page: Page, button: str) -> None:
    """A code that is not right is told so, and the field is empty for the next one."""
    field = page.get_by_label("Recovery code", exact=True)
    field.fill("918273")
    page.get_by_role("main").get_by_role("button", name=button).click()
    expect(page.get_by_text("Type one that you have not used yet.").first).to_be_visible()
    expect(field).to_have_value("")
