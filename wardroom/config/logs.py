"""What gets into a log, and what never does: tokens, keys, and the words that people typed.

A log is copied to places where nobody asks who may read what. So a line names the route and not
the address, the number of a user and not the name, and of an error its kind and where in the
program it happened. The words of an error are kept only where the program wrote them; those of
others may quote what somebody typed.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType

from django.db import IntegrityError, OperationalError, ProgrammingError
from django.http import HttpRequest

from wardroom.kernel.errors import Refused
from wardroom.web.request_names import request_id, route_of

TOKEN = re.compile(
    r"(/(?:answer|helped|welcome|mine|leave|invitations)/|/news/(?:confirm|mine|stop)/)[^/\s'\"]+"
)

KEY = re.compile(r"(\bapi(?:_|%5F)key(?:=|%3D))[^&\s'\"]+|\bwr_[0-9A-Za-z]{32}\b", re.IGNORECASE)

# What the queue says of a job that failed: its name, then the words and the place of the error.
QUEUE = "django-q"
FAILED = re.compile(r"Failed '[^']*' \([^)]*\)")
FRAME = re.compile(r'File "[^"]+", line \d+, in \S+')
# Errors whose first line names what is in the program or the database, never what was typed.
OUR_WORDS = (
    AttributeError,
    ImportError,
    IntegrityError,
    NameError,
    NotImplementedError,
    OperationalError,
    ProgrammingError,
    TypeError,
)
Caught = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


class HideTokens(logging.Filter):
    """Takes tokens and keys out of every address before the line is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; nothing is left out."""
        text = record.getMessage()
        hidden = KEY.sub(r"\g<1>(key)", TOKEN.sub(r"\1(link)", text))
        if hidden != text:
            record.msg, record.args = hidden, ()
        return True


class HideWords(logging.Filter):
    """Puts the route in place of an address, and the kind of an error in place of its words."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite what the line was filled with; nothing is left out."""
        if isinstance(record.args, tuple):
            record.args = tuple(_plain(arg, record) for arg in record.args)
        if record.name == QUEUE and (failed := FAILED.match(record.getMessage())):
            where = FRAME.findall(record.getMessage())
            record.msg, record.args = "\n".join([failed.group(), *where]), ()
        return True


class Plain(logging.Formatter):
    """One line for people, with the name of the request it belongs to."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and where an error happened below it."""
        record.of_request = f"[{name}] " if (name := request_id.get()) else ""
        record.exc_text = None  # another formatter may have kept the words there
        return super().format(record)

    def formatException(self, ei: Caught) -> str:  # noqa: N802
        """Where an error happened, without the words that may quote what somebody typed."""
        return told_error(ei[1]) if ei[1] else ""


class Json(Plain):
    """One object a line for programs that gather logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as JSON; what a part of the house told of it stands beside the message."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": request_id.get(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def told_error(error: BaseException) -> str:
    """Where an error and those before it happened, the first one first."""
    return "\n".join(
        "".join(["Traceback (most recent call last):\n", *traceback.format_tb(e.__traceback__)])
        + told_kind(e)
        for e in reversed(list(_chain(error)))
    )


def told_kind(error: BaseException) -> str:
    """What kind of error this is, with its words only where the program wrote them."""
    kind = type(error).__qualname__
    if isinstance(error, Refused):
        return f"{kind}: {error.code}"
    if isinstance(error, OSError) and error.strerror:
        return f"{kind}: {error.strerror}"
    if isinstance(error, OUR_WORDS) and str(error):
        return f"{kind}: {str(error).splitlines()[0]}"
    return kind


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        yield now
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)


def _plain(arg: object, record: logging.LogRecord) -> object:
    if isinstance(arg, BaseException):
        return told_kind(arg)
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest) and isinstance(arg, str) and arg.startswith("/"):
        return route_of(request)
    return arg
