"""Nothing of what was sent to another system comes back once its issue was destroyed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.casework.intake import take
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import Ground
from tests.records.asking import follow
from tests.retention.test_disposal import places
from tests.retention.test_issues import gone, office, put_back, told_and_closed
from tests.service_requests.city_server import City
from tests.service_requests.conftest import city, endpoint
from tests.service_requests.endpoints import later
from tests.service_requests.submitting import now_of, send_on
from wardroom.access.gate import guard_pass
from wardroom.kernel.errors import Refused
from wardroom.retention.rules import DESTROYED
from wardroom.service_requests.actions import give_up_submission, note_looked, number_submission
from wardroom.service_requests.gateways.endpoint_sending import (
    follow_submission,
    send_submission,
)
from wardroom.service_requests.models import Drift, Endpoint, Submission
from wardroom.service_requests.queries import get_submissions_to_follow

__all__ = ["city", "endpoint", "office"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("office", "files"),
]
MARK = "Ashgrove"


@pytest.fixture
def sent(city: City, endpoint: Endpoint, liaison5: Cast, ground: Ground) -> Submission:
    """What was sent on for an issue that was closed four years ago."""
    matter = take(liaison5, ground, reporter_typed="", anonymous=True).matter
    row = send_on(matter, liaison5, endpoint)
    send_submission(row.pk, stamp=HOUSE)
    follow()
    told_and_closed(matter, liaison5)
    follow()
    put_back(matter)
    return now_of(row)


def test_words_of_the_other_side_do_not_come_back(
    sent: Submission, city: City, director: Cast, records_officer: Cast
) -> None:
    soon = NOON + timedelta(days=2)
    assert sent.pk in {row.pk for row in get_submissions_to_follow(soon, 10)}
    read_before = Submission.objects.select_related("endpoint__feed").get(pk=sent.pk)
    assert gone(records_officer, director) == {str(sent.matter_id): DESTROYED}
    city.rows[0].update(status="closed", status_notes=f"Crew met Ms {MARK}", lat=38.9, long=-77.0)
    note_looked(sent.pk, stamp=later(hours=1))
    assert get_submissions_to_follow(soon, 10) == ()
    with pytest.raises(Refused, match="destroyed"):
        follow_submission(read_before, open_here=False, stamp=later(hours=2))
    city.rows.clear()
    with pytest.raises(Refused, match="destroyed"):
        follow_submission(read_before, open_here=False, stamp=later(hours=2))
    assert places(MARK) == set()
    assert now_of(sent).there_latitude is None
    assert not Drift.objects.filter(state="open").exists()


@pytest.mark.parametrize("state", ["no_number", "refused"])
def test_nobody_gives_it_a_number_or_a_reason_afterwards(
    state: str, sent: Submission, director: Cast, records_officer: Cast
) -> None:
    with guard_pass("the other side said otherwise"):
        Submission.objects.filter(pk=sent.pk).update(state=state, next_at=None)
    gone(records_officer, director)
    with pytest.raises(Refused, match="destroyed"):
        number_submission(sent, number=MARK, stamp=director.stamp)
    with pytest.raises(Refused, match="destroyed"):
        give_up_submission(sent, reason=MARK, stamp=director.stamp)
    assert places(MARK) == set()
