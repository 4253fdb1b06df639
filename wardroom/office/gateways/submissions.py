"""A budget submission on paper and as a spreadsheet file that holds no formula."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from wardroom.documents.gateways.typesetting import typeset
from wardroom.kernel.cells import set_off
from wardroom.office.rules.amounts import shown
from wardroom.office.rules.submissions import QUARTERS, STEPS, told_quarters

TEMPLATE = Path(__file__).resolve().parent / "submission.typ"
DOLLARS = '"$"#,##0.00'
WIDTH, WIDE = 18, 44
HEADS = tuple(step.capitalize() for step in STEPS)
NO_PLAN = "no plan"
Cents = Decimal


def typeset_submission(values: dict[str, Any]) -> bytes:
    """A PDF/UA of a submission; amounts are written out here, to the cent."""
    return typeset({**_shown(values), "quarter_names": list(QUARTERS)}, TEMPLATE)


def written_workbook(values: dict[str, Any]) -> bytes:
    """The same as a workbook: amounts are numbers, and no words from outside are a formula."""
    from openpyxl import Workbook

    book = Workbook()
    when = datetime.fromisoformat(values["as_of"])
    book.properties.creator, book.properties.title = "Wardroom", _title(values)
    book.properties.created = book.properties.modified = when
    first = book.active
    first.title = "Summary"
    _fill(first, _summary(values))
    _fill(book.create_sheet("Existing funds"), _funds(values["existing"], HEADS))
    _fill(book.create_sheet("What they pay for"), _purposes(values["existing"]))
    _fill(book.create_sheet("Proposed funds"), _funds(values["proposed"], HEADS[:1]))
    _fill(book.create_sheet("Spending plan"), _plan(values))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def safe_text(words: str) -> str:
    """Words as a cell may hold them: none that a spreadsheet would run, none it cannot keep."""
    plain = "".join(c for c in words if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
    plain = plain.strip()[:32_000]
    return set_off(plain)


def _fill(sheet: Any, rows: Sequence[Sequence[Any]]) -> None:
    from openpyxl.styles import Alignment, Font

    for at, row in enumerate(rows, start=1):
        for across, value in enumerate(row, start=1):
            cell = sheet.cell(row=at, column=across)
            if isinstance(value, Cents):
                cell.value, cell.number_format = value, DOLLARS
            elif isinstance(value, int):
                cell.value = value
            else:
                cell.value = safe_text(str(value))
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            if at == 1:
                cell.font = Font(bold=True)
    for across, letter in enumerate("ABCDEFGHIJKLMNO"):
        sheet.column_dimensions[letter].width = WIDE if across == 1 else WIDTH
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth = "landscape", 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _title(values: dict[str, Any]) -> str:
    return f"Budget submission, fiscal year {values['year']}"


def _dollars(cents: int) -> Cents:
    return Decimal(cents).scaleb(-2)


def _summary(values: dict[str, Any]) -> list[list[Any]]:
    rows: list[list[Any]] = [
        [_title(values), ""],
        ["Version", int(values["version"])],
        ["As of", values["as_of"]],
        ["Signed by", values["signed_by"] or "Draft, not signed"],
        ["Fingerprint", values["digest"]],
        ["In words", values["note"]],
        *([f"Existing: {step}", _dollars(values["existing_sum"][step])] for step in STEPS),
    ]
    if values["scenario"]:
        rows += [
            ["Scenario", values["scenario"]],
            ["Proposed, not there yet", _dollars(values["proposed_sum"])],
            ["Existing and proposed together", _dollars(values["together"])],
        ]
    return rows


def _funds(funds: Sequence[dict[str, Any]], steps: Sequence[str]) -> list[list[Any]]:
    head = ["Code", "Fund", "Sort of money", "First day", "Last day", *steps]
    about = ["For what", "Not for", "Certified by"]
    return [
        [*head, *about],
        *(
            [
                *(fund[name] for name in ("code", "name", "sort", "starts_on", "ends_on")),
                *(_dollars(fund[step.lower()]) for step in steps),
                *(fund[name] for name in ("purpose", "restriction", "certifier")),
            ]
            for fund in funds
        ),
    ]


def _purposes(funds: Sequence[dict[str, Any]]) -> list[list[Any]]:
    return [
        ["Fund", "For what", "Kind", "Allocated", "Committed", "Spent"],
        *(
            [
                fund["code"],
                one["name"],
                one["kind"],
                *(_dollars(one[step]) for step in ("allocated", "committed", "spent")),
            ]
            for fund in funds
            for one in fund["purposes"]
        ),
    ]


def _plan(values: dict[str, Any]) -> list[list[Any]]:
    return [
        ["Code", "Fund", "Standing", *QUARTERS],
        *(
            [fund["code"], fund["name"], standing, *_quarters(fund)]
            for standing, name in (("Existing", "existing"), ("Proposed", "proposed"))
            for fund in values[name]
        ),
    ]


def _quarters(fund: Mapping[str, Any]) -> list[Any]:
    return [NO_PLAN if cents is None else _dollars(cents) for cents in told_quarters(fund)]


def _shown(value: Any) -> Any:
    """The same values with every amount of cents written out."""
    if isinstance(value, dict) and "quarters" in value:
        told = [NO_PLAN if cents is None else shown(cents) for cents in told_quarters(value)]
        return {**_shown({k: v for k, v in value.items() if k != "quarters"}), "quarters": told}
    if isinstance(value, dict):
        return {
            name: each if name in {"year", "version"} else _shown(each)
            for name, each in value.items()
        }
    if isinstance(value, list):
        return [_shown(each) for each in value]
    return shown(value) if isinstance(value, int) else value
