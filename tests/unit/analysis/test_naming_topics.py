"""A topic suggested by the words: it learns, says how sure it is, and keeps silent in doubt."""

from __future__ import annotations

import numpy as np
import pytest

from wardroom.analysis.naming_topics import (
    FEWEST,
    SURE_ENOUGH,
    Learned,
    guess,
    learn,
    share_right,
    words_of,
)
from wardroom.analysis.proportions import wilson_share

SPOKEN = {
    "rodents": ("rats", "rat", "burrow", "rodent", "mice"),
    "streetlights": ("light", "lamp", "dark", "street", "out"),
    "dumping": ("mattress", "dumped", "tires", "couch", "alley"),
}
FILLING = ("there", "again", "please", "near", "house", "the", "since", "weeks")


def said(rng: np.random.Generator, code: str, *, clear: float) -> str:
    """A report whose words tell of its topic with such a chance, else of any."""
    own = [
        str(rng.choice(SPOKEN[code if rng.random() < clear else str(rng.choice(list(SPOKEN)))]))
        for _ in range(3)
    ]
    return " ".join([*own, *map(str, rng.choice(FILLING, 4))])


def reports(n: int, *, clear: float, seed: int = 7) -> list[tuple[str, str]]:
    rng = np.random.default_rng(seed)
    codes = [str(code) for code in rng.choice(list(SPOKEN), n)]
    return [(said(rng, code, clear=clear), code) for code in codes]


def learned(n: int = 600, *, clear: float = 0.9) -> Learned:
    made = learn(reports(n, clear=clear))
    assert made is not None
    return made


def test_clear_words_are_named() -> None:
    found = guess(learned(), "Rats, and a burrow under the stairs")
    assert found is not None
    assert found.code == "rodents"
    assert found.confidence > 0.9


def test_words_that_nobody_used_before_name_nothing() -> None:
    assert guess(learned(), "zeppelin") is None
    assert guess(learned(), "") is None
    assert guess(learned(), "4711 !!!") is None


def test_words_of_two_topics_name_nothing() -> None:
    assert guess(learned(clear=0.6), "rat mattress lamp") is None


def test_too_few_reports_teach_nothing() -> None:
    assert learn(reports(FEWEST - 1, clear=0.9)) is None
    assert learn(reports(FEWEST, clear=0.9)) is not None


@pytest.mark.parametrize("clear", [0.45, 0.6, 0.8])
def test_confidence_is_as_often_right_as_it_says(clear: float) -> None:
    model = learned(1500, clear=clear)
    fresh = [(guess(model, text), code) for text, code in reports(4000, clear=clear, seed=8)]
    named = [(found, code) for found, code in fresh if found is not None]
    right = sum(found.code == code for found, code in named) / len(named)
    told = sum(found.confidence for found, _ in named) / len(named)
    assert abs(right - told) < 0.04
    assert min(found.confidence for found, _ in named) >= SURE_ENOUGH


def test_what_is_kept_back_tells_how_good_it_is() -> None:
    model = learned(1500, clear=0.6)
    assert model.sample == 1500
    assert 0 < model.named <= model.sample
    fresh = [(guess(model, text), code) for text, code in reports(4000, clear=0.6, seed=9)]
    right = [found.code == code for found, code in fresh if found is not None]
    assert model.right / model.named == pytest.approx(sum(right) / len(right), abs=0.05)


def test_hints_teach_words_and_are_no_reports() -> None:
    hints = [("Graffiti removal", "graffiti"), ("Rimozione scritte graffiti", "graffiti")]
    model = learn(reports(600, clear=0.9), hints)
    assert model is not None
    assert model.sample == 600
    found = guess(model, "graffiti scritte graffiti removal")
    assert found is not None
    assert found.code == "graffiti"


def test_a_word_of_one_report_alone_is_not_kept() -> None:
    model = learn([*reports(600, clear=0.9), ("rats near Zacharias", "rodents")])
    assert model is not None
    assert "zacharia" not in model.counts
    assert "rat" in model.counts


def test_the_same_reports_teach_the_same() -> None:
    assert learned() == learned()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rats! RATS, rat.", ["rat", "rat", "rat"]),
        ("Los árboles", ["los", "árbol"]),
        ("路灯不亮", ["路灯", "灯不", "不亮"]),
        ("Ổ gà", ["gà"]),
        ("쓰레기", ["쓰레", "레기"]),
        ("Call 202-555-0147", ["call"]),
        ("glass", ["glass"]),
    ],
)
def test_words_of_every_script(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words


@pytest.mark.parametrize(("right", "named"), [(0, 0), (0, 9), (7, 10), (40, 40), (500, 731)])
def test_the_share_that_was_right_has_the_interval_of_its_number(right: int, named: int) -> None:
    value, lower, upper = share_right(right, named)
    known = wilson_share(right, named)
    assert value == pytest.approx(known.value or 0.0)
    assert (lower, upper) == pytest.approx((known.lower, known.upper), abs=1e-6)


def test_more_right_than_named_is_no_share() -> None:
    with pytest.raises(ValueError, match="no share"):
        share_right(2, 1)
