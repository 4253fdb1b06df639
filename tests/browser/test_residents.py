"""A resident on a phone, from the report to the return, in two languages; and without a script."""

from __future__ import annotations

import io
import re
import time
from datetime import date

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, OpenSite, Visit
from tests.browser.faults import faults
from wardroom.casework.rules.tongues import TOLD, Told

# A corner in the middle of the schematic district, and what somebody says of it.
SPOTS = {
    "en": (
        {"latitude": 38.9072, "longitude": -77.0369},
        "Rats ran over the steps by the zebra gate.",
    ),
    "es": ({"latitude": 38.9172, "longitude": -77.0269}, "Hay ratas junto a la puerta cebra."),
}


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 48), "#806040").save(made, "JPEG")
    return made.getvalue()


@pytest.mark.parametrize("code", ["en", "es"])
def test_from_the_report_to_the_return_on_a_phone(code: str, visit: OpenSite) -> None:
    told = TOLD[code]
    spot, said = SPOTS[code]
    resident = visit(size=PHONE)
    resident.context.grant_permissions(["geolocation"])
    resident.context.set_geolocation(spot)  # type: ignore[arg-type]
    own = report(resident, told, said)
    the_office_closes(visit("director"), said)
    page = resident.go(own)
    expect(page.get_by_role("main")).not_to_contain_text(told.follow.outcomes["fixed"])
    until = time.monotonic() + 60
    while told.follow.outcomes["fixed"] not in page.inner_text("main"):
        assert time.monotonic() < until, "the end is told half a minute later"
        page.wait_for_timeout(3000)
        page.reload()
    page.locator(".usa-radio__label", has_text=told.follow.ratings["no"]).last.click()
    page.get_by_role("button", name=told.follow.rating_send, exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text(told.follow.rating_kept)
    page.get_by_role("button", name=told.follow.still_send, exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text(told.follow.still_opened)
    expect(page.get_by_role("main")).to_contain_text(told.follow.returned)
    assert faults(page) == []


def report(resident: Visit, told: Told, said: str) -> str:
    """Photograph, place, words, topic, sent: the address of the own page."""
    page = resident.go(f"/report/?language={told.code}")
    page.locator("form[data-ready]").wait_for()
    go_on = page.get_by_role("button", name=told.form.go_on, exact=True)
    page.locator("input[type=file]").set_input_files(
        {"name": "rat.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    go_on.click()
    page.get_by_role("button", name=told.form.here).click()
    expect(page.locator("#place-known")).to_contain_text(told.form.meant.split("{")[0])
    go_on.click()
    page.get_by_label(told.form.said).fill(said)
    page.get_by_label(told.form.topic).select_option("rodents")
    page.locator("#known .usa-checkbox__label").first.click()
    assert faults(page) == []
    go_on.click()
    page.get_by_role("button", name=told.form.send).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(told.follow.thanks)
    expect(page.get_by_role("main")).to_contain_text(re.compile("R-[0-9A-Z]{8}"))
    return page.url.removeprefix(resident.base).partition("?")[0]


def the_office_closes(director: Visit, said: str) -> None:
    """The director finds the issue by its words, and tells everybody that it is fixed."""
    words = said.rstrip(".").split()[-2:]
    page = director.go(f"/search/?q={'+'.join(words)}")
    page.get_by_role("main").get_by_role("link", name=re.compile(" ".join(words))).first.click()
    page.get_by_role("main").get_by_role("link", name=re.compile(r"^W-\d+")).first.click()
    page.get_by_role("link", name="Tell everybody and close").click()
    page.get_by_label("Outcome").select_option("fixed")
    page.get_by_label("What the people who reported it are told").fill("Nothing moves there now.")
    page.get_by_role("button", name="Show who gets what").click()
    page.get_by_role("button", name="Tell them and close").click()
    expect(page.get_by_role("main")).to_contain_text("Closed")


def test_one_long_form_without_a_script(visit: OpenSite) -> None:
    told = TOLD["fr"]
    page = visit(size=PHONE, script=False).go("/report/?language=fr")
    page.get_by_label(told.form.said).fill(f"Un grand rat, {date(2026, 11, 18)}")
    page.get_by_label(told.form.topic).select_option("rodents")
    page.get_by_label(told.form.place).fill("Near the old mill")
    page.get_by_role("button", name=told.form.check).click()
    expect(page.locator("#place-known")).to_contain_text(told.form.wrong["place_unknown"])
    page.locator("#place-known .usa-checkbox__label").click()
    expect(page.get_by_label(told.form.said)).to_have_value(re.compile("Un grand rat"))
    page.locator("#known .usa-checkbox__label").first.click()
    page.get_by_role("button", name=told.form.send).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(told.follow.thanks)


def test_each_step_says_what_is_wrong_before_the_next(visit: OpenSite) -> None:
    told = TOLD["es"]
    wrong = told.form.wrong
    page = visit(size=PHONE).go("/report/?language=es")
    page.locator("form[data-ready]").wait_for()
    go_on = page.get_by_role("button", name=told.form.go_on, exact=True)
    files = page.locator("input[type=file]")
    files.set_input_files({"name": "rat.jpg", "mimeType": "image/jpeg", "buffer": b"MZ nothing"})
    go_on.click()
    expect(page.get_by_role("main")).to_contain_text(wrong["bad_file"])
    files.set_input_files([])
    go_on.click()
    expect(page.get_by_label(told.form.place)).to_be_visible()
    go_on.click()
    expect(page.get_by_role("main")).to_contain_text(wrong["place_missing"])
    page.get_by_label(told.form.place).fill("1 Main Street, Baltimore")
    go_on.click()
    expect(page.get_by_text(wrong["place_unknown"]).first).to_be_visible()
    assert faults(page) == []
    page.locator("#place-known .usa-checkbox__label").click()
    go_on.click()
    go_on.click()
    expect(page.get_by_role("main")).to_contain_text(wrong["choose"])
    page.get_by_label(told.form.said).fill("Hay ratas")
    page.get_by_label(told.form.topic).select_option("rodents")
    expect(page.locator("#known .usa-checkbox__label").first).to_be_visible()
    go_on.click()
    expect(page.get_by_role("main")).to_contain_text(wrong["fill_in"])
    page.locator("#known .usa-checkbox__label").first.click()
    go_on.click()
    page.get_by_label(told.form.email).fill("ada@example.org")
    page.get_by_role("button", name=told.form.send).click()
    expect(page.get_by_role("main")).to_contain_text(wrong["not_agreed"])
    page.locator(".usa-checkbox__label", has_text=told.form.consent).click()
    page.get_by_role("button", name=told.form.send).click()
    expect(page.get_by_role("main")).to_contain_text(told.follow.role_no_ward)
