"""Open data: the files, how new they are, and every column in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.reporting.queries.open_data import freshness
from wardroom.reporting.rules.open_data import DATASETS, Dataset
from wardroom.web.edge import stamp_of
from wardroom.web.everybody import for_everybody
from wardroom.web.speaking import Speaking, speaking
from wardroom.web.ui.page import page
from wardroom.web.ui.tables import Cell, Column, Table, table

FORMS = (("csv", "CSV"), ("geojson", "GeoJSON"), ("parquet", "Parquet"))


@dataclass(frozen=True)
class Shown:
    """One dataset on the page: its name, its files and its columns."""

    code: str
    title: str
    about: str
    files: tuple[tuple[str, str], ...]
    as_of: str
    columns: Table


@require_safe
@for_everybody
def open_data(request: HttpRequest) -> HttpResponse:
    """Which files there are, and what their columns mean."""
    show, at = speaking(request), stamp_of(request).at
    return page(
        request,
        "open_data/open_data.html",
        title=show.words.files.title,
        tongue=show.tongue,
        words=show.words.files,
        datasets=[_shown(dataset, show, at) for dataset in DATASETS.values()],
    )


def _shown(dataset: Dataset, show: Speaking, at: datetime) -> Shown:
    from wardroom.reporting.gateways.open_data import kept_file

    words, made = show.words.files, kept_file(dataset)
    title = words.titles[dataset.code]
    changed_at = freshness(dataset, at=at).changed_at
    return Shown(
        code=dataset.code,
        title=title,
        about=words.abouts[dataset.code],
        files=tuple(
            (
                words.as_form.format(title=title, form=label),
                reverse("open_data_file", args=[dataset.code, form]),
            )
            for form, label in FORMS
            if form != "parquet" or made is not None
        ),
        as_of=words.as_of.format(when=show.instant(changed_at)) if changed_at else "",
        columns=_columns(dataset, title, show),
    )


def _columns(dataset: Dataset, title: str, show: Speaking) -> Table:
    words = show.words.files
    rows = [
        (
            Cell(column.name, main=True, lang=show.lang),
            Cell(words.kinds[column.kind]),
            Cell(column.meaning, lang=show.lang),
        )
        for column in dataset.columns
    ]
    heads = [Column(label) for label in (words.column, words.kind, words.means)]
    caption = words.columns_of.format(title=title)
    return table(caption, heads, rows, empty="", caption_hidden=True)
