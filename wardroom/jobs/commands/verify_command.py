"""Check that all is whole: the ledger line by line, the database, and every stored file.

    wardroom verify
    wardroom verify --head DIGEST
    wardroom verify --heads FILE
    wardroom verify BACKUP

It prints the digest at the end of the chain. Keep that away from this machine and give it
back with --head at the next check: then lines that were cut off at the end show too. Signed
heads (from `wardroom ledger heads`, or as they were mailed) do more with --heads: a chain that
was written anew from some line on shows as well. Exit code 1 names the first line that was
changed, taken out, put in or put in another place, or what else is damaged or missing.

With BACKUP it reads that file from its first byte to its last, and looks at nothing else;
whether it can be restored, `wardroom restore --drill` tells.
"""

from __future__ import annotations

import argparse
import re
from datetime import UTC
from pathlib import Path

from wardroom.jobs.cli import DONE
from wardroom.jobs.commands.backup_command import add_passphrase, passphrase_of
from wardroom.jobs.progress import Progress
from wardroom.kernel.errors import Refused
from wardroom.ledger.rules import heads_in
from wardroom.upkeep.gateways import read_archive
from wardroom.upkeep.gateways.sealing import MAGIC, is_sealed
from wardroom.upkeep.queries import whole_house


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    parser.add_argument("backup", type=Path, nargs="?", metavar="BACKUP", help="a backup instead")
    parser.add_argument("--head", default="", help="the digest that an earlier check printed")
    parser.add_argument("--heads", help="a file of signed heads that was kept outside")
    add_passphrase(parser)


def run(args: argparse.Namespace) -> int:
    """Look through everything and say what was found."""
    if args.backup is not None:
        return _backup(args)
    head = args.head.strip().lower()
    if head and not re.fullmatch(r"[0-9a-f]{64}", head):
        raise Refused("bad_head", "--head is a digest of 64 figures, as printed before.")
    heads = heads_in(Path(args.heads).read_text(encoding="utf-8")) if args.heads else []
    if args.heads and not heads:
        raise Refused("no_heads", f"There is no signed head in {args.heads}.")
    progress = Progress("Checking")
    found = whole_house(head=head, heads=heads, tell=lambda what, done: progress.at(done))
    progress.done(f"{found.chain.lines:,} lines, {found.files:,} stored files")
    if found.wrong:
        raise Refused("not_whole", "\n".join(found.wrong))
    print(f"The ledger is whole: {found.chain.lines:,} lines.")
    print(f"The database is whole, and so are all {found.files:,} stored files.")
    print(f"Signed heads that it agrees with: {found.chain.heads:,}.")
    if found.chain.strange:
        strange = f"{found.chain.strange:,}"
        print(f"Another key than the one here signed {strange} of them; compare the key.")
    print(f"End of the chain: {found.chain.head}")
    return DONE


def _backup(args: argparse.Namespace) -> int:
    with args.backup.open("rb") as file:
        passphrase = passphrase_of(args) if is_sealed(file.read(len(MAGIC))) else ""
    found = read_archive(args.backup, passphrase=passphrase)
    held = found.manifest
    when = f"{held.taken_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    print(f"The backup is whole: made by Wardroom {held.version} on {when}.")
    print(f"It holds {held.lines:,} lines of the ledger and {held.files:,} stored files.")
    if held.missing:
        print(f"{len(held.missing):,} stored files were missing or damaged when it was made.")
    print(f"SHA-256: {found.digest}")
    return DONE
