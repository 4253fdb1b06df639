"""The `wardroom` command.

Exit codes: 0 all done; 1 it could not be done, with a sentence that says why; 2 the words
of the call are off; 3 done, but some rows were rejected and stand in a rejects file. What a
mail server pipes in is answered as it understands it: 65 unreadable, 75 try again later.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import traceback
from collections.abc import Sequence

from wardroom import __version__

COMMANDS = {
    "setup": "make or bring up to date the database and its reference data",
    "import": "read requests or boundaries from a file",
    "detect": "find and rank the places where trouble keeps coming back",
    "measure": "measure the requests: on time, time to close, backlog, what came back",
    "scan": "find the persistent places of any city from a file, without the site",
    "fold": "fold the requests of a file into episodes, without the site",
    "assess": "judge from a file whether what was done at some places worked, without the site",
    "ledger": "sign the ledger, hand out its signed heads, prove that a line stands in it",
    "verify": "check that all is whole: the database, the ledger, the stored files, or a backup",
    "backup": "copy all that Wardroom keeps into one file",
    "restore": "bring a backup back in an empty place, or try whether that works",
    "doctor": "say what is fine with the house, what to look at, and what is wrong",
    "index": "make the search index anew, or check it",
    "contacts": "count the real contacts anew, for the map of silence",
    "due": "work out a due date and show its arithmetic",
    "report": "draft, show or save a report",
    "demo": "load the schematic demonstration district",
    "docs": "write or check the generated tables of actions and permissions",
    "mail": "take in e-mail: one message from a mail server, or what lies in the mailbox",
    "endpoints": "read from other Open311 servers, send to them, and compare",
    "people": "let people sign in, and say where agencies get their mail",
    "key": "make, list and end the API keys of other programs",
    "drill": "prove that people are called to an incident once a step, whoever dies meanwhile",
    "serve": "serve the site",
    "worker": "run deliveries, schedules and long jobs",
}
DONE, FAILED, USAGE, SOME_REJECTED = 0, 1, 2, 3
UNREADABLE, TRY_LATER = 65, 75


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    A mail server that pipes a message in is asked to try again later, whatever goes wrong: any
    other code would send the message back to whoever wrote it.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:2] != ["mail", "pipe"]:
        return _run(words)
    try:
        code = _run(words)
    except SystemExit as stopped:  # the words of the call could not be read
        return TRY_LATER if stopped.code else DONE
    except Exception:
        traceback.print_exc()
        return TRY_LATER
    return TRY_LATER if code == FAILED else code


def _run(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="wardroom",
        description="The operations room of a community-relations office.",
        epilog="Each command explains itself: wardroom COMMAND --help",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"wardroom {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    wanted = next((w for w in words if not w.startswith("-")), None)
    for name, summary in COMMANDS.items():
        if name == wanted:
            _start_django()
            module = importlib.import_module(f"wardroom.jobs.commands.{name}_command")
            sub = commands.add_parser(
                name,
                help=summary,
                description=module.__doc__,
                formatter_class=argparse.RawDescriptionHelpFormatter,
            )
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
        else:
            commands.add_parser(name, help=summary, add_help=False)
    args = parser.parse_args(words)
    from django.db import OperationalError, ProgrammingError

    from wardroom.kernel.errors import Refused

    try:
        code: int = args.run(args)
    except Refused as no:
        print(f"wardroom: {no.sentence}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        if error.filename is None:
            raise
        print(f"wardroom: {error.filename}: {error.strerror}", file=sys.stderr)
        return FAILED
    except (OperationalError, ProgrammingError) as error:
        sentence = _not_ready()
        if sentence is None:
            raise
        print(f"wardroom: {sentence}\n  {str(error).splitlines()[0]}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("wardroom: stopped", file=sys.stderr)
        return 130
    return code


def _not_ready() -> str | None:
    """Why the database cannot be worked with at all, if that is so."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        return "The database cannot be reached. DATABASE_URL says where it is."
    return "The database is not set up for this version. Run: wardroom setup" if behind else None


def _start_django() -> None:
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardroom.config.settings")
    if not apps.ready:
        django.setup()


if __name__ == "__main__":
    sys.exit(main())
