"""Approving asks who it is, the certificate can be fetched, and a link says what is gone."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast
from tests.office.people import lent
from tests.records.asking import follow
from tests.retention.keeping import TODAY, put_together
from wardroom.access.gate import guard_pass
from wardroom.retention.actions import approve_disposal
from wardroom.retention.models import Disposal, LegalHold

pytestmark = pytest.mark.django_db


def signed_in(who: Cast) -> Client:
    client = Client()
    with guard_pass("signing in"):
        client.force_login(who.user)
    return client


def test_approving_asks_anew_who_it_is(records_officer: Cast, director: Cast) -> None:
    number = put_together(records_officer)
    answer = signed_in(director).post(f"/records/disposals/{number}/approve/")
    assert "Confirm it is you" in answer.content.decode()
    assert Disposal.objects.get().state == "prepared"


def test_whoever_prepared_it_is_not_offered_to_approve(
    records_officer: Cast, director: Cast
) -> None:
    number = put_together(records_officer)
    path = f"/records/disposals/{number}/"
    own = signed_in(records_officer).get(path).content.decode()
    assert "You prepared this list" in own
    assert "Approve: destroy" not in own
    assert "Approve: destroy" in signed_in(director).get(path).content.decode()


def test_hold_names_a_record_that_is_there_and_of_many_sorts(
    records_officer: Cast, liaison5: Cast, director: Cast
) -> None:
    term = lent(liaison5, director)
    given = {"reason": "A case", "asked_by": "The court", "since_on": TODAY.isoformat()}
    client = signed_in(records_officer)
    for unit, said in (("issue 99999", "There is no such record"), ("dog 5", "Write it as issue")):
        answer = client.post("/records/holds/new/", {**given, "unit": unit})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    answer = client.post("/records/holds/new/", {**given, "unit": f"Term {term.pk}"}, follow=True)
    assert f"Term {term.pk}" in answer.content.decode()
    assert LegalHold.objects.get().unit == f"term:{term.pk}"


def test_link_to_what_was_destroyed_says_so(
    records_officer: Cast, director: Cast, liaison5: Cast
) -> None:
    number = put_together(records_officer)
    row = Disposal.objects.get().rows.get()
    approve_disposal(Disposal.objects.get(), stamp=director.stamp)
    follow()
    path = f"/records/{row.key}/"
    answer = signed_in(director).get(path)
    assert answer.status_code == 410
    said = answer.content.decode()
    assert "was destroyed" in said
    assert "MOCRS-7" in said
    assert "Ida Former" not in said
    assert signed_in(liaison5).get(path).status_code == 404
    assert signed_in(director).get(f"/records/{int(row.key) + 99}/").status_code == 404
    paper = signed_in(director).get(f"/records/disposals/{number}/certificate.pdf")
    assert paper.status_code == 200
    assert paper.content.startswith(b"%PDF")


@pytest.mark.django_db
def test_class_with_a_list_under_way_leads_there_and_offers_no_second_one(
    records_officer: Cast,
) -> None:
    number = put_together(records_officer)
    client = signed_in(records_officer)
    for path in ("/records/retention/records_requests/", "/records/retention/"):
        said = client.get(path).content.decode()
        assert f'href="/records/disposals/{number}/"' in said
        assert "is over.</strong>" not in said
        assert "Put together what may go" not in said
