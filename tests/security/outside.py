"""All that somebody outside can read: pages and what they lead to, feeds, files, and errors."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from urllib.parse import urljoin

from django.http import HttpResponseBase
from django.test import Client

from tests.counting import count_anew
from tests.web.addresses import address
from tests.web.conftest import World
from tests.web.test_planted import LINK, OPEN311, is_open, open_names, read
from wardroom.casework.models import Report
from wardroom.matters.models import Matter
from wardroom.reporting.rules.open_data import DATASETS, FORMATS

ASKED = ("", "?page=2")


def outside(world: World, *, most: int) -> Iterator[tuple[str, str]]:
    """Every address that answers a visitor, with what it says; then up to so many more of those
    that they lead to, and what is said of what is shut, gone or asked for wrongly."""
    visitor = Client()
    waiting = [f"/open-data/{code}.{form}" for code in DATASETS for form in FORMATS]
    waiting += [
        *OPEN311,
        *(
            f"/open311/v2/requests.{form}?page={page}&page_size=50&extensions=true"
            for form in ("json", "xml")
            for page in range(1, 2 + most // 50)
        ),
    ]
    numbers = Report.objects.order_by("pk").values_list("number", flat=True)
    waiting += [f"/open311/v2/requests/{number}.json" for number in numbers[:most]]
    waiting += [address(world, name) + more for name in open_names(world) for more in ASKED]
    seen: set[str] = set()
    left = len(waiting) + most
    while waiting and left:
        path = waiting.pop(0)
        if path in seen or path.startswith("/static/"):
            continue
        seen.add(path)
        left -= 1
        count_anew()
        answer = visitor.get(path)
        if is_open(answer):
            said = _words(answer)
            yield path, said
            waiting += _ours(path, said)
    yield from _refused(world)


def _refused(world: World) -> Iterator[tuple[str, str]]:
    """What a visitor is told at the door of what is for others, and where they go wrong."""
    visitor, strict = Client(), Client(enforce_csrf_checks=True)
    for issue in Matter.objects.filter(kind="issue").order_by("-pk")[:5]:
        for path in (f"/issues/{issue.pk}/", f"/api/v1/matters/{issue.pk}/"):
            yield path, read(visitor.get(path))
    for path in ("/no/such/page/", "/mine/no-such-link/", "/report/?topic=%00", "/near/?page=x"):
        yield path, read(visitor.get(path))
        yield f"POST {path}", read(strict.post(path))


def _words(answer: HttpResponseBase) -> str:
    if answer.headers["Content-Type"].startswith("application/pdf"):
        return words_of_paper(b"".join(answer) if answer.streaming else answer.content)  # type: ignore[attr-defined]
    return read(answer)


def words_of_paper(paper: bytes) -> str:
    """What a PDF says, in its file and, where the machine can read one, on paper."""
    plain = paper.decode("latin-1")
    if shutil.which("pdftotext") is None:
        return plain
    call = ["pdftotext", "-layout", "-", "-"]
    done = subprocess.run(call, input=paper, capture_output=True, check=False)
    return plain + done.stdout.decode()


def _ours(path: str, said: str) -> list[str]:
    links = (link for link in LINK.findall(said) if "//" not in link and ":" not in link)
    return [urljoin(path.partition("?")[0], link) for link in links]
