"""Pages for everybody speak the reader's language: whatever is not marked as English is in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as Xml

import pytest
from django.test import Client

from tests.unit.rules.test_every_language import LETTERS
from tests.web.conftest import World
from wardroom.engagement.rules.tongues import TONGUES
from wardroom.engagement.rules.tongues.everybody import EVERYBODY
from wardroom.kernel.languages import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PAGES = (
    "/open-meetings/?when=all",
    "/open-meetings/?when=past&body=1",
    "/calendar/public/?ward=5",
    "/calendar/public/",
    "/news/feeds/",
    "/open-data/",
)
FEEDS = ("/feeds/news.atom", "/feeds/news.rss")
VOID = {"area", "br", "hr", "img", "input", "link", "meta", "wbr"}
# Names of formats, and of the District's own parts, that every language writes alike.
ALIKE = re.compile(
    r"\b(?:Atom|RSS|GeoJSON|iCalendar|CSV|Parquet|PDF|ANC|SMD|Open311|UTC|Data Package)\b"
    r"|https?://\S+"
)
OTHERS = sorted(set(LANGUAGES) - {"en"})


class Words(HTMLParser):
    """The words of the main part that are not marked as being in another language."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where the language changes, and what an attribute tells."""
        given = dict(attrs)
        outside = self.open[-1][1] if self.open else True
        if name == "main":
            outside = bool(given.get("lang"))
        elif given.get("lang") or name == "script":
            outside = True
        if not outside:
            told = ("aria-label", "title", "alt", "data-label", "placeholder")
            self.found += [given[key] or "" for key in told if key in given]
        if name not in VOID:
            self.open.append((name, outside))

    def handle_endtag(self, name: str) -> None:
        """Leave the element."""
        if name not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Keep what is read in the language of the page."""
        if self.open and not self.open[-1][1] and data.strip():
            self.found.append(data.strip())


def words_of(shown: str) -> list[str]:
    """Everything that a page says in its own language."""
    reader = Words()
    reader.feed(shown)
    return [text for text in reader.found if re.search(r"[^\W\d_]{2}", ALIKE.sub("", text))]


def whole(path: str, code: str) -> str:
    """A page in a language."""
    answer = Client().get(f"{path}{'&' if '?' in path else '?'}language={code}")
    assert answer.status_code == 200
    return answer.content.decode()


def meeting_pages() -> list[str]:
    """Every meeting in the list of all."""
    listed = Client().get("/open-meetings/?when=all").content.decode()
    return re.findall(r'href="(/open-meetings/\d+/)"', listed)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_on_a_page_for_everybody_is_left_in_english(path: str, world: World) -> None:
    english = set(words_of(whole(path, "en")))
    assert english
    for code in OTHERS:
        own = words_of(whole(path, code))
        assert {text for text in own if text in english} - SHARED.get(code, set()) == set(), code
        if code in LETTERS:
            assert [text for text in own if not re.search(LETTERS[code], text)] == [], code


def test_a_meeting_speaks_the_language_but_for_what_staff_wrote(world: World) -> None:
    paths = meeting_pages()
    assert paths
    english = {text for path in paths for text in words_of(whole(path, "en"))}
    for code in OTHERS:
        for path in paths:
            own = words_of(whole(path, code))
            assert english & set(own) - SHARED.get(code, set()) == set(), code
            if code in LETTERS:
                assert [text for text in own if not re.search(LETTERS[code], text)] == []


# Words that two languages share.
SHARED = {"fr": {"Notice"}}


@pytest.mark.parametrize("code", sorted(LANGUAGES))
@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_has_its_title_in_the_language_of_its_address(
    path: str, code: str, world: World
) -> None:
    answer = Client(headers={"accept-language": "ko"}).get(f"{path}?language={code}")
    root = Xml.fromstring(answer.content)
    title = next(found for found in root.iter() if found.tag.endswith("title")).text
    area = TONGUES[code].city
    assert title == EVERYBODY[code].feeds.news_of.format(area=area)


def test_a_feed_without_a_language_is_in_english_for_everybody(world: World) -> None:
    asked = Client(headers={"accept-language": "ko"}).get(FEEDS[0])
    assert asked.content == Client().get(FEEDS[0]).content
    assert b"News about the whole city" in asked.content


def test_feeds_in_two_languages_have_names_of_their_own(world: World) -> None:
    def ids(address: str) -> list[str | None]:
        root = Xml.fromstring(Client().get(address).content)
        return [found.text for found in root.iter("{http://www.w3.org/2005/Atom}id")]

    english, spanish = ids(FEEDS[0]), ids(f"{FEEDS[0]}?language=es")
    assert len(english) == len(spanish)
    assert not set(english) & set(spanish)


def test_links_and_filters_stay_in_the_language(world: World) -> None:
    shown = whole("/open-meetings/?when=all", "es")
    assert 'name="language" value="es"' in shown
    for href in re.findall(r'href="(/open-meetings/\d+/[^"]*)"', shown):
        assert href.endswith("?language=es")
    assert 'href="/open-meetings/?language=es">Quitar</a>' in shown


def test_words_left_in_english_are_found() -> None:
    page = '<main><p>Hello there</p><p lang="en-US">Staff</p><b aria-label="To do">1</b></main>'
    assert words_of(page) == ["Hello there", "To do"]
