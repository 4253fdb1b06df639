"""The door of an event on a phone in real Chromium: the network gone, and back again."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.faults import faults
from tests.browser.walker import PATIENCE, Walker


def take_door(walker: Walker, title: str, *invited: str) -> str:
    """Plan an event of today, invite people to it, and take its door along."""
    page = walker.page
    page.goto(f"{walker.base}/calendar/new/")
    page.get_by_label("Kind").select_option("meeting")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Day", exact=True).fill(page.evaluate(TODAY))
    page.get_by_label("Starts at").fill("00:01")
    page.get_by_label("Ends at").fill("23:59")
    page.get_by_label("Ward").select_option("3")
    page.get_by_role("button", name="See what else they have").click()
    page.get_by_role("button", name="Plan it").click()
    page.wait_for_url(re.compile(r"/calendar/[0-9]+/"))
    event = page.url.partition("/calendar/")[2].partition("/")[0]
    for name in invited:
        page.get_by_text("Add somebody").click()
        page.get_by_label("Or a name").fill(name)
        page.get_by_role("button", name="Add", exact=True).click()
        page.get_by_role("table").get_by_text(name, exact=True).wait_for()
    address = f"{walker.base}/visits/door/{event}/"
    page.goto(address)
    page.get_by_role("button", name="Take it on this phone").click()
    page.locator("body[data-kept]").wait_for()
    return address


TODAY = """() => new Date().toLocaleDateString("en-CA", { timeZone: "America/New_York" })"""
KEPT = """async () => {
  const wait = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const names = (await indexedDB.databases()).map(({ name }) => name);
  const base = await wait(indexedDB.open(names.find((name) => name.startsWith("wardroom-door-"))));
  const items = await wait(base.transaction("outbox").objectStore("outbox").getAll());
  base.close();
  return items.length;
}"""


def test_people_come_in_without_a_network_and_each_arrives_once(walker: Walker) -> None:
    address = take_door(walker, "Opening of the pool", "Ann Poole", "Jo March")
    go = walker.page.url
    walker.wire.cut()
    walker.context.set_offline(True)
    page = walker.page
    page.get_by_role("button", name=re.compile("^Here ?: Ann Poole$")).click()
    page.get_by_role("button", name=re.compile("^Here ?: Jo March$")).click()
    page.get_by_role("button", name=re.compile("^Undo ?: Jo March$")).click()
    page.get_by_role("button", name="Check in").click()
    expect(page.get_by_text("Write the name.")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Tesfaye")
    page.get_by_label("Language").select_option(label="Amharic")
    page.get_by_text("How to reach them").click()
    page.get_by_label("E-mail").fill("tesfaye@wardroom.example")
    page.get_by_text("They say that the office may write or call").click()
    page.get_by_role("button", name="Check in").click()
    expect(page.locator("#count")).to_have_text("2 here")
    expect(page.locator("#heads")).to_have_text("English 1 · Amharic 1")
    expect(page.locator("#waiting")).to_have_text("4 waiting")
    assert faults(page) == []

    page.close(run_before_unload=False)
    walker.open_page()
    walker.page.goto(go)
    expect(walker.page.locator("#waiting")).to_have_text("4 waiting")
    expect(walker.page.locator("#count")).to_have_text("2 here")
    walker.context.clear_cookies()
    walker.wire.mode = "lost"
    walker.context.set_offline(False)
    walker.page.get_by_role("button", name=re.compile("^Here ?: Jo March$")).click()
    expect(walker.page.locator("#waiting")).to_have_text("5 waiting")
    assert walker.page.evaluate(KEPT) == 5
    walker.wire.mode = "open"
    expect(walker.page.locator("#waiting")).to_have_text("0 waiting", timeout=PATIENCE)
    assert walker.page.evaluate(KEPT) == 0

    walker.sign_in("liaison3")
    walker.page.goto(address)
    expect(walker.page.locator(".lead")).to_contain_text("3 checked in")
    came = walker.page.get_by_role("table", name="Who came")
    for name in ("Ann Poole", "Jo March", "Tesfaye"):
        expect(came.get_by_text(name, exact=True)).to_have_count(1)
    expect(walker.page.get_by_text("From phones, to be looked at")).to_have_count(0)
