"""Drafted lines are unticked and reworded; what the draft said stays beside it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.cast import Cast
from tests.conftest import stamp_for
from wardroom.kernel.errors import Refused
from wardroom.matters.actions import accept_ask, report_done
from wardroom.matters.models import Ask, Matter
from wardroom.reporting.actions import (
    ItemWords,
    draft_weekly_report,
    edit_report,
    finish_report,
)
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import ReportFile, digest_of, report_file

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 12, 4, 17, tzinfo=UTC)


@pytest.fixture
def late5(busy_week: Matter, liaison5: Cast) -> Edition:
    """A draft in which two agencies are late."""
    at = stamp_for(liaison5.actor, FRIDAY)
    return draft_weekly_report(None, ward_code="5", week="2026-W49", stamp=at)


def keys(file: ReportFile, section: str = "needs") -> list[str]:
    return [item.key for item in file.items if item.section == section]


def written(edition: Edition, who: Cast, **items: tuple[bool, str]) -> Edition:
    words = {key.replace("_", "-"): ItemWords(*one) for key, one in items.items()}
    return edit_report(edition, narrative={}, items=words, stamp=stamp_for(who.actor, FRIDAY))


def test_unticked_line_is_out_and_reworded_one_in_its_own_words(
    late5: Edition, liaison5: Cast
) -> None:
    first, second = keys(report_file(late5.pk, liaison5.actor))
    before = {i.key: i.drafted for i in report_file(late5.pk, liaison5.actor).items}
    ticks = {first.replace("-", "_"): (False, before[first])}
    written(late5, liaison5, **ticks, **{second.replace("-", "_"): (True, "DDOT owes us a word.")})
    file = report_file(late5.pk, liaison5.actor)
    assert [need.sentence for need in file.needs] == ["DDOT owes us a word."]
    changed = {i.key: (i.drafted, i.said, i.out) for i in file.items if i.out or i.reworded}
    assert changed == {
        first: (before[first], before[first], True),
        second: (before[second], "DDOT owes us a word.", False),
    }


def test_words_stay_when_the_numbers_are_counted_again(
    late5: Edition, liaison5: Cast, partner_dpw: Cast
) -> None:
    dpw, ddot = (f"ask-{Ask.objects.get(asked_agency=c).pk}" for c in ("DPW", "DDOT"))
    written(late5, liaison5, **{k.replace("-", "_"): (True, f"Mine {k}") for k in (dpw, ddot)})
    ask = Ask.objects.get(asked_agency="DPW")
    partner = stamp_for(partner_dpw.actor, FRIDAY)
    accept_ask(ask, promised_on=FRIDAY.date(), stamp=partner)
    report_done(ask, disposition="fixed", stamp=partner)
    saturday = stamp_for(liaison5.actor, datetime(2026, 12, 5, 17, tzinfo=UTC))
    draft_weekly_report(None, ward_code="5", week="2026-W49", stamp=saturday)
    found = {i.key: i for i in report_file(late5.pk, liaison5.actor).items if i.section == "needs"}
    assert (found[ddot].said, found[ddot].renewed) == (f"Mine {ddot}", True)
    assert (found[dpw].said, found[dpw].drafted) == (f"Mine {dpw}", "")


def test_line_put_back_as_drafted_leaves_no_trace(late5: Edition, liaison5: Cast) -> None:
    key = keys(report_file(late5.pk, liaison5.actor))[0]
    drafted = next(i.drafted for i in report_file(late5.pk, liaison5.actor).items if i.key == key)
    for words in ((False, drafted), (True, "Mine"), (True, drafted)):
        written(late5, liaison5, **{key.replace("-", "_"): words})
    late5.refresh_from_db()
    assert late5.edits == {}


@pytest.mark.parametrize(
    ("key", "words", "code"),
    [
        ("", (True, "  "), "item_empty"),
        ("", (True, "x" * 601), "item_too_long"),
        ("ask-999", (True, "x"), "item_unknown"),
    ],
)
def test_line_that_does_not_fit_is_refused_at_its_field(
    late5: Edition, liaison5: Cast, key: str, words: tuple[bool, str], code: str
) -> None:
    key = key or keys(report_file(late5.pk, liaison5.actor))[0]
    with pytest.raises(Refused) as no:
        written(late5, liaison5, **{key.replace("-", "_"): words})
    assert (no.value.code, no.value.field) == (code, key)


def test_last_words_and_signature_go_in_one(late5: Edition, liaison5: Cast) -> None:
    read = digest_of(late5)
    stamp = stamp_for(liaison5.actor, FRIDAY)
    with pytest.raises(Refused) as no:
        finish_report(late5, narrative={"summary": "Fine."}, read="x" * 64, stamp=stamp)
    assert no.value.code == "stale"
    with pytest.raises(Refused) as no:
        finish_report(late5, narrative={"summary": " "}, read=read, stamp=stamp)
    assert no.value.code == "summary_missing"
    late5.refresh_from_db()
    signed = finish_report(late5, narrative={"summary": "Fine."}, read=read, stamp=stamp)
    assert (signed.state, signed.narrative["summary"]) == ("signed", "Fine.")
    assert signed.digest == digest_of(signed)


def test_location_unticked_is_not_in_the_table(late5: Edition, liaison5: Cast) -> None:
    (key,) = keys(report_file(late5.pk, liaison5.actor), "locations")
    written(late5, liaison5, **{key.replace("-", "_"): (True, "Snow stopped the crews.")})
    (row,) = report_file(late5.pk, liaison5.actor).locations
    assert row.note == "Snow stopped the crews."
    written(late5, liaison5, **{key.replace("-", "_"): (False, "")})
    assert report_file(late5.pk, liaison5.actor).locations == ()
