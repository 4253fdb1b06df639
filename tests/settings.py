"""Settings of the test run: the real ones, on a throw-away database and folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("WARDROOM_HOME", tempfile.mkdtemp(prefix="wardroom-test-"))
os.environ.setdefault("WARDROOM_SECRET_KEY", "only-for-tests-0123456789-abcdefghijklmnopqrst")

from wardroom.config.settings import *  # noqa: F403
from wardroom.config.settings import DATABASES, TEMPLATES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECURE_SSL_REDIRECT = False
DEMONSTRATION = False
QUIET_HOURS = False
SECOND_FACTOR = "offered"
# Tests move the clock by days; those of sign-in set the hours that hold in the office.
SESSION_HOURS, IDLE_MINUTES = 24 * 3650, 60 * 24 * 3650
ENDPOINT_KEYS = ["elsewhere=sesame"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Looks a file up when it is asked for, where the site knows all of them from its start.
WHITENOISE_AUTOREFRESH = True
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    folder = Path(os.environ["WARDROOM_HOME"])
    folder.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(folder / "test.sqlite3")}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "TEMPLATE-VARIABLE-MISSING(%s)"
