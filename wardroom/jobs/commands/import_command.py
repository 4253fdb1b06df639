"""Read requests or boundaries from a file.

Requests, from the District's files (three layouts and the live feed's snapshots are known
by their columns), from plain columns, or from any city by a mapping file:
    wardroom import requests 311_requests_2025.csv
    wardroom import requests chicago.csv.gz --layout chicago
    wardroom import requests other_city.csv --layout mapping.toml

Boundaries, from GeoJSON; the version before stays in force for its own time:
    wardroom import boundaries wards_2022.geojson --kind ward --valid-from 2022-01-01

The same file twice changes nothing. Exit code 3: done, but some rows were rejected; they
stand in the rejects file with line, column, value and reason.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from wardroom.city.actions import KINDS, load_boundaries
from wardroom.city.gateways import read_features
from wardroom.jobs.cli import DONE, SOME_REJECTED
from wardroom.jobs.progress import Progress
from wardroom.jobs.stamps import shell_stamp
from wardroom.kernel.errors import Refused
from wardroom.library.actions import sort_services
from wardroom.library.queries import services_without_topic, topics
from wardroom.service_requests.gateways.importing import import_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    requests = what.add_parser("requests", help="service requests of a 311 system")
    requests.add_argument("file", type=Path)
    requests.add_argument("--layout", default="auto", help="a known layout, or FILE.toml")
    requests.add_argument("--feed", help="keep them under this feed (default: the layout's)")
    requests.add_argument("--rejects", type=Path, help="where rejected rows go")
    boundaries = what.add_parser("boundaries", help="wards, ANCs, SMDs or other districts")
    boundaries.add_argument("file", type=Path)
    boundaries.add_argument("--kind", required=True, choices=KINDS)
    boundaries.add_argument("--valid-from", required=True, help="the day they came into force")
    boundaries.add_argument("--code-field", help="the property with the district's code")
    boundaries.add_argument("--name-field", help="the property with its name")


def run(args: argparse.Namespace) -> int:
    """Read the file."""
    return _requests(args) if args.what == "requests" else _boundaries(args)


def _requests(args: argparse.Namespace) -> int:
    if not topics():
        raise Refused("not_set_up", "The library has no topics yet. Run: wardroom setup")
    progress = Progress(f"Reading {args.file.name}")
    stamp = shell_stamp()
    summary = import_file(
        args.file,
        layout_word=args.layout,
        feed_code=args.feed,
        rejects_path=args.rejects,
        stamp=stamp,
        progress=progress.at,
    )
    if services_without_topic():
        sort_services(None, stamp=stamp)
    progress.done(f"{summary.read:,} rows")
    print(
        f"{summary.read:,} read, {summary.new:,} new, {summary.changed:,} changed, "
        f"{summary.same:,} same, {summary.rejected:,} rejected ({summary.layout})"
    )
    if summary.rejects_path:
        print(f"Rejected rows and why: {summary.rejects_path}")
        return SOME_REJECTED
    return DONE


def _boundaries(args: argparse.Namespace) -> int:
    try:
        day = date.fromisoformat(args.valid_from)
    except ValueError:
        raise Refused(
            "bad_day", f"'{args.valid_from}' is not a day such as 2022-01-01.", field="valid_from"
        ) from None
    features, digest = read_features(
        args.file, kind=args.kind, code_field=args.code_field, name_field=args.name_field
    )
    try:
        load_boundaries(
            None,
            kind=args.kind,
            valid_from=day,
            features=features,
            source=args.file.name,
            digest=digest,
            stamp=shell_stamp(),
        )
    except Refused as no:
        if no.code != "nothing_new":
            raise
        print(no.sentence)
        return DONE
    print(f"{len(features)} boundaries of kind {args.kind} hold from {day:%B %-d, %Y}")
    return DONE
