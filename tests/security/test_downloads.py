"""S19: each file that is handed out is sent as it is read, or its form keeps it short."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, shown

pytestmark = pytest.mark.one_database
ANSWERS = {"HttpResponse", "JsonResponse", "StreamingHttpResponse", "FileResponse"}
ROOMS = ("web", "api")
STREAMED = "streamed"
CALLERS = "its callers say"
PAPER = "one thing on paper"
KEPT = "a file as it came in, at most MOST_BYTES"
SHORT = "a few words"
PAGED = "a page of at most 100"
# What makes an answer that is no page: sent piece by piece, or why it can never be long.
MADE = {
    "api/alerts/views.py": {"_refused": SHORT, "_taken": SHORT},
    "api/feeds/alerts.py": {"outline": "one shape"},
    "api/feeds/calendars.py": {
        "_written": STREAMED, "public": STREAMED, "secret": STREAMED,
    },
    "api/feeds/near.py": {"near": "what is near one point, 50 of a kind"},
    "api/feeds/news.py": {
        "for_any_cache": CALLERS,
        "_feed": CALLERS,
        "news": "the newest MOST", "of_kind": "the newest MOST",
        "places": "texts that somebody wrote by hand and that stand today",
    },
    "api/feeds/silence.py": {"silence": "the districts of the city"},
    "api/feeds/views.py": {
        "as_geojson": CALLERS,
        "area": "the soonest MOST_DRAWN",
        "candidates": "the first MOST_ON_MAP",
        "location": "the newest MOST_ON_MAP",
        "place": "what is within 100 meters",
        "wards": "the wards of the city",
    },
    "api/feeds/walks.py": {
        "of_round": "a day's walk", "of_walk": "a day's walk", "of_ward": "a day's walk",
    },
    "api/hsds/views.py": {"_answer": PAGED},
    "api/open311/door.py": {"_allowed": SHORT, "answer": PAGED, "told": PAGED},
    "api/open311/views.py": {"described": "the description of the API"},
    "api/open_data/ranges.py": {"file_answer": STREAMED},
    "api/open_data/views.py": {
        "_parquet": STREAMED, "_streamed": STREAMED, "_too_many": SHORT,
        "data_package": "the description of the files", "dataset_file": STREAMED,
    },
    "api/v1/answers.py": {"sent": PAGED},
    "api/v1/door.py": {"problem": SHORT},
    "web/alerts/caring.py": {"review_pdf": PAPER},
    "web/alerts/measured.py": {"incident_measures_file": "120 months and the kinds"},
    "web/alerts/views.py": {"message_file": "one alert as it went out"},
    "web/alerts/working.py": {"report_as_text": "one report"},
    "web/ancs/packets.py": {"pdf": PAPER},
    "web/bodies/open_meetings.py": {"minutes_pdf": PAPER},
    "web/data/mail.py": {"file": KEPT},
    "web/documents/views.py": {"document": KEPT, "handed_out": CALLERS},
    "web/groups/file.py": {"picture": "one picture"},
    "web/groups/meetings.py": {"pdf": PAPER},
    "web/hiring/applications.py": {"resume": KEPT},
    "web/jobs/applying.py": {"_posted": SHORT, "receipt": PAPER},
    "web/meetings/lists.py": {"pdf": PAPER},
    "web/money/files.py": {
        "_file": CALLERS, "budget_pdf": PAPER, "budget_sheet": "one budget",
        "funds_file": STREAMED, "lines_file": STREAMED,
        "spending_file": "twelve months",
    },
    "web/office_measures/views.py": {"figures_file": "twelve measures by their months"},
    "web/office_people/training.py": {"certificate": KEPT},
    "web/people/cards.py": {
        "_file": CALLERS, "card": "one card", "cards": "the first MOST_CARDS",
    },
    "web/phones.py": {"_said": SHORT, "taken_once": SHORT, "worker_script": "our own program"},
    "web/probes.py": {
        "__call__": SHORT, "health": SHORT, "metrics": SHORT, "ready": SHORT,
    },
    "web/records/ask.py": {"fetch": STREAMED},
    "web/records/reviewing.py": {"record_file_view": KEPT},
    "web/records/views.py": {"preview": PAPER, "release": STREAMED},
    "web/referrals/importing.py": {"as_json": STREAMED, "as_package": STREAMED},
    "web/referrals/views.py": {"referral_pdf": PAPER},
    "web/reports/rows.py": {
        "pdf": PAPER, "sent": CALLERS, "streamed": STREAMED, "word": PAPER,
    },
    "web/reports/sheets.py": {"sheet_pdf": PAPER, "sheet_word": PAPER},
    "web/reports/word.py": {"template_file": KEPT},
    "web/retention/disposals.py": {"certificate": PAPER},
    "web/sign_in.py": {"here": SHORT},
    "web/unwell.py": {"broke": SHORT},
    "web/visits/run.py": {"pdf": PAPER},
    "web/week/views.py": {"sheet": "one week"},
}  # fmt: skip


@dataclass
class Module:
    """What the functions of a module call by name, and what it has from elsewhere."""

    called: dict[str, set[str]] = field(default_factory=dict)
    taken: dict[tuple[str, str], str] = field(default_factory=dict)

    def calling(self, names: set[str]) -> set[str]:
        """The functions in which one of these is called."""
        return {name for name, called in self.called.items() if called & names}


def read(text: str) -> Module:
    """A module, looked through once."""
    made = Module()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            calls = (each for each in ast.walk(node) if isinstance(each, ast.Call))
            made.called.setdefault(node.name, set()).update(
                getattr(each.func, "id", "") for each in calls
            )
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                made.taken[node.module or "", alias.name] = alias.asname or alias.name
    return made


@pytest.fixture(scope="module")
def house() -> dict[str, Module]:
    """The modules that answer, by their place in the house."""
    paths = (path for room in ROOMS for path in (Path(PACKAGE) / room).rglob("*.py"))
    return {
        shown(path).removeprefix("wardroom/"): read(path.read_text(encoding="utf-8"))
        for path in paths
    }


def makers(house: Mapping[str, Module]) -> dict[str, set[str]]:
    """Whatever makes an answer that is no page: by itself, or by what does so for its callers."""
    asked = {
        ("wardroom." + maker.removesuffix(".py").replace("/", "."), name)
        for maker, functions in MADE.items()
        for name, why in functions.items()
        if why in (CALLERS, STREAMED)
    }
    found = {}
    for place, module in house.items():
        own = {name for name, why in MADE.get(place, {}).items() if why in (CALLERS, STREAMED)}
        elsewhere = {name for key, name in module.taken.items() if key in asked}
        if functions := module.calling(ANSWERS | own | elsewhere):
            found[place] = functions
    return found


def test_every_file_is_streamed_or_short_by_its_form(house: dict[str, Module]) -> None:
    said = {name: set(functions) for name, functions in MADE.items()}
    found = makers(house)
    new = {name: functions - said.get(name, set()) for name, functions in found.items()}
    assert {name: functions for name, functions in new.items() if functions} == {}
    gone = {name: functions - found.get(name, set()) for name, functions in said.items()}
    assert {name: functions for name, functions in gone.items() if functions} == {}


def test_a_bound_that_is_named_is_there() -> None:
    """What a reason calls in capital letters is a number of the house."""
    texts = [path.read_text(encoding="utf-8") for path in Path(PACKAGE).rglob("*.py")]
    reasons = {why for functions in MADE.values() for why in functions.values()}
    named = {word.strip(",") for why in reasons for word in why.split() if word[:4] == "MOST"}
    assert named >= {"MOST", "MOST_BYTES", "MOST_CARDS", "MOST_DRAWN", "MOST_ON_MAP"}
    for name in named:
        assert any(f"[:{name}]" in text or f"> {name}" in text for text in texts), name


@pytest.mark.parametrize(
    "new",
    [
        "def f(request):\n    return HttpResponse(b''.join(rows()))",
        "from wardroom.web.reports.rows import sent\ndef f(request):\n    return sent('', b'', '')",
        "from wardroom.web.documents.views import handed_out as out\n"
        "def f(request):\n    return out(served())",
    ],
    ids=["an answer", "by a helper", "by a helper under another name"],
)
def test_power_check_a_new_file_is_seen(house: dict[str, Module], new: str) -> None:
    assert makers({**house, "web/new.py": read(new)})["web/new.py"] == {"f"}
