"""Nothing personal or internal gets out: every public output is read for planted marks.

The public addresses are found, not listed: every pattern of the site that answers somebody who
is not signed in, and every page that those lead to.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponseBase
from django.test import Client

from tests.counting import count_anew
from tests.web.addresses import address, names, word
from tests.web.conftest import World
from tests.web.planting import HOUSE, MARK, STEM, is_planted, name_of, plant, text_columns
from wardroom.city.models import Place
from wardroom.kernel.languages import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MOST_PAGES = 400
LINK = re.compile(r"""(?:href|src)=["']([^"'#]+)["']""")
# What the sweep sends to a page: nothing it knows, a language, and what it can only refuse.
ASKED = ("", "?language=am", "?page=2", "?q=a&ward=5&state=all&when=past", "?page=x&kind=%00")

# What other programs read: no pattern of the site leads there.
OPEN311 = [
    f"/open311/{path}.{ending}{more}"
    for ending in ("xml", "json")
    for path, more in (
        ("discovery", ""),
        ("v2/services", ""),
        ("v2/services/dumping", ""),
        ("v2/requests", "?extensions=true"),
        ("v2/requests/none", ""),
        ("v2/tokens/none", ""),
    )
]


def read(answer: HttpResponseBase) -> str:
    """All that an answer says: its words and its headers."""
    content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{headers}\n\n{unescape(content.decode('utf-8', 'replace'))}"


def is_open(answer: HttpResponseBase) -> bool:
    """Whether it is an answer for somebody who is not signed in, and not the way to sign in."""
    return word(answer) != "login"


def open_names(world: World) -> list[str]:
    """The patterns that answer a visitor; the rest lead to the sign-in page, whatever is asked."""
    visitor = Client()
    return [name for name in names() if is_open(visitor.get(address(world, name)))]


def public_answers(world: World) -> Iterator[tuple[str, str]]:
    """Every address that answers a visitor, with what it says; then all they lead to."""
    visitor, found = Client(), 0
    seen: set[str] = set()
    known = open_names(world)
    waiting = [
        address(world, name, ward) + more for ward in ("5", "7") for name in known for more in ASKED
    ]
    waiting += OPEN311
    most = len(waiting) + MOST_PAGES
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if path in seen or path.startswith("/static/"):
            continue
        seen.add(path)
        count_anew()
        answer = visitor.get(path)
        if not is_open(answer):
            continue
        said = read(answer)
        found += 1
        yield path, said
        waiting += [link for link in LINK.findall(said) if _is_ours(link)]
    assert found > 100


def sent(world: World) -> Iterator[tuple[str, str]]:
    """What every address says to a visitor who sends it something odd."""
    visitor = Client()
    for name in open_names(world):
        count_anew()
        for body in ({}, {"address": "?", "where": "?", "email": "?", "called": "?"}):
            answer = visitor.post(address(world, name), body)
            if is_open(answer):
                yield f"POST {name}", read(answer)


def _is_ours(link: str) -> bool:
    parts = urlsplit(link)
    return not parts.scheme and not parts.netloc and parts.path.startswith("/")


def leaks(said: str, marks: dict[str, str]) -> set[str]:
    """The columns whose marks stand in a text."""
    found = {marks.get(mark.group().lower(), mark.group()) for mark in MARK.finditer(said)}
    return found | ({"the number of a house"} if HOUSE in said else set())


def test_nothing_planted_is_on_any_public_page_or_in_a_line_of_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    before = {path for path, _ in public_answers(world)}
    marks = plant()
    assert len(marks) > 200
    points = {
        f"{value:.6f}"
        for pair in Place.objects.filter(kind="address").values_list("latitude", "longitude")
        for value in pair
        if value is not None
    }
    out: dict[str, list[str]] = {}
    read_now = set()
    with caplog.at_level(logging.INFO):
        for path, said in (*public_answers(world), *sent(world)):
            read_now.add(path)
            found = leaks(said, marks)
            found |= {"the point of a house" for point in points if point in said}
            for column in found:
                out.setdefault(column, []).append(path)
    assert out == {}
    lines = "\n".join(record.getMessage() for record in caplog.records)
    assert leaks(lines, marks) == set()
    assert before <= read_now, "a mark took a public page away: say what steers the program"


def test_what_is_public_is_still_told_where_marks_stand(world: World) -> None:
    plant()
    near = Client().get(f"/near/location/{world.matters['5'].pk}/").content.decode()
    assert "Clears the block every week." in near
    assert "94700 block of Planted STREET NE" in near or HOUSE not in near
    assert set(LANGUAGES) == {"en", "es", "am", "zh", "fr", "ko", "vi"}


def test_a_mark_that_gets_out_is_found(world: World) -> None:
    """The sweep itself: staff pages are full of marks, so a page that is wrongly open would be."""
    marks = plant()
    shown = read(world.clients["director"].get(address(world, "issue")))
    assert leaks(shown, marks)


def test_most_of_what_is_written_is_planted() -> None:
    planted = [name_of(model, field) for model, field in text_columns() if is_planted(model, field)]
    for name in (
        "access.User.name", "directory.Party.name", "directory.ContactPoint.value",
        "casework.Complaint.said", "casework.Complaint.reporter_typed", "casework.Report.device_id",
        "matters.Matter.title", "matters.Matter.next_step", "matters.Ask.wording",
        "engagement.Commitment.wording", "fieldwork.ConditionCheck.note", "ledger.Entry.sentence",
        "notices.Message.to_address", "engagement.Subscriber.address", "calendar.Event.title",
    ):  # fmt: skip
        assert name in planted, name
    assert STEM.isalpha()
