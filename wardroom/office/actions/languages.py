"""Languages on duty: what people speak, and which turns of a draft ask for one."""

from __future__ import annotations

from collections.abc import Collection

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.access.models import User
from wardroom.calendar.rules.shifts import EVENING
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.queries.clocks import working_calendar
from wardroom.office import facts, policy
from wardroom.office.models import Rota, RotaTurn, SpokenLanguage
from wardroom.office.queries.people import languages_of
from wardroom.office.rules.languages import SPOKEN, check_spoken, spoken_words
from wardroom.office.rules.rota import ASKED_ON, DRAFT, check_asked, is_asked_on, lane_words


@action(policy.may_note_languages)
def note_languages(user: User, *, languages: Collection[str], stamp: Stamp) -> User:
    """Say which languages somebody of the office speaks on duty beside English.

    Refuses: a language from no list; what is so already. Records: `LanguagesNoted`.
    """
    spoken = check_spoken(languages)
    before = languages_of([user.pk])[user.pk]
    if set(spoken) == before:
        raise Refused("nothing_new", "Nothing was changed.")
    gone = SpokenLanguage.objects.filter(user=user, ended_at=None)
    gone.filter(language__in=before - set(spoken)).update(ended_at=stamp.at)
    SpokenLanguage.objects.bulk_create(
        SpokenLanguage(user=user, language=one, told_at=stamp.at, told_by=stamp.actor.name)
        for one in spoken
        if one not in before
    )
    fact = facts.LanguagesNoted(user_id=user.pk, name=user.name, languages=spoken_words(spoken))
    record(fact, stamp=stamp)
    return user


@action(policy.may_plan_rota)
def ask_language(
    rota: Rota, *, role: str, ward: str = "", days: str, language: str = "", stamp: Stamp
) -> Rota:
    """Let turns of a draft ask for somebody who speaks a language; without one for nobody.

    Evenings without a ward are those of every ward. Refuses: one that is no draft; turns, days
    or a language that there are not; what is so already. Records: `LanguageAsked`.
    """
    if rota.state != DRAFT:
        raise Refused("wrong_state", "This rota is no draft any more.")
    check_asked(role, days, language)
    holidays = working_calendar(rota.from_on, rota.until_on).holidays
    rows = rota.turns.filter(role=role).order_by("pk")
    if ward or role != EVENING:
        rows = rows.filter(ward_code=ward)
    meant = [row for row in rows if is_asked_on(days, row.on_date, holidays)]
    if not meant:
        raise Refused("no_turns", "This rota has no such turns on these days.", field="days")
    changed = [row for row in meant if row.language != language]
    if not changed:
        raise Refused("nothing_new", "These turns ask for that already.", field="language")
    _ask(changed, language)
    fact = facts.LanguageAsked(
        rota_id=rota.pk,
        name=rota.name,
        version=rota.version,
        lane=lane_words(role, ward),
        days=ASKED_ON[days].lower() if days.isalpha() else ASKED_ON[days],
        language=SPOKEN.get(language, ""),
        turns=len(changed),
    )
    record(fact, stamp=stamp)
    return rota


def _ask(turns: list[RotaTurn], language: str) -> None:
    """The reason for an older warning does not cover a language that its holder lacks."""
    spoken = languages_of({row.user_id for row in turns if row.user_id is not None})
    for row in turns:
        row.language = language
        if language and row.user_id is not None and language not in spoken[row.user_id]:
            row.overridden = ""
    RotaTurn.objects.bulk_update(turns, ["language", "overridden"], batch_size=200)
