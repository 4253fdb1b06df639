"""What the machine and its neighbors say: the disk, the files, the mail server, the clocks."""

from __future__ import annotations

import shutil
import smtplib
import socket
import ssl
import stat
import struct
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

PATIENCE = 5.0
NTP_EPOCH = datetime(1900, 1, 1, tzinfo=UTC)
NTP_ASK = b"\x23" + 47 * b"\0"
OTHERS = stat.S_IROTH | stat.S_IWOTH
PRIVATE = ("secret-key", "wardroom.sqlite3", "files", "mail")


def disk_room() -> tuple[int, int]:
    """How many bytes are free where the house keeps its files, and of how many."""
    room = shutil.disk_usage(settings.HOME)
    return room.free, room.total


def loose_files() -> list[str]:
    """What others of this machine could read or write and must not; the folder around counts."""
    home = Path(settings.HOME)
    if not home.is_dir() or not home.stat().st_mode & stat.S_IXOTH:
        return []
    there = [home / name for name in PRIVATE if (home / name).exists()]
    return [path.name for path in there if path.stat().st_mode & OTHERS]


def why_no_mail() -> str:
    """Why the mail server cannot be spoken to; empty where it can, or where none is set."""
    if not settings.EMAIL_HOST:
        return ""
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=PATIENCE) as server:
            if settings.EMAIL_USE_TLS:
                server.starttls(context=ssl.create_default_context())
            if settings.EMAIL_HOST_USER:
                server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
            server.noop()
    except smtplib.SMTPResponseException as no:
        return f"it answers {no.smtp_code}"
    except (OSError, smtplib.SMTPException) as no:
        return _why(no)
    return ""


def certificate_end() -> tuple[datetime | None, str]:
    """Until when the certificate of the site holds, or why there is none to trust."""
    site = urlsplit(settings.SITE)
    where = (site.hostname or "", site.port or 443)
    context = ssl.create_default_context()
    try:
        with (
            socket.create_connection(where, PATIENCE) as plain,
            context.wrap_socket(plain, server_hostname=where[0]) as safe,
        ):
            ends = (safe.getpeercert() or {}).get("notAfter")
    except ssl.SSLCertVerificationError as no:
        return None, no.verify_message
    except OSError as no:
        return None, _why(no)
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(ends)), UTC), ""


def time_server_off(now: datetime) -> tuple[timedelta | None, str]:
    """How far the time server's clock is from ``now``, or why it gives no answer."""
    try:
        with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asking:
            asking.settimeout(PATIENCE)
            asking.connect((settings.TIME_SERVER, 123))
            asking.send(NTP_ASK)
            answer = asking.recv(48)
    except OSError as no:
        return None, _why(no)
    if len(answer) < 48 or not any(answer[40:44]):
        return None, "it gives no time"
    whole, part = struct.unpack("!II", answer[40:48])
    return NTP_EPOCH + timedelta(seconds=whole + part / 2**32) - now, ""


def _why(no: Exception) -> str:
    if isinstance(no, TimeoutError):
        return "it does not answer in time"
    return (getattr(no, "strerror", None) or type(no).__name__).lower()
