"""Our own initiatives: is notice to ANCs required? Yes or no, with the reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.engagement.actions import answer_notice_question
from wardroom.engagement.queries.notices import own_page
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.queries import get_matter
from wardroom.web.anc_notices.forms import QuestionForm
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import page_number, paging


@require_safe
def own_list(request: HttpRequest) -> HttpResponse:
    """Our own open initiatives, those first of which nobody has said it."""
    return _page(request, {})


@takes_form()
def answer(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Say whether one of them needs notice, and why."""
    matter = get_matter(matter_id, actor_of(request))
    form = _form(matter_id, request.POST)
    done = submit(
        form, lambda given: answer_notice_question(matter, **given, stamp=stamp_of(request))
    )
    if done is None:
        return _page(request, {matter_id: form})
    back = f"{reverse('anc_notices_own')}?page={page_number(request.GET)}"
    return go_on(request, back, "Saved.")


def _form(matter_id: int, posted: object = None) -> Form:
    return QuestionForm(posted, auto_id=f"own-{matter_id}_%s")


def _page(request: HttpRequest, failed: dict[int, Form]) -> HttpResponse:
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    wrong = next(iter(failed.values()), None)
    found = own_page(actor, page=page_number(request.GET))
    return page(
        request,
        "anc_notices/own.html",
        title="Does it need notice?",
        crumbs=(Crumb("Notices owed", reverse("anc_notices")), Crumb("Our own initiatives")),
        status=wrong.status if wrong else 200,
        rows=[(row, failed.get(row.matter_id) or _form(row.matter_id)) for row in found.rows],
        unsaid=found.unsaid,
        paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        failed=wrong,
    )
