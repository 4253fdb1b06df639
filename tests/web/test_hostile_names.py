"""S13: the names of parameters and fields are the house's own; no others reach the database."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

import pytest
from django import forms
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path as at_path

from tests.counting import count_anew
from tests.web.addresses import address, word
from tests.web.conftest import ROLES, World
from tests.web.reach_by_sending import TAKES
from tests.web.test_filters import LISTS
from wardroom.access.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LEADS_TO = (
    "assigned_to__password", "user__password", "owner__user__password", "user__email",
    "party__name", "reporter__email", "holder__digest", "grants__role", "matter__owner__name",
    "entries__body", "contact_points__value", "seal__readers__user", "id", "pk", "ward_code",
    "is_active", "visibility", "restricted", "salary",
)  # fmt: skip
LOOK_UPS = (
    "", "__startswith", "__istartswith", "__contains", "__regex", "__iregex", "__gt", "__lt",
    "__in", "__isnull", "__exact", "__range", "__date", "__search", "__among",
)  # fmt: skip
ODD = (
    "order_by", "ordering", "order", "sort_by", "fields", "include", "expand", "select", "limit",
    "offset", "per_page", "where", "$where", "filter", "filter[password]", "q[user]", "having",
    "extra", "raw", "using", "_method", "_connector", "_negated", "__proto__", "constructor",
)  # fmt: skip
KEYS = (*(lead + look for lead, look in product(LEADS_TO, LOOK_UPS)), *ODD)
SORTS = ("user__password", "-owner__user__password", "?", "pk); DROP TABLE access_user; --", "1,2")
# Read beside the form: the matter that a line is about.
OWN = {"capture": {"matter"}}
PLANTED, MOST_FIELDS = "zz-mass-assigned-77", 900


def sql_of(client: Client, path: str) -> list[str]:
    """What an answer asked of the database, and that it was answered."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(path)
        assert answer.status_code in (200, 400, 422), path
    if answer.status_code != 200:
        return []
    return [each["sql"] for each in asked if "django_session" not in each["sql"]]


def heard(client: Client, path: str, keys: tuple[str, ...]) -> bool:
    """Whether any of these names changes what is asked of the database."""
    sql_of(client, path)
    plain = sql_of(client, path)
    odd = sql_of(client, f"{path}?{urlencode(dict.fromkeys(keys, 'a'))}")
    return bool(odd) and odd != plain


def test_there_are_three_hundred_hostile_names() -> None:
    assert len(set(KEYS)) >= 300


def test_no_list_hears_a_name_that_is_not_its_own(world: World) -> None:
    wrong = []
    for path, own in LISTS.items():
        keys = tuple(key for key in KEYS if key not in own)
        wrong += [path] if heard(world.clients["director"], path, keys) else []
    assert wrong == []


def test_no_list_is_sorted_by_what_is_no_column_of_it(world: World) -> None:
    wrong = []
    for path, own in LISTS.items():
        if "sort" not in own:
            continue
        sql_of(world.clients["director"], path)
        plain = sql_of(world.clients["director"], path)
        for given in SORTS:
            odd = sql_of(world.clients["director"], f"{path}?{urlencode({'sort': given})}")
            wrong += [(path, given)] if odd not in ([], plain) else []
    assert wrong == []


def oracle(request: HttpRequest) -> HttpResponse:
    """The fault of another system: the names of the address go straight into a condition."""
    lead = "user__"
    given = {k.removeprefix(lead): v for k, v in request.GET.items() if k.startswith(f"{lead}pass")}
    return HttpResponse(User.objects.filter(**given).count())


def test_a_list_that_hears_them_is_found(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Power check: a page that passes the names on."""
    oracle.login_required = False  # type: ignore[attr-defined]
    site = ModuleType("a_site_with_an_oracle")
    site.urlpatterns = [at_path("oracle/", oracle)]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, site.__name__, site)
    settings.ROOT_URLCONF = site.__name__
    assert heard(Client(), "/oracle/", ("user__password__startswith",))
    assert not heard(Client(), "/oracle/", ("order_by",))


class Written:
    """What was written to the database, with its values, and the fields that forms declare."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self.declared: set[str] = set()

    def note(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if re.match(r"\s*(INSERT|UPDATE|REPLACE)", sql) and "django_session" not in sql:
            self.values.append(f"{sql} {params}")
        return execute(sql, params, many, context)


@contextmanager
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[Written]:
    """Watch what is written, and take it back; what forms are filled in is noted as well."""
    found = Written()
    clean = forms.BaseForm.full_clean

    def noted(self: forms.BaseForm) -> None:
        found.declared |= {self.add_prefix(name) for name in self.fields}
        clean(self)

    with monkeypatch.context() as patch, transaction.atomic():
        patch.setattr(forms.BaseForm, "full_clean", noted)
        with connection.execute_wrapper(found.note):
            yield found
        transaction.set_rollback(True)


def columns() -> list[str]:
    """Every column of every table of the house, as a form or an address could name it."""
    fields = {
        f for m in apps.get_models() if m.__module__.startswith("wardroom") for f in m._meta.fields
    }
    return sorted({name for field in fields for name in (field.name, field.attname)})


def takers() -> list[tuple[str, str, dict[str, Any]]]:
    """Each address that takes something, with somebody who is let and what they send."""
    found = []
    for name, (row, sent) in TAKES.items():
        lets = [role for role, got in zip(ROLES, row.split(), strict=True) if got in ("on", "200")]
        if lets:
            found.append((name, lets[-1], sent))
    return found


def assigned(
    world: World, name: str, role: str, sent: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """What is written of a value that stands under every column no form of the page declares."""
    client, path = world.clients[role], address(world, name)
    with written(monkeypatch) as plain:
        before = word(client.post(path, sent))
    own = plain.declared | set(sent) | OWN.get(name, set())
    more = [column for column in columns() if column not in own]
    wrong = []
    for start in range(0, len(more), MOST_FIELDS):
        odd = dict.fromkeys(more[start : start + MOST_FIELDS], PLANTED)
        with written(monkeypatch) as more_written:
            after = word(client.post(path, {**odd, **sent}))
        if before != after:
            wrong.append(f"{name}: {before} became {after}")
        wrong += [f"{name}: {each[:200]}" for each in more_written.values if PLANTED in each]
    return wrong


def test_no_form_takes_a_column_that_it_does_not_show(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(takers()) > 40
    wrong = []
    for name, role, sent in takers():
        count_anew()
        wrong += assigned(world, name, role, sent, monkeypatch)
    assert wrong == []


def test_a_form_that_takes_every_column_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power check: a change that keeps whatever was sent beside the form."""
    from wardroom.web.ui import forms as house

    real = house.Form.full_clean

    def takes_all(self: Any) -> None:
        real(self)
        if hasattr(self, "cleaned_data") and "text" in self.cleaned_data:
            self.cleaned_data["text"] += str(
                self.data.get("disposition", self.data.get("body", ""))
            )

    monkeypatch.setattr(house.Form, "full_clean", takes_all)
    found = []
    for name, role, sent in takers():
        count_anew()
        found += assigned(world, name, role, sent, monkeypatch)
        if found:
            break
    assert found
