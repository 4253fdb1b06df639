"""What a phone does at a stop: photographs without their place, and keys within a thumb's reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.walker import PATIENCE, Walker, as_file, found_on, photograph
from tests.fieldwork import cameras
from wardroom.fieldwork.rules import without_place

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
