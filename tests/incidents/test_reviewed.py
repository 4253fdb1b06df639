"""Steps of a review, until it is finished."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.incidents.calling import NIGHT, by
from tests.incidents.test_caring import DAY, RATED, over, taken
from wardroom.incidents.actions import (
    add_corrective_step,
    finish_after_action,
    leave_step_out,
    write_after_action,
)
from wardroom.incidents.models import Incident
from wardroom.incidents.queries.care import review_file
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import Ask

__all__ = ["taken"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_a_step_is_taken_out_before_the_review_is_finished(
    taken: Incident, liaison7: Cast, liaison5: Cast, staff: Cast, agencies: Any
) -> None:
    over(liaison7, taken)
    later = by(liaison5, NIGHT + 2 * DAY)
    write_after_action(taken, happened="A fire", ratings=RATED, stamp=later)
    given: dict[str, Any] = {"party": agencies["DOB"], "capability": "care", "stamp": later}
    given |= {"starts_on": NOON.date(), "due_on": NOON.date() + 30 * DAY}
    wrong = add_corrective_step(taken, wording="Keep cats", **given)
    right = add_corrective_step(taken, wording="Keep cots", **given)
    with pytest.raises(NotAllowed):
        leave_step_out(taken, step_id=wrong.pk, stamp=by(staff, NIGHT + 2 * DAY))
    leave_step_out(taken, step_id=wrong.pk, stamp=later)
    for gone in (wrong.pk, 999_999):
        with pytest.raises(Refused, match="Choose a step of this review"):
            leave_step_out(taken, step_id=gone, stamp=later)
    said = Entry.objects.get(kind="CorrectiveStepTakenOut").sentence
    assert said == "Taken out of the review: Keep cats"
    finish_after_action(taken, stamp=later)
    assert [row.wording for row in review_file(taken.matter_id, liaison5.actor).steps] == [
        "Keep cots"
    ]
    assert not Ask.objects.filter(wording="Keep cats").exists()
    with pytest.raises(Refused, match="is finished"):
        leave_step_out(taken, step_id=right.pk, stamp=later)
