"""Invented programs beside Wardroom: an app with its key, a liaison's board, a webhook of old.

Their tokens and secrets are shown to nobody: who wants to try the API makes a key.
"""

from __future__ import annotations

from datetime import timedelta

from wardroom.access.models import ApiKey, User
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.actions import end_key, make_key
from wardroom.notices.actions import end_hook, make_hook

LIAISON, DIRECTOR = "liaison5@wardroom.example", "director@wardroom.example"


def show_keys(plan: Plan) -> int:
    """Two live keys, an ended one, and a webhook that was ended."""
    if not ApiKey.objects.exists():
        director = stamp_of(DIRECTOR, plan.now - timedelta(days=20))
        liaison = stamp_of(LIAISON, plan.now - timedelta(days=12))
        holder = User.objects.get(email=LIAISON)
        make_key(
            None,
            name="Neighborhood report app",
            scopes=["open311"],
            publishes=True,
            hourly_limit=500,
            stamp=director,
        )
        make_key(holder, name="The board in the ward office", scopes=["read"], stamp=liaison)
        old = make_key(None, name="Storm desk, trial", scopes=["alerts"], stamp=director)
        end_key(old.key, stamp=stamp_of(DIRECTOR, plan.now - timedelta(days=3)))
        hook = make_hook(
            holder,
            name="The board in the ward office, trial",
            address="https://board.wardroom.example/lines",
            kinds=["AskAccepted", "AskDeclined"],
            stamp=liaison,
        ).hook
        end_hook(hook, stamp=stamp_of(LIAISON, plan.now - timedelta(days=2)))
    return ApiKey.objects.filter(ended_at=None).count()
