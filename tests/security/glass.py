"""The office of the tests behind glass: Chromium asks, and the test's own clients answer.

No server and no second house: what the browser asks for is answered from the test's database,
with the headers that the site sends. What it asks of anybody else is noted and goes nowhere.
The browser has a thread of its own; the office answers in the thread of the test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from playwright.sync_api import Dialog, Page, Route, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.conftest import FLAGS, chromium
from tests.security.payloads import EVIL

HERE = "http://127.0.0.1"
# Told by the page itself, before anything of it runs: what the policy of the site refuses.
LISTEN = """document.addEventListener("securitypolicyviolation", (e) =>
  window.tellOfRefusal(`refused: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`))"""
# What only a hostile text can have brought: elements, handlers, and addresses that run.
SEEN = """(html) => {
  const whole = html === null ? document : new DOMParser().parseFromString(html, "text/html");
  const runs = /^(javascript|vbscript|data:text)/i, evil = /^(https?:)?\\/\\/EVIL/i;
  const leads = /^(href|src|action|formaction|data|ping|xlink:href|hx-\\w+)$/i;
  const found = [];
  const look = (root) => {
    for (const e of root.querySelectorAll("*")) {
      const bad = e.getAttributeNames().some((name) => {
        if (name === "x12" || /^(on|hx-on|data-hx-on)/i.test(name)) return true;
        const value = (e.getAttribute(name) ?? "").replace(/[\\u0000-\\u0020]/g, "");
        return leads.test(name) && (runs.test(value) || evil.test(value));
      });
      if (bad) found.push(e.outerHTML.slice(0, 160));
      if (e.localName === "template") look(e.content);
    }
  };
  look(whole);
  return found;
}""".replace("EVIL", EVIL)
Job = Callable[[Page], list[str]]


class Glass:
    """A browser that looks at the office through a client, and what it noticed."""

    def __init__(self, **how: Any) -> None:
        self.client = Client()
        self.how = how
        self.ready: dict[str, dict[str, Any]] = {}
        self.kept: dict[str, dict[str, Any]] = {}
        self.noticed: list[str] = []
        self.jobs: SimpleQueue[Job | None] = SimpleQueue()
        self.told: SimpleQueue[tuple[str, Any]] = SimpleQueue()
        self.answers: SimpleQueue[dict[str, Any]] = SimpleQueue()

    def look(self, path: str, answer: Any = None) -> list[str]:
        """Open a page with its programs running; all that is wrong with it.

        Whoever has had the page answered already gives it along, so that it is not asked again.
        """
        if answer is not None:
            self.ready[f"{HERE}{path}"] = _as_given(answer)

        def job(page: Page) -> list[str]:
            try:
                page.goto(f"{HERE}{path}", wait_until="load")
                seen = list(page.evaluate(SEEN, None))
                page.evaluate("0")  # what the page told meanwhile has come by now
                return seen
            except PlaywrightError as error:
                return [f"led away: {error.message[:160]}"]

        return self._done(job)

    def open(self, html: str) -> list[str]:
        """Open a text as a page of its own; what it does."""

        def job(page: Page) -> list[str]:
            page.goto("about:blank")
            page.set_content(html)
            return []

        return self._done(job)

    def read(self, html: str) -> list[str]:
        """What a page would bring in that is not the house's own, without opening it."""
        return self._done(lambda page: list(page.evaluate(SEEN, html)))

    def _done(self, job: Job) -> list[str]:
        """Have the browser do it, and answer for the office meanwhile."""
        self.jobs.put(job)
        while True:
            what, said = self.told.get()
            if what == "asked":
                self.answers.put(self._from_the_office(said))
            elif what == "broke":
                raise said
            else:
                noticed, self.noticed = self.noticed, []
                return [*said, *noticed]

    def _from_the_office(self, url: str) -> dict[str, Any]:
        if url in self.ready:
            return self.ready.pop(url)
        if url in self.kept:
            return self.kept[url]
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        given = _as_given(self.client.get(path, follow=True))
        if parts.path.startswith("/static/"):
            self.kept[url] = given
        return given

    def run(self) -> None:
        """The browser's own thread, until it gets no more to do."""
        try:
            with sync_playwright() as play:
                opened = play.chromium.launch(executable_path=chromium(), args=FLAGS)
                context = opened.new_context(service_workers="block", **self.how)
                context.expose_function("tellOfRefusal", self.noticed_more)
                context.add_init_script(LISTEN)
                context.route("**/*", self._answer)
                page = context.new_page()
                page.on("dialog", self._dismiss)
                while job := self.jobs.get():
                    self.told.put(("done", job(page)))
                opened.close()
        except Exception as error:  # the test's own thread waits for it and raises it
            self.told.put(("broke", error))

    def noticed_more(self, said: str) -> None:
        """Note one thing more that was not as it should be."""
        self.noticed.append(said)

    def _dismiss(self, dialog: Dialog) -> None:
        self.noticed_more(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _answer(self, route: Route) -> None:
        asked = route.request
        if asked.method == "GET" and asked.url.startswith(f"{HERE}/"):
            self.told.put(("asked", asked.url))
            route.fulfill(**self.answers.get())
            return
        self.noticed_more(f"asked outside: {asked.method} {asked.url}")
        route.abort()


def _as_given(answer: Any) -> dict[str, Any]:
    """An answer as the browser gets it; the client keeps the cookies."""
    headers = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
    return {"status": answer.status_code, "headers": headers, "body": answer.getvalue()}


@contextmanager
def glass(**how: Any) -> Iterator[Glass]:
    """A browser of one's own until the end of the block."""
    chromium()  # skips, or fails on CI, where there is none
    made = Glass(**how)
    thread = Thread(target=made.run, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.jobs.put(None)
        thread.join(20)
