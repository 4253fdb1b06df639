"""Somebody who walks with a phone: what the hand does, and what the office then has."""

from __future__ import annotations

import io
import re
import time
from dataclasses import dataclass, field
from typing import Any

from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.house import PASSWORD, email_of
from tests.browser.wire import Wire

PATIENCE = 30_000
WARD3 = "liaison3"
LIAISON3, DIRECTOR = "Liaison of Ward 3", "The Director"


def photograph(shade: int) -> bytes:
    """A picture as a camera writes it, with where it was taken hidden in it."""
    picture = Image.new("RGB", (1200, 900), (shade % 256, 120, 90))
    exif = Image.Exif()
    exif[0x010F] = "A maker of cameras"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (38.0, 55.0, 12.345)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90, exif=exif.tobytes())
    return out.getvalue()


def as_file(content: bytes) -> Any:
    return {"name": "x", "mimeType": "image/jpeg", "buffer": content}


@dataclass
class Walker:
    """Somebody who walks: counts what the hand does, and how long each stop takes."""

    context: BrowserContext
    wire: Wire
    base: str
    page: Page = field(init=False)
    taps: int = 0
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.open_page()

    def open_page(self) -> None:
        """A new page in the same browser."""
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def sign_in(self, who: str) -> None:
        self.page.goto(f"{self.base}/account/login/")
        self.page.get_by_label("E-mail address").fill(email_of(who))
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        self.page.get_by_role("button", name="Sign out").wait_for()

    def draw(self, title: str, *, random: int, stops: int = 20) -> str:
        """Draw a walk as the house proposes it, take it along, and be at its page."""
        self.page.goto(f"{self.base}/walks/new/?stops={stops}&random={random}")
        self.page.get_by_label("Title").fill(title)
        self.page.get_by_role("button", name="Write it down").click()
        self.page.get_by_role("heading", level=1, name=title).wait_for()
        address = self.page.url
        self.page.get_by_role("button", name="Take it on this phone").click()
        self.page.locator("body[data-kept]").wait_for()
        return address

    def shoot(self, shade: int, camera: str = "#camera", shots: str = "#shots") -> None:
        shown = self.page.locator(f"{shots} img")
        before = shown.count()
        self.page.set_input_files(
            camera, {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photograph(shade)}
        )
        expect(shown).to_have_count(before + 1)
        self.taps += 1

    def press(self, name: str) -> None:
        before = self.turn
        self.page.get_by_role("button", name=re.compile(f"^{name}")).click()
        self.taps += 1
        if name not in {"Not fixed", "Partly fixed"}:
            over = self.page.locator("#over")
            wait_until(lambda: self.turn != before or over.is_visible())

    @property
    def turn(self) -> str:
        return self.page.locator("#turn").text_content() or ""

    def is_random(self) -> bool:
        return self.page.locator("#reason").text_content() == "Random stop"

    def visit_stop(self, n: int) -> None:
        """Photograph the place and say what is there."""
        self.shoot(10 * n)
        if self.is_random():
            self.press("Nothing wrong here")
        elif n % 2:
            self.press("Fixed")
        else:
            self.press("Not fixed")
            self.press("3 Heavy")

    @property
    def waiting(self) -> int:
        return int((self.page.locator("#waiting").text_content() or "").split()[0])


def found_on(page: Page) -> dict[str, int]:
    """What the page of a walk shows of what came in."""
    return {
        "findings": page.locator(".found-line").count(),
        "photographs": page.locator(".photographs img").count(),
        "marks": page.locator(".found-line .tags *").count(),
    }


def wait_until(true: Any) -> None:
    until = time.monotonic() + PATIENCE / 1000
    while not true():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.1)
