"""What people of the office keep about themselves: their training, and the time they log."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast
from tests.office.people import appointed
from tests.web.conftest import SignIn
from wardroom.office.models import TimeLog, Training

pytestmark = pytest.mark.django_db


@pytest.fixture
def liaison(liaison5: Cast, sign_in: SignIn) -> Client:
    return sign_in(liaison5)


def test_liaison_notes_what_they_learned(liaison: Client, liaison5: Cast, liaison7: Cast) -> None:
    assert b"Note what you learned" in liaison.get("/training/").content
    page = liaison.get("/training/new/").content.decode()
    assert 'name="party"' not in page
    sent = {
        "party": str(liaison7.party.pk),
        "sort": "training",
        "title": "Mediation",
        "held_on": "2026-11-16",
        "hours": "6",
    }
    assert liaison.post("/training/new/", sent).status_code == 302
    assert Training.objects.get().party == liaison5.party
    wrong = liaison.post("/training/new/", {**sent, "hours": "0"})
    assert wrong.status_code == 422
    assert b"Mediation" in wrong.content


def test_director_still_says_who_learned_it(director: Cast, sign_in: SignIn) -> None:
    client = sign_in(director)
    assert b"Note what somebody learned" in client.get("/training/").content
    assert b'name="party"' in client.get("/training/new/").content


def test_logged_time_is_taken_back(liaison: Client, liaison7: Cast, sign_in: SignIn) -> None:
    liaison.post("/staffing/study/", {"kind": "issue", "minutes": "30"})
    log = TimeLog.objects.get()
    back = f"/staffing/study/{log.pk}/take-back/"
    assert back in liaison.get("/staffing/study/").content.decode()
    assert sign_in(liaison7).post(back).status_code == 404
    assert liaison.get(back).status_code == 302
    assert TimeLog.objects.exists()
    page = liaison.post(back, follow=True).content.decode()
    assert "It was taken back." in page
    assert not TimeLog.objects.exists()
    assert liaison.post(back).status_code == 404


def test_residency_is_told_in_the_words_of_an_appointment(
    director: Cast, liaison5: Cast, sign_in: SignIn
) -> None:
    clock = appointed(liaison5, director)
    page = sign_in(director).get(f"/residency/{clock.pk}/").content.decode()
    assert "Appointed Sunday, November 8, 2026: that is day 0" in page
    assert "Proof is due " in page
    assert " at 5:00 p.m.<" in page
    assert "Received" not in page
    assert '<span class="tag">Not proved yet</span>' in page or "tag--accent" in page


def test_office_menu_leads_to_its_people_and_what_they_need(
    director: Cast, liaison5: Cast, auditor: Cast, sign_in: SignIn
) -> None:
    def beside(who: Cast, at: str) -> str:
        page = sign_in(who).get(at).content.decode()
        return page.split('class="subnav"')[1].split("</nav>")[0]

    office = beside(director, "/staffing/")
    for href in ("/staff/", "/staffing/", "/staffing/study/", "/positions/"):
        assert f'href="{href}"' in office
    assert 'href="/staffing/" aria-current="true"' in office
    assert 'href="/staff/" aria-current="true"' in beside(liaison5, "/staff/")
    assert 'href="/staffing/"' not in beside(liaison5, "/positions/")
    assert 'href="/staffing/study/"' not in beside(auditor, "/positions/")
    assert 'href="/call-addresses/"' in beside(liaison5, "/incidents/")
    assert 'href="/call-addresses/"' not in beside(auditor, "/incidents/")


def test_appointment_to_come_is_not_told_as_today(
    director: Cast, liaison5: Cast, liaison7: Cast, sign_in: SignIn
) -> None:
    appointed(liaison5, director, ago=-8)
    appointed(liaison7, director, ago=1)
    page = sign_in(director).get("/residency/").content.decode()
    assert "Outreach specialist, in 8 days" in page
    assert "Outreach specialist, 1 day ago" in page
