"""A real Chromium against a live site."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def chromium() -> str:
    """The browser's path; without one the test fails on CI and is skipped elsewhere."""
    for given in (os.environ.get("WARDROOM_CHROMIUM"), os.environ.get("CHROMIUM_PATH")):
        if given:
            return given
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail("Chromium is missing, and CI must not skip the browser tests")
    pytest.skip("needs Chromium (set WARDROOM_CHROMIUM to its path)")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    path = chromium()
    if not (Path(__file__).resolve().parents[2] / "build" / "vendor" / "wardroom").is_dir():
        pytest.fail("the browser files are not built; run `python -m wardroom.web.ui.build`")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


class Visit:
    """Somebody at the site: a page of their own, and the errors their browser reported."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context = context
        self.base = base
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda e: self.errors.append(str(e)))
        self.page.on("console", self._listen)
        self.page.set_default_timeout(20_000)

    def _listen(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.errors.append(message.text)

    def go(self, path: str) -> Page:
        """Open an address and wait until its map, if it has one, is drawn or has given up."""
        self.page.goto(self.base + path)
        if self.page.locator("[data-map]").count():
            self.page.locator("[data-map][data-ready], [data-map][data-failed]").first.wait_for(
                state="attached"
            )
        return self.page

    def sign_in(self, email: str, password: str) -> Page:
        """Sign in by the form, as people do."""
        self.go("/account/login/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        self.page.get_by_role("button", name="Sign out").wait_for()
        return self.page


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Any]:
    """Opens the site for somebody: ``visit()`` at the desk, ``visit(PHONE)`` on a phone."""
    opened: list[Visit] = []

    def open_site(size: dict[str, int] = DESKTOP) -> Visit:
        made = Visit(browser.new_context(viewport=size), live_server.url)  # type: ignore[arg-type]
        opened.append(made)
        return made

    yield open_site
    errors = [e for v in opened for e in v.errors]
    for v in opened:
        v.context.close()
    assert errors == []
