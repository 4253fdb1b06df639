"""The roles that the big table does not spell out get what follows from it, at every address.

Staff and the auditor read the whole city as the records officer does; who covers a ward has
it as its own liaison has, up to the last day, and nothing of it from the day after.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import NOON
from tests.counting import count_anew
from tests.web.addresses import address, word
from tests.web.asking import unwritten
from tests.web.conftest import ROLES, SignIn, World
from tests.web.reach_by_sending import NOT_TAKEN, TAKES
from tests.web.reach_table import GIVES, PUBLIC, SHUT
from tests.web.test_reach import posted, swapped

pytestmark = pytest.mark.django_db
# What is kept for how long, and what must be kept longer, is for those who keep the records.
KEEPING = (
    *("retention", "retention_class", "retention_class_move"),
    *("legal_holds", "legal_hold_new", "legal_hold", "legal_hold_move"),
    *("disposals", "disposal", "disposal_move", "disposal_certificate"),
)
ALIKE = {"staff": "records", "auditor": "records", "roleless": "nobody"}
# Staff take things in and write lines down anywhere, as the director does.
MORE_GET: Mapping[tuple[str, str], str] = {
    ("staff", "intake"): "director",
    ("staff", "nominate"): "director",
    ("staff", "capture_names"): "director",
    ("staff", "issue_todo"): "director",
    ("staff", "organization_new"): "director",
    ("staff", "party_join"): "director",
    **dict.fromkeys(
        (
            ("staff", name)
            for name in (
                *("service_files", "subscriber_new", "circular_new", "referral_new"),
                *("service_new", "service_edit", "alert_new", "incident_new", "call_addresses"),
            )
        ),
        "director",
    ),
    # The auditor checks the money, and changes none of it.
    **dict.fromkeys(
        (
            ("auditor", name)
            for name in (
                *("funds", "funds_file", "fund", "fund_line", "fund_lines_file"),
                *("spending", "spending_file", "budget_submissions", "budget_submission"),
                *("budget_pdf", "budget_sheet"),
            )
        ),
        "director",
    ),
    ("staff", "handover"): "nobody",
    ("staff", "the_house"): "nobody",
    ("staff", "staffing"): "nobody",
    **dict.fromkeys((("staff", "time_study"), ("staff", "training_new")), "director"),
    # What is kept about colleagues is for them, and for those who lead, audit or keep records.
    **dict.fromkeys(
        (
            ("staff", name)
            for name in ("term", "training", "training_certificate", "residency_clock")
        ),
        "nobody",
    ),
    # What is found for a request may be of any ward: it is read by those who answer alone.
    **dict.fromkeys(
        (
            (role, name)
            for role in ("staff", "auditor")
            for name in ("records_request", "records_preview", "records_record")
        ),
        "nobody",
    ),
    ("auditor", "records_request_new"): "nobody",
    **dict.fromkeys(((role, name) for role in ("staff", "auditor") for name in KEEPING), "nobody"),
    # Only the records officer disposes of a hiring; who reads all else reads nothing of it.
    **dict.fromkeys(((role, "hiring_kept") for role in ("staff", "auditor")), "director"),
    ("staff", "batch"): "nobody",  # a batch is for whoever made it, and those over the city
}
MORE_POST: Mapping[tuple[str, str], str] = {
    **dict.fromkeys(
        (("staff", name) for name in ("term_move", "training_move", "residency_move")), "nobody"
    ),
    ("auditor", "residency_move"): "liaison5",
    **dict.fromkeys(
        (("staff", name) for name in ("house_release", "receipt_retry", "receipt_give_up")),
        "nobody",
    ),
    **dict.fromkeys(
        (
            (role, name)
            for role in ("staff", "auditor")
            for name in ("records_request_move", "records_record_move")
        ),
        "nobody",
    ),
    ("auditor", "records_request_new"): "nobody",
    **dict.fromkeys(((role, name) for role in ("staff", "auditor") for name in KEEPING), "nobody"),
    **dict.fromkeys((("staff", "time_study"), ("staff", "training_new")), "director"),
    **dict.fromkeys(((role, "hiring_kept_move") for role in ("staff", "auditor")), "director"),
    ("staff", "capture"): "director",
    ("staff", "intake"): "director",
    ("staff", "nominate"): "director",
    ("staff", "round_stop"): "director",
    ("staff", "organization_new"): "director",
    ("staff", "party_join"): "director",
    **dict.fromkeys(
        (
            ("staff", name)
            for name in (
                *("calendar_feed_move", "service_files", "service_move", "strategies"),
                *("strategy_use", "subscriber_new", "circular_new", "subscriber_stop"),
                *("circular_move", "gaps", "referral_new", "policy_move"),
                *("service_new", "service_edit", "alert_new", "incident_new", "call_addresses"),
            )
        ),
        "director",
    ),
    **dict.fromkeys(
        (
            ("staff", name)
            for name in ("party_move", "issue_todo", "mail_move", "write_letter", "round_stop")
        ),
        "director",
    ),
    **dict.fromkeys((("staff", name) for name in ("my_wish", "on_call_take")), "liaison5"),
    **dict.fromkeys((("staff", name) for name in ("rota_move", "my_wish_withdraw")), "liaison7"),
    # The outbox shows staff only what is their own; a batch and a handover are somebody's.
    **dict.fromkeys(
        (
            ("staff", name)
            for name in (
                "retry_message",
                "set_message_aside",
                "recall_message",
                "hurry_message",
                "batch_move",
                "handover_move",
            )
        ),
        "liaison7",
    ),
}
# What belongs to somebody, not to a ward: a panel's seat is nobody else's.
OWN = {
    "batch",
    "handover",
    "my_swap",
    "rota_person",
    "hiring",
    "hiring_edit",
    "hiring_application",
    "training",
    "training_certificate",
    "residency_clock",
}
VISITOR_READS = {
    *("account_login", "walk_worker", "event_door_worker"),
    *PUBLIC,
}


@pytest.fixture
def more(
    world: World, sign_in: SignIn, staff: Cast, auditor: Cast, roleless: Cast, cover5: Cast
) -> World:
    """The office with everybody's browser."""
    people = {"staff": staff, "auditor": auditor, "roleless": roleless, "cover5": cover5}
    clients: dict[str, Client] = {**world.clients, **{n: sign_in(w) for n, w in people.items()}}
    return World(**{**world.__dict__, "clients": clients})


def opened(world: World, role: str, path: str) -> str:
    """What comes back to one of them who opens a page."""
    with unwritten():
        return word(world.clients[role].get(path))


def column(row: str, role: str) -> str:
    """What one role of the table gets."""
    return row.split()[ROLES.index(role)]


@pytest.mark.one_database
@pytest.mark.parametrize("role", ALIKE)
def test_reads_what_follows_from_the_table(role: str, more: World) -> None:
    wrong = []
    for name, row in GIVES.items():
        count_anew()
        for ward, given in (("5", row), ("7", swapped(row))):
            wanted = column(given, MORE_GET.get((role, name), ALIKE[role]))
            path = address(more, name, ward)
            got = opened(more, role, path)
            if got != wanted:
                wrong.append((name, path, got, wanted))
    assert wrong == []


@pytest.mark.one_database
@pytest.mark.parametrize("role", ALIKE)
def test_sends_what_follows_from_the_table(role: str, more: World) -> None:
    wrong = []
    for name, gives in GIVES.items():
        if name == "report_sign":
            continue
        row, sent = TAKES.get(name, (SHUT if gives == SHUT else NOT_TAKEN, {}))
        wanted = column(row, MORE_POST.get((role, name), ALIKE[role]))
        path = address(more, name)
        got = posted(more, role, path, sent)
        if got != wanted:
            wrong.append((name, path, got, wanted))
    assert wrong == []


@pytest.mark.one_database
def test_who_covers_a_ward_reads_it_as_its_liaison_does(more: World) -> None:
    for name, row in GIVES.items():
        if name in OWN:
            continue
        for ward, liaison in (("5", "liaison5"), ("7", "liaison7")):
            given = row if ward == "5" else swapped(row)
            path = address(more, name, ward)
            assert opened(more, "cover5", path) == column(given, liaison), path


def test_who_covers_a_ward_does_there_what_its_liaison_does(more: World) -> None:
    for name in ("day_move", "decide", "check", "next_step", "issue_ask", "issue_move", "ask_move"):
        row, sent = TAKES[name]
        path = address(more, name)
        assert posted(more, "cover5", path, sent) == column(row, "liaison5"), path


@pytest.mark.one_database
def test_the_day_after_the_cover_everything_is_gone(
    more: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = NOON + timedelta(days=1)
    clock = SimpleNamespace(now=lambda: tomorrow, localdate=timezone.localdate)
    monkeypatch.setattr("wardroom.web.edge.timezone", clock)
    assert word(more.clients["liaison5"].get(address(more, "issue"))) == "200"
    for name, row in GIVES.items():
        for ward, given in (("5", row), ("7", swapped(row))):
            path = address(more, name, ward)
            wanted = "404" if name in OWN else column(given, "liaison7")
            assert opened(more, "cover5", path) == wanted, path
    for name in ("decide", "check", "next_step", "issue_ask", "issue_move"):
        assert posted(more, "cover5", address(more, name), TAKES[name][1]) == "404"


@pytest.mark.one_database
def test_a_visitor_reads_the_front_door_and_the_link_alone(more: World) -> None:
    """A resident has no account: what concerns a complaint comes by letter."""
    read = {
        name
        for name in GIVES
        if more.clients["anonymous"].get(address(more, name)).status_code == 200
    }
    assert read == VISITOR_READS
    front = more.clients["anonymous"].get("/", follow=True).content.decode()
    place = more.matters["5"].place
    assert place is not None
    assert place.label not in front
    assert "Bags" not in front
