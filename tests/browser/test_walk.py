"""A walk on a phone in real Chromium: the network gone, the page killed, the session over."""

from __future__ import annotations

import io
import logging
import re
import time

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.faults import faults
from tests.browser.walker import (
    DIRECTOR,
    LIAISON3,
    PATIENCE,
    WARD3,
    Walker,
    found_on,
    wait_until,
)

logger = logging.getLogger(__name__)


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
