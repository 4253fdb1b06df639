"""Many issues are changed at once: chosen on the list, previewed, done, and taken back."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import HOUSE
from tests.ground import DUE
from tests.web.conftest import World
from tests.web.test_forms import kept, says
from tests.web.test_reading import row_counts
from wardroom.casework.actions import take_complaint
from wardroom.casework.models import Batch
from wardroom.ledger.models import Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.matters.actions import hand_over_matter, restrict_matter, set_next_step
from wardroom.matters.models import Matter

pytestmark = pytest.mark.django_db
NEW = "/issues/batches/new/"
CALLED_IN = 1  # the issue that a caller of the world made
NEXT = {"verb": "next", "next_on": "2026-12-24", "next_step": "Walk the block"}


@pytest.fixture
def issues(world: World) -> list[Matter]:
    """Three open issues of ward 5, the world's own among them."""
    who = world.cast["liaison5"]
    more = [
        take_complaint(
            world.matters["5"].place,
            said=f"Bags, corner {n}",
            channel="phone",
            anonymous=True,
            title=f"Bags, corner {n}",
            stamp=who.stamp,
        ).matter
        for n in range(2)
    ]
    return [world.issues["5"], *more]


def chosen(issues: list[Matter]) -> str:
    return f"{NEW}?{urlencode([('row', m.pk) for m in issues])}"


def prepared(client: Client, path: str, sent: dict[str, str]) -> str:
    """The address of the preview."""
    answer = client.post(path, sent)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def digest_on(client: Client, path: str) -> str:
    found = re.search(r'name="digest" value="(\w{64})"', client.get(path).content.decode())
    assert found
    return found[1]


def steps(issues: list[Matter]) -> list[str]:
    return [Matter.objects.get(pk=m.pk).next_step for m in issues]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({**NEXT, "next_on": "2020-01-01"}, "Choose today or a later day"),
        (
            {"verb": "ask", "agency_code": "DPW", "wording": "Look", "due_on": "2020-01-01"},
            "Ask for a day after today",
        ),
    ],
)
def test_day_that_is_over_is_refused_at_its_field(
    sent: dict[str, str], sentence: str, world: World, issues: list[Matter]
) -> None:
    before = Batch.objects.count()
    answer = world.clients["liaison5"].post(chosen(issues), sent)
    assert answer.status_code == 422
    assert sentence in unescape(answer.content.decode())
    assert Batch.objects.count() == before


def test_preview_that_was_never_done_is_not_among_the_changes(
    world: World, issues: list[Matter]
) -> None:
    client = world.clients["liaison5"]
    path = prepared(client, chosen(issues), NEXT)
    link = f'href="{path}"'
    assert link not in client.get(reverse("batches")).content.decode()
    assert link in client.get(f"{reverse('batches')}?shown=never").content.decode()
    client.post(f"{path}do/", {"digest": digest_on(client, path)})
    assert link in client.get(reverse("batches")).content.decode()
    assert link not in client.get(f"{reverse('batches')}?shown=never").content.decode()


def test_from_the_ticked_boxes_to_the_change_and_back(world: World, issues: list[Matter]) -> None:
    client = world.clients["liaison5"]
    shown = client.get("/issues/?tick=page").content.decode()
    assert (
        shown.count('name="row"')
        == shown.count('autocomplete="off" checked')
        == len(issues) + CALLED_IN
    )
    path = prepared(client, chosen(issues), NEXT)
    preview = unescape(client.get(path).content.decode())
    assert "Next step: Decide whom to ask → Walk the block" in preview
    assert "Nothing was changed and nobody was written to." in preview
    assert steps(issues) == ["Decide whom to ask"] * 3
    done = client.post(f"{path}do/", {"digest": digest_on(client, path)}, follow=True)
    assert "Done as previewed." in done.content.decode()
    assert steps(issues) == ["Walk the block"] * 3
    back = client.post(f"{path}undo/", follow=True)
    assert "Taken back." in back.content.decode()
    assert steps(issues) == ["Decide whom to ask"] * 3
    assert client.post(f"{path}undo/").status_code == 409


def test_looking_at_what_was_ticked_changes_nothing(world: World, issues: list[Matter]) -> None:
    before = row_counts()
    page = world.clients["liaison5"].get(chosen(issues)).content.decode()
    assert "Change 3 issues" in page
    assert row_counts() == before


def test_all_that_answer_to_the_filters_are_chosen_not_just_the_page(
    world: World, issues: list[Matter]
) -> None:
    client = world.clients["director"]
    page = client.get(f"{NEW}?ward=5&state=open&topic=&back=&all=1").content.decode()
    assert f"Change {len(issues) + CALLED_IN} issues" in page
    path = prepared(client, f"{NEW}?ward=5&state=open&topic=&back=&all=1", NEXT)
    batch = Batch.objects.get(pk=path.split("/")[-2])
    assert {item.matter_id for item in batch.items.all()} > {m.pk for m in issues}
    assert (
        f"Change {len(issues) + CALLED_IN + 2} issues"
        in client.get(f"{NEW}?all=1").content.decode()
    )


def test_nothing_ticked_and_what_is_out_of_reach_are_no_choice(
    world: World, issues: list[Matter]
) -> None:
    client = world.clients["liaison5"]
    for query in ("", "?row=", "?row=x&row=999999", f"?row={world.issues['7'].pk}"):
        page = client.get(NEW + query)
        assert (page.status_code, "Select at least one issue." in page.content.decode()) == (
            200,
            True,
        )
        before = row_counts()
        assert client.post(NEW + query, NEXT).status_code == 422
        assert row_counts() == before


BAD = [
    ({"verb": "next", "next_on": "soon", "next_step": "x"}, "next_next_on",
     "“Next on” must be a date, such as 2026-11-30."),
    ({"verb": "next", "next_on": "2026-12-24"}, "next_next_step", "Fill in “Next step”."),
    ({"verb": "give"}, "give_owner", "Choose “To whom”."),
    ({"verb": "give", "owner": "999999"}, "give_owner",
     "Choose one of the answers listed under “To whom”."),
    ({"verb": "topic", "topic_code": "x"}, "topic_topic_code",
     "Choose one of the answers listed under “Topic”."),
    ({"verb": "join", "into": "the first"}, "join_into", "Write a number such as W-412."),
    ({"verb": "ask", "agency_code": "DPW", "due_on": "2026-12-01"}, "ask_wording",
     "Fill in “What we ask for”."),
    ({"verb": "close", "outcome": "fixed"}, "close_text",
     "Fill in “What the people who reported it are told”."),
    ({"verb": "restrict"}, "restrict_reason", "Fill in “Why only a few people may see them”."),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "field", "sentence"), BAD)
def test_what_is_not_whole_says_so_at_the_field_and_keeps_the_rest(
    sent: dict[str, str], field: str, sentence: str, world: World, issues: list[Matter]
) -> None:
    before = row_counts()
    answer = world.clients["liaison5"].post(chosen(issues), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says(page, field) == sentence
    typed = {k: v for k, v in sent.items() if k != "verb" and v not in {"x", "999999"}}
    assert kept(page, typed) == []
    assert row_counts() == before


def test_joining_takes_the_lowest_number_where_none_is_named(
    world: World, issues: list[Matter]
) -> None:
    client = world.clients["liaison5"]
    path = prepared(client, chosen(issues), {"verb": "join", "into": ""})
    client.post(f"{path}do/", {"digest": digest_on(client, path)})
    assert [Matter.objects.get(pk=m.pk).merged_into for m in issues] == [
        None,
        issues[0],
        issues[0],
    ]


def test_row_changed_after_the_preview_is_left_out_and_said(
    world: World, issues: list[Matter]
) -> None:
    client = world.clients["liaison5"]
    path = prepared(client, chosen(issues), NEXT)
    digest = digest_on(client, path)
    set_next_step(issues[1], next_on=DUE, next_step="Mine", stamp=world.cast["director"].stamp)
    page = client.post(f"{path}do/", {"digest": digest}, follow=True).content.decode()
    assert "The Director changed this after the preview." in page
    assert steps(issues) == ["Walk the block", "Mine", "Walk the block"]


def test_other_preview_is_not_done(world: World, issues: list[Matter]) -> None:
    client = world.clients["liaison5"]
    path = prepared(client, chosen(issues), NEXT)
    answer = client.post(f"{path}do/", {"digest": "0" * 64})
    assert answer.status_code == 409
    assert "The preview has changed since you looked at it." in answer.content.decode()
    assert steps(issues) == ["Decide whom to ask"] * 3


def test_long_change_is_left_to_the_worker_and_says_how_far_it_is(
    world: World, issues: list[Matter], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = world.clients["liaison5"]
    monkeypatch.setattr("wardroom.web.issues.batches.SECONDS", -1.0)
    monkeypatch.setattr("wardroom.web.issues.batches.ROWS", 1)
    path = prepared(client, chosen(issues), NEXT)
    page = client.get(path).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "Looking at each issue: 2 of 3 left." in page
    assert "Do it" not in page
    for receipt in Receipt.objects.filter(reaction="go on with the batch", state="due"):
        assert deliver_receipt(receipt.pk, stamp=HOUSE)
    page = client.get(path).content.decode()
    assert "hx-trigger" not in page.partition('id="results"')[2].partition(">")[0]
    assert "Do it" in page


def test_restricted_issue_is_absent_from_the_batch_of_whoever_may_not_see_it(
    world: World, issues: list[Matter]
) -> None:
    client = world.clients["liaison5"]
    path = prepared(client, chosen(issues), NEXT)
    director = world.cast["director"]
    hand_over_matter(issues[2], owner=director.party, stamp=director.stamp)
    assert "Bags, corner 1" in client.get(path).content.decode()
    restrict_matter(issues[2], readers=[], reason="A witness", stamp=director.stamp)
    page = client.get(path).content.decode()
    assert "Bags, corner 1" not in page
    assert "<strong>2 issues</strong>" in page
    assert "Bags, corner 1" in world.clients["director"].get(path).content.decode()
    assert world.clients["liaison7"].get(path).status_code == 404


def test_list_of_changes_shows_what_was_done(world: World, issues: list[Matter]) -> None:
    client = world.clients["liaison5"]
    prepared(client, chosen(issues), NEXT)
    page = client.get(f"{reverse('batches')}?shown=all").content.decode()
    assert "Next on Thursday, December 24, 2026: Walk the block" in page
    assert "Not done yet" in page
    other = world.clients["liaison7"].get(reverse("batches")).content.decode()
    assert "Walk the block" not in other


def test_reason_of_a_restriction_is_not_in_what_others_read(
    world: World, issues: list[Matter]
) -> None:
    client = world.clients["liaison5"]
    prepared(client, chosen(issues), {"verb": "restrict", "reason": "A witness in hiding"})
    assert Batch.objects.latest("pk").said == "Restricted"
