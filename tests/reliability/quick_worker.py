"""A real worker that tries again soon: python -m tests.reliability.quick_worker"""

from __future__ import annotations

import sys


def main() -> int:
    """Run until ended."""
    import django

    django.setup()
    from wardroom.jobs import cluster
    from wardroom.ledger import reactions
    from wardroom.notices.actions import outbox

    vars(reactions)["wait_after"] = lambda attempts: 2
    # A letter that was under way when its worker was killed waits this long for the other one.
    vars(outbox)["wait_after"] = lambda attempts, quick=False: 60
    cluster.PROOF_SECONDS = 4.0
    return cluster.Worker().run()


if __name__ == "__main__":
    sys.exit(main())
