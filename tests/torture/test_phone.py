"""R13 in real Chromium: the browser dies in the middle of a walk, and nothing is lost or twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from django.db import connections
from playwright.sync_api import BrowserContext, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.api.live import live_site
from tests.browser.conftest import FLAGS, PHONE, chromium
from tests.browser.walker import PATIENCE, Walker
from tests.browser.wire import Wire, wire_to
from tests.cast import Cast
from tests.fieldwork.outings import matters_in
from tests.ground import Ground
from tests.torture.conftest import Tally
from tests.trouble import load_topics
from wardroom.fieldwork.models import ConditionCheck, WalkLine, WalkPhoto

pytestmark = pytest.mark.django_db(transaction=True)
EDITS_A_STOP = 2


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Iterator[Playwright]:
    """Its driver keeps a loop open in this thread, in which Django would refuse the database.

    Inside the loop Django has another connection than outside: each is closed at its end.
    """
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    connections.close_all()
    with sync_playwright() as opened:
        yield opened
        connections.close_all()


@pytest.fixture
def street(ground: Ground, liaison5: Cast) -> Cast:
    """Somebody with enough to look at for fifty edits."""
    load_topics()
    matters_in(ground, liaison5, "5", 30)
    return liaison5


@pytest.fixture
def site(street: Cast, tmp_path: Path) -> Iterator[tuple[Wire, str]]:
    with live_site(tmp_path) as (host, port), wire_to(f"http://{host}:{port}") as ends:
        yield ends


def phone(play: Playwright, profile: Path) -> BrowserContext:
    """A browser that keeps what it has in this folder."""
    return play.chromium.launch_persistent_context(
        str(profile),
        executable_path=chromium(),
        args=FLAGS,
        viewport=PHONE,  # type: ignore[arg-type]
        has_touch=True,
    )


def kill(profile: Path) -> None:
    """End every process of the browser of this folder by -9."""
    words = f"--user-data-dir={profile}"
    family = [each for each in psutil.process_iter() if words in _called(each)]
    assert family
    for one in family:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(family, timeout=10)


def _called(process: psutil.Process) -> list[str]:
    try:
        words: list[str] = process.cmdline()
    except psutil.Error:
        return []
    return words


def sign_in(walker: Walker, who: Cast) -> None:
    page = walker.page
    page.goto(f"{walker.base}/account/login/")
    page.get_by_label("E-mail address").fill(who.user.email)
    page.get_by_label("Password").fill(who.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()


def killed_on_the_way(
    play: Playwright, site: tuple[Wire, str], who: Cast, profile: Path, edits: int
) -> str:
    """Walk without a network until so many edits wait, then kill the browser; the walk's page."""
    wire, base = site
    walker = Walker(phone(play, profile), wire, base)
    sign_in(walker, who)
    walker.draw("A phone that dies", random=0, stops=25)
    go = walker.page.url
    wire.cut()
    walker.context.set_offline(True)
    for n in range(edits // EDITS_A_STOP):
        walker.visit_stop(n)
    waiting = re.compile(f"^{edits} waiting")
    expect(walker.page.locator("#waiting")).to_have_text(waiting, timeout=PATIENCE)
    kill(profile)
    with suppress(Exception):
        walker.context.close()
    assert walker.errors == []
    assert came() == (0, 0, 0)
    return go


def came() -> tuple[int, int, int]:
    """Lines, photographs and checks that the house has."""
    return (
        WalkLine.objects.filter(state="applied").count(),
        WalkPhoto.objects.count(),
        ConditionCheck.objects.count(),
    )


def delivered(play: Playwright, site: tuple[Wire, str], profile: Path, go: str) -> None:
    """Open the browser of this folder again: all waits there, and is handed in at once."""
    wire, base = site
    walker = Walker(phone(play, profile), wire, base)
    wire.mode = "open"
    walker.page.goto(go)
    expect(walker.page.locator("#waiting")).to_have_text("0 waiting", timeout=PATIENCE)
    assert walker.errors == []
    walker.context.close()


@pytest.mark.torture("R13 edits of a browser that is killed", 50)
def test_killed_browser(
    play: Playwright, site: tuple[Wire, str], street: Cast, tmp_path: Path, tally: Tally
) -> None:
    profile = tmp_path / "profile"
    go = killed_on_the_way(play, site, street, profile, tally.asked)
    delivered(play, site, profile, go)
    stops = tally.asked // EDITS_A_STOP
    assert came() == (stops, stops, stops)
    tally.done = tally.asked


@pytest.mark.torture("R13 power check: another profile has nothing", 1)
def test_power_of_a_profile_that_is_lost(
    play: Playwright, site: tuple[Wire, str], street: Cast, tmp_path: Path, tally: Tally
) -> None:
    """Power check: what the browser does not keep on its disk does not come."""
    go = killed_on_the_way(play, site, street, tmp_path / "profile", 4)
    with pytest.raises((AssertionError, PlaywrightError)):
        delivered(play, site, tmp_path / "another", go)
    assert came() == (0, 0, 0)
    tally.done = 1
