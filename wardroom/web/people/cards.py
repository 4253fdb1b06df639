"""Contacts as vCard files: one, or all of a filtered list."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.casework.queries import card_of, cards_listed
from wardroom.directory.rules import CARD_VERSIONS, ContactCard, card_text
from wardroom.web.edge import actor_of, today_of
from wardroom.web.factors.stepping import needs_proof_to_see
from wardroom.web.people.filtering import filters_given


@require_safe
def card(request: HttpRequest, party_id: int) -> HttpResponse:
    """The card of one person or organization."""
    one = card_of(party_id, actor_of(request), page=_address)
    return _file(request, [one], f"contact-{party_id}.vcf")


@require_safe
@needs_proof_to_see
def cards(request: HttpRequest) -> HttpResponse:
    """The cards of all that the list shows with these filters."""
    today = today_of(request)
    _, wanted = filters_given(request, today)
    found = cards_listed(actor_of(request), wanted, on=today, page=_address)
    return _file(request, found, "contacts.vcf")


def _address(party_id: int) -> str:
    return f"{settings.SITE}{reverse('party', args=[party_id])}"


def _file(request: HttpRequest, some: Iterable[ContactCard], name: str) -> HttpResponse:
    given = request.GET.get("version", CARD_VERSIONS[0])
    version = given if given in CARD_VERSIONS else CARD_VERSIONS[0]
    answer = HttpResponse(card_text(some, version), content_type="text/vcard; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
