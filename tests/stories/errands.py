"""What people of the office do on many days: take a call in, ask agencies, tell and close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.stories.desk import Desk, Page

PLAN = {
    "objective": "Nobody on the block has to look at rubbish or rats",
    "cause": "The house is empty and the yard is open to the alley",
    "measure": "Episodes in twelve months",
    "baseline": "14",
    "target": "4",
    "target_on": "2027-11-01",
    "review_on": "2027-02-01",
}
Step = tuple[str, str, str]


def candidates(desk: Desk, query: str = "") -> list[str]:
    """The addresses of the candidates on the list, the highest ranked first."""
    page = desk.open(f"/candidates/{query}")
    return [a.attrs["href"] for a in page.root.all("a", of="cell__main")]


def candidate_at(desk: Desk, place: str, query: str = "") -> Page:
    """The file of the candidate at a place."""
    desk.open(f"/candidates/{query}")
    (found,) = [a for a in desk.page.root.all("a", of="cell__main") if place in a.words]
    return desk.open(found.attrs["href"])


def designate(desk: Desk, reason: str, *, next_on: str) -> str:
    """Designate the candidate whose file is open; gives the location's address."""
    given = {"verdict": "designate", "reason": reason, "next_on": next_on}
    return desk.press("Save the decision", given).address


def plan_with(steps: Sequence[Step]) -> dict[str, str]:
    """What is typed into the form of a work plan with these asks."""
    plan = dict(PLAN)
    for n, (agency, wording, due_on) in enumerate(steps):
        plan[f"steps-{n}-agency_code"] = agency
        plan[f"steps-{n}-wording"] = wording
        plan[f"steps-{n}-due_on"] = due_on
    return plan


def look_up(desk: Desk, place: str, **given: str) -> Page:
    """Start taking a call in: a place that is typed in full is the place, and is shown."""
    desk.open("/issues/new/")
    page = desk.press("Look up", {"place_text": place, **given})
    page.section(place)
    return page


def take_in(desk: Desk, *, begins: str = "Taken in as", **given: str) -> str:
    """Take in the call whose place was looked up; gives the issue's address."""
    address = desk.press("Take it in", given).address
    desk.page.says(f"{begins} W-{number_of(address)}")
    return address


def number_of(address: str) -> str:
    """The number of an issue."""
    return address.split("/")[2]


def ask_agencies(desk: Desk, issue: str, asks: Sequence[Step]) -> Page:
    """Ask these agencies in one go, from the page of the issue."""
    desk.open(issue)
    desk.follow("Ask agencies")
    given = {}
    for n, (agency, wording, due_on) in enumerate(asks):
        given[f"ask{n}-agency_code"] = agency
        given[f"ask{n}-wording"] = wording
        given[f"ask{n}-due_on"] = due_on
    many = "1 ask" if len(asks) == 1 else f"{len(asks)} asks"
    return desk.press("Send", given).says(f"{many} sent.", *(wording for _, wording, _ in asks))


def preview_telling(desk: Desk, issue: str, closing: Mapping[str, str]) -> Page:
    """Write what the people are told and see who gets what; nothing goes out by that."""
    desk.open(issue)
    desk.follow("Tell everybody and close")
    return desk.press("Show who gets what", closing).says("Before it goes out")


def tell_and_close(
    desk: Desk,
    issue: str,
    *,
    outcome: str,
    text: str,
    written_to: Sequence[str] = (),
    doubts: Sequence[str] = (),
) -> Page:
    """Tell everybody and close; the preview shows just these letters and these doubts."""
    page = preview_telling(desk, issue, {"outcome": outcome, "text": text})
    form = page.form_with("Tell them and close")
    assert [doubt.words for doubt in form.all("p", of="note--warn")] == list(doubts)
    letters = [fold.words for fold in form.all("details")]
    assert len(letters) == len(written_to)
    for address in written_to:
        (letter,) = [words for words in letters if address in words]
        assert text in letter
    many = "1 person" if len(written_to) == 1 else f"{len(written_to)} people"
    said = f"E-mail goes to {many}" if written_to else "There was nobody left to write to."
    return desk.press("Tell them and close").says(f"Closed. {said}")
