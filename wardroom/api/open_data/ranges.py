"""A file on the disk, whole or a part of it, as readers of Parquet ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

PIECE = 64 * 1024
NOT_THERE = 416
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def file_answer(
    request: HttpRequest, path: Path, size: int, *, media_type: str, etag: str
) -> HttpResponseBase:
    """The file, or the one part that was asked for; several parts at once are given as a whole."""
    part = _asked(request, size, etag)
    if part is None:
        headers = {"Content-Range": f"bytes */{size}"}
        return HttpResponse(status=NOT_THERE, headers=headers)
    first, last = part
    whole = (first, last) == (0, size - 1)
    pieces: Iterator[bytes] = _pieces(path, first, last) if request.method != "HEAD" else iter(())
    answer = StreamingHttpResponse(pieces, status=200 if whole else 206, content_type=media_type)
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Content-Length"] = str(last - first + 1)
    if not whole:
        answer.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer


def _asked(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """The first and the last byte that are wanted; none where there are no such bytes."""
    whole = (0, size - 1)
    held = request.headers.get("If-Range", etag)
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if match is None or held != etag or not (match[1] or match[2]):
        return whole
    if not match[1]:
        last = min(int(match[2]), size)
        return (size - last, size - 1) if last else None
    first = int(match[1])
    last = min(int(match[2]), size - 1) if match[2] else size - 1
    if match[2] and int(match[2]) < first:
        return whole
    return (first, last) if first < size else None


def _pieces(path: Path, first: int, last: int) -> Iterator[bytes]:
    left = last - first + 1
    with path.open("rb") as file:
        file.seek(first)
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
