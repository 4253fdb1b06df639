"""Your calendar in your own calendar program, and the calendar that everybody may read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from wardroom.calendar import actions
from wardroom.calendar.queries import FeedLink, feed_links, public_events
from wardroom.calendar.rules import CANCELLED
from wardroom.calendar.rules.feeds import DUTY, FeedEvent
from wardroom.directory.queries import get_party_of
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.everybody import for_everybody
from wardroom.web.speaking import Speaking, speaking
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, choose, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Control, Tag, table
from wardroom.web.ui.words import instant_text
from wardroom.web.wards import all_wards, my_wards

COLUMNS = (Column("Feed"), Column("Secret link"), Column("What you can do"))
AHEAD = timedelta(days=92)
MY_OWN, ALL_SHIFTS = "My own events and shifts", "On call, the whole office"


class FeedForm(Form):
    """Which feed: your own events, or those of a ward."""

    ward_code = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, wards: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "ward_code", [("", MY_OWN), (DUTY, ALL_SHIFTS), *wards])


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """The feeds that you can read in your own calendar program."""
    return _page(request)


@takes_form()
def make_move(request: HttpRequest, verb: str) -> HttpResponse:
    """Make a secret address, which is shown this once, or close it."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    party, stamp = get_party_of(actor), stamp_of(request)
    form = FeedForm(request.POST, wards=my_wards(request))
    if verb == "open":
        token = submit(form, lambda given: actions.open_feed(party, **_feed(given), stamp=stamp))
        return _page(request, token=token or "", failed=None if token else form)
    if verb != "close":
        raise Http404
    done = submit(
        form, lambda given: actions.close_feed(party, **_feed(given), stamp=stamp) or True
    )
    if not done:
        return _page(request, failed=form)
    return go_on(request, reverse("calendar_feeds"), "The link opens nothing any more.")


@for_everybody
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """The events that everybody may know, for the next three months."""
    show = speaking(request)
    words = show.words.calendar
    wards = [("", words.all_wards), *((code, show.ward(code)) for code, _ in all_wards(request))]
    ward = filters.choice(request.GET, "ward", words.ward, wards)
    today = today_of(request)
    found = public_events(from_on=today, until_on=today + AHEAD, ward_code=ward.value)
    address = reverse("feed_calendar") + (f"?ward={ward.value}" if ward.value else "")
    return page(
        request,
        "calendar/public.html",
        title=words.title,
        tongue=show.tongue,
        words=words,
        filters=filters.bar(request.GET, ward, keep=("language",), words=show.lists),
        address=settings.SITE + address,
        path=address,
        table=table(
            words.counts[show.tongue.plural(len(found))].format(n=f"{len(found):,}"),
            [Column(label) for label in (words.when, words.what, words.where, words.ward)],
            [_public_cells(one, show) for one in found],
            empty=words.none,
        ),
    )


def _public_cells(one: FeedEvent, show: Speaking) -> tuple[Cell, ...]:
    words, lang = show.words.calendar, show.lang
    end = show.tongue.clock_form(localtime(one.ends_at))
    canceled = (Tag(words.canceled, "bad"),) if one.state == CANCELLED else ()
    return (
        Cell(words.until.format(when=show.instant(one.starts_at), end=end)),
        Cell(one.title, sub=one.text, main=True, tags=canceled, lang=lang, sub_lang=lang),
        Cell(one.place, lang=lang),
        Cell(one.ward_code or words.city),
    )


def _page(request: HttpRequest, *, token: str = "", failed: Form | None = None) -> HttpResponse:
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    names = dict(my_wards(request))
    links = feed_links(actor, list(names), at=stamp_of(request).at)
    made = settings.SITE + reverse("feed_secret_calendar", args=[token]) if token else ""
    answer = page(
        request,
        "calendar/feeds.html",
        title="Calendar on your phone",
        crumbs=(Crumb("Calendar", reverse("calendar")), Crumb("On your phone")),
        status=failed.status if failed else 200,
        failed=failed,
        made=made,
        table=table(
            "Your feeds",
            COLUMNS,
            [_cells(link, names) for link in links],
            empty="There is no feed that you can read.",
        ),
    )
    if token:
        answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _feed(given: dict[str, str]) -> dict[str, Any]:
    """Which feed was chosen, as the actions name it."""
    chosen = given["ward_code"]
    return {"duty": True} if chosen == DUTY else {"ward_code": chosen}


def _cells(link: FeedLink, names: dict[str, str]) -> tuple[Cell, ...]:
    chosen = DUTY if link.of == DUTY else link.ward_code
    name = {"": MY_OWN, DUTY: ALL_SHIFTS, **names}.get(chosen, MY_OWN)
    kept = (("ward_code", chosen),)
    verb = "Make a new secret link" if link.opened_at else "Make a secret link"
    controls = [_control("open", verb, link, name, kept)]
    if link.opened_at:
        controls.append(_control("close", "Close it", link, name, kept))
    shown = "Open" if link.opened_at else "None yet"
    until = f"Until {instant_text(link.expires_at)}" if link.expires_at else ""
    return (Cell(name, main=True), Cell(shown, sub=until), Cell(controls=tuple(controls)))


def _control(
    verb: str, label: str, link: FeedLink, name: str, kept: tuple[tuple[str, str], ...]
) -> Control:
    return Control(
        label=label,
        href=reverse("calendar_feed_move", args=[verb]),
        about=name,
        ident=f"{verb}_{kept[0][1] or 'mine'}",
        kept=kept,
    )
