"""What the public may report: opened, closed, and asked about, in seven languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from tests.cast import HOUSE, Cast
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.library import actions
from wardroom.library.models import Question, Topic
from wardroom.library.queries import public_topic, public_topics
from wardroom.library.queries.opening import topic_file
from wardroom.library.rules.asking import SPOKEN, Asked, Choice, flaw_of, kept_answers
from wardroom.library.rules.public_topics import PUBLIC_TOPICS
from wardroom.library.rules.topic_names import topic_in

LIST = (Choice("one", "One"), Choice("two", "Two"))


@pytest.fixture
def library(db: None) -> None:
    actions.load_reference_data(None, stamp=HOUSE)


def topic(code: str = "rodents") -> Topic:
    found: Topic = Topic.objects.get(code=code)
    return found


@pytest.mark.django_db
def test_office_starts_with_topics_that_people_report(library: None) -> None:
    rows = public_topics()
    assert len(rows) == len(PUBLIC_TOPICS) >= 12
    assert all(1 <= len(row.questions) <= 3 for row in rows)
    assert {row.code for row in rows} & {"bulk", "permits", "meters"} == set()


@pytest.mark.django_db
def test_second_load_opens_nothing_that_was_closed(library: None, director: Cast) -> None:
    actions.close_topic(topic(), stamp=director.stamp)
    with pytest.raises(Refused):
        actions.load_reference_data(None, stamp=HOUSE)
    assert public_topic("rodents") is None


@pytest.mark.parametrize("language", [code for code in SPOKEN if code != "en"])
@pytest.mark.django_db
def test_no_word_is_left_in_english(library: None, language: str) -> None:
    same: list[str] = []
    for row in public_topics():
        same += _same(
            (row.name, row.name_in(language)),
            (row.description, row.description_in(language)),
            (row.group, row.group_in(language)),
        )
        for asked in row.questions:
            same += _same((asked.text, asked.text_in(language)))
            same += _same(
                *(
                    (own.name, said.name)
                    for own, said in zip(asked.choices, asked.choices_in(language), strict=True)
                )
            )
    assert set(same) <= {"No"}


def _same(*pairs: tuple[str, str]) -> Iterable[str]:
    return [english for english, said in pairs if english == said]


def test_topic_that_the_office_named_itself_is_read_as_it_is() -> None:
    assert topic_in("es", "A topic of our own") == "A topic of our own"


@pytest.mark.django_db
def test_topic_is_opened_closed_and_opened_in_other_words(library: None, director: Cast) -> None:
    actions.close_topic(topic(), stamp=director.stamp)
    with pytest.raises(Refused) as no:
        actions.close_topic(topic(), stamp=director.stamp)
    assert no.value.code == "not_open"
    actions.open_topic(
        topic(),
        description="Rats.",
        kind="batch",
        translations={"es": {"description": "Ratas."}},
        stamp=director.stamp,
    )
    row = public_topic("rodents")
    assert row is not None
    assert (row.kind, row.description_in("es"), row.description_in("fr")) == (
        "batch",
        "Ratas.",
        "Rats.",
    )


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"description": " "}, "no_description"),
        ({"description": "x" * 501}, "too_long"),
        ({"kind": "soon"}, "unknown_kind"),
        ({"translations": {"xx": {}}}, "unknown_language"),
    ],
)
@pytest.mark.django_db
def test_topic_is_not_opened_so(
    library: None, director: Cast, more: dict[str, Any], code: str
) -> None:
    words: dict[str, Any] = {"description": "Rats.", **more}
    with pytest.raises(Refused) as no:
        actions.open_topic(topic(), stamp=director.stamp, **words)
    assert no.value.code == code


@pytest.mark.django_db
def test_liaison_opens_and_asks_nothing(library: None, liaison5: Cast) -> None:
    for call in (
        lambda: actions.open_topic(topic(), description="Rats.", stamp=liaison5.stamp),
        lambda: actions.close_topic(topic(), stamp=liaison5.stamp),
        lambda: actions.ask_question(
            topic(), asked=Asked(code="x", text="Why?"), stamp=liaison5.stamp
        ),
        lambda: actions.end_question(_question("seen"), stamp=liaison5.stamp),
    ):
        with pytest.raises(NotAllowed):
            call()


@pytest.mark.django_db
def test_question_is_replaced_where_it_stands_and_ended(library: None, director: Cast) -> None:
    before = public_topic("rodents")
    assert before is not None
    code = before.questions[0].code
    actions.ask_question(topic(), asked=Asked(code=code, text="How many?"), stamp=director.stamp)
    row = public_topic("rodents")
    assert row is not None
    assert row.questions[0].text == "How many?"
    assert len(row.questions) == len(before.questions)
    actions.end_question(_question(code), stamp=director.stamp)
    with pytest.raises(Refused):
        actions.end_question(
            Question.objects.filter(code=code).exclude(ended_at=None).latest("pk"),
            stamp=director.stamp,
        )
    row = public_topic("rodents")
    assert row is not None
    assert code not in {asked.code for asked in row.questions}


def _question(code: str) -> Question:
    found: Question = Question.objects.get(topic__code="rodents", code=code, ended_at=None)
    return found


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked(code="Bad Code", text="Why?"), "bad_code"),
        (Asked(code="why", text=" "), "text_missing"),
        (Asked(code="why", text="Why?", datatype="poem"), "unknown_datatype"),
        (Asked(code="why", text="Why?", datatype="singlevaluelist"), "bad_choices"),
        (Asked(code="why", text="Why?", choices=LIST), "no_list"),
        (Asked(code="why", text="Why?", required=True, shown_only=True), "notice"),
        (Asked(code="why", text="Why?", translations={"xx": {}}), "unknown_language"),
    ],
)
@pytest.mark.django_db
def test_question_is_not_asked_so(library: None, director: Cast, asked: Asked, code: str) -> None:
    with pytest.raises(Refused) as no:
        actions.ask_question(topic(), asked=asked, stamp=director.stamp)
    assert no.value.code == code


@pytest.mark.parametrize(
    ("datatype", "given", "fits"),
    [
        ("string", ["A line"], True),
        ("string", ["x" * 251], False),
        ("string", ["one", "two"], False),
        ("text", ["x" * 2000], True),
        ("text", ["x" * 2001], False),
        ("number", ["12.5"], True),
        ("number", ["twelve"], False),
        ("number", ["1e9"], False),
        ("datetime", ["2026-11-29"], True),
        ("datetime", ["2026-11-29T14:30"], True),
        ("datetime", ["2026-11-29T14:30:00Z"], True),
        ("datetime", ["yesterday"], False),
        ("datetime", ["0001-01-01"], False),
        ("singlevaluelist", ["one"], True),
        ("singlevaluelist", ["three"], False),
        ("singlevaluelist", ["one", "two"], False),
        ("multivaluelist", ["one", "two"], True),
        ("multivaluelist", ["one", "three"], False),
    ],
)
def test_answer_fits_its_question(datatype: str, given: list[str], *, fits: bool) -> None:
    choices = LIST if datatype.endswith("list") else ()
    asked = Asked(code="why", text="Why?", datatype=datatype, choices=choices)
    assert (flaw_of(asked, given) == "") is fits


def test_answer_that_nobody_asked_for_is_not_kept() -> None:
    asked = Asked(code="why", text="Why?", required=True)
    notice = Asked(code="note", text="Call first.", shown_only=True)
    given = {"why": ["Because", "Because"], "who": ["Me"], "note": ["x"]}
    assert kept_answers([asked, notice], given) == {"why": ["Because"]}
    assert flaw_of(asked, [" "]) != ""
    assert flaw_of(notice, []) == ""


@pytest.mark.django_db
def test_file_says_in_which_language_something_is_still_in_english(
    library: None, director: Cast
) -> None:
    assert topic_file("rodents", director.actor).lacks == ()
    asked = Asked(
        code="how_long",
        text="Since when?",
        datatype="singlevaluelist",
        choices=LIST,
        translations={"es": {"text": "¿Desde cuándo?", "choices": {"one": "Uno"}}},
    )
    actions.ask_question(topic(), asked=asked, stamp=director.stamp)
    lacks = dict(topic_file("rodents", director.actor).lacks)
    assert set(lacks) == set(SPOKEN) - {"en"}
    assert lacks["es"] == ("what can be chosen of how_long",)
    assert lacks["ko"] == ("the question of how_long", "what can be chosen of how_long")
    actions.open_topic(
        topic("bulk"), description="Large things.", kind="realtime", stamp=director.stamp
    )
    assert dict(topic_file("bulk", director.actor).lacks)["fr"] == ("what people report here",)


def test_what_is_not_said_in_a_language_is_named() -> None:
    asked = Asked(
        code="a", text="Why?", help="In short.", translations={"es": {"text": "¿Por qué?"}}
    )
    assert asked.lacks_in("es") == ("the line under it",)
    assert asked.lacks_in("vi") == ("the question", "the line under it")
