"""Sign the ledger, hand out its signed heads, and prove that a line stands in it.

    wardroom ledger key
    wardroom ledger sign
    wardroom ledger heads --out heads.txt
    wardroom ledger prove 1234 --out proof.json

The worker signs once a day by itself. A head is a few lines of text: how many lines the
ledger had, the root of the hash tree over them (RFC 6962), and an Ed25519 signature. Give
heads to somebody outside the office. `wardroom verify --heads FILE` holds the ledger against
them, and `python3 docs/check_ledger.py KEY < proof.json` checks a proof with nothing of ours.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from django.utils import timezone

from wardroom.jobs.cli import DONE
from wardroom.jobs.stamps import shell_stamp
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.actions import sign_ledger
from wardroom.ledger.gateways import public_key_line
from wardroom.ledger.queries import proof_of, signed_heads


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    tasks = parser.add_subparsers(dest="task", required=True)
    tasks.add_parser("key", help="print the public key, for those who check")
    tasks.add_parser("sign", help="sign what the ledger holds now, once a day")
    heads = tasks.add_parser("heads", help="hand out all signed heads")
    heads.add_argument("--out", help="the file to write; without it they are printed")
    prove = tasks.add_parser("prove", help="prove that a line stands in the signed ledger")
    prove.add_argument("line", type=int, help="the number of the line in the chain")
    prove.add_argument("--out", help="the file to write; without it the proof is printed")


def run(args: argparse.Namespace) -> int:
    """Do what was asked for."""
    if args.task == "key":
        print(public_key_line())
    elif args.task == "sign":
        stamp = shell_stamp()
        print(sign_ledger(None, day=timezone.localdate(stamp.at), stamp=stamp).note, end="")
    elif args.task == "heads":
        _hand_out("\n".join(signed.note for signed in signed_heads()), args.out)
    else:
        try:
            proof = proof_of(args.line)
        except NotFound as none:
            raise Refused("no_line", str(none)) from None
        _hand_out(json.dumps(proof.to_plain(), indent=1, ensure_ascii=False) + "\n", args.out)
    return DONE


def _hand_out(text: str, out: str | None) -> None:
    if out:
        Path(out).write_text(text, encoding="utf-8")
    else:
        print(text, end="")
