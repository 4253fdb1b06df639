"""Mail under an issue that was joined to a restricted one is there for the named only."""

from __future__ import annotations

import pytest

from tests.casework.intake import later, take
from tests.casework.postroom import acknowledgement, again, came
from tests.cast import Cast, hire
from tests.conftest import NOON
from tests.ground import Ground
from tests.notices.letters import RESIDENT
from wardroom.access.actor import Role
from wardroom.casework.actions import join_issues, write_to_person
from wardroom.casework.models import Complaint
from wardroom.casework.queries import find_anything, letters_of
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import history
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Matter
from wardroom.matters.queries import worklist
from wardroom.notices.queries import get_mail, mail_page

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("office", "addresses", "worker"),
]
SECRET = "He keeps crossbows in the cellar."
ANSWER = "The inspector of cellars comes quietly."


@pytest.fixture
def colleague(office: None) -> Cast:
    """Somebody of ward 5 who is named for no restricted matter."""
    return hire("second.liaison5", "Second liaison of Ward 5", Role.LIAISON, ward="5")


@pytest.fixture
def kept(complaint: Complaint, ground: Ground, liaison5: Cast) -> Matter:
    """The restricted issue in which the complaint goes on."""
    into = take(liaison5, ground, topic_code="trash").matter
    restrict_matter(into, readers=[], reason="A witness", stamp=liaison5.stamp)
    join_issues(complaint.matter, into=into, stamp=later(liaison5, 1))
    return into


def read_by(who: Cast, open_id: int) -> str:
    """All that somebody reads of the mail of the open issue, and what they find by its words."""
    actor = again(who)
    letters = letters_of(open_id, actor).rows
    said = [row.came.said for row in letters if row.came] + [
        row.went.said for row in letters if row.went
    ]
    lines = history(actor, ref=Ref("matter", str(open_id))).lines
    hits = [*find_anything(actor, "crossbows", on=NOON.date()).rows]
    hits += find_anything(actor, "inspector cellars", on=NOON.date()).rows
    return "\n".join(
        [*said, *(line.sentence for line in lines), *(hit.title + hit.why for hit in hits)]
    )


def test_mail_that_comes_in_after_it_was_joined_is_absent_for_others(
    complaint: Complaint, kept: Matter, liaison5: Cast, colleague: Cast
) -> None:
    received = came(text=SECRET, In_Reply_To=acknowledgement().message_id)
    assert received.thread == f"matter:{complaint.taken_for_id}"
    with pytest.raises(NotFound):
        get_mail(received.pk, again(colleague))
    assert mail_page(again(colleague), state="").total == 0
    assert worklist(again(colleague), on=NOON.date(), whose="all").total == 0
    assert SECRET not in read_by(colleague, complaint.taken_for_id)
    assert get_mail(received.pk, again(liaison5)).pk == received.pk


def test_letter_that_goes_out_of_the_restricted_one_is_absent_for_others(
    complaint: Complaint, kept: Matter, liaison5: Cast, colleague: Cast
) -> None:
    write_to_person(
        Matter.objects.get(pk=kept.pk),
        to_address=RESIDENT,
        subject="The inspector",
        text=ANSWER,
        stamp=later(liaison5, 2),
    )
    own = letters_of(kept.pk, again(liaison5), came_from=[complaint.taken_for_id]).rows
    assert any(row.went and ANSWER in row.went.said for row in own)
    assert ANSWER not in read_by(colleague, complaint.taken_for_id)
