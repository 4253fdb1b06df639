"""The report on paper: what stands on it, that it stays the same, and that words stay words."""

from __future__ import annotations

import argparse
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.reporting.conftest import WEEK, later
from tests.trouble import Report, Trouble, bring_in
from wardroom.access.actor import SYSTEM
from wardroom.documents.models import Document
from wardroom.jobs.commands.report_command import add_arguments
from wardroom.jobs.commands.report_command import run as run_report
from wardroom.kernel.errors import NotFound
from wardroom.ledger.models import Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.reporting.actions import draft_weekly_report, edit_report, sign_report
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import report_pdf

pytestmark = pytest.mark.django_db
HOSTILE = (
    '#read("/etc/passwd")',
    '#import "weekly.typ": *',
    "#panic()",
    "*bold* _thin_ `code` $ x^2 $ @label <label> = Heading",
    "\\ ~ -- ... // comment /* open",
    "[unclosed {brace \"quote' ]]} )",
    "=1+1",
    "+ a list",
    "https://example.org/?a=b&c=#d",
)


def words_of(content: bytes, folder: Path) -> str:
    """The text of a PDF, its lines joined by blanks."""
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext")
    path = folder / "report.pdf"
    path.write_bytes(content)
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    return " ".join(done.stdout.split())


def shell_words(*, ward: str, week: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(["weekly", "--ward", ward, "--week", week])


def write(edition: Edition, who: Cast, **parts: str) -> Edition:
    return edit_report(edition, narrative={"summary": "All well.", **parts}, stamp=later(who))


def test_paper_says_what_the_page_says(draft5: Edition, liaison5: Cast, tmp_path: Path) -> None:
    write(draft5, liaison5, summary="The alley is worse.\nThe crew came twice.", needs="A camera.")
    name, content = report_pdf(draft5.pk, liaison5.actor)
    assert (name, content[:5]) == (f"ward-5-{WEEK}-v1-draft.pdf", b"%PDF-")
    text = words_of(content, tmp_path)
    for word in (
        "Weekly report: Ward 5", WEEK, "Nov 16, 2026 to Nov 22, 2026", "Schematic demonstration.",
        "What matters this week", "The alley is worse.", "The crew came twice.", "A camera.",
        "draft, not signed", "7 of 9 that fell due", "1 ALLEY STREET NE",
    ):  # fmt: skip
        assert word in text
    flat = text.replace(" ", "")
    for definition in draft5.definitions.values():
        assert definition.replace(" ", "")[:60] in flat
    assert "Signed by" not in text


def test_signed_paper_names_the_signer_and_the_fingerprint(
    draft5: Edition, liaison5: Cast, tmp_path: Path
) -> None:
    signed = sign_report(write(draft5, liaison5), stamp=later(liaison5, 2))
    name, content = report_pdf(signed.pk, liaison5.actor)
    assert name == f"ward-5-{WEEK}-v1.pdf"
    text = words_of(content, tmp_path)
    assert "Signed by Liaison of Ward 5 on Nov 18, 2026." in text
    assert signed.digest in text.replace(" ", "")
    assert "not signed" not in text


def test_evening_is_still_the_same_day_on_paper_and_in_the_shell(
    draft5: Edition, liaison5: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evening = stamp_for(liaison5.actor, datetime(2026, 11, 21, 1, 30, tzinfo=UTC))
    draft_weekly_report(None, ward_code="5", week=WEEK, stamp=evening)
    signed = sign_report(write(draft5, liaison5), stamp=evening)
    text = words_of(report_pdf(signed.pk, liaison5.actor)[1], tmp_path)
    assert "Signed by Liaison of Ward 5 on Nov 20, 2026." in text
    assert "numbers as of Nov 20, 2026" in text
    run_report(shell_words(ward="5", week=WEEK))
    assert "signed by Liaison of Ward 5 on 2026-11-20" in capsys.readouterr().out


def test_signed_paper_is_the_same_bytes_for_ever(
    trouble: Trouble, draft5: Edition, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = sign_report(write(draft5, liaison5), stamp=later(liaison5, 2))
    first = report_pdf(signed.pk, liaison5.actor)
    bring_in(trouble.folder, [Report(70, NOON - timedelta(hours=1), reporter=3)])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert report_pdf(signed.pk, liaison5.actor) == first
    house = stamp_for(SYSTEM, NOON + timedelta(days=400))
    for receipt in Receipt.objects.filter(entry__kind="ReportSigned"):
        for _ in range(2):
            deliver_receipt(receipt.pk, stamp=house)
    signed.refresh_from_db()
    assert signed.pdf is not None
    assert Document.objects.count() == 1
    assert report_pdf(signed.pk, liaison5.actor) == first


@pytest.mark.parametrize("part", ["summary", "needs", "next_week"])
def test_hostile_words_stay_words(
    draft5: Edition, liaison5: Cast, tmp_path: Path, part: str
) -> None:
    write(draft5, liaison5, **{part: "\n".join(HOSTILE)})
    text = words_of(report_pdf(draft5.pk, liaison5.actor)[1], tmp_path)
    flat = text.replace(" ", "")
    for line in HOSTILE:
        assert line.replace(" ", "") in flat
    assert "root:" not in text


def test_rare_letters_do_not_stop_the_paper(
    draft5: Edition, liaison5: Cast, tmp_path: Path, caplog: Any
) -> None:
    write(draft5, liaison5, summary="Ngũgĩ, Žižek, Đặng and 王秀英 asked. \u202eabc")
    text = words_of(report_pdf(draft5.pk, liaison5.actor)[1], tmp_path)
    assert "Ngũgĩ, Žižek, Đặng" in text


def test_long_words_run_over_pages(draft5: Edition, liaison5: Cast, tmp_path: Path) -> None:
    write(draft5, liaison5, summary="word " * 700, needs="x" * 3900)
    text = words_of(report_pdf(draft5.pk, liaison5.actor)[1], tmp_path)
    assert text.count("word ") >= 700
    assert "page 2 of" in text


def test_paper_is_out_of_reach_where_the_page_is(
    draft5: Edition, liaison7: Cast, partner_dpw: Cast
) -> None:
    for who in (liaison7, partner_dpw):
        with pytest.raises(NotFound):
            report_pdf(draft5.pk, who.actor)


def test_long_words_and_picture_signs_stay_readable(
    trouble: Trouble, liaison5: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A long web address breaks at the margin; a picture is named, and the PDF accessible."""
    draft = draft_weekly_report(None, ward_code="5", week=WEEK, stamp=later(liaison5))
    long = "https://example.org/" + "a" * 200 + "theend"
    edit_report(draft, narrative={"summary": f"{long} \U0001f44d\ufe0f"}, stamp=later(liaison5))
    _, content = report_pdf(draft.pk, liaison5.actor)
    words = words_of(content, tmp_path)
    assert "theend" in words.replace(" ", "").replace("\u200b", "")
    assert "[thumbs up sign]" in words
    assert "not accessible" not in caplog.text
