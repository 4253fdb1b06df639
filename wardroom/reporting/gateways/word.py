"""Reports as Word files: the office's own template, or ours where it has none.

A template is a Word file with the marks of docxtpl in it, such as {{ title }}; the report gives
it the values of `word_values`. What it draws is put into a sandbox: a template cannot run code.
"""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from django.conf import settings
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from wardroom.kernel.errors import Refused
from wardroom.reporting.gateways.word_lists import LISTS
from wardroom.reporting.gateways.word_sandbox import Sandbox
from wardroom.reporting.gateways.word_template import built_in, built_in_sheet
from wardroom.reporting.rules.items import section_title
from wardroom.reporting.rules.kinds import title_of
from wardroom.reporting.rules.monthly import COLUMNS
from wardroom.reporting.rules.wording import day_words

HEADINGS = {
    "weekly": "Weekly report: Ward {ward_code}",
    "roll_up": "Roll-up of the week",
    "anc_monthly": "Monthly report to ANC {area}",
}
BROKEN = (
    OSError, ValueError, KeyError, TypeError, ArithmeticError, SyntaxError, BadZipFile,
    TemplateError, OpcError,
)  # fmt: skip
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def written(values: dict[str, Any], own: bytes | None = None) -> bytes:
    """The edition's values as a Word file; `Refused` where the office's template does not work.

    ``own`` is the template that was handed in on a page; without it the one in the folder of
    the settings counts, and where there is none, that of the house.
    """
    kept = settings.WORD_TEMPLATES / f"{values['report']}.docx"
    try:
        content = own or (kept.read_bytes() if kept.exists() else built_in(values["report"]))
        return filled(content, word_values(values), Sandbox())
    except BROKEN as error:
        raise Refused(
            "word_template_broken",
            f"The office's Word template {kept.name} could not be filled: {error}. Mend it, or"
            " take it away; then Wardroom uses its own.",
        ) from None


def written_sheet(values: dict[str, Any]) -> bytes:
    """A memo, a note or a ledger as a Word file, in the look of the house."""
    plain = {name: _printable(value) for name, value in values.items()}
    return filled(built_in_sheet(), plain, Sandbox())


def filled(content: bytes, values: dict[str, Any], sandbox: Sandbox) -> bytes:
    """A template filled with values, titled and in its language."""
    template = DocxTemplate(BytesIO(content))
    template.render(values, sandbox, autoescape=True)
    kept = template.docx.core_properties
    kept.title, kept.author, kept.language = values["title"], "Wardroom", "en-US"
    made = BytesIO()
    template.save(made)
    return made.getvalue()


def word_values(values: dict[str, Any]) -> dict[str, Any]:
    """What a template may use, every word of it plain text."""
    facts = values["facts"]
    narrative = {part["code"]: part for part in values["narrative"]}
    sections = [
        {
            "title": section_title(code, values["report"]),
            "lines": [_answered(row) for row in facts.get(code, ())],
        }
        for code in LISTS
        if facts.get(code)
    ]
    plain = {
        "heading": HEADINGS[values["report"]].format(**values),
        "title": title_of(values["report"], values["ward_code"], values["area"], values["week"]),
        "span": f"{_day(facts['starts_on'])} to {_day(facts['ends_on'])}",
        "liaison": facts["liaison"],
        "as_of": _day(facts["as_of"]),
        "data_as_of": _day(facts["data_as_of"]),
        "draft": values["state"] != "signed",
        "schematic": facts["schematic"],
        "correction": values["correction"],
        "summary_title": narrative["summary"]["title"],
        "summary": _paragraphs(narrative["summary"]["text"]),
        "needs_title": narrative.get("needs", {"title": "Decisions needed"})["title"],
        "needs": [
            *_paragraphs(narrative.get("needs", {}).get("text", "")),
            *(_line(row) for row in facts["needs"]),
        ],
        "lists": {
            code: {
                "title": section_title(code, values["report"]),
                "lines": [_line(row) for row in facts.get(code, ())],
            }
            for code in LISTS
        },
        "weeks": _weeks(facts["weeks"]),
        "not_named": _not_named(facts.get("not_named", 0)),
        "words_of_wards": [
            {
                "title": f"Ward {row['ward']}, in the words of {row['liaison']}".removesuffix(
                    ", in the words of "
                ),
                "lines": _paragraphs(row["summary"]),
                "wanted": row["wanted"],
            }
            for row in facts.get("wards", ())
            if row["edition_id"] is not None and (row["summary"] or row["wanted"])
        ],
        "locations": [_location(row) for row in facts["locations"]],
        "groups": facts["groups"],
        "smds": [[row["smd"], *(row[c] for c in COLUMNS)] for row in facts.get("smds", ())],
        "smd_total": [facts["totals"][c] for c in COLUMNS] if "totals" in facts else [],
        "hidden_note": facts.get("hidden_note", ""),
        "wards": [_ward(row) for row in facts.get("wards", ())],
        "sections": sections,
        "next_title": narrative["next_week"]["title"],
        "next": [
            *_paragraphs(narrative["next_week"]["text"]),
            *(row["sentence"] for row in facts.get("ahead", ())),
        ],
        "speaking": [row["sentence"] for row in facts.get("speaking", ())],
        "definitions": [
            {"label": f["label"], "text": values["definitions"][f["code"]]}
            for group in facts["groups"]
            for f in group["figures"]
        ],
        "sources": values["sources"],
        "signed_by": values["signed_by"],
        "signed_on": _day(values["signed_at"]),
        "digest": values["digest"],
    }
    return {name: _printable(value) for name, value in plain.items()}


def _location(row: dict[str, Any]) -> dict[str, str]:
    months = row.get("months", ())
    return {
        "title": row["title"],
        "stage": str(row["stage"]).capitalize(),
        "stage_seen": f"{str(row['stage']).capitalize()}, check {row['last_check']}".removesuffix(
            ", check "
        ),
        "done": row.get("done", ""),
        "late": row.get("note", row["late"]) or "nothing late",
        "next": f"{_day(row['next_on'])}: {row['next_step']}".removesuffix(": "),
        "episodes": f"{row['episodes']} in {len(months)} months" if months else "not weighed",
    }


def _line(row: dict[str, Any]) -> str:
    """A sentence of a section, with what the PDF sets beside it in small print."""
    beside = " (new)" if row.get("new") else ""
    if row.get("alone"):
        beside = " (no report of last week to compare with)"
    return _answered(row, beside)


def _answered(row: dict[str, Any], beside: str = "") -> str:
    """A sentence with what the director answered to it."""
    answer = row.get("answer")
    said = f" The director, {_day(answer['at'])}: {answer['text']}" if answer else ""
    return f"{row['sentence']}{beside}{said}"


def _weeks(weeks: list[dict[str, Any]]) -> list[dict[str, str]]:
    most = max((one["opened"] for one in weeks), default=0) or 1
    return [
        {
            "week": one["week"],
            "opened": f"{one['opened']:,}",
            "share": f"{100 * one['opened'] / most:.0f} %",
        }
        for one in weeks
    ]


def _not_named(number: int) -> str:
    are = "is" if number == 1 else "are"
    words = f"{number} more {are} worked on without words for the public yet."
    return words if number else ""


def _ward(row: dict[str, Any]) -> list[str]:
    if row["edition_id"] is None:
        return [row["ward"], "not drafted", "-", "-", "-"]
    state = f"{row['state']}, {row['signed_by']}".removesuffix(", ")
    numbers = [f"{row[c]} ({row[f'{c}_before']})" for c in _BESIDE]
    return [row["ward"], state, *numbers]


_BESIDE = ("promises_kept", "asks_late", "matters_open")


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _day(text: str) -> str:
    return day_words(date.fromisoformat(text[:10]).isoformat()) if text else "-"


def _printable(value: Any) -> Any:
    """The same value without the signs that a Word file cannot hold."""
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(one) for one in value]
    return UNPRINTABLE.sub("", value) if isinstance(value, str) else value
