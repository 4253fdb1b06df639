"""The files that anybody may download: CSV and GeoJSON as they are read, Parquet as it was made.

A file of millions of rows is never held: some thousands of rows at a time go out as they are
read. An unchanged one is answered with 304.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.text import compress_sequence
from django.views.decorators.http import require_safe

from wardroom.api.feeds.views import stamp_of_feed
from wardroom.api.limits import few_enough
from wardroom.api.open_data.ranges import file_answer
from wardroom.reporting.queries.open_data import freshness, open_rows
from wardroom.reporting.rules.open_data import (
    DATASETS,
    FORMATS,
    Dataset,
    csv_lines,
    features,
    header,
    package,
)

KEPT_FOR = 900
LIMIT = 20
SLOW_DOWN = "Too many files were asked for from here within an hour. Try again later.\n"
NOT_YET = "This file is made overnight, and was not made yet. Take the CSV file.\n"


@login_not_required
@require_safe
def dataset_file(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """One file; which ones there are the page of open data says."""
    dataset = DATASETS.get(code)
    if dataset is None or form not in FORMATS:
        raise Http404
    at = stamp_of_feed(request).at
    if form == "parquet":
        return _parquet(request, dataset)
    new = freshness(dataset, at=at)
    etag = f'W/"{new.mark}-{form}"'
    changed = int(new.changed_at.timestamp()) if new.changed_at is not None else None
    same = get_conditional_response(request, etag=etag, last_modified=changed)
    if same is not None:
        return _kept(same, dataset, form, etag, changed)
    if not _may_have(request):
        return _too_many()
    answer = _streamed(request, _written(dataset, form, at), form)
    return _kept(answer, dataset, form, etag, changed)


@login_not_required
@require_safe
def data_package(request: HttpRequest) -> HttpResponse:
    """What the files are and what each column means, for programs (Data Package)."""
    files = [(code, form) for code in DATASETS for form in FORMATS]
    answer = JsonResponse(package(settings.SITE, files), json_dumps_params={"ensure_ascii": False})
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _parquet(request: HttpRequest, dataset: Dataset) -> HttpResponseBase:
    from wardroom.reporting.gateways.open_data import kept_file

    kept = kept_file(dataset)
    if kept is None:
        return HttpResponse(NOT_YET, content_type="text/plain; charset=utf-8", status=404)
    etag, changed = f'"{kept.mark}-{kept.size}"', int(kept.made_at.timestamp())
    same = get_conditional_response(request, etag=etag, last_modified=changed)
    if same is not None:
        return _kept(same, dataset, "parquet", etag, changed)
    answer = file_answer(request, kept.path, kept.size, media_type=FORMATS["parquet"], etag=etag)
    return _kept(answer, dataset, "parquet", etag, changed)


def _written(dataset: Dataset, form: str, at: datetime) -> Iterator[bytes]:
    return (
        text.encode() for text in (_csv(dataset, at) if form == "csv" else _geojson(dataset, at))
    )


def _csv(dataset: Dataset, at: datetime) -> Iterator[str]:
    yield header(dataset)
    for rows in open_rows(dataset, at=at):
        yield csv_lines(rows)


def _geojson(dataset: Dataset, at: datetime) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":['
    first = True
    for rows in open_rows(dataset, at=at):
        if rows:
            yield ("\n" if first else ",\n") + ",\n".join(features(dataset, rows))
            first = False
    yield "\n]}\n"


def _streamed(request: HttpRequest, pieces: Iterable[bytes], form: str) -> StreamingHttpResponse:
    """The answer, packed where the reader unpacks it; who asks for the head alone gets no body."""
    if request.method == "HEAD":
        pieces = iter(())
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = StreamingHttpResponse(
        compress_sequence(pieces) if packs else pieces, content_type=FORMATS[form]
    )
    if packs:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _kept(
    answer: HttpResponseBase, dataset: Dataset, form: str, etag: str, changed: int | None
) -> HttpResponseBase:
    """What any cache may keep, and how it sees whether it is still so."""
    answer.headers["ETag"] = etag
    if changed is not None:
        answer.headers["Last-Modified"] = http_date(changed)
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Content-Disposition"] = f'attachment; filename="{dataset.code}.{form}"'
    return answer


def _may_have(request: HttpRequest) -> bool:
    return few_enough(request, "open_data", LIMIT)


def _too_many() -> HttpResponse:
    answer = HttpResponse(SLOW_DOWN, content_type="text/plain; charset=utf-8", status=429)
    answer.headers["Retry-After"] = "3600"
    return answer
