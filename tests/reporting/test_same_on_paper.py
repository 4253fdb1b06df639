"""The PDF and the Word file of a report have the same headings and tables; nobody signs alone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
import typst
from django.conf import settings
from docx.table import Table

from tests.cast import Cast
from tests.reporting.conftest import WEEK, later
from tests.reporting.test_monthly import OCTOBER, october5, place5
from tests.reporting.test_paper import words_of
from wardroom.matters.models import Matter
from wardroom.reporting.actions import (
    draft_monthly_report,
    draft_roll_up,
    draft_weekly_report,
    edit_report,
    sign_report,
)
from wardroom.reporting.gateways.paper import FOLDER
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import edition_for_print, report_pdf, report_word

pytestmark = pytest.mark.django_db
__all__ = ["october5", "place5"]
MANY = "\n".join(f"{n}. Crews came to the alley and left again." for n in range(60))


@pytest.fixture(params=["weekly", "roll_up", "anc_monthly"])
def edition(request: Any, place5: Matter, liaison5: Cast, director: Cast) -> Edition:
    """A draft of each kind of report, with something in it."""
    if request.param == "anc_monthly":
        made = draft_monthly_report(None, area="5A", month=OCTOBER, stamp=later(liaison5))
    else:
        made = draft_weekly_report(None, ward_code="5", week=WEEK, stamp=later(liaison5))
    said = {"summary": "All well.", "next_week": "A walk."}
    edit_report(made, narrative=said, stamp=later(liaison5))
    if request.param == "roll_up":
        made = draft_roll_up(None, week=WEEK, stamp=later(director))
        edit_report(made, narrative=said, stamp=later(director))
    made.refresh_from_db()
    return made


def asked(edition: Edition, who: Cast, what: str) -> list[Any]:
    """What the typesetter knows of a paper."""
    values = edition_for_print(edition.pk, who.actor)
    found: Any = typst.query(
        str(FOLDER / f"{edition.report}.typ"),
        what,
        root=str(FOLDER),
        font_paths=[str(settings.STATICFILES_DIRS[0] / "fonts")],
        sys_inputs={"values": json.dumps(values)},
    )
    rows: list[Any] = json.loads(found)
    return rows


def text_of(content: Any) -> str:
    """The words of a piece of typeset content."""
    if isinstance(content, list):
        return "".join(text_of(one) for one in content)
    if not isinstance(content, dict):
        return ""
    if content.get("func") == "space":
        return " "
    return str(content.get("text", "")) + "".join(
        text_of(content[part]) for part in ("body", "children", "child") if part in content
    )


def titles(paper: Any) -> Iterator[tuple[int, str]]:
    for paragraph in paper.paragraphs:
        if paragraph.style.name.startswith("Heading"):
            yield int(paragraph.style.name[-1]), paragraph.text


def head_of(table: Table) -> list[str]:
    return [cell.text for cell in table.rows[0].cells]


def test_word_has_the_headings_and_tables_of_the_pdf(edition: Edition, director: Cast) -> None:
    paper = docx.Document(BytesIO(report_word(edition.pk, director.actor)[1]))
    headings = [(h["level"], text_of(h["body"])) for h in asked(edition, director, "heading")]
    assert list(titles(paper)) == headings
    tables = asked(edition, director, "table")
    assert len(paper.tables) == len(tables)
    for made, table in zip(paper.tables, tables, strict=True):
        head = next(one for one in table["children"] if one.get("func") == "header")
        assert head_of(made) == [text_of(cell) for cell in head["children"]]
        cells = [one for one in table["children"] if one.get("func") != "header"]
        assert len(made.rows) - 1 == len(cells) // len(made.columns)


def test_word_is_titled_and_its_tables_have_header_rows(edition: Edition, director: Cast) -> None:
    paper = docx.Document(BytesIO(report_word(edition.pk, director.actor)[1]))
    assert paper.core_properties.title
    assert paper.core_properties.language == "en-US"
    for table in paper.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert "{" not in "".join(p.text for p in paper.paragraphs)


@pytest.mark.parametrize("lines", range(0, 60, 6))
def test_signature_never_stands_alone_on_a_page(
    busy_week: Matter, liaison5: Cast, tmp_path: Path, lines: int
) -> None:
    """However long the report is, its sources stand on the page of whoever signed."""
    made = draft_weekly_report(None, ward_code="5", week=WEEK, stamp=later(liaison5))
    said = "\n".join(MANY.splitlines()[: lines + 1])
    edit_report(made, narrative={"summary": said}, stamp=later(liaison5))
    made.refresh_from_db()
    signed = sign_report(made, stamp=later(liaison5, 2))
    content = report_pdf(signed.pk, liaison5.actor)[1]
    assert "Signed by" in words_of(content, tmp_path)
    done = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "report.pdf"), "-"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    last = done.stdout.rstrip("\f").split("\f")[-1]
    assert "Signed by" in last
    assert "Where they come from" in last
    assert "What the numbers mean" in last
