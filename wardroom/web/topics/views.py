"""Which topics the public may report, and what is asked about each; the director changes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.casework.actions import learn_topics
from wardroom.casework.policy import may_learn_topics
from wardroom.casework.queries import newest_lesson
from wardroom.kernel.languages import LANGUAGES
from wardroom.library.actions import ask_question, close_topic, end_question, open_topic
from wardroom.library.queries.opening import (
    TopicFile,
    get_question,
    get_topic,
    topic_file,
    topics_to_open,
)
from wardroom.library.rules.asking import PUBLIC_KINDS
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.topics.forms import (
    EndForm,
    OpenForm,
    QuestionForm,
    QuestionInForm,
    TranslateForm,
    asked_of,
    question_words,
    topic_words,
)
from wardroom.web.ui.forms import Form, PlainForm, submit
from wardroom.web.ui.moves import Failed, Move, make, offers, takes_move
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, table
from wardroom.web.ui.words import counted

COLUMNS = (Column("Topic"), Column("For the public"), Column("Questions", number=True))
VERBS = ("open", "translate", "question", "question_in", "end", "close")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every topic, and how good the suggestions by the words are."""
    return _listing(request, PlainForm())


@takes_form()
def learn(request: HttpRequest) -> HttpResponse:
    """Learn anew which words tell of which topic."""
    form = PlainForm(request.POST)
    if submit(form, lambda _: learn_topics(None, stamp=stamp_of(request))) is None:
        return _listing(request, form)
    return go_on(request, reverse("topics"), "Learned anew from the complaints of today.")


def _listing(request: HttpRequest, form: Form) -> HttpResponse:
    rows = topics_to_open(actor_of(request))
    cells = [
        (
            Cell(row.name, href=reverse("topic", args=[row.code]), sub=row.group, main=True),
            Cell(row.kind, tags=() if row.is_open else (Tag("Not open"),)),
            Cell(str(row.questions)),
        )
        for row in rows
    ]
    return page(
        request,
        "topics/list.html",
        title="Topics for the public",
        crumbs=(Crumb("Data", reverse("data")), Crumb("Topics")),
        status=form.status,
        form=form,
        lesson=newest_lesson(),
        learns=may_learn_topics(actor_of(request), None),
        open=sum(row.is_open for row in rows),
        table=table(counted(len(rows), "topic"), COLUMNS, cells, empty="There is no topic yet."),
    )


@require_safe
def topic(request: HttpRequest, code: str) -> HttpResponse:
    """One topic as the public reads it."""
    return _page(request, topic_file(code, actor_of(request)), {})


@takes_move(VERBS)
def make_move(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Open or close a topic, put it into another language, ask or end a question."""
    file = topic_file(code, actor_of(request))
    move = _moves(file)[verb]
    return make(
        request,
        move,
        file,
        move.form(request.POST),
        address=reverse("topic", args=[code]),
        again=lambda form: _page(request, file, {verb: form}),
    )


def _open(file: TopicFile, given: dict[str, Any], request: HttpRequest) -> object:
    return open_topic(
        get_topic(file.code, actor_of(request)),
        **given,
        translations=file.translations,
        stamp=stamp_of(request),
    )


def _close(file: TopicFile, given: dict[str, Any], request: HttpRequest) -> object:
    return close_topic(get_topic(file.code, actor_of(request)), stamp=stamp_of(request))


def _end(file: TopicFile, given: dict[str, Any], request: HttpRequest) -> object:
    question = get_question(file.code, int(given["question"]), actor_of(request))
    return end_question(question, stamp=stamp_of(request))


def _say(file: TopicFile, given: dict[str, Any], request: HttpRequest) -> object:
    return open_topic(
        get_topic(file.code, actor_of(request)),
        description=file.description,
        kind=file.kind,
        group=file.group,
        keywords=file.keywords,
        translations={**file.translations, given["language"]: topic_words(given)},
        stamp=stamp_of(request),
    )


def _ask(file: TopicFile, given: dict[str, Any], request: HttpRequest) -> object:
    found, asked = get_topic(file.code, actor_of(request)), asked_of(given)
    before = next((r.asked.translations for r in file.questions if r.asked.code == asked.code), {})
    kept = replace(asked, translations=before)
    return ask_question(found, asked=kept, stamp=stamp_of(request))


def _ask_in(file: TopicFile, given: dict[str, Any], request: HttpRequest) -> object:
    chosen = next(row.asked for row in file.questions if str(row.id) == given["question"])
    words = {**chosen.translations, given["language"]: question_words(given)}
    found = get_topic(file.code, actor_of(request))
    return ask_question(found, asked=replace(chosen, translations=words), stamp=stamp_of(request))


def _moves(file: TopicFile) -> dict[str, Move]:
    """What can be done to a topic and its questions."""
    asked = [(str(row.id), row.asked.text) for row in file.questions]
    now = {name: getattr(file, name) for name in ("description", "group", "keywords", "kind")}
    return {
        "open": Move(
            "open_topic",
            "Change its words" if file.is_open else "Open it to the public",
            _open,
            "Saved. People read it from now on.",
            lambda posted=None: OpenForm(posted, initial=now),
        ),
        "translate": Move(
            "translate_topic", "Put it into a language", _say, "Saved.", TranslateForm
        ),
        "question": Move("ask_question", "Ask a question", _ask, "It is asked now.", QuestionForm),
        "question_in": Move(
            "end_question",
            "Put a question into a language",
            _ask_in,
            "Saved.",
            lambda posted=None: QuestionInForm(posted, questions=asked),
        ),
        "end": Move(
            "end_question",
            "Ask something no more",
            _end,
            "It is not asked any more. The answers stay.",
            lambda posted=None: EndForm(posted, questions=asked),
        ),
        "close": Move("close_topic", "Close it to the public", _close, "It is closed."),
    }


def _page(request: HttpRequest, file: TopicFile, failed: Failed) -> HttpResponse:
    return page(
        request,
        "topics/topic.html",
        title=file.name,
        crumbs=(
            Crumb("Data", reverse("data")),
            Crumb("Topics", reverse("topics")),
            Crumb(file.name),
        ),
        file=file,
        kind=PUBLIC_KINDS[file.kind],
        spoken=", ".join(LANGUAGES[code].english for code in file.languages),
        lacks=[(LANGUAGES[code].english, ", ".join(parts)) for code, parts in file.lacks],
        said=[
            (LANGUAGES[code], {"name": "", "description": "", **file.translations[code]})
            for code in LANGUAGES
            if code in file.translations
        ],
        questions=[
            (row, ", ".join(LANGUAGES[code].english for code in row.languages))
            for row in file.questions
        ],
        **offers(_moves(file), file.allowed, failed),
    )
