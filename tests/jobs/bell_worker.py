"""A real worker whose house knows bells: python -m tests.jobs.bell_worker"""

from __future__ import annotations

import os
import sys


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "wardroom.config.settings"
    import django

    django.setup()
    from tests.jobs.bells import register_bells
    from wardroom.jobs import cluster
    from wardroom.ledger import reactions

    vars(reactions)["wait_after"] = lambda attempts: 1
    register_bells()
    cluster.PROOF_SECONDS = 4.0
    return cluster.Worker().run()


if __name__ == "__main__":
    sys.exit(main())
