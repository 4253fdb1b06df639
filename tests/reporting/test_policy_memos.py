"""The memo on a policy: the director's words beside the numbers and the sources of their day."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast, on_day
from tests.conftest import NOON
from tests.ground import NEXT, Ground
from tests.reporting.conftest import SignIn, later
from wardroom.access.gate import guard_pass
from wardroom.engagement.actions import end_policy_watch, note_policy_entry, watch_policy
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Matter
from wardroom.reporting.actions import keep_policy_memo
from wardroom.reporting.models import KeptSheet
from wardroom.reporting.queries.sheets import may_edit, sheet, sheet_word
from wardroom.reporting.rules.sheets import Sheet

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
AGAIN = NEXT + timedelta(days=30)
WORDS = {"0": "Shops fear for their deliveries", "1": "DDOT marks a loading zone"}


@pytest.fixture
def policy(ground: Ground, director: Cast, liaison5: Cast) -> Matter:
    """A bus lane of which one thing was said."""
    made: Matter = watch_policy(
        None, title="Bus lane", owner=director.party, next_on=NEXT, stamp=director.stamp
    )
    say(made, liaison5)
    return made


def say(policy: Matter, who: Cast) -> None:
    note_policy_entry(
        policy, ward_code="5", tenor="against", text="No room to load", channel="phone",
        heard_on=TODAY, stamp=who.stamp,
    )  # fmt: skip


def told(made: Sheet, title: str) -> str:
    return str(next(part for part in made.parts if part.title == title))


@pytest.mark.any_database
def test_what_was_kept_stays_with_the_numbers_of_its_day(
    policy: Matter, director: Cast, liaison5: Cast
) -> None:
    keep_policy_memo(policy, texts=WORDS, next_on=AGAIN, stamp=director.stamp)
    say(policy, liaison5)
    kept = sheet("policy", policy.pk, director.actor, at=NOON)
    assert (kept.version, kept.kept_by) == (1, director.actor.name)
    assert "1 entry in all." in told(kept, "What was said")
    fresh = sheet("policy", policy.pk, director.actor, at=NOON, fresh=True)
    assert "2 entries in all." in told(fresh, "What was said")
    assert "Shops" not in str(fresh)
    word = docx.Document(BytesIO(sheet_word("policy", policy.pk, director.actor, at=NOON)[1]))
    assert "DDOT marks a loading zone" in "".join(p.text for p in word.paragraphs)
    keep_policy_memo(policy, texts={"1": "Ask again"}, next_on=AGAIN, stamp=later(director))
    second = sheet("policy", policy.pk, director.actor, at=NOON)
    assert "Shops fear" in told(second, "What we take from it"), "words that are not sent stay"
    assert "2 entries in all." in told(second, "What was said")
    rows = KeptSheet.objects.filter(matter=policy, event__isnull=True).order_by("version")
    assert [row.version for row in rows] == [1, 2]


@pytest.mark.any_database
def test_kept_sheet_is_of_something(ground: Ground) -> None:
    row: dict[str, Any] = {"version": 1, "parts": [], "kept_at": NOON, "kept_by": "Lee"}
    with guard_pass("what no action writes"), pytest.raises(IntegrityError), transaction.atomic():
        KeptSheet.objects.create(kind="policy", **row)


def test_duty_to_write_ends_with_the_memo(policy: Matter, director: Cast) -> None:
    assert "write the memo" in policy.next_step
    keep_policy_memo(policy, texts=WORDS, next_on=AGAIN, stamp=director.stamp)
    policy.refresh_from_db()
    assert (policy.next_on, policy.next_step) == (AGAIN, "Read what was said since the memo")
    line = Entry.objects.get(kind="PolicyMemoKept")
    assert line.sentence == "Wrote the memo on 'Bus lane'"


def test_nobody_edits_a_number(policy: Matter, director: Cast) -> None:
    drafted = sheet("policy", policy.pk, director.actor, at=NOON)
    texts = {str(n): "All are for it" for n in range(len(drafted.parts))}
    keep_policy_memo(policy, texts=texts, next_on=AGAIN, stamp=director.stamp)
    kept = sheet("policy", policy.pk, director.actor, at=NOON)
    assert kept.parts[0].lines == ("All are for it",)
    assert [(p.lines, p.rows) for p in kept.parts[2:]] == [
        (p.lines, p.rows) for p in drafted.parts[2:]
    ]


def test_liaison_reads_a_draft_of_the_own_ward_and_not_what_was_kept(
    policy: Matter, director: Cast, liaison7: Cast
) -> None:
    keep_policy_memo(policy, texts=WORDS, next_on=AGAIN, stamp=director.stamp)
    mine = sheet("policy", policy.pk, liaison7.actor, at=NOON)
    assert (mine.version, "Ward 5" in str(mine), "Shops" in str(mine)) == (0, False, False)
    with pytest.raises(NotAllowed):
        keep_policy_memo(policy, texts=WORDS, next_on=AGAIN, stamp=liaison7.stamp)


def test_what_is_no_memo_is_refused(policy: Matter, matter5: Matter, director: Cast) -> None:
    given: dict[str, Any] = {"texts": WORDS, "next_on": AGAIN, "stamp": director.stamp}
    wrong: dict[str | None, dict[str, Any]] = {
        "part_0": {"texts": {"0": " \n"}},
        None: {"texts": {"0": "word " * 1300}},
        "next_on": {"next_on": TODAY - timedelta(days=1)},
    }
    for field, changes in wrong.items():
        with pytest.raises(Refused) as no, transaction.atomic():
            keep_policy_memo(policy, **{**given, **changes})
        assert no.value.field == field
    end_policy_watch(policy, outcome="reported", stamp=director.stamp)
    assert not may_edit("policy", policy.pk, director.actor)
    for one in (policy, matter5):
        with pytest.raises(Refused, match="not watched any more"):
            keep_policy_memo(one, **given)
    assert not KeptSheet.objects.exists()


def test_restricted_policy_has_a_memo_for_those_it_names_only(
    policy: Matter, director: Cast, staff: Cast
) -> None:
    restrict_matter(policy, readers=[director.party], reason="Safety", stamp=director.stamp)
    assert may_edit("policy", policy.pk, on_day(director, TODAY).actor)
    with pytest.raises(NotFound):
        sheet("policy", policy.pk, on_day(staff, TODAY).actor, at=NOON)


def test_memo_is_written_on_its_page(
    policy: Matter, director: Cast, liaison5: Cast, sign_in: SignIn
) -> None:
    address = f"/reports/sheets/policy/{policy.pk}/"
    client = sign_in(director)
    assert "Write the memo" in client.get(address).content.decode()
    page = client.get(f"{address}edit/").content.decode()
    assert 'name="part_1"' in page
    assert 'name="part_2"' not in page, "a number is no field"
    given = {"part_0": "", "part_1": "", "next_on": "2027-01-15"}
    empty = client.post(f"{address}edit/", given)
    assert empty.status_code == 422
    assert "Write what you take from it." in empty.content.decode()
    assert client.post(f"{address}edit/", {**given, "part_0": "Shops fear it"}).status_code == 302
    shown = client.get(address).content.decode()
    assert "Shops fear it" in shown
    assert "version 1" in shown
    other = sign_in(liaison5)
    assert "Write the memo" not in other.get(address).content.decode()
    assert other.get(f"{address}edit/").status_code == 403


def test_page_sums_up_by_words_that_lead_to_their_lines(
    policy: Matter, liaison5: Cast, sign_in: SignIn
) -> None:
    address, client = f"/policies/{policy.pk}/", sign_in(liaison5)
    words = {"ward_code": "5", "tenor": "for", "channel": "event", "heard_on": "2026-11-18"}
    said = {**words, "text": "At last a lane", "about": "Travel time"}
    assert client.post(f"{address}say/", said).status_code == 302
    page = client.get(address).content.decode()
    assert "?about=Travel+time#results" in page
    assert "Used so far: Travel time." in page
    assert "Not summed up" in page
    narrowed = client.get(address, {"about": "Travel time"}).content.decode()
    assert ("At last a lane" in narrowed, "No room to load" in narrowed) == (True, False)
    failed = client.post(f"{address}say/", {**said, "text": ""})
    assert failed.status_code == 422
    assert "Used so far: Travel time." in failed.content.decode()
