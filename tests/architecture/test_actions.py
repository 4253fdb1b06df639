"""Every change is an action of one shape, behind a policy, with its words in order."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest

from tests.architecture.source import domain_apps, shown, tree_of
from wardroom.jobs.commands.docs_command import HouseAction, documents, house_actions

KNOWN = house_actions()
BY_NAME = {(a.app, a.name): a for a in KNOWN}
NEVER = re.compile(r"^(process|handle|update|do|manage|run_all)_")


def name_of(action: HouseAction) -> str:
    return f"{action.app}.{action.name}"


@pytest.mark.parametrize("action", KNOWN, ids=name_of)
def test_subject_comes_first_and_stamp_last(action: HouseAction) -> None:
    params = list(inspect.signature(action.function).parameters.values())
    first, rest = params[0], params[1:]
    assert first.kind in (first.POSITIONAL_ONLY, first.POSITIONAL_OR_KEYWORD)
    assert first.default is first.empty
    assert first.name not in {"stamp", "actor"}
    assert all(p.kind is p.KEYWORD_ONLY for p in rest)
    assert (rest[-1].name, rest[-1].annotation, rest[-1].default) == (
        "stamp",
        "Stamp",
        inspect.Parameter.empty,
    )


@pytest.mark.parametrize("action", KNOWN, ids=name_of)
def test_action_is_named_and_documented(action: HouseAction) -> None:
    assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", action.name)
    assert not NEVER.match(action.name)
    doc = inspect.getdoc(action.function) or ""
    assert re.match(r"[A-Z].*[.;:,]", action.summary), "the first line is a sentence"
    assert action.summary.endswith("."), "the first sentence fits in the first line"
    assert "Records" in doc
    assert re.search(r"Refuses\b", doc)


@pytest.mark.parametrize("action", KNOWN, ids=name_of)
def test_policy_stands_in_the_apps_own_policy_room(action: HouseAction) -> None:
    assert action.policy.startswith("may_")
    assert action.may.__module__.startswith(f"wardroom.{action.app}.policy")
    assert action.may.__doc__


def test_house_has_its_actions() -> None:
    assert {"matters.accept_ask", "plans.adopt_plan", "fieldwork.record_check"} <= {
        name_of(a) for a in KNOWN
    }


def functions_in(path: Path) -> list[ast.FunctionDef]:
    return [node for node in tree_of(path).body if isinstance(node, ast.FunctionDef)]


def decorated(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(d, ast.Call) and isinstance(d.func, ast.Name) and d.func.id == "action"
        for d in node.decorator_list
    )


def offered(app: Path) -> set[str]:
    """The functions that an app's actions room offers to others."""
    room = app / "actions.py"
    if room.exists():
        return {node.name for node in functions_in(room) if not node.name.startswith("_")}
    front = app / "actions" / "__init__.py"
    if not front.exists():
        return set()
    names = {
        alias.asname or alias.name
        for node in tree_of(front).body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("wardroom.")
        for alias in node.names
    }
    module = import_module(f"wardroom.{app.name}.actions")
    return {name for name in names if inspect.isfunction(getattr(module, name))}


PLAIN = {
    ("ledger", "record"): "writes the line inside an action",
    ("ledger", "record_together"): "writes the lines of one change inside an action",
    ("ledger", "on_recorded"): "names, as the house starts, who hears of each line",
    ("search", "index_thing"): "repeats in the index, inside an action, what that action keeps",
    ("search", "let_be_found"): "the same for a thing that is put together already",
    ("search", "index_things"): "the same for many things",
    ("search", "unindex_thing"): "the same for a thing that is found no longer",
    ("search", "unindex_things"): "the same for many things",
    ("search", "unindex_matter"): "the same for all that is of a matter",
    ("engagement", "keep_contacts"): "keeps what a line says of real contacts, beside the line",
    ("engagement", "count_contacts_anew"): "makes them anew; they hold nothing of their own",
    ("search", "rebuild"): "makes the index anew from what is kept; it holds nothing of its own",
    ("directory", "use_code"): "part of signing in; a code of a second factor opens once",
    ("directory", "note_factor_used"): "the same: when a factor was last used",
    ("upkeep", "note_beat"): "bookkeeping: a sign of life of a process",
    ("upkeep", "forget_beat"): "the same, as it ends in order",
    ("upkeep", "keep_looks"): "bookkeeping of a look at other machines",
    ("upkeep", "keep_emptied"): "the same of the log of the database",
    ("records", "look_for_records"): "looks through the house first, then calls its action",
    ("service_requests", "import_requests"): "calls one action for each batch of a long file",
    ("service_requests", "claim_endpoint"): "bookkeeping: the lease of a reading",
    ("service_requests", "claim_submission"): "bookkeeping of a try, in a commit before it goes",
    ("service_requests", "note_looked"): "bookkeeping of a look that brought nothing new",
    ("notices", "claim_message"): "bookkeeping of a try, in a commit before the mail server",
    ("notices", "note_try_failed"): "bookkeeping of a try that failed for now",
    ("incidents", "note_feed_read"): "bookkeeping of a look at the alerts of others",
    ("incidents", "note_feed_failed"): "the same where it did not work",
    ("notices", "note_mailbox_checked"): "bookkeeping of a look into the mailbox",
    ("notices", "note_mailbox_failed"): "bookkeeping of a mailbox that lets nobody in",
    ("notices", "take_hold_to_end"): "bookkeeping: the lease of letting mail go",
    ("notices", "keep_lease"): "the same, a while longer",
    ("notices", "drop_lease"): "the same, left to the next worker",
    ("notices", "gather_lines"): "bookkeeping of webhooks; what is due follows from the ledger",
    ("notices", "claim_delivery"): "bookkeeping of a try, in a commit before it is sent",
    ("notices", "note_delivery"): "bookkeeping of what the other side said",
    ("directory", "free_seats"): "part of the change that ends somebody's time at the office",
    ("directory", "begin_call"): "bookkeeping of a call, in the commit of what it does",
    ("directory", "end_call"): "the same, after it was done",
    ("directory", "forget_calls"): "the same, a day later",
    ("directory", "sent_once"): "bookkeeping of a form, in the commit of what it does",
    ("directory", "was_sent"): "the same: looks whether it is there, and writes nothing",
    ("directory", "write_form_down"): "the same, for a form that only shows who it is",
    ("directory", "forget_sent_forms"): "the same, a day later",
    ("directory", "take_turn"): "bookkeeping of a page or a call: how often somebody did it",
    ("directory", "give_turn_back"): "the same, where nothing came of it",
    ("directory", "forget_tallies"): "the same, when it counts no more",
    ("directory", "forget_sessions"): "bookkeeping of signing in, when its time is over",
    ("casework", "use_sum"): "bookkeeping of a page: that the sum of a form was used",
    ("casework", "hold_picture"): "bookkeeping of a page: nothing is reported yet",
    ("casework", "drop_pictures"): "the same, taken off by its sender",
    ("casework", "hold_until"): "the same, when the report was sent",
    ("casework", "forget_held"): "the same, when its time is over",
    ("notices", "empty_messages"): "takes the words out of letters, inside what disposes of them",
    ("records", "empty_request"): "takes the words out, inside what disposes of the request",
    ("documents", "forget_document"): "takes a file out, inside what disposes of its owner",
    ("documents", "forget_attachments"): "the same for all files of what is disposed of",
    ("documents", "forget_bytes"): "the same, off the disk with the commit",
    ("documents", "remove_bytes"): "the same, once no row names them",
    ("retention", "prepare_disposal"): "looks through a class, then calls its action",
    ("hiring", "save_draft"): "bookkeeping of a form that nobody sent yet",
    ("hiring", "attach_resume"): "the same, for its file",
    ("hiring", "take_off_resume"): "the same, taken off by its sender",
    ("documents", "check_clean"): "asks a scanner and keeps nothing",
    ("documents", "picture_made_anew"): "makes a picture anew and keeps nothing",
    ("casework", "receive_report"): "keeps the pictures one by one, then calls its action",
    ("casework", "take_mail"): "keeps the files of a message one by one, then calls its action",
    ("notices", "note_sent"): "finds the message and calls its action",
    ("notices", "note_refused"): "finds the message and calls its action",
}


def test_every_function_offered_in_an_actions_room_passes_the_gate() -> None:
    found = {(app.name, name) for app in domain_apps() for name in offered(app)}
    assert found - set(BY_NAME) - set(PLAIN) == set()


def test_every_action_is_offered_by_its_room() -> None:
    hidden = [
        (app.name, node.name)
        for app in domain_apps()
        for path in [app / "actions.py", *sorted((app / "actions").glob("*.py"))]
        if path.exists()
        for node in functions_in(path)
        if decorated(node) and (app.name, node.name) not in BY_NAME
    ]
    assert hidden == []


def test_action_that_nobody_registered_is_noticed() -> None:
    seeded = ast.parse("def close_everything(matter): ...").body[0]
    assert isinstance(seeded, ast.FunctionDef)
    assert not decorated(seeded)


def moves_tables() -> list[tuple[str, str, Mapping[str, Mapping[str, str]]]]:
    found = []
    for app in domain_apps():
        if not ((app / "rules.py").exists() or (app / "rules").is_dir()):
            continue
        rules = import_module(f"wardroom.{app.name}.rules")
        for name, table in vars(rules).items():
            if not name.endswith("MOVES") or not isinstance(table, Mapping):
                continue
            if all(isinstance(moves, Mapping) for moves in table.values()):
                found.append((app.name, name, table))
    return found


@pytest.mark.parametrize(
    ("app", "name", "table"), moves_tables(), ids=lambda v: v if isinstance(v, str) else ""
)
def test_moves_tables_are_complete(
    app: str, name: str, table: Mapping[str, Mapping[str, str]]
) -> None:
    for state, moves in table.items():
        for move, to in moves.items():
            assert to in table, f"{name}: {state} -> {to} leads nowhere"
            assert (app, move) in BY_NAME, f"{name}: {move} is no action of {app}"


def test_there_are_moves_tables_to_look_at() -> None:
    assert {("matters", "ASK_MOVES"), ("matters", "MATTER_MOVES")} <= {
        (app, name) for app, name, _ in moves_tables()
    }


@pytest.mark.parametrize("path", list(documents()), ids=lambda p: p.name)
def test_generated_tables_are_fresh(path: Path) -> None:
    fresh = documents()[path]
    assert path.read_text(encoding="utf-8") == fresh, f"run `wardroom docs`: {shown(path)} is stale"
