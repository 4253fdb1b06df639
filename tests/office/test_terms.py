"""People on other terms: what is refused, how a term is extended, and who sees it."""

from __future__ import annotations

import pytest

from tests.cast import HOUSE, Cast
from tests.office.people import (
    LAST,
    TODAY,
    day,
    detail,
    house_on,
    lent,
    on,
    someone,
    told,
    volunteer,
)
from wardroom.access.models import Grant
from wardroom.directory.models import Party
from wardroom.jobs import office as routines
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.office.actions import TermDraft, agree_term, extend_term
from wardroom.office.models import Term
from wardroom.office.queries import present_between, term_file, term_page

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.mark.parametrize(
    ("draft", "code", "field"),
    [
        (detail(until_on=day(180)), "too_long", "until_on"),
        (detail(until_on=day(-1)), "ends_too_early", "until_on"),
        (detail(home_name=" "), "no_home", "home_agency"),
        (detail(memorandum=""), "no_memorandum", "memorandum"),
        (detail(duties=" "), "duties_missing", "duties"),
        (detail(hours_weekly=0), "hours_off", "hours_weekly"),
        (detail(kind="loan"), "kind_unknown", "kind"),
        (volunteer(age=""), "no_age", "age"),
        (volunteer(age="too_young"), "too_young", "age"),
        (volunteer(age="minor"), "no_consent", "consent_from"),
        (volunteer(age="minor", consent_from="parent"), "no_consent", "consent_on"),
        (volunteer(displaces_nobody=False), "displaces", "displaces_nobody"),
        (volunteer(no_conflict=False), "conflict", "no_conflict"),
    ],
)
def test_what_the_rules_forbid_is_refused(
    director: Cast, draft: TermDraft, code: str, field: str
) -> None:
    person = someone()
    assert told(lambda: agree_term(person, draft=draft, stamp=director.stamp)) == (code, field)
    assert not Term.objects.exists()


def test_detail_may_last_180_days_and_the_first_one_counts(director: Cast) -> None:
    term = agree_term(someone(), draft=detail(until_on=day(179)), stamp=director.stamp)
    assert (term.until_on - term.since_on).days + 1 == 180


def test_nothing_but_that_they_were_old_enough_is_kept_of_a_minors_age(director: Cast) -> None:
    draft = volunteer(age="minor", consent_from="guardian", consent_on=TODAY)
    term = agree_term(someone(), draft=draft, stamp=director.stamp)
    assert (term.minor, term.consent_from, term.consent_on) == (True, "guardian", TODAY)
    assert term.consent_seen_by == director.actor.name
    assert not [f.name for f in Term._meta.get_fields() if "birth" in f.name or f.name == "age"]


def test_only_the_director_agrees_on_terms(liaison5: Cast, records_officer: Cast) -> None:
    person = someone()
    for who in (liaison5, records_officer):
        with pytest.raises(NotAllowed):
            agree_term(person, draft=detail(), stamp=who.stamp)


def test_one_is_here_on_one_term_at_a_time(director: Cast) -> None:
    person = someone()
    agree_term(person, draft=detail(), stamp=director.stamp)
    again = lambda: agree_term(person, draft=volunteer(), stamp=director.stamp)  # noqa: E731
    assert told(again) == ("already_here", "party")


def test_extension_needs_a_reason_and_is_a_line_of_its_own(director: Cast, liaison5: Cast) -> None:
    term = lent(liaison5, director)
    without = lambda: extend_term(term, until_on=day(120), reason=" ", stamp=director.stamp)  # noqa: E731
    assert told(without) == ("reason_missing", "reason")
    far = lambda: extend_term(term, until_on=day(270), reason="More", stamp=director.stamp)  # noqa: E731
    assert told(far) == ("too_long", "until_on")
    extend_term(term, until_on=day(269), reason="The seat is vacant still", stamp=director.stamp)
    file = term_file(term.pk, director.actor, on=TODAY)
    assert [(line.sort, line.until_on) for line in file.lines] == [
        ("agreed", LAST),
        ("extended", day(269)),
    ]
    assert file.lines[1].reason == "The seat is vacant still"
    liaison5.user.refresh_from_db()
    assert liaison5.user.ends_on == day(269)
    assert Grant.objects.get(user=liaison5.user).valid_until == day(269)


def test_others_see_names_places_and_ends_only(
    director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    term = lent(liaison5, director, ward_code="5")
    for who, whole in (
        (director, True),
        (liaison5, True),
        (records_officer, True),
        (liaison7, False),
    ):
        (row,) = term_page(who.actor, on=TODAY).rows
        assert (row.name, row.ward_code, row.until_on) == (liaison5.party.name, "5", LAST)
        assert bool(row.home) is whole
        (here,) = present_between(TODAY, day(7), who.actor)
        assert bool(here.home) is whole
    assert term_page(partner_dpw.actor, on=TODAY).rows == ()
    assert present_between(TODAY, TODAY, partner_dpw.actor) == ()
    for who in (liaison7, partner_dpw):
        with pytest.raises(NotFound):
            term_file(term.pk, who.actor, on=TODAY)
    assert term_file(term.pk, liaison5.actor, on=TODAY).timeline is None


def test_lines_about_terms_are_read_by_few(
    director: Cast, liaison5: Cast, liaison7: Cast, records_officer: Cast
) -> None:
    from wardroom.ledger.policy import may_read_entry

    lent(liaison5, director)
    line = Entry.objects.get(kind="TermAgreed")
    readers = [
        who
        for who in (director, liaison5, liaison7, records_officer)
        if may_read_entry(who.actor, line)
    ]
    assert readers == [director, records_officer]


def test_house_terms_need_a_person(director: Cast, agencies: dict[str, Party]) -> None:
    one = lambda: agree_term(agencies["DPW"], draft=detail(), stamp=HOUSE)  # noqa: E731
    assert told(one) == ("not_a_person", "party")


def test_line_about_a_term_is_never_said_to_be_read_by_an_agency(
    director: Cast, liaison5: Cast
) -> None:
    term = lent(liaison5, director)
    told_of = term_file(term.pk, director.actor, on=TODAY).timeline
    assert told_of is not None
    assert [line.internal for line in told_of.lines] == [True]


def test_another_detail_soon_after_is_an_extension(
    director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = someone()
    agree_term(person, draft=detail(until_on=day(179)), stamp=director.stamp)
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(day(180)))
    routines.keep_terms()
    later = on(director.stamp, day(180))
    for first in (180, 209):
        again = detail(since_on=day(first), until_on=day(first + 99))
        with pytest.raises(Refused, match="another detail is an extension"):
            agree_term(person, draft=again, stamp=later)
    why = detail(since_on=day(209), until_on=day(300), reason="The seat is vacant")
    second = agree_term(person, draft=why, stamp=later)
    assert second.lines.get().reason == "The seat is vacant"
    assert "'The seat is vacant'" in Entry.objects.filter(kind="TermAgreed").latest("pk").sentence


def test_detail_long_after_another_needs_no_reason(
    director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = someone()
    agree_term(person, draft=detail(until_on=day(9)), stamp=director.stamp)
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(day(10)))
    routines.keep_terms()
    free = detail(since_on=day(40), until_on=day(90))
    assert agree_term(person, draft=free, stamp=on(director.stamp, day(10))).lines.count() == 1
