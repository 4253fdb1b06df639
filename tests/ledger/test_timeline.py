"""A timeline shows each reader the lines that are theirs, by the rule that guards one line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.ground import AskMaker, Ground
from wardroom.access.actor import NOBODY, Actor, Reach, Role
from wardroom.kernel.facts import Ref
from wardroom.ledger import policy
from wardroom.ledger.models import Entry
from wardroom.ledger.queries import PAGE_ROWS, timeline
from wardroom.matters.actions import set_next_step
from wardroom.matters.models import Ask, Matter

pytestmark = pytest.mark.django_db

ACTORS = st.builds(
    lambda roles, city, wards, agencies: Actor(
        user_id=None, name="Any", roles=roles, reach=Reach(city, wards, agencies)
    ),
    st.frozensets(st.sampled_from(list(Role))),
    st.booleans(),
    st.frozensets(st.sampled_from(["5", "7"])),
    st.frozensets(st.sampled_from(["DPW", "DDOT", ""])),
)


@pytest.fixture
def lines(
    matter5: Matter, matter7: Matter, liaison5: Cast, liaison7: Cast, ask_in: AskMaker
) -> list[Ref]:
    """Lines about two wards and two agencies, some internal; all the things they are about."""
    asks = [
        ask_in(matter5, liaison5, "DPW"),
        ask_in(matter5, liaison5, "DDOT", asked=False),
        ask_in(matter7, liaison7, "DPW"),
    ]
    return [
        *(Ref("ask", str(ask.pk)) for ask in asks),
        *(Ref("matter", str(matter.pk)) for matter in (matter5, matter7)),
        *(Ref("place", str(matter.place_id)) for matter in (matter5, matter7)),
    ]


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(actor=ACTORS, data=st.data())
def test_list_and_check_agree(lines: list[Ref], actor: Actor, data: st.DataObject) -> None:
    refs = data.draw(st.lists(st.sampled_from(lines), max_size=5))
    page = timeline(actor, refs=refs)
    wanted = {(r.noun, r.key) for r in refs}
    entries = [
        entry
        for entry in Entry.objects.prefetch_related("about")
        if wanted & {(a.noun, a.key) for a in entry.about.all()}
        and policy.may_read_entry(actor, entry)
    ]
    assert page.total == len(entries) == len(page.lines)
    assert sorted(line.sentence for line in page.lines) == sorted(e.sentence for e in entries)


def test_partner_reads_what_was_said_about_asks_to_the_own_agency(
    lines: list[Ref], partner_dpw: Cast, partner_ddot: Cast
) -> None:
    page = timeline(partner_dpw.actor, refs=lines)
    assert {line.kind for line in page.lines} == {"AskRequested"}
    assert not any(line.internal for line in page.lines)
    assert len(page.lines) == 2
    assert not timeline(partner_ddot.actor, refs=lines).lines


def test_stranger_reads_nothing(lines: list[Ref]) -> None:
    assert not timeline(NOBODY, refs=lines).lines


def test_liaison_reads_the_own_ward_and_not_the_other(
    lines: list[Ref], matter5: Matter, matter7: Matter, liaison7: Cast
) -> None:
    def read(matter: Matter) -> int:
        return timeline(liaison7.actor, refs=[Ref("matter", str(matter.pk))]).total

    assert (read(matter5), read(matter7)) == (0, 3)


def test_line_about_several_of_the_refs_comes_once(
    requested: Ask, matter5: Matter, liaison5: Cast
) -> None:
    refs = [
        Ref("ask", str(requested.pk)),
        Ref("matter", str(matter5.pk)),
        Ref("party", str(requested.party_id)),
    ]
    kinds = [line.kind for line in timeline(liaison5.actor, refs=refs).lines]
    assert kinds.count("AskRequested") == 1


def test_no_refs_give_no_lines(lines: list[Ref], director: Cast) -> None:
    assert timeline(director.actor, refs=[]).total == 0


def test_newest_comes_first_and_pages_stay_within_bounds(
    ground: Ground, matter5: Matter, liaison5: Cast
) -> None:
    for n in range(PAGE_ROWS):
        stamp = stamp_for(liaison5.actor, NOON + timedelta(minutes=n))
        day = NOON.date() + timedelta(days=n)
        set_next_step(matter5, next_on=day, next_step=f"Step {n}", stamp=stamp)
    refs = [Ref("matter", str(matter5.pk))]
    first, last = (timeline(liaison5.actor, refs=refs, page=p) for p in (1, 99))
    assert (first.total, first.pages, last.page) == (PAGE_ROWS + 1, 2, 2)
    assert [line.at for line in first.lines] == sorted(
        (line.at for line in first.lines), reverse=True
    )
    assert f": Step {PAGE_ROWS - 1} (instead of" in first.lines[0].sentence
    assert [line.kind for line in last.lines] == ["MatterOpened"]
