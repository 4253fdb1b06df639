"""A memo before, a note after, and the ledger of a walk: the same on a page, paper and in Word."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import docx
import pytest

from tests.calendar.table import met, work_day
from tests.cast import Cast, on_day
from tests.conftest import NOON
from tests.fieldwork.outings import (
    follow_up,
    matters_in,
    phone_of,
    said_done,
    stops_of_walk,
    walk_of,
)
from tests.ground import DUE, AskMaker, Ground
from tests.plans.planning import SEEN, at, done_step
from tests.reporting.conftest import SignIn
from tests.reporting.test_paper import words_of
from tests.reporting.test_same_on_paper import titles
from tests.trouble import load_topics
from wardroom.calendar.actions import EventDraft, agree_ask, plan_event
from wardroom.casework.actions import take_complaint
from wardroom.directory.models import Party
from wardroom.engagement.actions import capture_line
from wardroom.fieldwork.actions import end_walk, record_check
from wardroom.kernel.errors import NotFound
from wardroom.matters.actions import propose_ask, request_ask, restrict_matter
from wardroom.matters.models import Matter
from wardroom.plans.actions import verify_step
from wardroom.reporting.actions import keep_sheet
from wardroom.reporting.queries.sheets import sheet, sheet_pdf, sheet_word
from wardroom.reporting.rules.sheets import Sheet

pytestmark = pytest.mark.django_db
RESIDENT = "Ada Quillfeather"
LATER = NOON + timedelta(days=20)


def parts(made: Sheet) -> dict[str, tuple[object, ...]]:
    return {part.title: (*part.lines, *part.rows) for part in made.shown}


def asked(matter: Matter, agency: Party, who: Cast, wording: str) -> None:
    ask = propose_ask(
        matter, party=agency, wording=wording, authority="", due_on=DUE, stamp=who.stamp
    )
    request_ask(ask, stamp=who.stamp)


def test_memo_tells_what_it_is_where_it_stands_and_what_to_ask_for(
    matter5: Matter,
    agencies: Mapping[str, Party],
    liaison5: Cast,
    director: Cast,
    partner_dpw: Cast,
) -> None:
    step = done_step(matter5, liaison5, partner_dpw)
    asked(matter5, agencies["DDOT"], liaison5, "Repair the light")
    record_check(
        matter5, finding="partly", rating=2, note="Bags by the wall", seen_at=NOON,
        stamp=at(liaison5, days=1),
    )  # fmt: skip
    told = parts(sheet("memo", matter5.pk, liaison5.actor, at=LATER))
    assert "Aim: No dumping for 90 days" in str(told["What it is"])
    assert "1 step, 1 called done by their agencies, 0 seen done." in str(told["Where it stands"])
    assert told["What to ask for"] == (
        "DDOT: an answer, and a day for “Repair the light”, 7 days late.",
        "DPW says that “Clear the alley” is done: somebody who did not ask for it has to look.",
    )
    assert told["What waits"] == (
        ("DDOT", "Repair the light", "Dec 1, 2026", "no answer yet, 7 days late"),
    )
    assert "Bags by the wall" in str(told["Last checks"])
    assert "done, the agency says" in str(told["Asked before"])
    verify_step(step, finding="fixed", seen_at=SEEN, stamp=at(director, days=1))
    told = parts(sheet("memo", matter5.pk, liaison5.actor, at=LATER))
    assert "DPW" not in str(told["What to ask for"])
    assert "somebody else saw: clean" in str(told["Asked before"])


def test_note_of_a_meeting_tells_who_came_and_what_was_agreed(
    matter5: Matter, agencies: Mapping[str, Party], liaison5: Cast
) -> None:
    event = met(matter5, agencies["DPW"], liaison5)
    agree_ask(
        event, matter=matter5, agency=agencies["DPW"], wording="Clear the alley",
        owner_name="Pat of the yard", due_on=DUE, stamp=liaison5.stamp,
    )  # fmt: skip
    told = parts(sheet("meeting", event.pk, liaison5.actor, at=NOON))
    assert told["Who came"] == ("DPW: Partner at DPW",)
    assert told["What was decided"] == ("We walk on Friday",)
    assert matter5.place is not None
    row = ("DPW, Pat of the yard", "Clear the alley", "Dec 1, 2026", matter5.place.label)
    assert told["New asks"] == (row,)
    assert told["What was found"] == ()


def test_note_of_a_work_day_tells_what_was_found_and_what_is_open(
    matter5: Matter, agencies: Mapping[str, Party], liaison5: Cast
) -> None:
    event = work_day(matter5, agencies["DPW"], liaison5)
    asked(matter5, agencies["DDOT"], liaison5, "Repair the light")
    record_check(
        matter5, finding="clean", rating=1, note="Swept", seen_at=event.starts_at,
        stamp=at(liaison5, days=8),
    )  # fmt: skip
    told = parts(sheet("meeting", event.pk, liaison5.actor, at=LATER))
    assert "Swept" in str(told["What was found"])
    assert told["What is open"][0][:2] == ("DDOT", "Repair the light")  # type: ignore[index]


def test_note_and_ledger_of_a_walk_tell_what_was_found(
    ground: Ground, liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker
) -> None:
    first = matters_in(ground, liaison5, "5", 2)[0]
    ask = said_done(first, liaison5, partner_dpw, ask_in)
    walk = walk_of(liaison5)
    phone = phone_of(walk, liaison5)
    stop = next(stop for stop in stops_of_walk(walk) if stop.matter_id == first.pk)
    phone.send(phone.write(stop, "not_fixed", note="Bags"))
    end_walk(walk, who_came="DPW\nTwo neighbors", again=[ask.pk], due_on=DUE, stamp=liaison5.stamp)
    told = parts(sheet("walk", walk.pk, liaison5.actor, at=NOON))
    assert told["Who came"] == ("DPW", "Two neighbors")
    assert told["What was found"][0].startswith("1 of 2 stops seen")  # type: ignore[attr-defined]
    assert told["New asks"][0][0] == "DPW"  # type: ignore[index]
    assert told["What is open"] == (
        f"Stop {stop.position}, {stop.label}: not fixed. W-{first.pk}: DPW, “One thing for DPW” by"
        " Dec 1, 2026, no answer yet.",
        "1 stop not seen.",
    )
    ledger = parts(sheet("ledger", walk.pk, liaison5.actor, at=NOON))
    assert len(ledger["Findings"]) == 1
    assert "Bags" not in str(ledger), "notes are not for those who came"


def test_note_of_a_walk_tells_new_trouble_with_its_matter_and_what_nobody_was_asked(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    load_topics()
    (matter,) = matters_in(ground, liaison5, "5", 1)
    walk = walk_of(liaison5)
    phone, (stop,) = phone_of(walk, liaison5), stops_of_walk(walk)
    phone.send(phone.write(stop, "partly"))
    phone.send(phone.trouble(stop))
    follow_up()
    end_walk(walk, stamp=liaison5.stamp)
    made = Matter.objects.exclude(pk=matter.pk).get()
    told = parts(sheet("walk", walk.pk, liaison5.actor, at=NOON))["What is open"]
    assert told == (
        f"Stop 1, {stop.label}: partly fixed. W-{matter.pk}: nobody is asked yet.",
        f"New near stop 1, {stop.label}: Illegal dumping. W-{made.pk}: nobody is asked yet.",
    )
    restrict_matter(made, readers=[director.party], reason="Safety", stamp=director.stamp)
    told = parts(sheet("walk", walk.pk, liaison5.actor, at=NOON))["What is open"]
    assert f"W-{made.pk}" not in str(told)


@pytest.mark.parametrize("kind", ["memo", "meeting", "walk", "ledger"])
def test_page_paper_and_word_say_the_same(
    ground: Ground,
    matter5: Matter,
    agencies: Mapping[str, Party],
    liaison5: Cast,
    sign_in: SignIn,
    tmp_path: Path,
    kind: str,
) -> None:
    walk = walk_of(liaison5)
    phone = phone_of(walk, liaison5)
    phone.send(phone.write(stops_of_walk(walk)[0], "fixed"))
    asked(matter5, agencies["DDOT"], liaison5, "Repair the light")
    key = {"memo": matter5.pk, "walk": walk.pk, "ledger": walk.pk}.get(kind)
    key = key or met(matter5, agencies["DPW"], liaison5).pk
    made = sheet(kind, key, liaison5.actor, at=NOON)
    page = sign_in(liaison5).get(f"/reports/sheets/{kind}/{key}/").content.decode()
    name, paper = sheet_pdf(kind, key, liaison5.actor, at=NOON)
    assert name.endswith(f"-{key}-2026-11-18.pdf")
    text = words_of(paper, tmp_path)
    word = docx.Document(BytesIO(sheet_word(kind, key, liaison5.actor, at=NOON)[1]))
    headings = [text for _, text in titles(word)]
    assert headings == [made.title, *(part.title for part in made.shown)]
    assert len(word.tables) == sum(bool(part.rows) for part in made.shown)
    for part in made.shown:
        assert part.title in text
        assert f"<h2>{part.title}</h2>" in page
    info = subprocess.run(
        ["pdfinfo", str(tmp_path / "report.pdf")], capture_output=True, text=True, check=True
    ).stdout
    assert "Tagged:          yes" in info
    assert "Pages:           1" in info
    assert made.title in info


def test_no_resident_is_named_and_no_other_ward_reads(
    matter5: Matter,
    liaison5: Cast,
    liaison7: Cast,
    director: Cast,
    partner_dpw: Cast,
    agencies: Mapping[str, Party],
) -> None:
    take_complaint(
        matter5.place, said="Rats", channel="phone", reporter_typed=RESIDENT, ward_code="5",
        stamp=liaison5.stamp,
    )  # fmt: skip
    asked(matter5, agencies["DPW"], liaison5, f"Call {RESIDENT}")
    made = sheet("memo", matter5.pk, liaison5.actor, at=NOON)
    assert "Call a resident" in str(made)
    assert "Quillfeather" not in str(made)
    for who in (liaison7, partner_dpw):
        with pytest.raises(NotFound):
            sheet("memo", matter5.pk, who.actor, at=NOON)
    with pytest.raises(NotFound):
        sheet("letter", matter5.pk, liaison5.actor, at=NOON)


def test_restricted_matter_has_a_memo_for_those_it_names_only(
    matter5: Matter, director: Cast, staff: Cast
) -> None:
    assert sheet("memo", matter5.pk, staff.actor, at=NOON).key == matter5.pk
    restrict_matter(matter5, readers=[director.party], reason="Safety", stamp=director.stamp)
    assert "Restricted" in str(sheet("memo", matter5.pk, director.actor, at=NOON).about)
    with pytest.raises(NotFound):
        sheet("memo", matter5.pk, on_day(staff, NOON.date()).actor, at=NOON)


def test_kept_memo_holds_nothing_that_is_restricted(
    matter5: Matter, liaison5: Cast, staff: Cast
) -> None:
    draft = EventDraft(
        kind="meeting", title="An evening", starts_at=NOON + timedelta(hours=1),
        ends_at=NOON + timedelta(hours=2), ward_code="5",
    )  # fmt: skip
    event = plan_event(draft, stamp=liaison5.stamp)
    restrict_matter(matter5, readers=[liaison5.party], reason="A victim", stamp=liaison5.stamp)
    assert matter5.title in str(sheet("brief", event.pk, liaison5.actor, at=NOON))
    keep_sheet(event, kind="brief", texts={"1": "We listen"}, stamp=liaison5.stamp)
    kept = str(sheet("brief", event.pk, on_day(staff, NOON.date()).actor, at=NOON))
    assert "We listen" in kept
    assert matter5.title not in kept


def test_words_at_an_event_of_a_restricted_matter_open_no_promise(
    matter5: Matter, liaison5: Cast
) -> None:
    draft = EventDraft(
        kind="session", title="X and Y", starts_at=NOON + timedelta(hours=1),
        ends_at=NOON + timedelta(hours=2), ward_code="5", matter=matter5,
    )  # fmt: skip
    event = plan_event(draft, stamp=liaison5.stamp)
    restrict_matter(matter5, readers=[liaison5.party], reason="A victim", stamp=liaison5.stamp)
    event.refresh_from_db()
    line = capture_line(event, text="We will come back", stamp=liaison5.stamp)
    assert (line.kind, line.matter_id) == ("note", None)
