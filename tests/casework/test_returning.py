"""What comes back counts once against its closing, and nobody is left with the wrong words."""

from __future__ import annotations

import pytest

from tests.casework.intake import later, take
from tests.cast import Cast, on_day
from tests.conftest import NOON
from tests.ground import NEXT, Ground
from wardroom.casework.actions import (
    close_issue,
    join_issues,
    note_reporter_told,
    part_issues,
    reopen_issue,
)
from wardroom.casework.models import Issue
from wardroom.casework.queries import place_file
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import refer_matter, restrict_matter
from wardroom.matters.models import Matter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
TEXT = "The city closed the burrows."


def closed_issue(who: Cast, ground: Ground) -> Matter:
    """An issue that was closed on the first day; its reporter gave no name."""
    matter = take(who, ground, reporter_typed="", anonymous=True).matter
    return close_issue(matter, outcome="fixed", text=TEXT, stamp=who.stamp)


def test_second_report_of_a_return_is_one_more_voice(ground: Ground, liaison5: Cast) -> None:
    former = closed_issue(liaison5, ground)
    first = take(liaison5, ground, onto=former, stamp=later(liaison5, 5))
    second = take(liaison5, ground, onto=former, stamp=later(liaison5, 6))
    assert second.matter == first.matter
    assert Entry.objects.filter(kind="MatterCameBack").count() == 1


def test_return_that_was_joined_is_found_where_it_went(ground: Ground, liaison5: Cast) -> None:
    former = closed_issue(liaison5, ground)
    again = take(liaison5, ground, onto=former, stamp=later(liaison5, 5)).matter
    other = take(liaison5, ground, topic_code="trash", stamp=later(liaison5, 5)).matter
    join_issues(again, into=other, stamp=later(liaison5, 5))
    assert take(liaison5, ground, onto=former, stamp=later(liaison5, 6)).matter == other


def test_new_issue_beside_an_open_return_counts_no_second_time(
    ground: Ground, liaison5: Cast
) -> None:
    former = closed_issue(liaison5, ground)
    one = take(liaison5, ground, stamp=later(liaison5, 5)).matter
    two = take(liaison5, ground, stamp=later(liaison5, 6)).matter
    assert one != two
    issues = Issue.objects.filter(return_of=former).order_by("pk")
    assert [issue.matter for issue in issues] == [one, two]
    assert {issue.first_reported_at for issue in issues} == {former.issue.first_reported_at}
    assert Entry.objects.filter(kind="MatterCameBack").count() == 1


def test_what_came_back_names_the_return_that_counted(
    ground: Ground, liaison5: Cast, cover5: Cast
) -> None:
    former = closed_issue(liaison5, ground)
    one = take(liaison5, ground, stamp=later(liaison5, 5)).matter
    two = take(liaison5, ground, stamp=later(liaison5, 6)).matter
    assert one != two
    place_id = former.place_id or 0
    at = later(liaison5, 7).at

    def named(who: Cast) -> list[int | None]:
        return [row.again_id for row in place_file(place_id, who.actor, at=at).back]

    assert (named(liaison5), named(cover5)) == ([one.pk], [one.pk])
    restrict_matter(one, readers=[liaison5.party], reason="Private", stamp=liaison5.stamp)
    sealed_out = on_day(cover5, NOON.date())
    assert (named(liaison5), named(sealed_out)) == ([one.pk], [None])


def test_line_of_a_return_tells_the_two_apart(ground: Ground, liaison5: Cast) -> None:
    former = closed_issue(liaison5, ground)
    again = take(liaison5, ground, onto=former, stamp=later(liaison5, 5)).matter
    line = Entry.objects.get(kind="MattersLinked").sentence
    assert line.startswith(f"Linked: W-{again.pk} {again.title} ")
    assert line.endswith(f" is the return of W-{former.pk}"), "the title is the same"


def test_report_onto_an_issue_that_closed_meanwhile_is_not_lost_in_it(
    ground: Ground, liaison5: Cast
) -> None:
    matter = take(liaison5, ground, reporter_typed="", anonymous=True).matter
    stale = Matter.objects.get(pk=matter.pk)
    close_issue(matter, outcome="fixed", text=TEXT, stamp=liaison5.stamp)
    assert stale.state == "open"
    complaint = take(liaison5, ground, onto=stale, stamp=later(liaison5, 1))
    assert (complaint.matter == stale, complaint.matter.state) == (False, "open")
    assert complaint.matter.issue.return_of == stale


def test_who_was_told_is_told_again_when_it_closes_again(ground: Ground, liaison5: Cast) -> None:
    complaint = take(liaison5, ground)
    words = {"how": "phone", "text": TEXT, "stamp": liaison5.stamp}
    note_reporter_told(complaint.matter, complaint_id=complaint.pk, **words)  # type: ignore[arg-type]
    close_issue(complaint.matter, outcome="fixed", text=TEXT, stamp=liaison5.stamp)
    reopen_issue(complaint.matter, reason="It is back", next_on=NEXT, stamp=liaison5.stamp)
    with pytest.raises(Refused) as no:
        close_issue(complaint.matter, outcome="not_fixed", text="No.", stamp=liaison5.stamp)
    assert no.value.code == "not_told"


def test_words_about_the_other_trouble_do_not_count_after_parting(
    ground: Ground, liaison5: Cast
) -> None:
    one = take(liaison5, ground, reporter_typed="", anonymous=True)
    two = take(liaison5, ground, topic_code="trash")
    joined = join_issues(two.matter, into=one.matter, stamp=liaison5.stamp)
    note_reporter_told(
        one.matter, complaint_id=two.pk, how="phone", text=TEXT, stamp=liaison5.stamp
    )
    close_issue(one.matter, outcome="fixed", text=TEXT, stamp=liaison5.stamp)
    part_issues(joined, reason="Another house", stamp=later(liaison5, 31))
    two.refresh_from_db()
    assert (two.matter, two.told_at) == (joined, None)
    assert Entry.objects.filter(kind="ReporterTold").count() == 1


def test_other_ward_opens_nothing_again(ground: Ground, liaison5: Cast, liaison7: Cast) -> None:
    former = closed_issue(liaison5, ground)
    with pytest.raises(NotAllowed):
        reopen_issue(former, reason="Mine", next_on=NEXT, stamp=liaison7.stamp)


def test_referral_is_written_down_and_closes_nothing(ground: Ground, liaison5: Cast) -> None:
    matter = take(liaison5, ground).matter
    words = {"owner": "the National Park Service", "channel": "email", "text": "The edge"}
    refer_matter(matter, **words, stamp=liaison5.stamp)
    matter.refresh_from_db()
    assert (matter.state, matter.asks.count(), matter.told_at) == ("open", 0, None)
    line = Entry.objects.get(kind="MatterReferred")
    assert line.sentence == "Referred to the National Park Service by an e-mail: The edge"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"owner": " "}, "owner_missing"),
        ({"channel": "pigeon"}, "unknown_channel"),
        ({"text": ""}, "text_missing"),
    ],
)
def test_referral_says_to_whom_how_and_what(
    given: dict[str, str], code: str, ground: Ground, liaison5: Cast, liaison7: Cast
) -> None:
    matter = take(liaison5, ground, reporter_typed="", anonymous=True).matter
    words = {"owner": "the Park Service", "channel": "email", "text": "The edge"}
    with pytest.raises(Refused) as no:
        refer_matter(matter, **{**words, **given}, stamp=liaison5.stamp)
    assert no.value.code == code
    with pytest.raises(NotAllowed):
        refer_matter(matter, **words, stamp=liaison7.stamp)
    close_issue(matter, outcome="referred", text=TEXT, stamp=liaison5.stamp)
    with pytest.raises(Refused, match="closed"):
        refer_matter(matter, **words, stamp=liaison5.stamp)
