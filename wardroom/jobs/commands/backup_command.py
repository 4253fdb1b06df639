"""Copy all that Wardroom keeps into one file: the database and the stored files.

    wardroom backup                                  as every night, in the folder of backups
    wardroom backup /mnt/backups                     a new file in a folder
    wardroom backup /mnt/backups --keep 14           and only the newest 14 stay
    wardroom backup office.tar                       one file of this name
    wardroom backup /mnt/backups --encrypt --passphrase-file KEY

People go on working meanwhile. The file is read back before it counts. Without --encrypt any
`tar` opens it, and it holds no signing key; with it only the passphrase does. With neither
--passphrase-file nor WARDROOM_BACKUP_PASSPHRASE_FILE it is asked for. Exit code 3 says that the
backup was made, but some stored files were missing or damaged already.
"""

from __future__ import annotations

import argparse
import sys
from getpass import getpass
from pathlib import Path

from wardroom.jobs.backups import make_backup, target_of
from wardroom.jobs.cli import DONE, SOME_REJECTED
from wardroom.jobs.progress import Progress
from wardroom.kernel.errors import Refused
from wardroom.upkeep.gateways import passphrase_in, usual_passphrase


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    parser.add_argument(
        "target", type=Path, nargs="?", metavar="TARGET", help="a folder, or a new file"
    )
    parser.add_argument("--encrypt", action="store_true", help="seal it with a passphrase")
    parser.add_argument("--keep", type=int, default=0, metavar="N", help="keep the newest N only")
    add_passphrase(parser)


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    """Where the passphrase is."""
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="its first line")


def run(args: argparse.Namespace) -> int:
    """Make a backup and say what is in it."""
    target = target_of(args.target)
    if args.keep < 0 or (args.keep and not target.is_dir()):
        raise Refused("bad_keep", "--keep N keeps the newest N of a folder: name a folder.")
    if args.encrypt:
        passphrase = passphrase_of(args)
    else:
        passphrase = usual_passphrase() if args.target is None else ""
    progress = Progress("Backing up")
    made = make_backup(target, passphrase=passphrase, keep=args.keep, tell=progress.at)
    progress.done(f"{made.size / 1e6:,.1f} MB")
    held = made.manifest
    print(f"{made.path}: {held.lines:,} lines of the ledger, {held.files:,} stored files")
    print(f"SHA-256: {made.digest}")
    if not held.missing:
        return DONE
    few = ", ".join(held.missing[:3])
    print(f"wardroom: {len(held.missing)} stored files were not whole: {few}", file=sys.stderr)
    return SOME_REJECTED


def passphrase_of(args: argparse.Namespace) -> str:
    """The passphrase, from the file that was named, the usual one, or the keyboard."""
    if args.passphrase_file:
        return passphrase_in(args.passphrase_file)
    return usual_passphrase() or _typed()


def _typed() -> str:
    if not sys.stdin.isatty():
        raise Refused("no_passphrase", "Say where the passphrase is with --passphrase-file FILE.")
    return getpass("Passphrase: ")
