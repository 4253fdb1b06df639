"""A real process that sends a letter to many and writes each mail into a file of its own."""

from __future__ import annotations

import os
import sys
import time
import uuid
from pathlib import Path


def main() -> int:
    """Queue and send until nothing is left."""
    import django

    django.setup()
    from django.core.mail import EmailMessage

    from wardroom.engagement.models import CircularCopy
    from wardroom.jobs.delivery import send_waiting
    from wardroom.jobs.news import send_circulars
    from wardroom.notices.models import Message

    folder = Path(os.environ["COPIES_MAIL"])

    def keep(mail: EmailMessage, fail_silently: bool = False) -> int:
        words = f"{mail.to[0]} {mail.extra_headers['Message-ID']}"
        (folder / uuid.uuid4().hex).write_text(words)
        return 1

    outbox = sys.modules["wardroom.notices.actions.outbox"]
    vars(outbox)["wait_after"] = lambda attempts, quick=False: 1
    setattr(EmailMessage, "send", keep)  # noqa: B010
    while (
        CircularCopy.objects.filter(state="waiting").exists() or not CircularCopy.objects.exists()
    ):
        send_circulars(seconds=0.2)
        send_waiting(seconds=0.5)
    while Message.objects.filter(state="queued").exists():
        if not send_waiting():
            time.sleep(0.3)
    return 0


if __name__ == "__main__":
    sys.exit(main())
