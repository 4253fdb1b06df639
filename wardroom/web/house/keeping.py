"""The house: how it stands, and what can be done about it."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom import __version__
from wardroom.kernel.errors import NotAllowed
from wardroom.notices.actions import release_mail
from wardroom.notices.queries import get_mail_hold
from wardroom.upkeep.actions import ask_ledger_check, give_up_receipt, retry_receipt
from wardroom.upkeep.queries import get_dead, house_sheet, may_look_after_house
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.factors.stepping import needs_proof
from wardroom.web.house import showing
from wardroom.web.house.showing import Typed
from wardroom.web.ui.forms import Form, InstantField, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import page_number
from wardroom.web.ui.words import counted, instant_text

NOT_HELD = "Mail is not held any more: somebody has let it go."


class GiveUpForm(Form):
    """Why something that should follow need not happen."""

    reason = forms.CharField(label="Why it need not happen", max_length=200)


class ReleaseForm(Form):
    """When Wardroom stopped, so that nothing goes out twice."""

    name = "release"

    stopped_at = InstantField(
        label="When did Wardroom stop?",
        help_text="On the old machine, to the minute; before the backup, if it stood still then. "
        "What was due by then went out and is set aside; the rest goes out. "
        "It can be changed until mail goes out.",
    )


@require_safe
def the_house(request: HttpRequest) -> HttpResponse:
    """How every part stands, what was given up, the ledger, backups, storage and processes."""
    return _page(request)


@takes_form()
def check(request: HttpRequest) -> HttpResponse:
    """Have the ledger walked now."""
    ask_ledger_check(None, stamp=stamp_of(request))
    said = "The ledger is walked from its first line. What is found stands here in a while."
    return go_on(request, f"{reverse('the_house')}#ledger", said)


@takes_form()
@needs_proof
def release(request: HttpRequest) -> HttpResponse:
    """Let mail go out again after a restoration, once it is known when the house stopped."""
    hold = get_mail_hold()
    here = reverse("the_house")
    if hold is None:
        _look_after(request)
        return go_on(request, here, NOT_HELD)
    form = ReleaseForm(request.POST)
    done = submit(form, lambda given: release_mail(hold, **given, stamp=stamp_of(request)))
    if done is None:
        return _page(request, release=form)
    going, aside = done
    at = instant_text(form.cleaned_data["stopped_at"])
    said = f"Wardroom stopped on {at}: of what waits now, {counted(going, 'message')} will go out "
    said += f"and {aside:,} will be set aside as sent before. First the worker lives through the "
    said += "lost time again."
    return go_on(request, here, said)


@takes_form(steps_up=3)
def retry(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """Try once more what failed at every try."""
    retry_receipt(get_dead(receipt_id, actor_of(request)), stamp=stamp_of(request))
    said = "It is tried again within a minute, with all its tries before it."
    return go_on(request, f"{reverse('the_house')}#given-up", said)


@takes_form(steps_up=3)
def give_up(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """Say why it need not happen."""
    dead = get_dead(receipt_id, actor_of(request))
    form = GiveUpForm(request.POST)
    done = submit(form, lambda given: give_up_receipt(dead, **given, stamp=stamp_of(request)))
    if done is None:
        return _page(
            request,
            failed=(dead.reaction, form),
            typed=Typed(dead.pk, form["reason"].value() or ""),
        )
    return go_on(request, f"{reverse('the_house')}#given-up", "It is given up, with your reason.")


def _look_after(request: HttpRequest) -> None:
    if not may_look_after_house(actor_of(request)):
        raise NotAllowed


def _page(
    request: HttpRequest,
    *,
    release: Form | None = None,
    failed: tuple[str, Form] | None = None,
    typed: Typed | None = None,
) -> HttpResponse:
    _look_after(request)
    actor, at = actor_of(request), stamp_of(request).at
    sheet = house_sheet(actor, at=at, page=page_number(request.GET))
    found = showing.all_findings(sheet)
    wrong = release or (failed[1] if failed else None)
    said, tone = showing.said_of(one for one, _ in found)
    more: dict[str, Any] = {}
    if release is not None:
        more["release"] = release
    elif sheet.held and "release_mail" in sheet.allowed:
        known = sheet.held.stopped_at or sheet.held.since
        more["release"] = ReleaseForm(initial={"stopped_at": known})
    return page(
        request,
        "house/keeping.html",
        title="The house",
        crumbs=(Crumb("Data", reverse("data")), Crumb("The house")),
        status=wrong.status if wrong else 200,
        sheet=sheet,
        said=said,
        tone=tone,
        failed=failed,
        findings=showing.finding_table(found),
        dead=showing.dead_table(sheet, request.GET, typed),
        jobs=showing.job_table(sheet),
        processes=showing.process_table(sheet.processes),
        storage=_storage(sheet),
        version=__version__,
        backup_at=time.fromisoformat(settings.BACKUP_AT) if settings.BACKUPS else None,
        **more,
    )


def _storage(sheet: Any) -> tuple[tuple[str, str, str], ...]:
    kept = sheet.storage
    return (
        ("Database", showing.size_text(kept.database), ""),
        ("Stored files", showing.size_text(kept.file_bytes), counted(kept.files, "file")),
        ("Free", showing.size_text(kept.free), f"of {showing.size_text(kept.whole)}"),
    )
