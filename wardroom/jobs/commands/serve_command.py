"""Serve the site.

  wardroom serve                       the site alone, on 127.0.0.1:8000
  wardroom serve --with-worker         the site with a worker beside it, for one machine
  wardroom serve --host 0.0.0.0 --port 80 --workers 4

Behind a balancer run `wardroom serve` on as many machines as you like, against one
PostgreSQL, and `wardroom worker` on at least one of them. SIGTERM ends it in order. If one
of two parts dies, the other is ended too, with exit code 1, so that whatever started it can
start it again. docs/settings.md lists the settings.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from pathlib import Path

from django.conf import settings

from wardroom.jobs.holding import hold_port, holder_of, say_ending
from wardroom.kernel.errors import Refused

WORKER = "wardroom.jobs.web_worker.Worker"
# A proxy that sends a form down a connection which the site closes at that moment answers 502:
# so the proxy closes first (Caddy after two minutes, nginx and most balancers after one).
KEPT_SECONDS = {"behind a proxy": 130, "open to anybody": 2}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the words of the call."""
    port = int(os.environ.get("WARDROOM_PORT", "8000"))
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=port, help="port to listen on")
    parser.add_argument("--workers", type=int, default=2, help="web processes")
    parser.add_argument("--threads", type=int, default=4, help="threads in each web process")
    parser.add_argument("--with-worker", action="store_true", help="run a worker beside it")
    parser.add_argument("--log-folder", type=Path, help="write each part's log to a file here")
    parser.add_argument(
        "--end-with-input",
        action="store_true",
        help="end when the standard input ends, so when whoever started this is gone",
    )


def run(args: argparse.Namespace) -> int:
    """Check the house, then serve until stopped."""
    _check_port(args.host, args.port)
    check_house()
    held = hold_port(settings.HOME, args.port)
    web = web_argv(args)
    if not (args.with_worker or args.log_folder or args.end_with_input):
        os.execv(web[0], web)  # noqa: S606
    from wardroom.jobs.supervisor import Part, Supervisor

    parts = [Part("web", web)]
    if args.with_worker:
        parts.append(Part("worker", [sys.executable, "-m", "wardroom.jobs.cli", "worker"]))
    return Supervisor(
        parts,
        logs=args.log_folder,
        ends_with_input=args.end_with_input,
        on_ending=lambda: say_ending(held),
        keep=[] if held is None else [held.fileno()],
    ).run()


def web_argv(args: argparse.Namespace) -> list[str]:
    """The call of gunicorn; its control socket stays off."""
    kept = KEPT_SECONDS["behind a proxy" if settings.BEHIND_PROXY else "open to anybody"]
    scratch = ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []  # noqa: S108
    return [
        *(sys.executable, "-m", "gunicorn", "wardroom.config.wsgi:application"),
        *("--config", "python:wardroom.jobs.web_process"),
        *("--bind", f"{args.host}:{args.port}", "--worker-class", WORKER),
        *("--workers", str(args.workers), "--threads", str(args.threads)),
        *("--preload", "--no-control-socket", "--timeout", "60", "--graceful-timeout", "20"),
        *("--keep-alive", str(kept)),
        *("--log-level", "warning", *scratch),
    ]


def check_house() -> None:
    """Run the system checks, and refuse a database whose tables are older than the program."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    check_settings()
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise Refused(
            "database_is_old",
            f"The database lacks {len(missing)} migrations; run: wardroom setup",
        )
    connection.close()


def check_settings() -> None:
    """Run the system checks: with settings that lose what is saved, or open the site to
    anybody, nothing starts and no table is changed."""
    from django.core import checks

    errors = [m for m in checks.run_checks(databases=["default"]) if m.is_serious()]
    if errors:
        raise Refused("checks_failed", "\n".join(str(m) for m in errors))


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            holder = holder_of(settings.HOME, port)
            why = holder.sentence(port) if holder and not holder.is_ending else ""
            raise Refused(
                "port_taken", f"Cannot listen on {host}:{port}: {error.strerror}. {why}".strip()
            ) from None
