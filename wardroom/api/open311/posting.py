"""Reports that other programs send: checked whole, taken in once, answered with a number."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.timezone import localdate

from wardroom.api.keys import KeyRefused, LetIn, let_in, token_in
from wardroom.api.open311 import schema
from wardroom.api.open311.door import Answered, Call, named_in, resource
from wardroom.api.open311.views import look_notice, requests_found
from wardroom.casework.actions import Picture, receive_report
from wardroom.casework.queries import Taken, report_problems, taken
from wardroom.casework.queries.published import OfferedService, offered_service
from wardroom.casework.rules import (
    MOST_PICTURES,
    OPEN311,
    ReportDraft,
    ReportRefused,
    cleaned,
    danger_told,
)
from wardroom.kernel.errors import Refused

SCOPE = "open311"
MOST_BYTES = 25 * 1024 * 1024
ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,60})\](?:\[\d*\])?")
UNREADABLE = (
    MultiPartParserError,
    UnreadablePostError,
    RequestDataTooBig,
    SuspiciousOperation,
    BadRequest,
    UnicodeError,
)
UNKNOWN = "service_code was not found."
PLACED_BY = ("lat:", "long:", "address_id:")
# How the fields of a report are called in GeoReport.
CALLED = {
    "place": "lat, long, address_string or address_id",
    "said": "description",
    "topic_code": "service_code",
    "name": "first_name, last_name",
    "pictures": "media",
}


@dataclass(frozen=True)
class Sent:
    """What was sent: the fields of the body, those of the address behind them, and files."""

    body: QueryDict
    files: Sequence[UploadedFile[Any]]
    query: QueryDict

    def text(self, *names: str) -> str:
        """The first of these that says something."""
        for name in names:
            for given in (self.body, self.query):
                if text := given.get(name, "").strip():
                    return text
        return ""

    def answers(self) -> dict[str, list[str]]:
        """The answers to the questions of the service, by their codes."""
        found: dict[str, list[str]] = {}
        for name, values in self.body.lists():
            if match := ATTRIBUTE.fullmatch(name):
                found.setdefault(match[1], []).extend(values)
        return found


@resource("GET", "POST")
def requests(call: Call) -> HttpResponse:
    """The requests that are asked for; or one that is sent in."""
    return _sent_in(call) if call.request.method == "POST" else requests_found(call)


def _sent_in(call: Call) -> HttpResponse:
    early = call.given.get("api_key") or token_in(call.request)
    door = _let_in(early, call) if early else None
    sent = _read(call)
    door = door or _let_in(sent.text("api_key"), call)
    jurisdiction = named_in(call, {"jurisdiction_id": sent.text("jurisdiction_id")})
    if door.key.jurisdiction not in ("", jurisdiction.code):
        raise Answered(403, "This api_key is for another jurisdiction.")
    service, wrong = _service(sent, jurisdiction.feeds)
    draft, unread = _draft(sent, service, door, jurisdiction.code)
    problems = _problems(draft, call, unread) if wrong or unread or call.trial else []
    if wrong or unread or problems:
        unknown = wrong == [UNKNOWN] and not unread and not problems
        raise Answered(404 if unknown else 400, *dict.fromkeys((*wrong, *unread, *problems)))
    if call.trial:
        trial = ("TRIAL", None, "This is the endpoint to try things on: nothing was kept.", None)
        return call.answer(schema.POSTED, [trial], keep=0)
    try:
        files = sent.files[: MOST_PICTURES + 1]
        pictures = [Picture(file.name or "picture", file.read()) for file in files]
        report = receive_report(draft, pictures=pictures, stamp=door.stamp)
    except ReportRefused as no:
        raise Answered(400, *(_said(p.field, p.sentence) for p in no.problems)) from None
    except Refused as no:
        status = 503 if no.code == "scanner_away" else 400
        raise Answered(status, _said(no.field or "description", no.sentence)) from None
    return call.answer(schema.POSTED, [_posted(taken(report), draft, call)], keep=0)


def _read(call: Call) -> Sent:
    request = call.request
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > MOST_BYTES:
        raise Answered(400, f"Send {MOST_BYTES // 1024 // 1024} MB at most.")
    try:
        body, files = request.POST, request.FILES
    except UNREADABLE:
        raise Answered(400, "The body could not be read. Send a form, in UTF-8.") from None
    media = [file for name in ("media", "media[]") for file in files.getlist(name)]
    return Sent(body, media, request.GET)


def _let_in(token: str, call: Call) -> LetIn:
    """Who sends it; a key outside the body is looked at before the body is read."""
    try:
        return let_in(token, scope=SCOPE, at=call.at)
    except KeyRefused as no:
        status = 429 if no.status == 429 else 403
        raise Answered(status, f"api_key: {no.sentence}", wait=no.wait) from None


def _service(sent: Sent, feeds: tuple[str, ...]) -> tuple[OfferedService | None, list[str]]:
    """The service that is reported, and what is wrong with it, which is told with the rest."""
    code = sent.text("service_code")
    if not code:
        return None, ["service_code was not provided."]
    service = offered_service(code, feeds=feeds, asked=False)
    if service is None:
        return None, [UNKNOWN]
    if not service.topic_code:
        return None, ["service_code: this is not taken in here. Call 311."]
    return service, []


def _draft(
    sent: Sent, service: OfferedService | None, door: LetIn, jurisdiction: str
) -> tuple[ReportDraft, list[str]]:
    """What was sent as a report, and what of it could not be read."""
    wrong: list[str] = []
    latitude, longitude = (_degrees(sent, name, wrong) for name in ("lat", "long"))
    names = (sent.text("first_name"), sent.text("last_name"))
    draft = ReportDraft(
        channel=OPEN311,
        topic_code=service.topic_code if service is not None else "",
        service_code=service.code if service is not None else "",
        service_name=service.name if service is not None else "",
        said=sent.body.get("description", "") or sent.text("description"),
        answers=sent.answers(),
        latitude=latitude,
        longitude=longitude,
        address=sent.text("address_string", "address"),
        address_id=_address_id(sent, wrong),
        name=" ".join(name for name in names if name),
        email=sent.text("email"),
        phone=sent.text("phone"),
        media_url=sent.text("media_url"),
        device_id=sent.text("device_id"),
        account_id=sent.text("account_id"),
        jurisdiction=jurisdiction,
        key_id=door.key.id,
        key_name=door.key.name,
        publishes=door.key.publishes,
    )
    return cleaned(draft), wrong


def _problems(draft: ReportDraft, call: Call, unread: list[str]) -> list[str]:
    """All else that is wrong; not once more what could not be read, or is of no service."""
    told = {"place"} if any(text.startswith(PLACED_BY) for text in unread) else set()
    told |= {"topic_code"} if not draft.topic_code else set()
    found = report_problems(draft, at=call.at)
    return [_said(p.field, p.sentence) for p in found if p.field not in told]


def _said(field: str, sentence: str) -> str:
    """A sentence with the parameter that it is about before it."""
    name = CALLED.get(field, field)
    if field.startswith("answer_"):
        name = f"attribute[{field.removeprefix('answer_')}]"
    return f"{name}: {sentence}"


def _degrees(sent: Sent, name: str, wrong: list[str]) -> float | None:
    text = sent.text(name)
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    most = 90.0 if name == "lat" else 180.0
    if not (math.isfinite(value) and abs(value) <= most):
        wrong.append(f"{name}: this is not a number of degrees.")
        return None
    return value


def _address_id(sent: Sent, wrong: list[str]) -> int | None:
    text = sent.text("address_id")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        wrong.append("address_id: no place has this address id.")
        return None
    return int(text)


def _posted(report: Taken, draft: ReportDraft, call: Call) -> tuple[str, str, str, str]:
    """The number of a report, its token where that takes time, or neither; and what to know."""
    notice = danger_told(draft.said)
    if report.is_silent:
        return "", "", notice or "We have it. Reports of this kind have no number.", ""
    if report.token:
        return "", report.token, notice or "We have it. Its number comes soon.", ""
    notice = notice or look_notice(report.look_on, localdate(call.at))
    return report.number, "", notice, ""
