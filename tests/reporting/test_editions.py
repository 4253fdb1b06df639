"""A report is drafted, written, signed once, frozen, and corrected by a new version."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.cast import HOUSE, Cast
from tests.conftest import NOON, stamp_for
from tests.reporting.conftest import WEEK, Figures, later
from tests.trouble import Report, Trouble, bring_in
from wardroom.access.actor import NOBODY, SYSTEM, Role
from wardroom.access.gate import guard_pass
from wardroom.access.queries import actor_for
from wardroom.directory.actions import grant_role
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.reporting.actions import (
    correct_report,
    draft_weekly_report,
    edit_report,
    file_report,
    sign_report,
)
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import get_edition, report_file, report_page

pytestmark = pytest.mark.django_db
WORDS = {"summary": "The alley is worse.", "needs": "A camera.", "next_week": "A walk."}


def written(edition: Edition, who: Cast) -> Edition:
    return edit_report(edition, narrative=WORDS, stamp=later(who))


@pytest.fixture
def signed5(draft5: Edition, liaison5: Cast) -> Edition:
    """The same report, written and signed by its liaison."""
    return sign_report(written(draft5, liaison5), stamp=later(liaison5, 2))


def kept(edition: Edition) -> dict[str, Any]:
    """Every column of an edition as it stands in the database."""
    return dict(Edition.objects.values().get(pk=edition.pk))


def test_draft_again_brings_numbers_up_to_date_and_keeps_the_words(
    trouble: Trouble, draft5: Edition, liaison5: Cast, figures: Figures
) -> None:
    written(draft5, liaison5)
    bring_in(trouble.folder, [Report(70, NOON - timedelta(hours=1), reporter=3)])
    again = draft_weekly_report(None, ward_code="5", week=WEEK, stamp=later(liaison5, 3))
    assert (again.pk, again.version, again.narrative) == (draft5.pk, 1, WORDS)
    assert figures(again)["opened"] == "5"
    assert again.drafted_at == NOON + timedelta(hours=3)


def test_words_are_trimmed_and_parts_not_given_stay(draft5: Edition, liaison5: Cast) -> None:
    written(draft5, liaison5)
    edition = edit_report(draft5, narrative={"summary": "  Better.\n"}, stamp=later(liaison5))
    assert edition.narrative == {**WORDS, "summary": "Better."}
    entry = Entry.objects.filter(kind="ReportEdited").latest("pk")
    assert entry.body["parts"] == ["summary"]


@pytest.mark.parametrize(
    ("narrative", "code", "field"),
    [
        ({"rumour": "x"}, "part_unknown", "rumour"),
        ({"correction": "x"}, "part_unknown", "correction"),
        ({"summary": "x" * 4001}, "text_too_long", "summary"),
    ],
)
def test_words_that_do_not_fit_are_refused(
    draft5: Edition, liaison5: Cast, narrative: dict[str, str], code: str, field: str
) -> None:
    with pytest.raises(Refused) as no:
        edit_report(draft5, narrative=narrative, stamp=later(liaison5))
    assert (no.value.code, no.value.field) == (code, field)
    assert kept(draft5)["narrative"] == {}


def test_report_without_a_summary_is_not_signed(draft5: Edition, liaison5: Cast) -> None:
    for narrative in ({}, {"needs": "A camera."}, {"summary": "  "}):
        if narrative:
            edit_report(draft5, narrative=narrative, stamp=later(liaison5))
        with pytest.raises(Refused) as no:
            sign_report(draft5, stamp=later(liaison5))
        assert (no.value.code, no.value.field) == ("summary_missing", "summary")


def test_signed_report_carries_who_when_and_a_fingerprint(signed5: Edition, liaison5: Cast) -> None:
    assert (signed5.state, signed5.signed_by, signed5.signed_at) == (
        "signed",
        liaison5.party,
        NOON + timedelta(hours=2),
    )
    assert len(signed5.digest) == 64
    file = report_file(signed5.pk, liaison5.actor)
    assert (file.head.signed_by, file.digest) == ("Liaison of Ward 5", signed5.digest)
    assert file.allowed == {"correct_report", "rebuild_report"}


def test_later_data_change_nothing_in_a_signed_report(
    trouble: Trouble, signed5: Edition, figures: Figures
) -> None:
    before, told = kept(signed5), figures(signed5)
    bring_in(trouble.folder, [Report(70, NOON - timedelta(hours=1), reporter=3)])
    assert kept(signed5) == before
    assert figures(signed5) == told


def test_signed_report_is_neither_edited_nor_drafted_nor_signed_again(
    signed5: Edition, liaison5: Cast, director: Cast
) -> None:
    before = kept(signed5)
    for attempt in (
        partial(edit_report, signed5, narrative={"summary": "x"}, stamp=later(liaison5, 3)),
        partial(sign_report, signed5, stamp=later(director, 3)),
        partial(draft_weekly_report, None, ward_code="5", week=WEEK, stamp=later(liaison5, 3)),
    ):
        with pytest.raises(Refused) as no:
            attempt()
        assert no.value.code == "already_signed"
    assert kept(signed5) == before


def test_correction_is_a_new_version_with_its_reason(
    trouble: Trouble, signed5: Edition, liaison5: Cast, figures: Figures
) -> None:
    before = kept(signed5)
    bring_in(trouble.folder, [Report(70, NOON - timedelta(hours=1), reporter=3)])
    fresh = correct_report(signed5, reason=" One was missed. ", stamp=later(liaison5, 4))
    assert (fresh.version, fresh.state, fresh.narrative) == (
        2,
        "draft",
        {**WORDS, "correction": "One was missed."},
    )
    assert (figures(signed5)["opened"], figures(fresh)["opened"]) == ("4", "5")
    file = report_file(signed5.pk, liaison5.actor)
    assert (file.head.replaced, file.allowed) == (False, frozenset({"rebuild_report"}))
    sign_report(fresh, stamp=later(liaison5, 5))
    assert kept(signed5) == before
    file = report_file(signed5.pk, liaison5.actor)
    assert file.head.replaced
    assert [(v.version, v.replaced) for v in file.versions] == [(2, False), (1, True)]
    assert report_file(fresh.pk, liaison5.actor).correction == "One was missed."
    assert fresh.digest != signed5.digest


def test_correction_is_refused_where_there_is_nothing_to_correct(
    draft5: Edition, liaison5: Cast
) -> None:
    with pytest.raises(Refused) as no:
        correct_report(draft5, reason="Wrong", stamp=later(liaison5))
    assert no.value.code == "wrong_state_draft"
    signed = sign_report(written(draft5, liaison5), stamp=later(liaison5))
    with pytest.raises(Refused) as no:
        correct_report(signed, reason="  ", stamp=later(liaison5))
    assert (no.value.code, no.value.field) == ("reason_missing", "reason")
    correct_report(signed, reason="Wrong", stamp=later(liaison5))
    with pytest.raises(Refused) as no:
        correct_report(signed, reason="Wrong again", stamp=later(liaison5))
    assert no.value.code == "already_corrected"
    assert Edition.objects.count() == 2


def test_reason_of_a_correction_survives_editing_and_drafting(
    signed5: Edition, liaison5: Cast
) -> None:
    fresh = correct_report(signed5, reason="One was missed.", stamp=later(liaison5, 3))
    edit_report(fresh, narrative={"summary": "Now right."}, stamp=later(liaison5, 4))
    draft_weekly_report(None, ward_code="5", week=WEEK, stamp=later(liaison5, 5))
    assert kept(fresh)["narrative"] == {
        **WORDS,
        "summary": "Now right.",
        "correction": "One was missed.",
    }


def test_only_the_wards_liaison_and_the_director_write_and_sign(
    draft5: Edition,
    liaison5: Cast,
    liaison7: Cast,
    director: Cast,
    partner_dpw: Cast,
    records_officer: Cast,
) -> None:
    for who in (liaison7, partner_dpw, records_officer):
        for attempt in (
            partial(draft_weekly_report, None, ward_code="5", week=WEEK, stamp=later(who)),
            partial(edit_report, draft5, narrative=WORDS, stamp=later(who)),
            partial(sign_report, draft5, stamp=later(who)),
            partial(correct_report, draft5, reason="x", stamp=later(who)),
        ):
            with pytest.raises(NotAllowed):
                attempt()
    assert report_file(draft5.pk, records_officer.actor).allowed == frozenset()
    written(draft5, liaison5)
    assert sign_report(draft5, stamp=later(director)).signed_by == director.party


def test_records_officer_who_is_a_liaison_too_writes_for_the_own_ward_only(
    draft5: Edition, liaison5: Cast, liaison7: Cast
) -> None:
    grant_role(
        liaison7.party,
        role=Role.RECORDS,
        ward_code="",
        agency_code="",
        valid_from=NOON.date().replace(month=1, day=1),
        stamp=HOUSE,
    )
    both = Cast(actor_for(liaison7.user, on=NOON.date()), liaison7.party, liaison7.user, "")
    written(draft5, liaison5)
    assert report_file(draft5.pk, both.actor).allowed == frozenset()
    for attempt in (
        partial(draft_weekly_report, None, ward_code="5", week=WEEK, stamp=later(both)),
        partial(edit_report, draft5, narrative=WORDS, stamp=later(both)),
        partial(sign_report, draft5, stamp=later(both)),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    signed = sign_report(draft5, stamp=later(liaison5))
    with pytest.raises(NotAllowed):
        correct_report(signed, reason="x", stamp=later(both))
    own = draft_weekly_report(None, ward_code="7", week=WEEK, stamp=later(both))
    assert sign_report(written(own, both), stamp=later(both)).signed_by == liaison7.party


def test_house_drafts_but_never_signs(draft5: Edition, liaison5: Cast) -> None:
    written(draft5, liaison5)
    house = stamp_for(SYSTEM, NOON + timedelta(hours=2))
    draft_weekly_report(None, ward_code="7", week=WEEK, stamp=house)
    for attempt in (
        partial(sign_report, draft5, stamp=house),
        partial(edit_report, draft5, narrative=WORDS, stamp=house),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_only_the_house_files_the_paper(signed5: Edition, liaison5: Cast, director: Cast) -> None:
    for who in (liaison5, director):
        with pytest.raises(NotAllowed):
            file_report(signed5, document=None, stamp=later(who))  # type: ignore[arg-type]


def test_reports_are_read_within_reach_only(
    draft5: Edition,
    director: Cast,
    liaison5: Cast,
    liaison7: Cast,
    partner_dpw: Cast,
    records_officer: Cast,
) -> None:
    for who in (director, liaison5, records_officer):
        assert report_page(who.actor).total == 1
        assert get_edition(draft5.pk, who.actor) == draft5
    for actor in (liaison7.actor, partner_dpw.actor, NOBODY):
        assert report_page(actor).total == 0
        for find in (get_edition, report_file):
            with pytest.raises(NotFound):
                find(draft5.pk, actor)


def test_list_is_newest_week_first_and_says_what_was_replaced(
    signed5: Edition, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    draft_weekly_report(None, ward_code="5", week="2026-W46", stamp=later(liaison5))
    draft_weekly_report(None, ward_code="7", week=WEEK, stamp=later(liaison7))
    fresh = correct_report(signed5, reason="x", stamp=later(liaison5, 3))

    def listed(**words: Any) -> list[tuple[str, str, int, bool]]:
        rows = report_page(director.actor, **words).rows
        return [(r.week[-3:], r.ward_code, r.version, r.replaced) for r in rows]

    sign_report(fresh, stamp=later(liaison5, 4))
    assert listed() == [
        ("W47", "5", 2, False),
        ("W47", "5", 1, True),
        ("W47", "7", 1, False),
        ("W46", "5", 1, False),
    ]
    assert listed(ward="7") == [("W47", "7", 1, False)]
    assert listed(week="2026-W46") == [("W46", "5", 1, False)]
    assert listed(ward="9") == []
    assert report_page(director.actor, page=99).page == 1


def test_replaced_report_is_known_though_its_successor_is_on_the_page_before(
    signed5: Edition, liaison5: Cast, director: Cast
) -> None:
    weeks = [f"2026-W{n:02}" for n in range(47, 23, -1)]
    for week in weeks:
        draft_weekly_report(None, ward_code="7", week=week, stamp=later(director))
    fresh = correct_report(signed5, reason="x", stamp=later(liaison5, 3))
    sign_report(fresh, stamp=later(liaison5, 4))
    for week in weeks[1:]:
        draft_weekly_report(None, ward_code="5", week=week, stamp=later(director))
    both = [r for n in (1, 2) for r in report_page(director.actor, page=n).rows]
    assert [(r.week, r.ward_code) for r in both if r.replaced] == [(WEEK, "5")]
    assert len(both) == 2 * 24 + 1


def test_every_step_is_a_line_of_the_ledger(signed5: Edition, liaison5: Cast) -> None:
    correct_report(signed5, reason="One was missed", stamp=later(liaison5, 3))
    lines = Entry.objects.filter(kind__startswith="Report").order_by("pk")
    assert [e.sentence for e in lines] == [
        "Drafted the weekly report of Ward 5 for 2026-W47",
        "Edited the weekly report of Ward 5 for 2026-W47",
        "Signed the weekly report of Ward 5 for 2026-W47",
        "Opened a correction of the weekly report of Ward 5 for 2026-W47, version 2:"
        " One was missed",
    ]
    assert {(e.ward_code, e.audience) for e in lines} == {("5", "internal")}


@pytest.mark.parametrize("broken", [{"digest": ""}, {"signed_by": None}, {"signed_at": None}])
def test_database_keeps_a_signed_edition_whole(signed5: Edition, broken: dict[str, Any]) -> None:
    with guard_pass("goes round the gate"), pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=signed5.pk).update(**broken)
