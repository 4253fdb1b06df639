"""A walk on a phone in real Chromium: the network gone, the page killed, the session over."""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.house import PASSWORD, House, email_of
from tests.browser.pages import faults
from tests.browser.wire import Wire, wire_to
from tests.fieldwork import cameras
from wardroom.fieldwork.rules import without_place

logger = logging.getLogger(__name__)
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

    def draw(self, title: str, *, random: int) -> str:
        """Draw a walk as the house proposes it, take it along, and be at its page."""
        self.page.goto(f"{self.base}/walks/new/?stops=20&random={random}")
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


@pytest.fixture
def walker(browser: Browser, house: House) -> Iterator[Walker]:
    with wire_to(house.base) as (wire, base):
        context = browser.new_context(viewport=PHONE, has_touch=True)  # type: ignore[arg-type]
        walker = Walker(context, wire, base)
        walker.sign_in(WARD3)
        yield walker
        context.close()
    assert walker.errors == []


def found_on(page: Page) -> dict[str, int]:
    """What the page of a walk shows of what came in."""
    return {
        "findings": page.locator(".found-line").count(),
        "photographs": page.locator(".photographs img").count(),
        "marks": page.locator(".found-line .tags *").count(),
    }


def test_an_hour_without_network_and_nothing_is_lost_or_twice(walker: Walker) -> None:
    address = walker.draw("An hour without network", random=18)
    stops = int(re.findall(r"of (\d+)", walker.page.locator("#turn").inner_text())[0])
    assert stops >= 19
    walker.wire.cut()
    walker.context.set_offline(True)
    began = time.monotonic()
    for n in range(3):
        walker.visit_stop(n)
    expect(walker.page.locator("#waiting")).to_have_text("6 waiting")
    expect(walker.page.locator("#waiting")).to_have_attribute("data-state", "offline")

    go = walker.page.url
    walker.page.close(run_before_unload=False)
    walker.open_page()
    walker.page.goto(go)
    expect(walker.page.locator("#turn")).to_contain_text("Stop 4 of")
    expect(walker.page.locator("#waiting")).to_have_text("6 waiting")
    walker.context.clear_cookies()

    walker.page.get_by_role("button", name="New trouble here").click()
    walker.page.get_by_label("What is it?").select_option(label="Illegal dumping")
    walker.shoot(200, "#trouble_camera", "#trouble_shots")
    walker.page.locator("#trouble_ratings button").nth(1).click()
    walker.taps += 4
    walker.page.locator("#stop:visible, #over:visible").wait_for()
    left = walker.page.locator("#stops li").filter(has_not_text=re.compile(": ")).count()
    for n in range(3, 3 + left):
        walker.visit_stop(n)
    expect(walker.page.get_by_role("heading", name="You were at every stop")).to_be_visible()
    seconds = (time.monotonic() - began) / stops
    waiting = walker.waiting
    touches = walker.taps / stops
    logger.info("%s stops, %.1f touches and %.1f s a stop", stops, touches, seconds)
    assert walker.taps <= 4 * stops
    assert waiting >= 2 * stops
    assert faults(walker.page) == []

    walker.wire.mode = "open"
    walker.context.set_offline(False)
    expect(walker.page.locator("#waiting")).to_have_text("0 waiting", timeout=PATIENCE)

    walker.open_page()
    walker.sign_in(WARD3)
    walker.page.goto(address)
    came = found_on(walker.page)
    assert came["findings"] + came["photographs"] == waiting
    assert came["marks"] == 0
    end_the_walk(walker, address, go)


def end_the_walk(walker: Walker, address: str, go: str) -> None:
    """Once it is over and delivered, the phone lets go of all of it."""
    walker.page.goto(f"{address}end/")
    walker.page.get_by_label("Who came").fill("6 neighbors")
    walker.page.get_by_role("button", name="End the walk").click()
    walker.page.get_by_role("heading", name="Ledger of the walk").wait_for()
    expect(walker.page.get_by_text("6 neighbors")).to_be_visible()
    walker.page.goto(go)
    expect(walker.page.get_by_role("heading", name="This walk is over")).to_be_visible()
    wait_until(
        lambda: walker.page.evaluate(
            "Promise.all([caches.keys(), indexedDB.databases(),"
            " navigator.serviceWorker.getRegistrations()])"
            ".then((all) => all.every((some) => some.length === 0))"
        )
    )


def test_broken_answers_and_dropped_connections_lose_nothing(walker: Walker) -> None:
    address = walker.draw("Answers that break", random=4)
    go = walker.page.url
    for n, mode in enumerate(("broken", "lost", "half", "lost")):
        walker.wire.mode = mode
        posts = walker.wire.posts
        walker.visit_stop(n)
        wait_until(lambda posts=posts: walker.wire.posts > posts)
    assert walker.waiting >= 2
    walker.wire.cut()
    walker.page.reload()
    walker.wire.mode = "open"
    walker.page.goto(go)
    expect(walker.page.locator("#waiting")).to_have_text("0 waiting", timeout=PATIENCE)
    walker.page.goto(address)
    assert found_on(walker.page) == {"findings": 4, "photographs": 4, "marks": 0}
    walker.page.goto(go)
    assert originals_say_no_place(walker, address)


def originals_say_no_place(walker: Walker, address: str) -> bool:
    """The photograph as it was kept: all of it, but not where it was taken."""
    walker.page.goto(address)
    link = walker.page.locator(".photographs a").first.get_attribute("href") or ""
    original = walker.context.request.get(walker.base + link.replace("/public/", "/original/"))
    exif = Image.open(io.BytesIO(original.body())).getexif()
    assert exif[0x010F] == "A maker of cameras"
    return not exif.get_ifd(0x8825)


def wait_until(true: Any) -> None:
    until = time.monotonic() + PATIENCE / 1000
    while not true():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.1)


KEPT_PHOTOS = """async () => {
  const wait = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const [{ name }] = await indexedDB.databases();
  const base = await wait(indexedDB.open(name));
  const items = await wait(base.transaction("outbox").objectStore("outbox").getAll());
  base.close();
  const bytes = async (item) => [...new Uint8Array(await item.blob.arrayBuffer())];
  return Promise.all(items.filter((item) => item.kind === "photo").map(bytes));
}"""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_leaves_a_photograph_before_it_leaves_the_phone(walker: Walker, kind: str) -> None:
    walker.draw(f"Where it was taken, {kind}", random=4)
    walker.wire.cut()
    walker.context.set_offline(True)
    taken = cameras.photograph(kind)
    for n in (1, 2):
        walker.page.set_input_files("#camera", as_file(taken))
        expect(walker.page.locator("#shots img")).to_have_count(n)
        if n == 1:
            walker.page.locator("#all summary").click()
            walker.page.get_by_text("Let photographs say where they were taken").click()
    first, second = (bytes(kept) for kept in walker.page.evaluate(KEPT_PHOTOS))
    assert cameras.NEEDLE in taken
    assert first == without_place(taken)
    assert second == taken
    walker.page.set_input_files("#camera", as_file(b"\0\0\0\x18ftypheic" + b"x" * 99))
    expect(walker.page.locator("#no_picture")).to_contain_text("Set the camera to write JPEG")
    expect(walker.page.locator("#shots img")).to_have_count(2)


SMALL = {"width": 390, "height": 700}
TOO_SMALL = """() =>
  [...document.querySelectorAll("button, summary, label:not(.field__label), select, a")]
  .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44)
  .map((e) => e.textContent)"""
BOTTOM = "() => document.querySelector('#findings').getBoundingClientRect().bottom"


def test_stop_fills_a_small_screen_within_reach_of_a_thumb(walker: Walker) -> None:
    walker.page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    walker.draw("A small screen", random=4)
    for _ in range(3):
        header = walker.page.locator("header").bounding_box()
        assert header is not None
        assert header["height"] <= 48
        assert walker.page.evaluate(BOTTOM) <= SMALL["height"]
        assert walker.page.evaluate(TOO_SMALL) == []
        walker.page.get_by_role("button", name="Next stop").click()
    walker.page.get_by_role("button", name="New trouble here").click()
    assert walker.page.evaluate(TOO_SMALL) == []
    wide = walker.page.evaluate("document.documentElement.scrollWidth")
    assert wide == SMALL["width"]


PICK_QUICKLY = """([name, bytes, many]) => {
  const input = document.querySelector("#camera");
  for (let n = 0; n < many; n += 1) {
    const picked = new DataTransfer();
    picked.items.add(new File([new Uint8Array(bytes)], name, { type: "image/jpeg" }));
    input.files = picked.files;
    input.dispatchEvent(new Event("change"));
  }
}"""


def test_fifth_photograph_is_refused_however_quickly_it_is_picked(walker: Walker) -> None:
    address = walker.draw("Quick picks", random=4)
    walker.page.evaluate(PICK_QUICKLY, ["x.jpg", list(photograph(7)), 6])
    expect(walker.page.locator("#no_picture")).to_have_text(
        "4 photographs are enough for one stop."
    )
    expect(walker.page.locator("#shots img")).to_have_count(4)
    walker.page.locator("[data-finding=fixed]").dblclick()
    expect(walker.page.locator("#turn")).to_contain_text("Stop 2 of")
    expect(walker.page.locator("#waiting")).to_have_text("0 waiting", timeout=PATIENCE)
    walker.page.goto(address)
    assert found_on(walker.page) == {"findings": 1, "photographs": 4, "marks": 0}


STALE = """async (part) => {
  const [name] = await caches.keys();
  const cache = await caches.open(name);
  const [kept] = (await cache.keys()).filter(({ url }) => url.endsWith(part));
  const headers = { "Content-Type": "text/javascript" };
  await cache.put(kept, new Response("export const stale = 1;", { headers }));
  const address = `${document.body.dataset.worker}?another-release`;
  await navigator.serviceWorker.register(address, { scope: location.pathname, type: "module" });
}"""
IS_STALE = """async (part) => {
  const [name] = await caches.keys();
  const cache = await caches.open(name);
  const [kept] = (await cache.keys()).filter(({ url }) => url.endsWith(part));
  return (await (await cache.match(kept)).text()).includes("stale");
}"""


def test_new_release_reaches_a_phone_that_kept_the_one_before(walker: Walker) -> None:
    walker.draw("Another release", random=4)
    go = walker.page.url
    walker.page.evaluate(STALE, "/photos.mjs")
    wait_until(lambda: not walker.page.evaluate(IS_STALE, "/photos.mjs"))
    walker.wire.cut()
    walker.context.set_offline(True)
    walker.page.goto(go)
    walker.visit_stop(1)
    expect(walker.page.locator("#waiting")).to_have_text("2 waiting")


LOSE_PASS = """async () => {
  const wait = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const start = `wardroom-walk-${location.pathname.split("/")[2]}-`;
  const named = (await indexedDB.databases()).map((b) => b.name).find((n) => n.startsWith(start));
  const base = await wait(indexedDB.open(named));
  const about = base.transaction("about", "readwrite").objectStore("about");
  const where = await wait(about.get("where"));
  await wait(about.put({ ...where, value: { ...where.value, token: "gone" } }));
  base.close();
}"""


def test_pass_that_ended_keeps_everything_and_says_what_to_do(walker: Walker) -> None:
    walker.draw("A pass that ended", random=4)
    go = walker.page.url
    walker.page.evaluate(LOSE_PASS)
    walker.visit_stop(1)
    expect(walker.page.get_by_role("alert")).to_contain_text("Nothing is lost")
    assert walker.waiting == 2
    walker.page.goto(go)
    expect(walker.page.locator("#waiting")).to_have_text("0 waiting", timeout=PATIENCE)


MOVE_BACK = """async (walk) => {
  const wait = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const before = (await indexedDB.databases()).map((b) => b.name).find((n) => n !== walk);
  const from = await wait(indexedDB.open(before));
  const opened = indexedDB.open(walk, 1);
  opened.onupgradeneeded = () => {
    opened.result.createObjectStore("outbox", { keyPath: "n", autoIncrement: true });
    opened.result.createObjectStore("stops", { keyPath: "stop" });
    opened.result.createObjectStore("about", { keyPath: "name" });
  };
  const to = await wait(opened);
  for (const name of ["outbox", "stops", "about"]) {
    const rows = await wait(from.transaction(name).objectStore(name).getAll());
    const kept = to.transaction(name, "readwrite").objectStore(name);
    for (const row of rows) await wait(kept.put(row));
  }
  from.close(); to.close();
  await wait(indexedDB.deleteDatabase(before));
}"""


@pytest.mark.parametrize("kept", ["now", "of old"])
def test_two_people_on_one_phone_hand_in_each_on_their_own_word(walker: Walker, kept: str) -> None:
    address = walker.draw(f"Two on one phone, kept {kept}", random=19)
    go = walker.page.url
    walker.wire.cut()
    walker.context.set_offline(True)
    walker.visit_stop(1)
    expect(walker.page.locator("#waiting")).to_have_text("2 waiting")
    walker.page.close(run_before_unload=False)
    walker.open_page()
    walker.page.goto(go)
    if kept == "of old":
        walk = go.split("/")[4]
        walker.page.evaluate(MOVE_BACK, f"wardroom-walk-{walk}")
    walker.page.close(run_before_unload=False)

    walker.open_page()
    walker.context.clear_cookies()
    walker.wire.mode = "open"
    walker.context.set_offline(False)
    walker.sign_in("director")
    walker.page.goto(go)
    walker.page.get_by_role("button", name="Take it on this phone").click()
    walker.page.locator("body[data-kept]").wait_for()
    expect(walker.page.locator("#writer")).to_contain_text(DIRECTOR)
    expect(walker.page.locator("#turn")).to_contain_text("Stop 1 of")
    walker.visit_stop(2)
    expect(walker.page.locator("#waiting")).to_have_text("0 waiting", timeout=PATIENCE)
    walker.page.goto(address)
    written = walker.page.locator(".found-line__about").all_inner_texts()
    assert sorted(words.split(",")[0] for words in written) == sorted([DIRECTOR, LIAISON3])
    assert found_on(walker.page)["photographs"] == 2
