"""Two people work on the same report at the same moment."""

from __future__ import annotations

from functools import partial

import pytest

from tests.cast import Cast
from tests.matters.test_same_time import race
from tests.reporting.conftest import WEEK, later
from wardroom.ledger.models import Entry
from wardroom.reporting.actions import (
    correct_report,
    draft_weekly_report,
    edit_report,
    sign_report,
)
from wardroom.reporting.models import Edition

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


@pytest.fixture
def ready(draft5: Edition, liaison5: Cast) -> Edition:
    """A draft with a summary."""
    return edit_report(draft5, narrative={"summary": "All well."}, stamp=later(liaison5))


def test_one_of_two_signatures_counts(ready: Edition, liaison5: Cast, director: Cast) -> None:
    said = race(
        lambda: sign_report(ready, stamp=later(liaison5, 2)),
        lambda: sign_report(ready, stamp=later(director, 2)),
    )
    assert sorted(said) == ["already_signed", "done"]
    signed = Edition.objects.get()
    assert signed.signed_by == (liaison5, director)[said.index("done")].party
    assert Entry.objects.filter(kind="ReportSigned").count() == 1


def test_fresh_numbers_never_undo_a_signature(ready: Edition, liaison5: Cast) -> None:
    for hours in range(2, 6):
        said = race(
            partial(sign_report, ready, stamp=later(liaison5, hours)),
            partial(
                draft_weekly_report, None, ward_code="5", week=WEEK, stamp=later(liaison5, hours)
            ),
        )
        assert set(said) <= {"done", "already_signed"}
        assert Edition.objects.get().state == "signed"


def test_words_written_while_somebody_signs_are_in_or_refused(
    ready: Edition, liaison5: Cast, director: Cast
) -> None:
    said = race(
        lambda: sign_report(ready, stamp=later(liaison5, 2)),
        lambda: edit_report(ready, narrative={"summary": "Worse."}, stamp=later(director, 2)),
    )
    assert said in (["done", "done"], ["done", "already_signed"])
    edition = Edition.objects.get()
    assert edition.narrative["summary"] == ("Worse." if said[1] == "done" else "All well.")


def test_report_is_drafted_once(busy_week: object, liaison5: Cast, director: Cast) -> None:
    said = race(
        *(
            lambda who=who: draft_weekly_report(None, ward_code="5", week=WEEK, stamp=later(who))
            for who in (liaison5, director, liaison5)
        )
    )
    assert set(said) <= {"done", "already_drafted"}
    assert "done" in said
    assert Edition.objects.count() == 1


def test_one_correction_is_opened(ready: Edition, liaison5: Cast, director: Cast) -> None:
    signed = sign_report(ready, stamp=later(liaison5, 2))
    said = race(
        lambda: correct_report(signed, reason="a", stamp=later(liaison5, 3)),
        lambda: correct_report(signed, reason="b", stamp=later(director, 3)),
    )
    assert sorted(said) == ["already_corrected", "done"]
    assert Edition.objects.count() == 2
