"""Nobody writes over words, or signs a version, that they have not seen."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.cast import Cast
from tests.reporting.conftest import WEEK, SignIn, later
from tests.trouble import Report, Trouble, bring_in
from wardroom.kernel.errors import Refused
from wardroom.reporting.actions import draft_weekly_report, edit_report, sign_report
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import report_file

pytestmark = pytest.mark.django_db


def hidden(page: str) -> str:
    """The digest that the page's form carries."""
    found = re.search(r'name="shown" value="([0-9a-f]{64})"', page)
    assert found
    return found.group(1)


def test_words_of_somebody_else_are_not_written_over(
    draft5: Edition, liaison5: Cast, director: Cast, sign_in: SignIn
) -> None:
    path = f"/reports/{draft5.pk}/write/"
    site = sign_in(director)
    mine = {
        "shown": hidden(site.get(path).content.decode()),
        "summary": "The director's view.",
        "needs": 'A <crane> & "crew".',
        "next_week": "",
    }
    edit_report(draft5, narrative={"summary": "The liaison's view."}, stamp=later(liaison5))
    answer = site.post(path, mine)
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Somebody changed this report while you wrote." in page
    for words in ("The director's view.", 'A <crane> & "crew".', "The liaison's view."):
        assert words in page
    draft5.refresh_from_db()
    assert draft5.narrative == {"summary": "The liaison's view."}
    again = site.post(path, {**mine, "shown": hidden(page), "summary": "Both views."})
    assert again.status_code == 302
    draft5.refresh_from_db()
    assert draft5.narrative["summary"] == "Both views."


def test_saving_the_same_words_twice_is_no_conflict(
    draft5: Edition, liaison5: Cast, sign_in: SignIn
) -> None:
    path = f"/reports/{draft5.pk}/write/"
    site = sign_in(liaison5)
    mine = {"shown": hidden(site.get(path).content.decode()), "summary": "All well."}
    assert [site.post(path, mine).status_code for _ in range(2)] == [302, 302]


def test_version_that_was_not_seen_is_not_signed(
    trouble: Trouble, draft5: Edition, liaison5: Cast, director: Cast, sign_in: SignIn
) -> None:
    edit_report(draft5, narrative={"summary": "All well."}, stamp=later(liaison5))
    site = sign_in(director)
    seen = hidden(site.get(f"/reports/{draft5.pk}/").content.decode())
    edit_report(draft5, narrative={"summary": "All is lost."}, stamp=later(liaison5))
    answer = site.post(f"/reports/{draft5.pk}/sign/", {"shown": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "so it was not signed" in page
    assert "All is lost." in page
    draft5.refresh_from_db()
    assert draft5.state == "draft"
    assert site.post(f"/reports/{draft5.pk}/sign/", {"shown": hidden(page)}).status_code == 302
    draft5.refresh_from_db()
    assert draft5.state == "signed"


def test_numbers_that_changed_since_they_were_shown_are_not_signed(
    trouble: Trouble, draft5: Edition, liaison5: Cast
) -> None:
    edit_report(draft5, narrative={"summary": "All well."}, stamp=later(liaison5))
    seen = report_file(draft5.pk, liaison5.actor).shown
    bring_in(trouble.folder, [Report(70, later(liaison5).at, reporter=3)])
    draft_weekly_report(None, ward_code="5", week=WEEK, stamp=later(liaison5, 2))
    with pytest.raises(Refused) as no:
        sign_report(draft5, shown=seen, stamp=later(liaison5, 3))
    assert no.value.code == "stale"
    seen = report_file(draft5.pk, liaison5.actor).shown
    assert sign_report(draft5, shown=seen, stamp=later(liaison5, 3)).digest == seen
