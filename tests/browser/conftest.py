"""A real Chromium against the real site, served from a folder of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.house import PASSWORD, House, email_of, open_house
from tests.browser.walker import WARD3, Walker
from tests.browser.wire import wire_to

HERE = Path(__file__).resolve().parent
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
expect.set_options(timeout=20_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder runs in Chromium and is chosen by ``-m browser``."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


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
    if not (HERE.parents[1] / "build" / "static" / "staticfiles.json").is_file():
        pytest.fail("the browser files are not built; `python3 run.py test` builds them")
    # The driver keeps a loop open in this thread, in which Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The site with the demonstration district; neither it nor its worker may break."""
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened
        errors = opened.errors
    assert errors == []


class Visit:
    """Somebody at the site: a page of their own, and the errors their browser reported."""

    def __init__(self, context: BrowserContext, base: str, *, script: bool = True) -> None:
        self.context = context
        self.base = base
        self.script = script
        self.kept = False
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
        self.wait_for_map()
        return self.page

    def wait_for_map(self) -> None:
        """Wait until the map of this page, if it has one, is drawn or has given up."""
        folded = "details:not([open]) [data-map]"  # such a map starts when its fold is opened
        if self.script and self.page.locator(f"[data-map]:not({folded})").count():
            self.page.locator("[data-map][data-ready], [data-map][data-failed]").first.wait_for(
                state="attached"
            )

    def keep(self) -> BrowserContext:
        """The browser stays open when the test is over."""
        self.kept = True
        return self.context

    def sign_in(self, who: str) -> Page:
        """Sign in by the form, as people do."""
        self.go("/account/login/")
        self.page.get_by_label("E-mail address").fill(email_of(who))
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        self.page.get_by_role("button", name="Sign out").wait_for()
        return self.page


OpenSite = Callable[..., Visit]


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """The cookies of everybody who has signed in once, by name."""
    return {}


@pytest.fixture
def visit(browser: Browser, house: House, sessions: dict[str, Any]) -> Iterator[OpenSite]:
    """Opens the site: ``visit()``, ``visit("liaison5")`` signed in, ``visit(size=PHONE)``."""
    opened: list[Visit] = []

    def open_site(who: str = "", *, size: dict[str, int] = DESKTOP, script: bool = True) -> Visit:
        if who and who not in sessions:
            first = Visit(browser.new_context(), house.base)
            first.sign_in(who)
            sessions[who] = first.context.storage_state()
            first.context.close()
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            java_script_enabled=script,
            storage_state=sessions.get(who),
        )
        opened.append(Visit(context, house.base, script=script))
        return opened[-1]

    yield open_site
    errors = [e for v in opened for e in v.errors]
    for v in opened:
        if not v.kept:
            v.context.close()
    assert errors == []


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """A browser for each person that stays open, for tests that only look."""
    kept: dict[str, BrowserContext] = {}
    yield kept
    for context in kept.values():
        context.close()


@pytest.fixture
def look(visit: OpenSite, windows: dict[str, BrowserContext], house: House) -> Iterator[OpenSite]:
    """Opens the site to look at it alone, in a browser that has its styles and scripts already."""
    opened: list[Visit] = []

    def open_site(who: str = "") -> Visit:
        if who not in windows:
            windows[who] = visit(who).keep()
        opened.append(Visit(windows[who], house.base))
        return opened[-1]

    yield open_site
    errors = [e for v in opened for e in v.errors]
    for v in opened:
        v.page.close()
    assert errors == []


@pytest.fixture
def walker(browser: Browser, house: House) -> Iterator[Walker]:
    with wire_to(house.base) as (wire, base):
        context = browser.new_context(viewport=PHONE, has_touch=True)  # type: ignore[arg-type]
        walker = Walker(context, wire, base)
        walker.sign_in(WARD3)
        yield walker
        context.close()
    assert walker.errors == []
