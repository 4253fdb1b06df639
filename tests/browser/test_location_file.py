"""The file of a persistent location: short on a phone, whole on paper and without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, OpenSite
from tests.browser.pages import Shown, address_of

FILE = Shown("liaison5", "/locations/", "locations")


def test_file_is_folded_on_a_phone_and_opens_without_script(visit: OpenSite) -> None:
    somebody = visit("liaison5", size=PHONE, script=False)
    page = somebody.go(address_of(FILE, somebody))
    lines = page.locator("#happened .timeline").first
    expect(lines).to_be_hidden()
    page.get_by_role("navigation", name="On this page").get_by_role(
        "link", name="What happened"
    ).click()
    page.locator("#happened summary").first.click()
    expect(lines).to_be_visible()
    page.get_by_role("link", name="I went to look").click()
    expect(page.locator("#check_seen_at")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_nothing_of_the_file_is_folded_on_paper_or_wide(visit: OpenSite) -> None:
    somebody = visit("liaison5")
    page = somebody.go(address_of(FILE, somebody))
    expect(page.locator("#happened .timeline").first).to_be_visible()
    more = page.get_by_text(re.compile(r"^\d+ more(, of \d+)?$"))
    episodes = page.locator("#assess .tuck:not(.tuck--phone) .worklist li").last
    expect(more).to_be_visible()
    expect(episodes).to_be_hidden()
    page.emulate_media(media="print")
    expect(episodes).to_be_visible()
    expect(page.locator("#happened .timeline").first).to_be_visible()
