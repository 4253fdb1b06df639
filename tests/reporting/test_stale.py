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


def finished5(draft5: Edition, who: Cast) -> None:
    edit_report(draft5, narrative={"summary": "All well."}, stamp=later(who))
    draft5.refresh_from_db()


def test_draft_older_than_the_ledger_warns_before_it_is_signed(
    trouble: Trouble, draft5: Edition, liaison5: Cast, sign_in: SignIn
) -> None:
    """It says what changed; one press counts again and keeps the words, another signs anyway."""
    finished5(draft5, liaison5)
    bring_in(trouble.folder, [Report(70, later(liaison5).at, reporter=3)])
    site = sign_in(liaison5)
    path = f"/reports/{draft5.pk}/sign/"
    seen = hidden(site.get(f"/reports/{draft5.pk}/").content.decode())
    answer = site.post(path, {"shown": seen})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Things changed since this was drafted, so it was not signed." in page
    assert re.search(r"Service requests: Requests opened \d+, now \d+", page)
    assert "Sign as it is" in page
    draft5.refresh_from_db()
    assert draft5.state == "draft"
    again = site.post("/reports/draft/", {"ward": "5", "week": WEEK})
    assert again.status_code == 302
    draft5.refresh_from_db()
    assert (draft5.state, draft5.narrative["summary"]) == ("draft", "All well.")
    seen = hidden(site.get(f"/reports/{draft5.pk}/").content.decode())
    assert site.post(path, {"shown": seen}).status_code == 302
    draft5.refresh_from_db()
    assert draft5.state == "signed"


def test_draft_older_than_the_ledger_may_be_signed_as_it_is(
    trouble: Trouble, draft5: Edition, liaison5: Cast, sign_in: SignIn
) -> None:
    finished5(draft5, liaison5)
    opened = draft5.facts["groups"][0]["figures"][0]["shown"]
    bring_in(trouble.folder, [Report(70, later(liaison5).at, reporter=3)])
    site = sign_in(liaison5)
    seen = hidden(site.get(f"/reports/{draft5.pk}/").content.decode())
    sent = {"shown": seen, "anyway": "1"}
    assert site.post(f"/reports/{draft5.pk}/sign/", sent).status_code == 302
    draft5.refresh_from_db()
    assert draft5.state == "signed"
    assert draft5.facts["groups"][0]["figures"][0]["shown"] == opened


def test_draft_that_nothing_happened_to_is_signed_at_once(
    draft5: Edition, liaison5: Cast, sign_in: SignIn
) -> None:
    finished5(draft5, liaison5)
    assert sign_in(liaison5).post(f"/reports/{draft5.pk}/sign/", {}).status_code == 302


def test_writer_counts_again_and_keeps_what_was_just_written(
    trouble: Trouble, draft5: Edition, liaison5: Cast, sign_in: SignIn
) -> None:
    bring_in(trouble.folder, [Report(70, later(liaison5).at, reporter=3)])
    site = sign_in(liaison5)
    path = f"/reports/{draft5.pk}/write/"
    sent = {"shown": hidden(site.get(path).content.decode()), "summary": "Crews came twice."}
    sent |= {f"in-{item.key}": "on" for item in report_file(draft5.pk, liaison5.actor).items}
    sent |= {item.key: item.said for item in report_file(draft5.pk, liaison5.actor).items}
    answer = site.post(path, {**sent, "then": "sign"})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Crews came twice." in page
    assert "Save and sign as it is" in page
    assert site.post(path, {**sent, "then": "again"}).status_code == 302
    draft5.refresh_from_db()
    assert (draft5.state, draft5.narrative["summary"]) == ("draft", "Crews came twice.")
    assert draft5.drafted_at == later(liaison5, 2).at
    assert site.post(path, {**sent, "shown": "", "then": "anyway"}).status_code == 302
    draft5.refresh_from_db()
    assert draft5.state == "signed"


def test_words_are_kept_when_the_warning_comes_and_the_page_is_left(
    trouble: Trouble, draft5: Edition, liaison5: Cast, sign_in: SignIn
) -> None:
    bring_in(trouble.folder, [Report(70, later(liaison5).at, reporter=3)])
    site = sign_in(liaison5)
    path = f"/reports/{draft5.pk}/write/"
    sent = {"summary": "Crews came twice."}
    sent |= {f"in-{item.key}": "on" for item in report_file(draft5.pk, liaison5.actor).items}
    sent |= {item.key: item.said for item in report_file(draft5.pk, liaison5.actor).items}
    opened = site.get(path).content.decode()
    sent |= {"shown": value_of("shown", opened), "read": value_of("read", opened)}
    warned = site.post(path, {**sent, "then": "sign"}).content.decode()
    assert "What you wrote is saved." in warned
    assert "Crews came twice." in site.get(path).content.decode()
    draft5.refresh_from_db()
    assert draft5.state == "draft"
    sent |= {"shown": value_of("shown", warned), "read": value_of("read", warned)}
    last = {**sent, "summary": "Crews came three times.", "then": "anyway"}
    assert site.post(path, last).status_code == 302
    draft5.refresh_from_db()
    assert (draft5.state, draft5.narrative["summary"]) == ("signed", "Crews came three times.")


def value_of(name: str, page: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found is not None
    return found[1]
