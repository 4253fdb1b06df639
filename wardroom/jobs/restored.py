"""The end of a restoration, in the restored place: python -m wardroom.jobs.restored WORDS.

The first word is `keep` or `try`, then come the name and the digest of the backup, and `hold`
or `send` for the mail that waits. It prints what it found as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def finish(mode: str, file: str, digest: str, mail: str) -> dict[str, Any]:
    """Hold what came back to what was copied, bring it up to date, and look whether it is whole."""
    from django.conf import settings
    from django.core.management import call_command

    from wardroom.access.gate import guard_pass
    from wardroom.directory.queries.factors import people_who_cannot_prove
    from wardroom.jobs.stamps import shell_stamp
    from wardroom.notices.actions import hold_mail
    from wardroom.notices.queries import mail_hold
    from wardroom.retention.actions import leave_record
    from wardroom.retention.queries.disposals import rows_of_all_approved
    from wardroom.service_requests.actions import doubt_submission
    from wardroom.service_requests.queries.drift import get_submissions_that_wait
    from wardroom.upkeep import facts
    from wardroom.upkeep.actions import note_backup
    from wardroom.upkeep.gateways.copying import forget_sessions, told_by_connection
    from wardroom.upkeep.gateways.taking import key_prints
    from wardroom.upkeep.queries import whole_house
    from wardroom.upkeep.rules import MANIFEST, Manifest

    manifest = Manifest.from_json((settings.HOME / MANIFEST).read_bytes())
    told = told_by_connection()
    found = [
        f"{name} has {told.tables.get(name, 0):,} rows and had {rows:,} when it was copied."
        for name, rows in manifest.tables.items()
        if told.tables.get(name) != rows
    ]
    if (told.lines, told.head) != (manifest.lines, manifest.head):
        found.append("The ledger does not end as it did when it was copied.")
    with guard_pass("migrations"):
        call_command("migrate", interactive=False, verbosity=0)
        forget_sessions()
    held, uncertain = 0, 0
    if mail == "hold":
        held, uncertain = hold_mail(None, taken_at=manifest.taken_at, stamp=shell_stamp())
        for waiting in get_submissions_that_wait():
            doubt_submission(waiting, taken_at=manifest.taken_at, stamp=shell_stamp())
    else:
        for row in rows_of_all_approved():
            leave_record(row, stamp=shell_stamp())
    if mode == "keep":
        back = facts.HouseRestored(file=file, digest=digest, taken_at=manifest.taken_at)
        note_backup(None, fact=back, stamp=shell_stamp())
    looked = whole_house(head=manifest.head)
    return {
        "found": [*found, *looked.wrong],
        "held": held,
        "uncertain": uncertain,
        "is_held": mail_hold() is not None,
        "same_key": not manifest.key or manifest.key in key_prints(),
        "shut_out": list(people_who_cannot_prove()),
    }


def main() -> int:
    """Finish one restoration."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardroom.config.settings")
    django.setup()
    mode, file, digest, mail = sys.argv[1:5]
    print(json.dumps(finish(mode, file, digest, mail)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
