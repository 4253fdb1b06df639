"""One service: everything that is known of it, whether it is checked, and what to know first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.engagement.queries.referrals import services_to_check
from wardroom.library.actions import assure_service, close_service, set_service_alert
from wardroom.library.queries import ServiceFile, get_listed_service, service_file
from wardroom.library.rules.hsds.tables import STATUSES
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.referrals.find import moves_here
from wardroom.web.ui.forms import DayField, Form, PlainForm, submit
from wardroom.web.ui.page import Crumb, go_on, page

HOME = Crumb("Services", "/services/")
SAID = {
    "assure": "Saved: checked today.",
    "close": "Saved. Nobody is sent there any more.",
    "alert": "Saved. Everybody who finds it sees this first.",
}


class AlertForm(Form):
    """What everybody has to know first."""

    name = "alert"

    status = forms.ChoiceField(  # type: ignore[assignment]
        label="How it stands", choices=[(code, code.capitalize()) for code in STATUSES]
    )
    alert = forms.CharField(
        label="What to know first",
        max_length=500,
        required=False,
        help_text="Such as: closed until January 4. Leave it empty where there is nothing.",
    )
    until = DayField(
        label="Last day of this",
        required=False,
        help_text="After it the words go by themselves, and what was closed for now is open again.",
    )


class GoneForm(Form):
    """Why a service is no more."""

    name = "gone"

    reason = forms.CharField(
        label="What happened",
        max_length=500,
        help_text="It stays in the office. Everybody else reads that it is closed for good.",
    )


FORMS: Mapping[str, type[Form]] = {"alert": AlertForm, "close": GoneForm, "assure": PlainForm}


@require_safe
def listed_service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """One service with everything that is known of it."""
    return _page(request, service_file(service_id, actor_of(request), at=stamp_of(request).at))


@takes_form()
def service_move(request: HttpRequest, service_id: UUID, verb: str) -> HttpResponse:
    """Say that it was checked, or what to know first."""
    if verb not in SAID:
        raise Http404
    row = get_listed_service(service_id, actor_of(request))
    form = FORMS[verb](request.POST)
    done = submit(form, lambda given: _act(row, verb, given, request))
    if done is None:
        file = service_file(service_id, actor_of(request), at=stamp_of(request).at)
        return _page(request, file, failed=form)
    return go_on(request, reverse("service_listed", args=[service_id]), SAID[verb])


def _act(row: Any, verb: str, given: dict[str, Any], request: HttpRequest) -> Any:
    if verb == "assure":
        return assure_service(row, stamp=stamp_of(request))
    if verb == "close":
        return close_service(row, **given, stamp=stamp_of(request))
    return set_service_alert(row, **given, stamp=stamp_of(request))


def _page(request: HttpRequest, file: ServiceFile, failed: Form | None = None) -> HttpResponse:
    started = {"status": file.status, "alert": file.alert, "until": file.alert_until}
    alert = failed if isinstance(failed, AlertForm) else AlertForm(initial=started)
    return page(
        request,
        "referrals/service.html",
        title=file.name,
        crumbs=(HOME, Crumb(file.name)),
        status=failed.status if failed else 200,
        file=file,
        alert=alert,
        close=failed if isinstance(failed, GoneForm) else GoneForm(),
        failed=failed,
        doubtful=bool(services_to_check([file.id], on=today_of(request))),
        writes="refer" in moves_here(request),
    )
