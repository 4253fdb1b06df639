"""Which form was sent: told by the mark that Django gives each page, and by all that is in it."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest

from wardroom.web.scanned import pieces

MARK = "csrfmiddlewaretoken"
# What the page that asks who it is adds to the form that it holds; and the mark of that form.
PROOF = "confirm-"
HELD_MARK = f"{PROOF}mark"
HALF = 48


def mark_of(request: HttpRequest) -> str:
    """The mark of the page that a form was filled in on, however often it was held since."""
    return str(request.POST.get(HELD_MARK) or request.POST.get(MARK) or "")


def form_hash(request: HttpRequest) -> str:
    """The hash of a form as it was filled in: where to, its mark, each field and each file.

    Nobody can guess a mark, so this tells a form apart whoever sends it. What shows who it is
    belongs to no form: held and sent on, a form is the same.
    """
    found = hashlib.sha256()

    def add(*words: object) -> None:
        for word in words:
            said = str(word).encode()
            found.update(b"%d:%b" % (len(said), said))

    add(request.get_full_path(), mark_of(request))
    for name, values in request.POST.lists():
        if name != MARK and not name.startswith(PROOF):
            add(name, len(values), *values)
    for name, files in request.FILES.lists():
        for file in files:
            add(name, file.name)
            length = 0
            for piece in pieces(file):
                found.update(piece)
                length += len(piece)
            add(length)
    return found.hexdigest()[:HALF]


def form_hash_of(request: HttpRequest, user_id: int | None) -> str:
    """The same, and after it the hash of who sent it."""
    form = form_hash(request)
    whose = hashlib.sha256(f"{form} {user_id}".encode()).hexdigest()
    return form + whose[: 64 - HALF]
