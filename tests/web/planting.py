"""Planting a mark into every text of the database that is not written for the public.

Each column has a mark of its own, so that what is found outside names the column it came from.
A new column is planted by itself: what is open to everybody, or only steers the program, has
to be said here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from wardroom.access.gate import guard_pass
from wardroom.calendar.models import Event
from wardroom.casework.models import Report
from wardroom.city.models import Place
from wardroom.directory.models import Party
from wardroom.service_requests.models import ServiceRequest

STEM = "plantz"
MARK = re.compile(rf"{STEM}([0-9]{{4}})z", re.IGNORECASE)
HOUSE = "94731"
# Written for everybody, by what it is: the city's own names, services, and approved words.
OPEN_MODELS = {
    *("city.District", "city.Ground", "city.BoundarySet", "city.BusinessCalendar", "city.Holiday"),
    *("library.Topic", "library.Need", "library.PublicTopic", "library.Question"),
    "library.OtherAuthority",
    *("library.ListedOrganization", "library.ListedService", "library.Site", "library.SiteAddress"),
    *("library.ServiceAtSite", "library.ListedPhone", "library.HoursOpen", "library.ListedArea"),
    *("library.ListedLanguage", "library.NeededPaper", "library.CostOption", "library.NeedServed"),
    *("calendar.PublicWords", "engagement.BodyNotice", "engagement.BodyMinutes"),
    *("engagement.BodyRecord", "directory.Service"),
}
OPEN = {
    *("engagement.Charter.purpose", "engagement.Charter.area", "engagement.Charter.who_may_join"),
    *("engagement.Commitment.public_text", "matters.Matter.public_text"),
    *("problems.PublicText.text", "problems.PublicText.steps", "service_requests.Feed.name"),
    *("casework.Report.number", "casework.Report.shown_address", "casework.Report.service_name"),
    # Told by the block: their houses are planted instead.
    *("calendar.Event.place_text", "city.Place.label", "service_requests.ServiceRequest.address"),
    *("reporting.Measurement.definitions", "calendar.PublicWords.text"),
    # A posting is written for everybody; why it ended or is held is not.
    *("hiring.Posting.slug", "hiring.Posting.title", "hiring.Posting.office_name"),
    *("hiring.Posting.grade", "hiring.Posting.special", "hiring.Posting.about"),
    *("hiring.Posting.duties", "hiring.Posting.requirements", "hiring.Posting.security_note"),
    *("hiring.Posting.residency", "hiring.Posting.preference_words"),
}
# Words of the program's own: what a row is, where it stands, what it is found by.
STEERS = re.compile(
    r"^(?:kind|state|code|key|noun|role|purpose|language|channel|finding|outcome|verdict|stage"
    r"|entry|clock|aim|condition|extends|zone|variant|media_type|audience|window|sign|reaction"
    r"|verb|frequency|period|repeats|report|week|layout|source|digest|nonce|hint|token"
    r"|once|scopes|password|call|jurisdiction|exact|match|calendar|calendar_method|calendar_code"
    r"|variation|datatype|maker|effect|tenor|medium|deed|decision|course|method|word"
    r"|external_id|status|status_given|priority|type|sha256|fingerprint|answer|cover"
    r"|representative|dimension|mode|scope|level|urgency|severity|certainty|event|identifier"
    r"|etag|cell|layers|topics|place_keys|agencies|months|numbers|outline|figures|pictures"
    r"|funnels|settings|calibration|reporting|definitions|message_id|in_reply_to|references"
    r"|thread|on_list|automatic|unsubscribe|reply_digest|step|category|stored_as|name_key)$"
    r"|_(?:code|kind|key|digest|given|noun|topic)$|^(?:state|status|why_due|pauses)"
)
# What a row is looked up by, where the name of the column does not say so.
OWN_LOOKUP = {"access.User.email", "engagement.Subscription.area", "engagement.OutreachTarget.by"}


def text_columns() -> Iterator[tuple[type[models.Model], Any]]:
    """Every column of the house that holds words."""
    for model in apps.get_models():
        if not model.__module__.startswith("wardroom."):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                yield model, field


def name_of(model: type[models.Model], field: Any) -> str:
    """A column as this file names it."""
    return f"{model._meta.label}.{field.name}"


def is_planted(model: type[models.Model], field: Any) -> bool:
    """Whether a column is marked: neither written for everybody, nor the program's own word."""
    name = name_of(model, field)
    if model._meta.label in OPEN_MODELS or name in OPEN or name in OWN_LOOKUP:
        return False
    return not STEERS.search(field.name) and bool(not field.choices)


def plant() -> dict[str, str]:
    """Mark every column that is not for the public; gives each mark with its column."""
    marks: dict[str, str] = {}
    unlock_the_ledger()
    for number, (model, field) in enumerate(text_columns()):
        if is_planted(model, field):
            mark = f"{STEM}{number:04d}z"
            if _planted(model, field, mark):
                marks[mark] = name_of(model, field)
    _plant_people()
    return marks


def _planted(model: type[models.Model], field: Any, mark: str) -> bool:
    """Whether the mark went into any row; where the database wants a form, the others keep it."""
    name = field.name
    if isinstance(field, models.JSONField):
        return _plant_json(model, name, mark)
    long = getattr(field, "max_length", None)
    if long is not None and long < len(mark) + 2:
        return False
    marked = Concat(Value(f"{mark} "), F(name), output_field=models.TextField())
    value = Substr(marked, 1, long) if long else marked
    rows = model._base_manager.all()
    if (model, name) == (Party, "name"):
        rows = rows.filter(kind="person")
    for chosen in (rows, rows.exclude(**{name: ""})):
        try:
            with transaction.atomic(), guard_pass("planting marks"):
                return bool(chosen.update(**{name: value}))
        except DatabaseError:
            continue
    return False


def _plant_json(model: type[models.Model], name: str, mark: str) -> bool:
    """Mark every text of more than one word inside the values of a column."""
    found = False
    with transaction.atomic(), guard_pass("planting marks"):
        for pk, value in model._base_manager.order_by("pk").values_list("pk", name):
            marked = _marked(value, mark)
            if marked != value:
                model._base_manager.filter(pk=pk).update(**{name: marked})
                found = True
    return found


def _marked(value: Any, mark: str) -> Any:
    if isinstance(value, dict):
        return {key: _marked(one, mark) for key, one in value.items()}
    if isinstance(value, list):
        return [_marked(one, mark) for one in value]
    return f"{mark} {value}" if isinstance(value, str) and " " in value else value


def unlock_the_ledger() -> None:
    """Its lines never change; here they have to, and the end of the test takes it all back."""
    found = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger_%'"
    with connection.cursor() as cursor:
        for (name,) in cursor.execute(found).fetchall():
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")


def _plant_people() -> None:
    """A house number that stands nowhere else, wherever an address is kept."""
    with transaction.atomic(), guard_pass("planting marks"):
        Event._base_manager.exclude(place_text="").update(place_text=f"{HOUSE} Planted STREET NE")
        Place._base_manager.filter(kind="address").update(label=f"{HOUSE} Planted STREET NE")
        ServiceRequest._base_manager.update(address=f"{HOUSE} Planted STREET NE")
        Report._base_manager.update(address=f"{HOUSE} Planted STREET NE")
