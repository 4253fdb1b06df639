"""The Word template that comes with the house, made by code so that nothing binary is kept.

`wardroom report templates --out folder` writes them out; an office that edits one in Word and
puts it into the folder of the settings has its own.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

ACCENT, QUIET = RGBColor(0x1A, 0x44, 0x80), RGBColor(0x56, 0x5C, 0x65)
INK = RGBColor(0x1B, 0x1B, 0x1B)
FONT = "Calibri"
LOCATIONS = (
    ("Location", "title"),
    ("Stage", "stage_seen"),
    ("Done this week", "done"),
    ("Late and why", "late"),
    ("Next", "next"),
    ("Episodes a month", "episodes"),
)
WEEKS = (("Week", "week"), ("Opened", "opened"), ("Share of the highest week", "share"))
SMDS = ("District", "Opened", "Closed by the city", "Seen fixed by us", "Open past due")
WARDS = ("Ward", "Report", "Promises kept", "Asks past their date", "Matters open")


@lru_cache(maxsize=8)
def built_in(report: str) -> bytes:
    """Our own template for a kind of report: the headings and the tables of its PDF, in order."""
    paper = Document()
    _look(paper)
    _begin(paper)
    PARTS[report](paper)
    _end(paper)
    if report == "anc_monthly":
        _speaking(paper)
    made = BytesIO()
    paper.save(made)
    return made.getvalue()


@lru_cache(maxsize=1)
def built_in_sheet() -> bytes:
    """Our template for a memo, a note or a ledger: sentences, and tables of four columns."""
    paper = Document()
    _look(paper)
    paper.add_heading("{{ title }}", level=1)
    about = paper.add_paragraph()
    _quiet(about.add_run("{{ kind }}{% for one in about %} · {{ one }}{% endfor %}"))
    _said(paper, "schematic", "Schematic demonstration. The places, agencies' answers and people"
                              " in this paper are invented.")  # fmt: skip
    paper.add_paragraph("{%p for part in parts %}")
    paper.add_heading("{{ part.title }}", level=2)
    _said(paper, "part.none", "{{ part.none }}", bold=False)
    _bullets(paper, "line in part.lines", "{{ line }}")
    paper.add_paragraph("{%p if part.rows %}")
    table = _table(paper, [f"{{{{ part.head[{n}] }}}}" for n in range(4)])
    table.add_row().cells[0].text = "{%tr for row in part.rows %}"
    for n, cell in enumerate(table.add_row().cells):
        cell.text = f"{{{{ row[{n}] }}}}"
    table.add_row().cells[0].text = "{%tr endfor %}"
    paper.add_paragraph("{%p endif %}")
    paper.add_paragraph("{%p endfor %}")
    made = BytesIO()
    paper.save(made)
    return made.getvalue()


def _weekly(paper: Any) -> None:
    _list_part(paper, "needs_title", "needs", when="needs")
    _lines(paper, "clocks")
    paper.add_paragraph("{%p if locations %}")
    paper.add_heading("Persistent locations", level=2)
    _looped(paper, LOCATIONS, "row in locations")
    paper.add_paragraph("{%p endif %}")
    _lines(paper, "changes")
    _groups(paper)
    paper.add_heading("Requests opened, week by week", level=2)
    _looped(paper, WEEKS, "row in weeks")
    _lines(paper, "exceptions")
    _lines(paper, "improvements")
    _lines(paper, "meetings")
    _list_part(paper, "next_title", "next", when="next")


def _anc_monthly(paper: Any) -> None:
    paper.add_heading("Requests by single-member district", level=2)
    _listed(paper, SMDS, "row in smds", last="smd_total")
    _note(paper, "{{ hidden_note }}")
    _lines(paper, "places")
    _said(paper, "not_named", "{{ not_named }}", bold=False)
    _lines(paper, "notices")
    _lines(paper, "walks")
    _list_part(paper, "next_title", "next", when="next")
    paper.add_heading("How to reach us", level=2)
    paper.add_paragraph(
        "{% if liaison %}{{ liaison }} is your liaison. {% endif %}Call 311 for anything the city"
        " should fix; tell us where 311 said fixed and it was not."
    )


def _roll_up(paper: Any) -> None:
    _groups(paper)
    _list_part(paper, "needs_title", "needs", when="needs")
    for code in ("changes", "exceptions", "clocks"):
        _lines(paper, code)
    paper.add_heading("Ward by ward", level=2)
    _listed(paper, WARDS, "row in wards")
    _note(paper, "In brackets the week before. Wards stand in the order of their numbers.")
    paper.add_paragraph("{%p for one in words_of_wards %}")
    paper.add_heading("{{ one.title }}", level=3)
    paper.add_paragraph("{%p for line in one.lines %}")
    paper.add_paragraph("{{ line }}")
    paper.add_paragraph("{%p endfor %}")
    _said(paper, "one.wanted", "Asks of the director: {{ one.wanted }}")
    paper.add_paragraph("{%p endfor %}")
    _list_part(paper, "next_title", "next", when="next")


PARTS = {"weekly": _weekly, "roll_up": _roll_up, "anc_monthly": _anc_monthly}


def _look(paper: Any) -> None:
    """Letter paper, one font, one accent, and the language of the text."""
    page = paper.sections[0]
    page.page_width, page.page_height = Inches(8.5), Inches(11)
    page.left_margin = page.right_margin = Inches(0.9)
    page.top_margin = page.bottom_margin = Inches(0.9)
    body = paper.styles["Normal"]
    body.font.name, body.font.size = FONT, Pt(10.5)
    body.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    body.element.get_or_add_rPr().append(language)
    for name, size, color in (
        ("Title", 24, None),
        ("Heading 1", 24, None),
        ("Heading 2", 13, ACCENT),
        ("Heading 3", 11, None),
    ):
        style = paper.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        style.font.color.rgb = color
        style.paragraph_format.space_before = Pt(16 if size < 20 else 0)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.keep_with_next = True
    _footer(page)


def _footer(page: Any) -> None:
    """The title and the page on every page."""
    line = page.footer.paragraphs[0]
    _quiet(line.add_run("{{ title }}{% if draft %}, draft, not signed{% endif %}, page "))
    _field(line, "PAGE")
    _quiet(line.add_run(" of "))
    _field(line, "NUMPAGES")


def _field(line: Any, code: str) -> None:
    run = line.add_run()
    _quiet(run)
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _begin(paper: Any) -> None:
    paper.add_heading("{{ heading }}", level=1)
    head = paper.add_paragraph()
    _quiet(head.add_run("{{ span }}{% if liaison %} · {{ liaison }}, liaison{% endif %}"))
    line = paper.add_paragraph()
    _quiet(line.add_run("Numbers as of {{ as_of }} · requests as of {{ data_as_of }}"))
    _said(paper, "schematic", "Schematic demonstration. The boundaries, addresses, requests and"
                              " people in this report are invented.")  # fmt: skip
    _said(paper, "correction", "Correction. {{ correction }}")
    paper.add_paragraph("{%p if summary %}")
    paper.add_heading("{{ summary_title }}", level=2)
    paper.add_paragraph("{%p for line in summary %}")
    paper.add_paragraph("{{ line }}")
    paper.add_paragraph("{%p endfor %}")
    paper.add_paragraph("{%p endif %}")


def _end(paper: Any) -> None:
    """What the numbers mean, and where they come from, on one page with who signed."""
    paper.add_heading("What the numbers mean", level=2)
    paper.add_paragraph("{%p for one in definitions %}")
    line = paper.add_paragraph()
    _quiet(line.add_run("{{ one.label }}. "), bold=True)
    _quiet(line.add_run("{{ one.text }}"))
    paper.add_paragraph("{%p endfor %}")
    paper.add_heading("Where they come from", level=2)
    paper.add_paragraph("{%p for one in sources %}")
    line = paper.add_paragraph()
    line.paragraph_format.keep_with_next = line.paragraph_format.keep_together = True
    _quiet(line.add_run("{{ one.name }}. "), bold=True)
    _quiet(line.add_run("{{ one.text }}"))
    paper.add_paragraph("{%p endfor %}")
    _said(paper, "signed_by", "Signed by {{ signed_by }} on {{ signed_on }}. Fingerprint of the"
                              " frozen content: {{ digest }}.")  # fmt: skip


def _speaking(paper: Any) -> None:
    paper.add_paragraph("{%p if speaking %}")
    title = paper.add_heading("Three minutes to speak", level=2)
    title.paragraph_format.page_break_before = True
    paper.add_paragraph("{%p for line in speaking %}")
    paper.add_paragraph().add_run("{{ line }}").font.size = Pt(13)
    paper.add_paragraph("{%p endfor %}")
    paper.add_paragraph("{%p endif %}")


def _groups(paper: Any) -> None:
    """A table of numbers for each group."""
    paper.add_paragraph("{%p for group in groups %}")
    paper.add_heading("{{ group.title }}", level=2)
    columns = (("Measure", "label"), ("Number", "shown"), ("Note", "note"))
    _looped(paper, columns, "row in group.figures")
    paper.add_paragraph("{%p endfor %}")


def _looped(paper: Any, columns: tuple[tuple[str, str], ...], loop: str) -> None:
    """A table with a header row and a row for each thing, by the names of its parts."""
    table = _table(paper, [label for label, _ in columns])
    table.add_row().cells[0].text = f"{{%tr for {loop} %}}"
    cells = table.add_row().cells
    for cell, (_, name) in zip(cells, columns, strict=True):
        cell.text = f"{{{{ row.{name} }}}}"
    table.add_row().cells[0].text = "{%tr endfor %}"


def _listed(paper: Any, labels: tuple[str, ...], loop: str, *, last: str = "") -> None:
    """A table with a header row and a row for each list of words, and one for the sums."""
    table = _table(paper, list(labels))
    table.add_row().cells[0].text = f"{{%tr for {loop} %}}"
    for n, cell in enumerate(table.add_row().cells):
        cell.text = f"{{{{ row[{n}] }}}}"
    table.add_row().cells[0].text = "{%tr endfor %}"
    if last:
        for n, cell in enumerate(table.add_row().cells):
            text = "The whole ANC" if n == 0 else f"{{{{ {last}[{n - 1}] }}}}"
            cell.paragraphs[0].add_run(text).bold = True


def _table(paper: Any, labels: list[str]) -> Any:
    """A table of our look, whose first row is its header on every page."""
    table = paper.add_table(rows=1, cols=len(labels))
    table.style = "Table Grid"
    _hair_lines(table)
    header = table.rows[0]
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    header._tr.get_or_add_trPr().append(repeated)
    for cell, label in zip(header.cells, labels, strict=True):
        run = cell.paragraphs[0].add_run(label)
        _quiet(run, bold=True)
    return table


def _hair_lines(table: Any) -> None:
    """Lines between the rows only."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edge = OxmlElement(f"w:{side}")
        drawn = side in ("top", "bottom", "insideH")
        edge.set(qn("w:val"), "single" if drawn else "nil")
        edge.set(qn("w:sz"), "4")
        edge.set(qn("w:color"), "C6CACE")
        borders.append(edge)
    table._tbl.tblPr.append(borders)


def _list_part(paper: Any, title: str, name: str, *, when: str) -> None:
    paper.add_paragraph(f"{{%p if {when} %}}")
    paper.add_heading(f"{{{{ {title} }}}}", level=2)
    _bullets(paper, f"line in {name}", "{{ line }}")
    paper.add_paragraph("{%p endif %}")


def _lines(paper: Any, code: str) -> None:
    """The sentences of one section, under the title that it has everywhere."""
    paper.add_paragraph(f"{{%p if lists.{code}.lines %}}")
    paper.add_heading(f"{{{{ lists.{code}.title }}}}", level=2)
    _bullets(paper, f"line in lists.{code}.lines", "{{ line }}")
    paper.add_paragraph("{%p endif %}")


def _bullets(paper: Any, loop: str, text: str) -> None:
    paper.add_paragraph(f"{{%p for {loop} %}}")
    paper.add_paragraph(text, style="List Bullet")
    paper.add_paragraph("{%p endfor %}")


def _said(paper: Any, when: str, text: str, *, bold: bool = True) -> None:
    paper.add_paragraph(f"{{%p if {when} %}}")
    paper.add_paragraph().add_run(text).bold = bold
    paper.add_paragraph("{%p endif %}")


def _note(paper: Any, text: str) -> None:
    _quiet(paper.add_paragraph().add_run(text))


def _quiet(run: Any, *, bold: bool = False) -> None:
    run.font.size, run.font.color.rgb, run.bold = Pt(9), QUIET, bold
