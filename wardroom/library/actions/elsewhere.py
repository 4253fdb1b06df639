"""Keeping the list of whom to call about what is not the city's."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.library import facts, policy
from wardroom.library.models import OtherAuthority
from wardroom.library.rules.asking import SPOKEN
from wardroom.library.rules.authorities import Authority, check_authority, check_lengths

KEPT = ("name", "about", "phone", "hours", "words", "owner_code")
SAID = ("name", "about", "hours", "words")


@action(policy.may_keep_library)
def keep_authority(_: None, *, kept: Authority, new: bool = False, stamp: Stamp) -> OtherAuthority:
    """Tell residents whom to call about something that is not the city's, or tell it otherwise.

    Its words in other languages stay. ``new`` says that nobody is listed under the code yet.
    Refuses: what `check_authority` refuses; a code that another one has, where it is new.
    Records: `AuthorityKept`.
    """
    check_authority(kept)
    columns = {name: _tidy(getattr(kept, name)) for name in KEPT} | {"outside": kept.outside}
    row = OtherAuthority.objects.filter(code=kept.code, ended_at=None).first()
    taken = Refused("taken", "Another authority has this code.", field="code")
    if row is not None and new:
        raise taken
    if row is None:
        try:
            with transaction.atomic():
                row = OtherAuthority.objects.create(
                    code=kept.code,
                    translations={code: dict(said) for code, said in kept.translations.items()},
                    kept_at=stamp.at,
                    **columns,
                )
        except IntegrityError:
            raise taken from None
    else:
        for name, value in columns.items():
            setattr(row, name, value)
        row.kept_at = stamp.at
        row.save(update_fields=[*columns, "kept_at"])
    fact = facts.AuthorityKept(
        code=row.code, name=row.name, theirs=row.about, phone=row.phone, hours=row.hours
    )
    record(fact, stamp=stamp)
    kept_row: OtherAuthority = row
    return kept_row


@action(policy.may_keep_library)
def translate_authority(
    authority: OtherAuthority, *, language: str, said: Mapping[str, str], stamp: Stamp
) -> OtherAuthority:
    """Tell residents of an authority in one more language; what is left out stays in English.

    Refuses: a language that is not ours, English itself, no words at all, words too long.
    Records: `AuthorityTranslated`.
    """
    if language not in SPOKEN or language == "en":
        raise Refused("unknown_language", "Choose a language.", field="language")
    words = {name: _tidy(said.get(name, "")) for name in SAID}
    words = {name: text for name, text in words.items() if text}
    if not words:
        raise Refused("text_missing", "Write at least one of these.", field="name")
    check_lengths(words)
    authority.translations = {**authority.translations, language: words}
    authority.save(update_fields=["translations"])
    fact = facts.AuthorityTranslated(code=authority.code, name=authority.name, language=language)
    record(fact, stamp=stamp)
    return authority


@action(policy.may_keep_library)
def end_authority(authority: OtherAuthority, *, stamp: Stamp) -> OtherAuthority:
    """Tell residents of an authority no more.

    Refuses: one that they are not told of. Records: `AuthorityEnded`.
    """
    if authority.ended_at is not None:
        raise Refused("ended", "Residents are not told of it any more.")
    authority.ended_at = stamp.at
    authority.save(update_fields=["ended_at"])
    record(facts.AuthorityEnded(code=authority.code, name=authority.name), stamp=stamp)
    return authority


def _tidy(value: str) -> str:
    return " ".join(value.replace("\0", "").split())
