"""Make the search index anew from all that the house keeps, or check it against that.

    wardroom index --check
    wardroom index

The index repeats what stands elsewhere: nothing is lost with it. Make it anew after a backup
was brought back in parts, or where --check names gaps. It is one commit: people go on finding
what they found until it is done. On SQLite nobody can save meanwhile, so choose a quiet hour;
a hundred thousand matters take some minutes. Exit code 1 of --check says that there are gaps.
After an upgrade `wardroom setup` makes it anew by itself where an older version made it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from wardroom.city.queries.findable import shelves as of_the_city
from wardroom.directory.queries.findable import shelves as of_the_directory
from wardroom.jobs.cli import DONE
from wardroom.jobs.progress import Progress
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Ref
from wardroom.matters.queries.findable import shelves as of_the_casework
from wardroom.notices.queries.findable import shelves as of_the_mail
from wardroom.search.actions import rebuild
from wardroom.search.queries import all_things, index_gaps, index_is_old
from wardroom.search.rules import Thing

NAMED = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    parser.add_argument("--check", action="store_true", help="change nothing, only name the gaps")


def run(args: argparse.Namespace) -> int:
    """Walk through everything once."""
    total, things = _everything()
    if args.check:
        return _check(total, things)
    made = _make(total, things)
    print(f"The search index is made anew: {made:,} things can be found.")
    return DONE


def renew_index() -> None:
    """Make the index anew where an older version made it; note the version in an empty house."""
    if index_is_old():
        _make(*_everything())


def _everything() -> tuple[int, Iterator[Thing]]:
    return all_things((*of_the_city(), *of_the_directory(), *of_the_casework(), *of_the_mail()))


def _make(total: int, things: Iterator[Thing]) -> int:
    if not total:
        return rebuild(things)
    progress = Progress("Making the search index", total=total)
    made = rebuild(_told(things, progress))
    progress.done(f"{made:,} things")
    return made


def _check(total: int, things: Iterator[Thing]) -> int:
    progress = Progress("Checking the search index", total=total)
    gaps = index_gaps(_told(things, progress))
    progress.done(f"{total:,} things")
    if gaps:
        said = [
            _named(refs, words)
            for refs, words in (
                (gaps.missing, "cannot be found"),
                (gaps.stale, "found by old words"),
                (gaps.left_over, "found though not there"),
            )
            if refs
        ]
        raise Refused("index_gaps", f"{'; '.join(said)}. Run: wardroom index")
    print(f"The search index is whole: {total:,} things.")
    return DONE


def _named(refs: Sequence[Ref], words: str) -> str:
    some = ", ".join(f"{ref.noun} {ref.key}" for ref in refs[:NAMED])
    return f"{len(refs):,} {words} ({some}{', ...' if len(refs) > NAMED else ''})"


def _told(things: Iterator[Thing], progress: Progress) -> Iterator[Thing]:
    for n, thing in enumerate(things):
        progress.at(n)
        yield thing
