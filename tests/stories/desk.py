"""Somebody at a browser: pages are read as HTML, and forms are filled in as they stand there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "col", "source", "wbr"})
IN_LINE = frozenset({"a", "abbr", "b", "em", "i", "small", "strong", "time"})
UNSEEN = frozenset({"head", "script", "style", "template", "option"})


@dataclass
class Node:
    """One element of a page, or a run of its text where there is no tag."""

    tag: str
    attrs: Mapping[str, str]
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def all(self, tag: str = "", *, of: str = "") -> Iterator[Node]:
        """Every element below with this tag and this class, in the order of the page."""
        for child in self.children:
            named = not tag or child.tag == tag
            if child.tag and named and (not of or of in child.attrs.get("class", "").split()):
                yield child
            yield from child.all(tag, of=of)

    @property
    def words(self) -> str:
        """What a reader sees of it, with single blanks."""
        return " ".join("".join(self._parts()).split())

    def _parts(self) -> Iterator[str]:
        if self.tag in UNSEEN:
            return
        gap = "" if self.tag in IN_LINE or not self.tag else " "
        yield gap + self.text
        for child in self.children:
            yield from child._parts()
        yield gap


class _Reader(HTMLParser):
    """Builds the tree; a tag that closes another than the open one is a fault of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Node("document", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(Node("", {}, data))


@dataclass(frozen=True)
class Page:
    """One answer of the site, read as a person with a browser reads it."""

    address: str
    status: int
    root: Node

    @property
    def words(self) -> str:
        return self.root.words

    def says(self, *sentences: str) -> Page:
        """The page shows each of these."""
        for sentence in sentences:
            assert sentence in self.words, f"{self.address} does not say “{sentence}”"
        return self

    def silent_about(self, *sentences: str) -> Page:
        """The page shows none of these."""
        for sentence in sentences:
            assert sentence not in self.words, f"{self.address} says “{sentence}”"
        return self

    def links(self, text: str) -> list[str]:
        """Where the links with this text lead."""
        return [a.attrs["href"] for a in self.root.all("a") if a.words == text]

    def section(self, heading: str) -> Node:
        """The section under a heading."""
        for node in self.root.all("section"):
            if any(h.words == heading for h in [*node.all("h2"), *node.all("h3")]):
                return node
        raise AssertionError(f"{self.address} has no section “{heading}”")

    def happened(self) -> list[str]:
        """The sentences of the timeline, the oldest first."""
        lines = [li for ol in self.root.all("ol", of="timeline") for li in ol.all("li")]
        return [next(line.all("p")).words for line in reversed(lines)]

    def rows(self) -> list[str]:
        """The rows of the tables, each as its words."""
        return [r.words for body in self.root.all("tbody") for r in body.all("tr")]

    def buttons(self) -> list[str]:
        """What can be pressed in the main part of the page."""
        return [b.words for main in self.root.all("main") for b in main.all("button")]

    def choice(self, name: str, words: str) -> str:
        """The value of the one answer to a question whose label says this."""
        labels = {b.attrs["for"]: b.words for b in self.root.all("label") if "for" in b.attrs}
        found = [
            box.attrs["value"]
            for box in self.root.all("input")
            if box.attrs.get("name") == name and words in labels.get(box.attrs.get("id", ""), "")
        ]
        assert len(found) == 1, f"{self.address} offers {len(found)} times “{words}” as {name}"
        return found[0]

    def form_with(self, button: str, *, at: str = "") -> Node:
        """The one form with this button; ``at`` is how the address it goes to ends."""
        forms = [
            f
            for f in self.root.all("form")
            if button in [b.words for b in f.all("button")]
            and f.attrs.get("action", "").endswith(at)
        ]
        assert len(forms) == 1, f"{self.address} has {len(forms)} forms with “{button}”"
        return forms[0]


def _filled(form: Node) -> dict[str, str]:
    """What a browser would send of a form that nobody touched."""
    sent = {}
    for box in form.all("input"):
        kind = box.attrs.get("type", "text")
        if kind == "file":
            continue
        if kind not in {"radio", "checkbox"} or "checked" in box.attrs:
            ticked = "on" if kind == "checkbox" else ""
            sent[box.attrs["name"]] = box.attrs.get("value", ticked)
    for area in form.all("textarea"):
        sent[area.attrs["name"]] = "".join(c.text for c in area.children).removeprefix("\n")
    for chosen in form.all("select"):
        options = list(chosen.all("option"))
        picked = [o for o in options if "selected" in o.attrs] or options[:1]
        sent[chosen.attrs["name"]] = picked[0].attrs["value"] if picked else ""
    return sent


def _may_be(form: Node, name: str) -> set[str] | None:
    """The answers that a form offers for a name; None where anything can be typed."""
    radios = [b for b in form.all("input") if b.attrs.get("type") == "radio"]
    values = {b.attrs["value"] for b in radios if b.attrs["name"] == name}
    for chosen in form.all("select"):
        if chosen.attrs["name"] == name:
            values = {o.attrs["value"] for o in chosen.all("option")}
    return values or None


def _read(answer: object, address: str, status: int) -> Page:
    """An answer as a page; it has the status that is expected, and is whole."""
    chain = getattr(answer, "redirect_chain", [])
    address = chain[-1][0] if chain else address
    code = answer.status_code  # type: ignore[attr-defined]
    assert code == status, f"{address} answers {code}"
    text = answer.content.decode()  # type: ignore[attr-defined]
    assert "TEMPLATE-VARIABLE-MISSING" not in text, f"{address} lacks a variable"
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == [reader.root], f"{address} leaves a tag open"
    return Page(address, code, reader.root)


class Desk:
    """A person's browser: it opens pages, follows links and presses buttons."""

    def __init__(self, email: str) -> None:
        self.email = email
        self.client = Client(enforce_csrf_checks=True)
        self.page = Page("", 0, Node("document", {}))

    def sign_in(self, password: str) -> Page:
        """Sign in on the sign-in page."""
        self.open("/account/login/")
        return self.press("Sign in", {"login": self.email, "password": password})

    def open(self, address: str, *, status: int = 200) -> Page:
        """Open an address, which answers as expected."""
        self.page = _read(self.client.get(address, follow=True), address, status)
        return self.page

    def follow(self, text: str) -> Page:
        """Follow the one link with this text."""
        found = set(self.page.links(text))
        assert len(found) == 1, f"{self.page.address} has {len(found)} links “{text}”"
        return self.open(urljoin(self.page.address, found.pop()))

    def press(
        self,
        button: str,
        given: Mapping[str, str] | None = None,
        *,
        status: int = 200,
        at: str = "",
        files: Mapping[str, SimpleUploadedFile] | None = None,
        untick: Collection[str] = (),
    ) -> Page:
        """Fill in the form of a button, press it, and read the page that comes."""
        form = self.page.form_with(button, at=at)
        sent: dict[str, Any] = _filled(form)
        for name in untick:
            del sent[name]
        known = set(sent) | {b.attrs["name"] for b in form.all("input")}
        for name, value in (given or {}).items():
            assert name in known, f"{self.page.address} has no field {name}"
            offered = _may_be(form, name)
            assert offered is None or value in offered, f"{name} offers {offered}, not {value}"
            sent[name] = value
        for name, file in (files or {}).items():
            assert name in known, f"{self.page.address} takes no file {name}"
            assert form.attrs.get("enctype") == "multipart/form-data"
            sent[name] = file
        pressed = next(b for b in form.all("button") if b.words == button)
        if "name" in pressed.attrs:
            sent[pressed.attrs["name"]] = pressed.attrs.get("value", "")
        to = urljoin(self.page.address, form.attrs.get("action") or self.page.address)
        assert form.attrs["method"] == "post"
        self.page = _read(self.client.post(to, sent, follow=True), to, status)
        return self.page

    def on_the_map(self) -> list[str]:
        """The addresses behind the points that the page's map draws."""
        (drawn,) = [d for d in self.page.root.all("div", of="map") if "data-points" in d.attrs]
        found = self.client.get(drawn.attrs["data-points"]).json()
        return [point["properties"]["href"] for point in found["features"]]

    def push(self, address: str, given: Mapping[str, str], *, status: int) -> Page:
        """Send a form that no page offered, as somebody might who writes their own.

        What comes back is given, while the browser stays where it was.
        """
        token = self.client.cookies["csrftoken"].value
        sent = {**given, "csrfmiddlewaretoken": token}
        return _read(self.client.post(address, sent), address, status)

    def download(self, text: str) -> tuple[str, bytes]:
        """The name and the bytes of a file behind the link with this text."""
        (address,) = set(self.page.links(text))
        answer = self.client.get(address)
        assert answer.status_code == 200
        name = answer.headers["Content-Disposition"].split('filename="')[1].rstrip('"')
        return name, answer.content
