"""Whom residents are told to call about what is not the city's; the director keeps the list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.kernel.languages import LANGUAGES
from wardroom.library.actions import end_authority, keep_authority, translate_authority
from wardroom.library.queries.elsewhere import (
    AuthorityFile,
    authorities_kept,
    authority_file,
    check_may_keep_authorities,
    get_authority,
)
from wardroom.library.rules.authorities import Authority
from wardroom.web.authorities.forms import KeepForm, NewForm, TranslateForm
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.moves import Failed, Move, make, offers, takes_move
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, table
from wardroom.web.ui.words import counted

COLUMNS = (Column("Authority"), Column("Phone"), Column("Answers"), Column("Told of"))
VERBS = ("keep", "translate", "end")
PARTS = ("name", "about", "hours", "words")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every authority that residents are told of, and a form for one more."""
    return _listing(request, NewForm())


@takes_form()
def add(request: HttpRequest) -> HttpResponse:
    """Tell residents of one more authority."""
    check_may_keep_authorities(actor_of(request))
    form = NewForm(request.POST)
    made = submit(
        form,
        lambda given: keep_authority(None, kept=_kept(given), new=True, stamp=stamp_of(request)),
    )
    if made is None:
        return _listing(request, form)
    return go_on(request, reverse("authority", args=[made.code]), "Residents are told of it now.")


@require_safe
def authority(request: HttpRequest, code: str) -> HttpResponse:
    """One authority as residents are told of it, and what is not in their languages yet."""
    return _page(request, authority_file(code, actor_of(request)), {})


@takes_move(VERBS)
def make_move(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Change an authority, put it into another language, or tell of it no more."""
    file = authority_file(code, actor_of(request))
    move = _moves(file)[verb]
    back = reverse("authorities") if verb == "end" else reverse("authority", args=[code])
    return make(
        request,
        move,
        file,
        move.form(request.POST),
        address=back,
        again=lambda form: _page(request, file, {verb: form}),
    )


def _keep(file: AuthorityFile, given: dict[str, Any], request: HttpRequest) -> object:
    kept = _kept({**given, "code": file.kept.code})
    return keep_authority(None, kept=kept, stamp=stamp_of(request))


def _say(file: AuthorityFile, given: dict[str, Any], request: HttpRequest) -> object:
    said = {**{part: given.get(part, "") for part in PARTS}, "name": given["name_"]}
    row = get_authority(file.kept.code, actor_of(request))
    return translate_authority(row, language=given["language"], said=said, stamp=stamp_of(request))


def _end(file: AuthorityFile, given: dict[str, Any], request: HttpRequest) -> object:
    row = get_authority(file.kept.code, actor_of(request))
    return end_authority(row, stamp=stamp_of(request))


def _kept(given: dict[str, Any]) -> Authority:
    rest = {key: value for key, value in given.items() if key != "name_"}
    return Authority(name=given["name_"], **rest)


def _moves(file: AuthorityFile) -> dict[str, Move]:
    now = {**vars(file.kept), "name_": file.kept.name}
    return {
        "keep": Move(
            "keep_authority",
            "Change it",
            _keep,
            "Saved. Residents read it from now on.",
            lambda posted=None: KeepForm(posted, initial=now),
        ),
        "translate": Move(
            "translate_authority", "Put it into a language", _say, "Saved.", TranslateForm
        ),
        "end": Move("end_authority", "Tell of it no more", _end, "Nobody is told of it any more."),
    }


def _listing(request: HttpRequest, form: Form) -> HttpResponse:
    rows, keeps = authorities_kept(actor_of(request))
    return page(
        request,
        "authorities/list.html",
        title="Other authorities",
        crumbs=(Crumb("Data", reverse("data")), Crumb("Other authorities")),
        status=form.status,
        form=form,
        keeps=keeps,
        table=table(
            counted(len(rows), "authority", "authorities"),
            COLUMNS,
            [_cells(row) for row in rows],
            empty="Nobody is listed yet. Residents are told of 911, and of whose ground it is.",
        ),
    )


def _cells(file: AuthorityFile) -> tuple[Cell, ...]:
    kept = file.kept
    lacks = (Tag("Not in every language"),) if file.lacks else ()
    href = reverse("authority", args=[kept.code])
    return (
        Cell(kept.name, href=href, sub=kept.about, main=True, tags=lacks),
        Cell(kept.phone),
        Cell(kept.hours),
        Cell(_told_by(kept)),
    )


def _told_by(kept: Authority) -> str:
    ways = (
        (kept.words, "By words"),
        (kept.owner_code, "on its ground"),
        (kept.outside, "outside the city"),
    )
    said = ", ".join(way for known, way in ways if known)
    return (said[:1].upper() + said[1:]) or "Nowhere yet"


def _page(request: HttpRequest, file: AuthorityFile, failed: Failed) -> HttpResponse:
    kept = file.kept
    return page(
        request,
        "authorities/authority.html",
        title=kept.name,
        crumbs=(
            Crumb("Data", reverse("data")),
            Crumb("Other authorities", reverse("authorities")),
            Crumb(kept.name),
        ),
        kept=kept,
        told_by=_told_by(kept),
        lacks=[(LANGUAGES[code].english, ", ".join(parts)) for code, parts in file.lacks],
        said=[
            (LANGUAGES[code], {part: words.get(part, "") for part in PARTS})
            for code, words in sorted(kept.translations.items())
        ],
        **offers(_moves(file), file.allowed, failed),
    )
