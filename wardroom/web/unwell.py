"""What is answered when a page breaks: whether the house is unwell, or the program is wrong."""

from __future__ import annotations

import errno
import sys

from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from wardroom.web.edge import OWN_WORDS

UNWELL = 503
AGAIN_SECONDS = 30
# The disk is full or fails, is read only, or too many files are open.
FAILING = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.ENFILE, errno.EMFILE}
)
OURS = (DataError, IntegrityError, ProgrammingError)
SENTENCE = (
    "Wardroom cannot reach its database or has no room to save. What was saved before is safe."
    " What was just sent is most likely not saved; look before sending it again."
)


def broke(request: HttpRequest) -> HttpResponse:
    """Answer for a page that broke: 503 where the disk or the database failed, else 500.

    Reads nothing from the database, which may be what is unwell.
    """
    if not is_unwell(sys.exc_info()[1]):
        return HttpResponse(render_to_string("500.html"), status=500)
    answer: HttpResponse
    if request.path.startswith(OWN_WORDS):
        told = {"status": UNWELL, "code": "unavailable", "detail": SENTENCE}
        answer = JsonResponse(told, status=UNWELL)
    else:
        answer = HttpResponse(render_to_string("503.html", {"sentence": SENTENCE}), status=UNWELL)
    answer.headers["Retry-After"] = str(AGAIN_SECONDS)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def is_unwell(error: BaseException | None) -> bool:
    """Whether it is the disk or the database that failed, and not the program."""
    if isinstance(error, OSError):
        return error.errno in FAILING
    return isinstance(error, (DatabaseError, InterfaceError)) and not isinstance(error, OURS)
