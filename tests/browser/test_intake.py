"""How many interactions it takes: a complaint, three asks, a contact, counted in Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, OpenSite


class Counted:
    """A page on which every press, choice and field typed into counts as one interaction."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, what: Locator) -> None:
        """One press of a button, a link or a choice."""
        self.count += 1
        what.click()

    def type(self, what: Locator, words: str) -> None:
        """One field filled."""
        self.count += 1
        what.fill(words)

    def after(self, do: Callable[[], None]) -> None:
        """Do something and wait for what is known to come."""
        with self.page.expect_response(re.compile("/issues/new/")):
            do()


def place_of(page: Page) -> str:
    """The place of the first issue of the list."""
    page.locator("a.cell__main").first.click()
    return page.locator("h1").inner_text().partition(" at ")[2]


def test_known_caller_at_a_known_place_takes_five_interactions(visit: OpenSite) -> None:
    site = visit("liaison2")
    page = site.go("/search/?q=bags+taken+on+Monday")
    main = page.get_by_role("main")
    main.get_by_role("link", name=re.compile("neighbor in Ward 2 reported")).first.click()
    main.get_by_role("link", name=re.compile(r"^W-\d+")).first.click()
    place = page.locator("h1").inner_text().partition(" at ")[2]
    page = site.go("/issues/new/")
    expect(page.get_by_label("Where", exact=True)).to_be_focused()
    hand = Counted(page)
    hand.after(lambda: hand.type(page.get_by_label("Where", exact=True), place))
    known = page.get_by_role("complementary", name="What is known already")
    expect(known.get_by_role("heading", name=place)).to_be_visible()
    hand.after(lambda: hand.press(known.get_by_text("A neighbor in Ward 2")))
    hand.after(
        lambda: hand.type(page.get_by_label("What was said"), "The alley light is dark again")
    )
    hand.press(page.get_by_role("button", name="Take it in"))
    expect(page.get_by_role("status")).to_contain_text("Taken in as W-")
    expect(page.get_by_text("A neighbor in Ward 2").first).to_be_visible()
    assert hand.count <= 5


def test_nothing_is_reported_to_the_console_while_a_place_is_typed(visit: OpenSite) -> None:
    site = visit("liaison2")
    place = place_of(site.go("/issues/"))
    page = site.go("/issues/new/")
    page.evaluate("""() => {
      globalThis.barred = [];
      const note = (event) => globalThis.barred.push(event.violatedDirective);
      document.addEventListener("securitypolicyviolation", note);
    }""")
    hand = Counted(page)
    where = page.get_by_label("Where", exact=True)
    hand.after(lambda: where.press_sequentially(place[:-3], delay=30))
    hand.after(lambda: page.locator(".picks label").first.click())
    hand.after(lambda: page.get_by_label("What was said").press_sequentially("Rats", delay=30))
    expect(page.locator("#here")).to_be_visible()
    expect(page.locator("#looking")).to_be_hidden()
    assert page.evaluate("globalThis.barred") == []
    assert page.locator("style").count() == 0
    assert site.errors == []


def test_topic_picked_from_the_words_shows_its_promise(visit: OpenSite) -> None:
    page = visit("liaison2").go("/issues/new/")
    hand = Counted(page)
    hand.after(lambda: hand.type(page.get_by_label("What was said"), "Rats by the fence"))
    hand.after(lambda: hand.press(page.locator("label[for=topic_pick_1]")))
    expect(page.get_by_role("heading", name=re.compile("Expected by"))).to_be_visible()
    expect(page.locator("#in_topic_code")).to_have_value("rodents")
    page.get_by_text("Why this date").click()
    expect(page.get_by_text("counting starts on the next working day")).to_be_visible()


def test_click_on_the_map_chooses_the_place(visit: OpenSite) -> None:
    site = visit("liaison2")
    page = site.go("/issues/new/")
    page.get_by_text("Choose it on the map").click()
    site.wait_for_map()
    hand = Counted(page)
    canvas = page.locator(".map__canvas canvas")
    hand.after(lambda: canvas.click(position={"x": 5, "y": 5}))
    expect(page.locator("#here")).to_contain_text("outside the city")
    canvas.focus()
    hand.after(lambda: page.keyboard.press("Enter"))
    expect(page.locator("#here")).to_contain_text("Ward 2")


def test_on_a_phone_what_is_known_is_where_the_thumb_is(visit: OpenSite) -> None:
    page = visit("liaison2", size=PHONE).go("/issues/new/")
    hand = Counted(page)
    hand.after(lambda: page.get_by_label("What was said").fill("I smell gas in the hall"))
    bar = page.locator(".known-bar")
    expect(bar).to_be_in_viewport()
    expect(bar).to_contain_text("call 911")
    box = bar.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] > PHONE["height"] - 10


def test_three_asks_take_three_interactions(visit: OpenSite) -> None:
    page = visit("liaison1").go("/issues/?topic=rodents")
    page.locator("a.cell__main").first.click()
    hand = Counted(page)
    hand.press(page.get_by_role("link", name="Ask agencies"))
    hand.press(page.get_by_role("link", name=re.compile("The usual asks")))
    hand.press(page.get_by_role("button", name="Send", exact=True))
    expect(page.get_by_role("status")).to_contain_text("3 asks sent")
    assert hand.count == 3


def test_contact_is_logged_in_three_interactions(visit: OpenSite) -> None:
    page = visit("liaison1").go("/issues/")
    page.locator("a.cell__main").first.click()
    expect(page.get_by_role("heading", name="Where it stands")).to_be_visible()
    page.wait_for_load_state()
    hand = Counted(page)
    page.locator("body").press("l")
    hand.count += 1
    expect(page.locator("#contact_channel")).to_be_focused()
    hand.type(page.locator("#contact_text"), "Rang them, nobody at home")
    hand.press(page.get_by_role("button", name="Log it"))
    expect(page.get_by_role("status")).to_contain_text("The contact was logged")
    assert hand.count <= 3


def test_telling_is_shown_first_and_taken_back(visit: OpenSite) -> None:
    page = visit("liaison3").go("/issues/")
    page.locator("a.cell__main").first.click()
    page.get_by_role("link", name="Tell everybody and close").click()
    page.get_by_label("Outcome").select_option("not_fixed")
    page.get_by_label("What the people who reported it are told").fill("No, and this is why.")
    page.get_by_role("button", name="Show who gets what").click()
    expect(page.locator(".letter").first).to_contain_text("No, and this is why.")
    page.get_by_role("button", name="Tell them and close").click()
    expect(page.get_by_role("status")).to_contain_text("Closed.")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back")
    expect(page.get_by_role("link", name="Tell everybody and close")).to_be_visible()
