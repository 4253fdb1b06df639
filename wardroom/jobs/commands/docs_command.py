"""Write the generated tables of actions and of permissions into docs/.

wardroom docs            write docs/actions.md and docs/permissions.md
wardroom docs --check    write nothing; exit code 1 where they are not fresh
"""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from django.apps import apps

import wardroom
from wardroom.access.actor import NOBODY, SYSTEM, Actor, Reach, Role
from wardroom.access.gate import ACTIONS
from wardroom.kernel.errors import Refused

ROOT = Path(wardroom.__file__).resolve().parents[1]
MADE = "<!-- Made by `wardroom docs`; do not edit. -->"
OWN, OTHER = ("5", "DPW"), ("7", "DDOT")
CAST: dict[str, Actor] = {
    "Director": Actor(
        user_id=None, name="", roles=frozenset({Role.DIRECTOR}), reach=Reach(city=True)
    ),
    "Liaison": Actor(
        user_id=None,
        name="",
        roles=frozenset({Role.LIAISON}),
        reach=Reach(wards=frozenset({OWN[0]})),
    ),
    "Partner": Actor(
        user_id=None,
        name="",
        roles=frozenset({Role.PARTNER}),
        reach=Reach(agencies=frozenset({OWN[1]})),
    ),
    "Staff": Actor(user_id=None, name="", roles=frozenset({Role.STAFF}), reach=Reach(city=True)),
    "Auditor": Actor(
        user_id=None, name="", roles=frozenset({Role.AUDITOR}), reach=Reach(city=True)
    ),
    "Records officer": Actor(
        user_id=None, name="", roles=frozenset({Role.RECORDS}), reach=Reach(city=True)
    ),
    "The house": SYSTEM,
    "Visitor": NOBODY,
}


@dataclass(frozen=True)
class HouseAction:
    """One action of the house with its policy, as the tables show them."""

    app: str
    name: str
    summary: str
    function: Callable[..., Any]
    policy: str
    may: Callable[[Actor, Any], bool]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the words of the call."""
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")


def run(args: argparse.Namespace) -> int:
    """Write the tables, or say which of them is stale."""
    if not (ROOT / "docs").is_dir():
        raise Refused("no_docs", "There is no docs folder here: run this in the source tree.")
    stale = []
    for path, text in documents().items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        if args.check:
            stale.append(path.relative_to(ROOT))
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    for path in stale:
        print(f"{path} is not fresh: run `wardroom docs` and commit it", file=sys.stderr)
    return 1 if stale else 0


def documents() -> dict[Path, str]:
    """The generated documents by their path."""
    known = house_actions()
    return {
        ROOT / "docs" / "actions.md": _actions_table(known),
        ROOT / "docs" / "permissions.md": _permissions_table(known),
    }


def house_actions() -> tuple[HouseAction, ...]:
    """Every action of every app, by app and name."""
    found = []
    for config in apps.get_app_configs():
        room = f"{config.name}.actions"
        if not config.name.startswith("wardroom.") or find_spec(room) is None:
            continue
        module = import_module(room)
        policies = _policy_room(config.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            info = ACTIONS.get(f"{config.label}.{name}")
            if info is None or not function.__module__.startswith(room):
                continue
            found.append(
                HouseAction(
                    app=info.app,
                    name=name,
                    summary=info.summary,
                    function=function,
                    policy=info.policy,
                    may=getattr(policies, info.policy),
                )
            )
    return tuple(sorted(found, key=lambda a: (a.app, a.name)))


def _policy_room(app: str) -> ModuleType | None:
    return import_module(f"{app}.policy") if find_spec(f"{app}.policy") else None


def _actions_table(known: Iterable[HouseAction]) -> str:
    rows = [[a.app, f"`{a.name}`", a.summary, f"`{a.policy}`"] for a in known]
    return _page(
        "Actions",
        "Everything that can be done, whichever window it comes in through. What an action "
        "refuses and records stands in its docstring.",
        ["App", "Action", "What it does", "Allowed by"],
        rows,
    )


def _permissions_table(known: Iterable[HouseAction]) -> str:
    rows = [
        [f"{a.app} `{a.name}`", *(_cell(actor, a.may) for actor in CAST.values()), _says(a.may)]
        for a in known
    ]
    return _page(
        "Permissions",
        "Who may do what, asked of the policies themselves: once about something in the "
        "actor's own ward or agency, once about something in another. The last column is the "
        "policy's own word. What a person may see follows the same reach.",
        ["Action", *CAST, "In words"],
        rows,
    )


def _cell(actor: Actor, may: Callable[[Actor, Any], bool]) -> str:
    own, other = (may(actor, _row(*which)) for which in (OWN, OTHER))
    if own and other:
        return "yes"
    if own:
        return "own agency" if actor.has(Role.PARTNER) else "own ward"
    return "other" if other else "no"


def _row(ward: str, agency: str) -> Any:
    """A row that policies can ask about its ward and agency, itself or by what it is part of."""
    plain: dict[str, Any] = {
        "ward_code": ward,
        "touched_wards": frozenset({ward}),
        "asked_agency": agency,
        "agency_code": agency,
        "agency": agency,
        "code": agency,
        "notice_owed": SimpleNamespace(agency=SimpleNamespace(code=agency)),
        "matter_key": "",
        "audience": "internal",
        "thread": "matter:0",
        "about": "matter:0",
        "like": "",
        "organisation_kind": "civic",
        "organisation": SimpleNamespace(organisation_kind="civic"),
        "maker_id": None,
        "reader_id": None,
        "entered_by": "",
        "speaker_user_id": None,
        "writer_id": None,
        "runners": frozenset(),
        "called": frozenset(),
        "user_id": 0,
        "answers": None,
        "keeper_id": 0,
        "panel": frozenset(),
    }
    party = SimpleNamespace(pk=0, user_id=0)
    plain |= {"pk": 0, "matter_id": 0, "ask_id": None, "party": party, "observer": party}
    same = SimpleNamespace(**plain)
    there = SimpleNamespace(**plain, matter=same)
    nouns = ("matter", "stop", "event", "ask", "walk", "group", "participation", "posting")
    parts = dict.fromkeys(nouns, same)
    return SimpleNamespace(**plain, **parts, location=there, incident=there)


def _says(may: Callable[[Actor, Any], bool]) -> str:
    return " ".join((may.__doc__ or "").split("\n\n")[0].split())


def _page(title: str, intro: str, head: list[str], rows: list[list[str]]) -> str:
    lines = [f"# {title}", "", MADE, "", intro, ""]
    lines.append(f"| {' | '.join(head)} |")
    lines.append(f"|{'|'.join(' --- ' for _ in head)}|")
    lines.extend(f"| {' | '.join(_plain(cell) for cell in row)} |" for row in rows)
    return "\n".join(lines) + "\n"


def _plain(cell: str) -> str:
    return cell.replace("|", "\\|")
