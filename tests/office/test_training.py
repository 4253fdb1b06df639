"""Training: what is noted, who reads it, and that a certificate's end is told once a step."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.hiring.jobs import VISITOR, begun, opened
from tests.office.people import PAPER, TODAY, day, house_on, learned
from wardroom.documents.models import Document
from wardroom.hiring.actions import attach_resume
from wardroom.jobs import office as routines
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.office.actions import dispose_of_training, replace_certificate
from wardroom.office.queries import get_training, training_page

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def _files(tmp_path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.FILES_ROOT = tmp_path


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"sort": "party"}, "sort"),
        ({"title": " "}, "title"),
        ({"held_on": day(1)}, "held_on"),
        ({"hours": Decimal(-1)}, "hours"),
        ({"sort": "training", "hours": Decimal(0)}, "hours"),
        ({"expires_on": day(-31)}, "expires_on"),
        ({"file": b"MZ not a paper"}, "file"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    director: Cast, liaison5: Cast, other: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as no:
        learned(liaison5, director, **other)
    assert no.value.field == field


def test_each_sees_their_own_and_few_see_all(
    director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    made = learned(liaison5, director)
    for who in (director, liaison5, records_officer):
        assert training_page(who.actor).hours == 8
    for who in (liaison7, partner_dpw):
        assert training_page(who.actor).rows == ()
        with pytest.raises(NotFound):
            get_training(made.pk, who.actor)
    with pytest.raises(NotAllowed):
        learned(liaison5, liaison7)
    own = learned(liaison7, liaison7, title="Mediation")
    assert get_training(own.pk, liaison7.actor).noted_by == liaison7.actor.name
    with pytest.raises(NotFound):
        get_training(own.pk, liaison5.actor)
    for who in (partner_dpw, records_officer):
        with pytest.raises(NotAllowed):
            learned(who, who)


def test_end_of_a_certificate_is_told_once_a_step_until_it_is_renewed(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = learned(liaison5, director)
    for left in (61, 60, 59, 30, 30, 29):
        monkeypatch.setattr(routines, "worker_stamp", lambda n=left: house_on(day(100 - n)))
        routines.keep_terms()
    lines = Entry.objects.filter(kind="CertificateRunsOut").order_by("pk")
    assert [line.body["step"] for line in lines] == [60, 30]
    replace_certificate(made, stamp=director.stamp)
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(day(94)))
    assert routines.keep_terms() == 0


def test_nothing_is_left_of_what_was_disposed_of(
    director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    made = learned(liaison5, director)
    with pytest.raises(NotAllowed):
        dispose_of_training(made, reason="Old", stamp=director.stamp)
    dispose_of_training(made, reason="Schedule 4", stamp=records_officer.stamp)
    (row,) = training_page(director.actor).rows
    assert (row.title, row.provider, row.cost_reference, row.has_paper) == (
        "Disposed of", "", "", False,
    )  # fmt: skip
    assert row.held_on == day(-30) < TODAY


def test_paper_goes_off_the_disk_with_the_record(
    director: Cast,
    liaison5: Cast,
    records_officer: Cast,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    made = learned(liaison5, director, file_name="Liaison of Ward 5.pdf")
    (line,) = Entry.objects.filter(kind="DocumentStored")
    assert "Ward 5" not in f"{line.sentence} {line.body}"
    assert [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()] == [PAPER]
    with django_capture_on_commit_callbacks(execute=True):
        dispose_of_training(made, reason="Schedule 4", stamp=records_officer.stamp)
    assert not Document.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_paper_that_something_else_is_stays(
    director: Cast,
    liaison5: Cast,
    liaison7: Cast,
    records_officer: Cast,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """The same bytes are kept once: another record, a message or a resume may be them, too."""
    made, same = learned(liaison5, director), learned(liaison7, director)
    with django_capture_on_commit_callbacks(execute=True):
        dispose_of_training(made, reason="Schedule 4", stamp=records_officer.stamp)
    assert Document.objects.get() == same.certificate
    posting = opened(director)
    token = begun(posting)
    attach_resume(token, name="resume.pdf", content=PAPER, stamp=VISITOR)
    with django_capture_on_commit_callbacks(execute=True):
        dispose_of_training(same, reason="Schedule 4", stamp=records_officer.stamp)
    assert not Document.objects.exists()
    assert [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()] == [PAPER]
