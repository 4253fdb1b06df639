"""The help on keys tells every key there is, on whatever page it is opened."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import wardroom.web
from tests.web.addresses import address
from tests.web.conftest import World
from wardroom.web.ui.keys import EVERYWHERE, HELP, LISTS, OF_ISSUE

pytestmark = pytest.mark.django_db
WEB = Path(wardroom.web.__file__).parent


def test_help_on_any_page_lists_every_key(world: World) -> None:
    for name in ("day", "issue", "issues", "home"):
        page = world.clients["liaison5"].get(address(world, name)).content.decode()
        shown = page.partition('<dialog class="keys"')[2].partition("</dialog>")[0]
        for group in HELP:
            assert f"<h3>{group.where}</h3>" in shown, name
            for key in group.keys:
                assert f"<dt>{key.keys}</dt><dd>{key.what}</dd>" in shown, (name, key)


def test_page_of_an_issue_offers_the_keys_that_the_help_names(world: World) -> None:
    page = world.clients["liaison5"].get(address(world, "issue")).content.decode()
    offered = re.findall(r'aria-keyshortcuts="(\w)"', page)
    assert sorted(offered) == sorted(key.keys for key in OF_ISSUE.values())


def test_templates_take_their_keys_from_the_list() -> None:
    written = [p.name for p in WEB.rglob("*.html") if "aria-keyshortcuts" in p.read_text()]
    assert written == []


def test_script_knows_the_keys_of_every_page() -> None:
    script = (WEB / "static" / "wardroom" / "keys.mjs").read_text()
    does = script.partition("const DO = {")[2].partition("};")[0]
    names = set(re.findall(r'^\s+"?([\w/]+)"?: \(\)', does, re.MULTILINE))
    signs = {"↓": "ArrowDown", "↑": "ArrowUp"}
    told = {
        signs.get(word, word)
        for group in (EVERYWHERE, LISTS)
        for key in group.keys
        for word in key.keys.split(" or ")
    }
    assert told - {"?"} == names


def test_who_is_not_on_the_staff_has_no_keys(world: World) -> None:
    page = world.clients["partner_dpw"].get("/").content.decode()
    assert "dialog" not in page
