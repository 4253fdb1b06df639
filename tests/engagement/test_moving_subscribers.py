"""New boundaries: who goes with an address is moved and told once; who named a district chooses."""

from __future__ import annotations

import pytest
from shapely.geometry import box

from tests.cast import HOUSE, Cast
from tests.engagement.subscribed import (
    ANEW,
    HOME,
    SMDS_ANEW,
    follow,
    later,
    make_home,
    make_smds,
    own_token,
    sent,
    subscribe,
)
from tests.ground import Ground
from wardroom.city.actions import Feature, load_boundaries
from wardroom.engagement.actions import undo_moves
from wardroom.engagement.models import AreaMove, Subscription
from wardroom.engagement.queries.audiences import Audience, reached
from wardroom.engagement.queries.own_news import own_news
from wardroom.engagement.queries.subscribers import boundary_changes, wish_page
from wardroom.engagement.rules.subscriptions import AROUND, MINE, NAMED, Wanted
from wardroom.jobs import news as job
from wardroom.kernel.errors import NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: later(hours=5))


def followed() -> dict[str, str]:
    rows = Subscription.objects.select_related("subscriber", "district").order_by("pk")
    return {r.subscriber.address: r.district.code if r.district else "" for r in rows}


def test_boundary_change_moves_and_tells_once(
    ground: Ground, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    make_smds()
    make_home()
    subscribe("mine@example.org", Wanted(MINE, kind="smd", where=HOME))
    gone = subscribe("gone@example.org", Wanted(NAMED, code="5A02"), language="fr")
    subscribe("drawn@example.org", Wanted(NAMED, code="5A01"))
    subscribe("same@example.org", Wanted(NAMED, code="7B01"))
    subscribe("ward@example.org", Wanted(NAMED, code="Ward 5"))
    version = make_smds(SMDS_ANEW, valid_from=ANEW)

    assert job.move_subscribers() == 4
    assert followed() == {
        "mine@example.org": "5A03",
        "gone@example.org": "5A02",
        "drawn@example.org": "5A01",
        "same@example.org": "7B01",
        "ward@example.org": "5",
    }
    told = {letter.to_address: letter for letter in sent(later(hours=6))}
    assert set(told) == {"mine@example.org", "gone@example.org", "drawn@example.org"}
    mine = told["mine@example.org"]
    assert mine.subject == "The boundaries changed: SMD 5A01 is now SMD 5A03"
    assert "Your address was in SMD 5A01; it is now in SMD 5A03" in mine.text
    assert (
        "Ce qui était SMD 5A02 se trouve maintenant dans : SMD 5A03."
        in told["gone@example.org"].text
    )
    assert "SMD 5A01 now lies in: SMD 5A01, SMD 5A03" in told["drawn@example.org"].text

    assert job.move_subscribers() == 0, "nobody is moved or told twice"
    assert sent(later(hours=7)) == []
    (wish,) = own_news(own_token(gone.subscriber), at=later(hours=7)).rows
    assert wish.lost, "nothing was chosen for them"

    (change,) = boundary_changes(liaison5.actor)
    assert dict(change.counts)["Moved to another district"] == 1
    assert boundary_changes(liaison7.actor)[0].counts == (("Same district, new borders", 1),)

    with pytest.raises(NotAllowed):
        undo_moves(version, reason="wrong file", stamp=liaison5.stamp)
    assert undo_moves(version, reason="wrong file", stamp=director.stamp) == 4
    follow(later(hours=8))
    assert followed()["mine@example.org"] == "5A01"
    back = {letter.to_address: letter.text for letter in sent(later(hours=8))}
    assert "That was our mistake. You get news about SMD 5A01 again" in back["mine@example.org"]
    assert "same@example.org" not in back
    assert job.move_subscribers() == 0, "what was undone is not done again"
    assert AreaMove.objects.filter(undone_at__isnull=False).count() == 4


def test_every_area_goes_with_new_wards(ground: Ground, liaison7: Cast) -> None:
    make_smds()
    make_home()
    mine = subscribe("mine@example.org", Wanted(MINE, kind="smd", where=HOME))
    near = subscribe("near@example.org", Wanted(AROUND, where=HOME, metres=400))
    named = subscribe("named@example.org", Wanted(NAMED, code="5A02"))
    subscribe("city@example.org")
    load_boundaries(
        None,
        kind="ward",
        valid_from=ANEW,
        features=[
            Feature("5", "Ward 5", box(-76.98, 38.90, -76.94, 38.94)),
            Feature("7", "Ward 7", box(-77.02, 38.90, -76.98, 38.94)),
        ],
        source="a test",
        digest="1" * 64,
        stamp=HOUSE,
    )
    assert job.move_subscribers() == 0, "nobody's district changed"
    for row in (mine, near, named):
        row.refresh_from_db()
        assert row.ward_code == "7"
    five = reached(Audience("ward", "5"), on=ANEW)
    assert [one.address for one in five] == ["city@example.org"]
    assert reached(Audience("ward", "7"), on=ANEW).count() == 4
    assert wish_page(liaison7.actor).total == 4, "and who asked for the whole city"
