"""Open data: the files, how new they are, and every column in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from wardroom.reporting.queries.open_data import freshness
from wardroom.reporting.rules.open_data import DATASETS, Dataset
from wardroom.web.edge import stamp_of
from wardroom.web.everybody import for_everybody
from wardroom.web.ui.page import page
from wardroom.web.ui.tables import Cell, Column, Table, table

COLUMNS = (Column("Column"), Column("Type"), Column("What it means"))
KINDS = {
    "string": "Text",
    "integer": "Whole number",
    "number": "Number",
    "date": "Date",
    "datetime": "Date and time (UTC)",
}
FORMS = (("csv", "CSV"), ("geojson", "GeoJSON"), ("parquet", "Parquet"))


@dataclass(frozen=True)
class Shown:
    """One dataset on the page: its files and its columns."""

    dataset: Dataset
    files: tuple[tuple[str, str], ...]
    changed_at: datetime | None
    columns: Table


@require_safe
@for_everybody
def open_data(request: HttpRequest) -> HttpResponse:
    """Which files there are, and what their columns mean."""
    from wardroom.reporting.gateways.open_data import kept_file

    on = localdate(stamp_of(request).at)
    shown = []
    for dataset in DATASETS.values():
        made = kept_file(dataset)
        files = tuple(
            (label, reverse("open_data_file", args=[dataset.code, form]))
            for form, label in FORMS
            if form != "parquet" or made is not None
        )
        changed_at = freshness(dataset, on=on).changed_at
        shown.append(Shown(dataset, files, changed_at, _columns(dataset)))
    return page(request, "open_data/open_data.html", title="Open data", datasets=shown)


def _columns(dataset: Dataset) -> Table:
    rows = [
        (Cell(column.name, main=True), Cell(KINDS[column.kind]), Cell(column.meaning))
        for column in dataset.columns
    ]
    caption = f"Columns of {dataset.title.lower()}"
    return table(caption, COLUMNS, rows, empty="", caption_hidden=True)
