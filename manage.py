"""Django's own commands, for developers (makemigrations, shell)."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardroom.config.settings")
    from django.core.management import execute_from_command_line

    from wardroom.access.gate import guard_pass

    with guard_pass("a developer's command"):
        execute_from_command_line(sys.argv)
