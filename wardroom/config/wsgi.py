"""The site as a WSGI application."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardroom.config.settings")
application = get_wsgi_application()

# gunicorn may be started without `wardroom serve`, which looks at more than this.
from wardroom.config.checks import refuse_to_start_unsafe  # noqa: E402

refuse_to_start_unsafe()
