"""Records that may be of the same one: suggested, looked at side by side, joined, parted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.casework.queries import (
    JoinPreview,
    get_party_seen,
    join_preview,
    seen_party_ids,
    twin_page,
)
from wardroom.directory import policy
from wardroom.directory.actions import join_parties, part_parties
from wardroom.directory.queries import get_joined
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.people.forms import JoinForm, PartForm
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table
from wardroom.web.ui.words import counted

COLUMNS = (
    Column("This record"),
    Column("Perhaps the same as"),
    Column("Why"),
    Column("What to do"),
)


@require_safe
def twins(request: HttpRequest) -> HttpResponse:
    """Records that may be of the same person or organization."""
    found = twin_page(actor_of(request), page=page_number(request.GET))
    rows = [
        (
            Cell(row.name, href=reverse("party", args=[row.party_id]), main=True),
            Cell(row.other_name, href=reverse("party", args=[row.other_id])),
            Cell(f"They have {row.why}."),
            Cell("Look at both", href=reverse("party_join", args=[row.party_id, row.other_id])),
        )
        for row in found.rows
    ]
    return page(
        request,
        "people/twins.html",
        title="Perhaps the same",
        crumbs=(Crumb("People", reverse("people")), Crumb("Perhaps the same")),
        table=table(
            counted(found.total, "pair"),
            COLUMNS,
            rows,
            empty="No two records within your reach look like the same one.",
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, party_id: int, other_id: int) -> HttpResponse:
    """Two records side by side, and what joining the first to the second would do."""
    actor = actor_of(request)
    view = join_preview(party_id, other_id, actor, on=today_of(request))
    if not policy.may_join_parties(actor, None):
        raise NotAllowed
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        kept = get_party_seen(other_id, actor)
        made = submit(
            form,
            lambda given: join_parties(
                get_party_seen(party_id, actor), into=kept, **given, stamp=stamp_of(request)
            ),
        )
        if made is not None:
            said = f"{view.gone.name} goes on here. It can be parted again below."
            return go_on(request, reverse("party", args=[kept.pk]), said)
    return _page(request, view, form)


@takes_form(steps_up=2)
def part(request: HttpRequest, party_id: int, joined_id: int) -> HttpResponse:
    """Part a record again that was joined to this one."""
    actor = actor_of(request)
    kept = get_party_seen(party_id, actor)
    found = get_joined(joined_id, kept.pk)
    form = PartForm(request.POST)
    done = submit(form, lambda given: part_parties(found, **given, stamp=stamp_of(request)))
    if done is None:
        return page(
            request,
            "people/part.html",
            title=f"Part {found.name}",
            crumbs=(Crumb("People", reverse("people")), Crumb(kept.name)),
            status=form.status,
            form=form,
            kept_id=kept.pk,
            joined_id=joined_id,
        )
    if not seen_party_ids(actor, [joined_id]):
        raise NotFound(f"no party {joined_id}")
    return go_on(request, reverse("party", args=[joined_id]), "They are two records again.")


def _page(request: HttpRequest, view: JoinPreview, form: Form) -> HttpResponse:
    return page(
        request,
        "people/join.html",
        title="Are these the same?",
        crumbs=(
            Crumb("People", reverse("people")),
            Crumb("Perhaps the same", reverse("twins")),
            Crumb("Two records"),
        ),
        status=form.status,
        view=view,
        sides=(
            ("This record goes on in the other", view.gone, view.gone_complaints),
            ("This record stays", view.kept, view.kept_complaints),
        ),
        form=form,
    )
