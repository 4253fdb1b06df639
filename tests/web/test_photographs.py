"""The photographs that residents send: staff see them on the issue, and on its return."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.casework.postroom import letters_go
from tests.casework.reporting import OUTSIDE, rats, staffed
from tests.cast import Cast
from tests.ground import Ground
from tests.web.conftest import SignIn
from tests.web.test_held_pictures import picture
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import (
    Picture,
    close_issue,
    join_issues,
    receive_report,
    say_still_there,
)
from wardroom.casework.models import Complaint
from wardroom.casework.queries import follow_token
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Matter

pytestmark = [pytest.mark.django_db]
SHOWN = re.compile(r'<a href="(/documents/\d+/public/)"><img src="(/documents/\d+/thumbnail/)"')
ADA: dict[str, Any] = {"name": "Ada", "email": "ada@example.org", "may_write": True}


@pytest.fixture(autouse=True)
def office(ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast) -> None:
    """The liaisons in the seats of their wards."""
    staffed({"5": liaison5, "7": liaison7})


def sent(*, color: str = "#335577", **more: Any) -> Complaint:
    """A report with a photograph, taken in."""
    pictures = [Picture("rat.jpg", picture(color=color).read())]
    made = receive_report(rats(**{**ADA, **more}), pictures=pictures, stamp=OUTSIDE)
    assert made.complaint is not None
    return made.complaint


def test_liaison_sees_the_photograph_on_the_issue_and_opens_it(
    sign_in: SignIn, liaison5: Cast
) -> None:
    own = f"/issues/{sent().matter_id}/"
    client = sign_in(liaison5)
    page = client.get(own).content.decode()
    [(whole, small)] = SHOWN.findall(page)
    assert "From the resident, " in page
    assert "Photos from the agency" not in page
    for address in (whole, small):
        assert client.get(address).headers["Content-Type"] == "image/jpeg"


def test_other_ward_and_sealed_issue_show_nobody_the_photograph(
    sign_in: SignIn, director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, staff: Cast
) -> None:
    matter = sent().matter
    [(whole, _)] = SHOWN.findall(sign_in(liaison5).get(f"/issues/{matter.pk}/").content.decode())
    for other in (liaison7, partner_dpw):
        assert sign_in(other).get(f"/issues/{matter.pk}/").status_code in (403, 404)
        assert sign_in(other).get(whole).status_code == 404
    restrict_matter(matter, readers=[], reason="A threat", stamp=director.stamp)
    assert sign_in(liaison5).get(whole).status_code == 200, "the owner is named"
    assert sign_in(liaison7).get(whole).status_code == 404
    assert sign_in(staff).get(whole).status_code == 404


def test_return_shows_what_was_first_reported_with_its_photograph(
    sign_in: SignIn, liaison5: Cast
) -> None:
    first = sent(said="Rats run out of the vacant house.")
    close_issue(first.matter, outcome="fixed", text="It is clean.", stamp=liaison5.stamp)
    letters_go()
    again = say_still_there(
        None, token=follow_token(first.report), text="There again.", stamp=OUTSIDE
    )
    assert again is not None
    page = sign_in(liaison5).get(f"/issues/{again.matter_id}/").content.decode()
    assert len(SHOWN.findall(page)) == 1
    assert "Rats run out of the vacant house." in page
    assert "What did you see?" in page
    assert f"Their first report: W-{first.matter_id}" in page


def test_return_tells_nothing_of_a_first_report_out_of_reach(
    sign_in: SignIn, liaison5: Cast
) -> None:
    first = sent(said="Rats run out of the vacant house.")
    close_issue(first.matter, outcome="fixed", text="It is clean.", stamp=liaison5.stamp)
    letters_go()
    again = say_still_there(None, token=follow_token(first.report), stamp=OUTSIDE)
    assert again is not None
    with guard_pass("a district that moved"):
        Matter.objects.filter(pk=first.matter_id).update(ward_code="7")
    page = sign_in(liaison5).get(f"/issues/{again.matter_id}/").content.decode()
    assert "Rats run out of the vacant house." not in page
    assert "What they first reported" not in page
    assert not SHOWN.findall(page)


def test_photograph_comes_along_when_issues_are_joined(sign_in: SignIn, liaison5: Cast) -> None:
    kept = sent().matter
    other = sent(color="#aa3311", said="The same rats.", email="eve@example.org", name="Eve").matter
    join_issues(other, into=kept, stamp=liaison5.stamp)
    page = sign_in(liaison5).get(f"/issues/{kept.pk}/").content.decode()
    assert len(set(SHOWN.findall(page))) == 2
