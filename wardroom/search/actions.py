"""Putting things into the index: called inside other actions, in the same commit.

The index repeats what the house keeps elsewhere; so it records no fact of its own, and can
be thrown away and made anew at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Q

from wardroom.access.gate import (
    Unit,
    action_is_running,
    before_commit,
    guard_pass,
    note_in_unit,
)
from wardroom.kernel.facts import Ref
from wardroom.search import rules
from wardroom.search.models import Doc, Made, Spelling
from wardroom.search.queries.hits import still_said
from wardroom.search.rules import Thing

TO_INDEX = "things to be found"
AT_ONCE, MOST_WORDS = 500, 5000
SHOWN_TEXT = 1000
KEPT = (
    "exact", "title", "text", "words", "ward_code", "agency_code", "audience", "matter_key",
)  # fmt: skip


def index_thing(
    ref: Ref,
    *,
    title: str,
    at: datetime,
    text: str = "",
    ward_code: str = "",
    agency_code: str = "",
    audience: str = "internal",
    matter_key: str = "",
    code: str = "",
    new: bool = False,
) -> None:
    """Let a thing be found by its words from this commit on; the same thing again replaces it.

    What is ``new`` is not in the index yet. It is put there at the end of the commit, together
    with all else of it. Refuses nothing, but must be called inside an action. Records: nothing
    of its own.
    """
    thing = Thing(
        ref=ref,
        title=title,
        at=at,
        text=text,
        ward_code=ward_code,
        agency_code=agency_code,
        audience=audience,
        matter_key=matter_key,
        code=code,
    )
    let_be_found(thing, new=new)


def let_be_found(thing: Thing, *, new: bool = False) -> None:
    """The same for a thing that is put together already.

    Refuses nothing, but must be called inside an action. Records: nothing of its own.
    """
    _check_inside("let_be_found")
    note_in_unit(TO_INDEX, (thing.ref, thing, new))


def _index_noted(unit: Unit) -> None:
    """Put all in that the unit let be found; of one thing the last that was said of it."""
    noted: dict[Ref, tuple[Thing | None, bool]] = {}
    for ref, thing, new in unit.notes.get(TO_INDEX, ()):
        noted[ref] = (thing, new and ref not in noted)
    known = [ref for ref, (_, new) in noted.items() if not new]
    for batch in _batches(thing for thing, _ in noted.values() if thing is not None):
        _take(batch, set(), known)


def index_things(things: Iterable[Thing]) -> int:
    """Let many things be found, the oldest first; returns how many were new or had changed.

    Refuses nothing, but must be called inside an action. Records: nothing of its own.
    """
    _check_inside("index_things")
    spelt: set[str] = set()
    return sum(_take(batch, spelt) for batch in _batches(things))


def unindex_thing(ref: Ref) -> None:
    """Let a thing be found no longer.

    Refuses nothing, but must be called inside an action. Records: nothing of its own.
    """
    _check_inside("unindex_thing")
    Doc.objects.filter(noun=ref.noun, key=ref.key).delete()
    note_in_unit(TO_INDEX, (ref, None, False))


def unindex_things(refs: Sequence[Ref]) -> None:
    """Let many things be found no longer, nor a word be offered that stood in these alone.

    Refuses nothing, but must be called inside an action. Records: nothing of its own.
    """
    _check_inside("unindex_things")
    for first in range(0, len(refs), AT_ONCE):
        gone = Doc.objects.filter(_named(refs[first : first + AT_ONCE]))
        bags = list(gone.values_list("words", flat=True))
        gone.delete()
        _forget_spellings(bags)
    for ref in refs:
        note_in_unit(TO_INDEX, (ref, None, False))


def unindex_matter(matter_key: str) -> None:
    """The same for a matter and all that is of it: its asks, lines and mail.

    Refuses nothing, but must be called inside an action. Records: nothing of its own.
    """
    rows = Doc.objects.filter(matter_key=matter_key).order_by("pk")
    unindex_things([Ref(noun, key) for noun, key in rows.values_list("noun", "key")])


def rebuild(things: Iterable[Thing]) -> int:
    """Make the whole index anew, in one commit, from all there is, the oldest first.

    Returns how many things it holds. Refuses nothing. Records: nothing of its own.
    """
    spelt: set[str] = set()
    with transaction.atomic(), guard_pass("the search index is made anew"):
        Doc.objects.all()._raw_delete(Doc.objects.db)
        Spelling.objects.all()._raw_delete(Spelling.objects.db)
        Made.objects.update_or_create(pk=1, defaults={"version": rules.VERSION})
        return sum(_take(batch, spelt) for batch in _batches(things))


def _check_inside(name: str) -> None:
    if not action_is_running():
        raise RuntimeError(f"{name} was called outside an action")


def _batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    left = iter(things)
    while batch := list(islice(left, AT_ONCE)):
        yield list({thing.ref: thing for thing in batch}.values())


def _take(
    things: Sequence[Thing], spelt: set[str], may_be_there: Sequence[Ref] | None = None
) -> int:
    """Write what is new or changed. What has a later instant gets a new number: it is newer."""
    looked = [t.ref for t in things if may_be_there is None or t.ref in may_be_there]
    known = Doc.objects.filter(_named(looked)) if looked else ()
    before = {Ref(d.noun, d.key): d for d in known}
    docs = [_doc(thing) for thing in things]
    new, gone, changed = [], [], []
    for doc in docs:
        old = before.get(Ref(doc.noun, doc.key))
        if old is None:
            new.append(doc)
        elif doc.at > old.at:
            gone.append(old.pk)
            new.append(doc)
        elif any(getattr(doc, name) != getattr(old, name) for name in KEPT):
            doc.pk, doc.at = old.pk, old.at
            changed.append(doc)
    if gone:
        Doc.objects.filter(pk__in=gone).delete()
    Doc.objects.bulk_create(new)
    if changed:
        Doc.objects.bulk_update(changed, KEPT)
    _learn([d.words for d in (*new, *changed)], spelt)
    return len(new) + len(changed)


def _named(refs: Iterable[Ref]) -> Q:
    """The rows of these things."""
    by_noun: dict[str, list[str]] = {}
    for ref in refs:
        by_noun.setdefault(ref.noun, []).append(ref.key)
    named = Q(pk__in=[])
    for noun, keys in by_noun.items():
        named |= Q(noun=noun, key__in=keys)
    return named


def _doc(thing: Thing) -> Doc:
    ref = thing.ref
    matter = ref.key if ref.noun == "matter" else thing.matter_key
    return Doc(
        noun=ref.noun,
        key=ref.key,
        exact=rules.exact_of(ref, thing.code),
        title=rules.kept(thing.title, 200),
        text=rules.kept(thing.text, SHOWN_TEXT),
        words=rules.bag(thing),
        ward_code=thing.ward_code,
        agency_code=thing.told_agency,
        audience=thing.audience,
        matter_key=matter,
        at=thing.at,
    )


def _forget_spellings(bags: Sequence[str]) -> None:
    """Forget the spelling of words that nothing in the index has any more."""
    words = list(rules.spelt_words(bags))
    for first in range(0, len(words), MOST_WORDS):
        some = words[first : first + MOST_WORDS]
        Spelling.objects.filter(word__in=set(some) - still_said(some)).delete()


def _learn(bags: Sequence[str], spelt: set[str]) -> None:
    """Keep the spelling of words that stand nowhere else; ``spelt`` are known already."""
    words = [w for w in rules.spelt_words(bags) if w not in spelt]
    if not words:
        return
    known = set(Spelling.objects.filter(word__in=words).values_list("word", flat=True))
    Spelling.objects.bulk_create(
        (
            Spelling(variant=variant, word=word)
            for word in words
            if word not in known
            for variant in sorted(rules.variants(word))
        ),
        ignore_conflicts=True,
    )
    spelt.update(words)


before_commit(_index_noted)
