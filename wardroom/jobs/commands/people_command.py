"""Let people sign in, and say where agencies get their mail.

    wardroom people add d@city.example --name "The Director" --role director
    wardroom people add l5@city.example --name "Liaison of Ward 5" --role liaison --ward 5
    wardroom people add p@city.example --name "Public Works" --role partner --agency DPW
    wardroom people agency DPW --name "Department of Public Works" --email desk@city.example
    wardroom people end l5@city.example
    wardroom people end l5@city.example --until 2026-11-30 --hand-to d@city.example
    wardroom people reset-factor d@city.example --why "Lost phone and codes; came by in person"
    wardroom people reset-factor --locked --why "Restored, and the old secret key is lost"
    wardroom people list

Who takes over a ward is added as its liaison and holds its seat from today; `end` closes the
roles of who had it, today or on the day of --until, and the past stays theirs. Their open
matters and all else that is live go to who holds the ward's seat, or to who is named, as a
handover that the operator starts, accepts and finishes at once. The password is asked for, or
read from the first line of --password-file. Agencies that stand in a feed are there already
under their code; `agency` adds what is missing of them.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from getpass import getpass
from pathlib import Path

from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Role
from wardroom.directory import queries
from wardroom.directory.actions import (
    add_alias,
    add_contact_point,
    add_party,
    end_grant,
    hire_person,
    name_party,
    reset_factors,
)
from wardroom.directory.queries.factors import get_people_who_cannot_prove
from wardroom.jobs.cli import DONE
from wardroom.jobs.stamps import shell_stamp
from wardroom.kernel.errors import NotFound, Refused
from wardroom.matters.actions import hand_over_everything
from wardroom.matters.queries import live_counts

ROLES = tuple(r.value for r in (Role.DIRECTOR, Role.LIAISON, Role.PARTNER, Role.RECORDS))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    add = what.add_parser("add", help="let a person sign in with one role, from today")
    add.add_argument("email")
    add.add_argument("--name", required=True, help="how others see the person")
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument("--ward", default="", help="for a liaison: the ward, such as 5")
    add.add_argument("--agency", default="", help="for a partner: the agency's code, such as DPW")
    add.add_argument("--password-file", type=Path, help="read the password from here, not ask")
    agency = what.add_parser("agency", help="add an agency, or another name or address of it")
    agency.add_argument("code", help="the agency's code, such as DPW")
    agency.add_argument("--name", help="its name")
    agency.add_argument("--email", help="where it gets what it is asked")
    end = what.add_parser("end", help="end every role of a person")
    end.add_argument("email")
    end.add_argument(
        "--hand-to",
        default="",
        help="who takes what is live (default: the liaison who holds the ward's seat now)",
    )
    end.add_argument("--until", help="the last day of the roles (default: today)")
    reset = what.add_parser("reset-factor", help="take lost second factors away")
    reset.add_argument("email", nargs="?", default="")
    reset.add_argument(
        "--locked",
        action="store_true",
        help="of everybody whose code app no key of this house opens",
    )
    reset.add_argument("--why", required=True, help="what was lost, and how you know it is them")
    what.add_parser("list", help="who can sign in, and as what")


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    if args.what == "add":
        return _add(args)
    if args.what == "agency":
        return _agency(args)
    if args.what == "end":
        return _end(args)
    if args.what == "reset-factor":
        return _reset_factor(args)
    for row in queries.people(SYSTEM, on=localdate()):
        reach = f"Ward {row.ward_code}" if row.ward_code else row.agency_code
        ends = f" until {row.valid_until}" if row.valid_until else ""
        print(f"{row.role:<16} {reach:<8} {row.email}  {row.name}, since {row.valid_from}{ends}")
    return DONE


def _add(args: argparse.Namespace) -> int:
    person = hire_person(
        None,
        email=args.email,
        name=args.name,
        password=_password(args.password_file),
        role=Role(args.role),
        since_on=localdate(),
        ward_code=args.ward,
        agency_code=args.agency,
        stamp=shell_stamp(),
    )
    print(f"{person.name} can sign in as {args.email.strip().lower()}.")
    return DONE


def _reset_factor(args: argparse.Namespace) -> int:
    if args.locked == bool(args.email):
        raise Refused("whose", "Say either whose factors, or --locked.", field="email")
    if args.locked:
        for shut_out in get_people_who_cannot_prove():
            reset_factors(shut_out, reason=args.why, stamp=shell_stamp())
            print(f"{shut_out.name} signs in with the password and sets up a new second factor.")
        return DONE
    person = queries.get_person(args.email)
    if person is None:
        raise Refused("nobody", f"Nobody signs in as {args.email}.", field="email")
    reset_factors(person, reason=args.why, stamp=shell_stamp())
    print(f"{person.name} signs in with the password and sets up a new second factor.")
    return DONE


def _end(args: argparse.Namespace) -> int:
    try:
        until = date.fromisoformat(args.until) if args.until else localdate()
    except ValueError:
        raise Refused(
            "bad_day", f"'{args.until}' is not a day such as 2026-06-30.", field="until"
        ) from None
    grants = queries.get_grants(args.email, after=until)
    if not grants:
        raise Refused("no_roles", f"{args.email} holds no role after {until}.", field="email")
    _hand_over(args.email, args.hand_to, until)
    for grant in queries.get_grants(args.email, after=until):
        end_grant(grant, until_on=until, stamp=shell_stamp())
    for grant in grants:
        print(f"{args.email} is {grant.role} until {until}.")
    return DONE


def _hand_over(email: str, hand_to: str, until: date) -> None:
    """All that is live of somebody who leaves goes to who was named, or took over the ward."""
    person = queries.get_person(email)
    if person is None or not live_counts([person.pk], on=localdate())[person.pk]:
        return
    successor = queries.get_person(hand_to) if hand_to else None
    if hand_to and successor is None:
        raise Refused("nobody", f"Nobody signs in as {hand_to} (--hand-to).", field="hand_to")
    stamp = shell_stamp()
    done = hand_over_everything(person, successor=successor, last_on=until, stamp=stamp)
    for title, name in done:
        print(f"{title}: now with {name}.")


def _password(file: Path | None) -> str:
    if file is not None:
        try:
            return file.read_text().splitlines()[0]
        except (OSError, IndexError):
            raise Refused("no_file", f"There is no password in {file}.", field="password") from None
    if not sys.stdin.isatty():
        raise Refused(
            "no_password", "Give --password-file; nobody is here to ask.", field="password"
        )
    password = getpass("Password: ")
    if getpass("The same again: ") != password:
        raise Refused("not_the_same", "The two passwords differ.", field="password")
    return password


def _agency(args: argparse.Namespace) -> int:
    stamp = shell_stamp()
    try:
        party = queries.get_agency(args.code)
    except NotFound:
        party = add_party(
            None,
            kind="organisation",
            name=args.name or args.code,
            code=args.code,
            agency=True,
            stamp=stamp,
        )
    else:
        if args.name and party.name == party.code:
            party = name_party(party, name=args.name, stamp=stamp)
        elif args.name and queries.agency_named(args.name) is None:
            add_alias(party, name=args.name, stamp=stamp)
    if args.email and args.email.strip() not in queries.email_addresses(party.pk):
        add_contact_point(party, channel="email", value=args.email, consent=True, stamp=stamp)
    mail = ", ".join(queries.email_addresses(party.pk)) or "no mail address yet"
    print(f"{party.code}: {party.name}, {mail}")
    return DONE
