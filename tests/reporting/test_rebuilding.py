"""A signed report is told again from its frozen rows, whatever has changed since."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.reporting.conftest import later
from tests.trouble import Report, Trouble, bring_in
from wardroom.access.actor import SYSTEM
from wardroom.access.gate import guard_pass
from wardroom.jobs.routines import rebuild_signed_reports
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.matters.actions import close_matter, withdraw_ask
from wardroom.matters.models import Ask, Matter
from wardroom.reporting import rules
from wardroom.reporting.actions import edit_report, rebuild_report, sign_report
from wardroom.reporting.models import Edition, FrozenRows
from wardroom.reporting.queries import report_file
from wardroom.reporting.rules import telling
from wardroom.reporting.rules.packing import packed, unpacked

pytestmark = pytest.mark.django_db
A_YEAR = timedelta(days=365)


@pytest.fixture
def signed5(draft5: Edition, liaison5: Cast) -> Edition:
    edit_report(draft5, narrative={"summary": "The alley is worse."}, stamp=later(liaison5))
    draft5.refresh_from_db()
    return sign_report(draft5, stamp=later(liaison5, 2))


def rebuilt(edition: Edition) -> Any:
    return rebuild_report(edition, stamp=stamp_for(SYSTEM, NOON + A_YEAR))


def test_signed_report_is_identical_a_year_later(
    trouble: Trouble,
    busy_week: Matter,
    signed5: Edition,
    liaison5: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Data came late, the work went on, definitions and method were changed."""
    bring_in(trouble.folder, [Report(70, NOON - timedelta(hours=1), reporter=3)])
    for ask in Ask.objects.filter(matter=busy_week):
        withdraw_ask(ask, reason="Moot", stamp=later(liaison5, 20))
    close_matter(busy_week, outcome="stopped", stamp=later(liaison5, 20))
    monkeypatch.setitem(rules.DEFINITIONS, "opened", "Something else is counted now.")
    monkeypatch.setattr(telling, "NEWEST", {**telling.NEWEST, "weekly": "weekly 3"})
    done = rebuilt(signed5)
    assert (done.identical, done.differences) == (True, [])
    assert done.numbers > 100
    shown = report_file(signed5.pk, liaison5.actor).rebuilt
    assert shown is not None
    assert (shown.identical, shown.at) == (True, NOON + A_YEAR)


def test_number_that_is_not_what_was_signed_is_found(signed5: Edition) -> None:
    rows, _ = unpacked(FrozenRows.objects.get(edition=signed5).content)
    rows["requests"]["opened"].append(1)
    content, sha256 = packed(rows)
    with guard_pass("somebody at the database"):
        FrozenRows.objects.filter(edition=signed5).update(content=content, sha256=sha256)
    signed5.refresh_from_db()
    done = rebuilt(signed5)
    assert not done.identical
    assert done.differences == ["groups.0.figures.0.shown", "the signed content"]


def test_content_that_was_changed_behind_the_house_is_found(signed5: Edition) -> None:
    facts = {**signed5.facts, "liaison": "Somebody else"}
    with guard_pass("somebody at the database"):
        Edition.objects.filter(pk=signed5.pk).update(facts=facts)
    signed5.refresh_from_db()
    assert rebuilt(signed5).differences == ["liaison", "the signed content"]


def test_draft_and_report_without_rows_are_not_rebuilt(signed5: Edition, liaison5: Cast) -> None:
    with guard_pass("somebody at the database"):
        FrozenRows.objects.filter(edition=signed5).delete()
    with pytest.raises(Refused) as no:
        rebuilt(signed5)
    assert no.value.code == "no_frozen_rows"
    with guard_pass("somebody at the database"):
        Edition.objects.filter(pk=signed5.pk).update(state="draft")
    signed5.refresh_from_db()
    with pytest.raises(Refused) as no:
        rebuilt(signed5)
    assert no.value.code == "wrong_state_draft"


def test_partner_and_other_ward_rebuild_nothing(
    signed5: Edition, partner_dpw: Cast, liaison7: Cast
) -> None:
    for who in (partner_dpw, liaison7):
        with pytest.raises(NotAllowed):
            rebuild_report(signed5, stamp=later(who))


def test_house_rebuilds_by_itself_once_in_a_while(signed5: Edition) -> None:
    assert rebuild_signed_reports() == 1
    assert rebuild_signed_reports() == 0
    assert signed5.rebuilds.get().identical


def test_rows_are_packed_in_one_order_and_come_back_whole() -> None:
    rows = {"b": [1, "é", None], "a": {"y": 2.5, "x": [True]}}
    content, sha256 = packed(rows)
    assert unpacked(content) == (rows, sha256)
    assert packed(dict(reversed(rows.items()))) == (content, sha256)
