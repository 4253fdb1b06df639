"""Bring a backup back in an empty place, or try whether that would work.

    wardroom restore BACKUP --into FOLDER
    wardroom restore BACKUP --into FOLDER --database postgresql://user@host/name
    wardroom restore --drill                   try the newest backup, and remove it again
    wardroom restore BACKUP --drill

FOLDER becomes the WARDROOM_HOME of the restored Wardroom: it must be empty, or not there yet,
and so must the database. Mail waits there until `wardroom mail release`, since some of it may
have gone out after the backup was made; --send-mail lets it go, unless mail was held already
when the backup was made. A drill writes into the ledger that the backup is proven. Exit code 1
says what is wrong.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC
from pathlib import Path

from wardroom.jobs.backups import newest_backup, prove_backup
from wardroom.jobs.cli import DONE, FAILED
from wardroom.jobs.commands.backup_command import add_passphrase, passphrase_of
from wardroom.kernel.errors import Refused
from wardroom.upkeep.gateways import Restored, restore
from wardroom.upkeep.gateways.sealing import MAGIC, is_sealed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    parser.add_argument("source", type=Path, nargs="?", metavar="BACKUP", help="the file")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="the new WARDROOM_HOME")
    parser.add_argument("--database", default="", metavar="URL", help="an empty PostgreSQL one")
    parser.add_argument("--drill", action="store_true", help="only try it, and remove it again")
    parser.add_argument(
        "--send-mail", dest="let_mail_go", action="store_true", help="do not hold what waits"
    )
    add_passphrase(parser)


def run(args: argparse.Namespace) -> int:
    """Restore, or try to."""
    if args.drill == bool(args.into):
        raise Refused("into_or_drill", "Say either --into FOLDER or --drill.")
    if args.source is None and not args.drill:
        raise Refused("no_source", "Say which backup to restore.")
    source = args.source or newest_backup()
    with source.open("rb") as file:
        passphrase = passphrase_of(args) if is_sealed(file.read(len(MAGIC))) else ""
    if args.drill:
        tried = prove_backup(source, passphrase=passphrase, database=args.database)
        print(f"{source.name} was restored on trial in {tried.seconds:.1f} s, and is whole.")
        _tell_of_key(tried)
        return DONE
    back = restore(
        source,
        args.into,
        database=args.database,
        passphrase=passphrase,
        hold_mail=not args.let_mail_go,
    )
    return _told(back, args)


def _told(back: Restored, args: argparse.Namespace) -> int:
    when = f"{back.manifest.taken_at.astimezone(UTC):%Y-%m-%d %H:%M}"
    where = f"WARDROOM_HOME={args.into}" + (" and the same DATABASE_URL" if args.database else "")
    print(f"Restored in {back.seconds:.1f} s, as of {when} UTC.")
    print(f"Start it with {where}.")
    if not args.let_mail_go:
        print(f"Mail is held: {back.held:,} messages wait, {back.uncertain:,} may have gone out.")
    elif back.is_held:
        print("Mail was held when this backup was made, and still is: --send-mail ends no such")
        print("hold, since what waits may have gone out before the restoration before this one.")
    if back.is_held:
        print("When it may go out: wardroom mail release --stopped 'YYYY-MM-DD HH:MM'")
    print("Legal holds placed since then are gone: the records officer places them again, under")
    print("Data, How long records are kept, Legal holds. What was destroyed since stands again.")
    _tell_of_key(back)
    for sentence in back.found:
        print(f"wardroom: {sentence}", file=sys.stderr)
    return FAILED if back.found else DONE


def _tell_of_key(back: Restored) -> None:
    """Who cannot sign in without the key that the backup was made under, and what to do."""
    if back.same_key and not back.shut_out:
        return
    if not back.same_key:
        print("The secret key of the backed-up Wardroom is not there: sessions and links in mail")
        print("that was sent are over.")
    if back.shut_out:
        print(f"{len(back.shut_out):,} cannot sign in without it: {', '.join(back.shut_out[:20])}")
        print("Put the old file secret-key into the folder, or set WARDROOM_SECRET_KEY_FALLBACKS")
        print("to it. Where it is lost: wardroom people reset-factor --locked --why 'Key lost'")
