"""Answering a request: fixed in one commit, then made into papers and put on file."""

from __future__ import annotations

from django.db.models import QuerySet, Sum

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.documents.models import Document
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.records import facts, policy, rules
from wardroom.records.actions.waiting import keep_request_waiting
from wardroom.records.models import FoundRecord, RecordsRequest, Redaction, Release

MOST_LETTER = 4_000
MOST_MEGABYTES = 100


@action(policy.may_answer_request)
def release_records(request: RecordsRequest, *, words: str = "", stamp: Stamp) -> Release:
    """Answer a request: what goes out, in part or whole, what is kept back, and on which ground.

    From now on nothing of it changes; the house makes the papers and tells whoever asked.
    ``words`` are added to the letter. Refuses: a record that nobody decided about; a request
    that was never searched for; files too large to go out together; one that was answered.
    Records: `RecordsReleased`.
    """
    state = rules.check_move(request.state, "release_records")
    words = words.strip().replace("\r\n", "\n")
    if len(words) > MOST_LETTER:
        raise Refused("too_long", f"Keep this within {MOST_LETTER:,} characters.", field="words")
    if not request.searches.exists():
        raise Refused("not_searched", "Search for the records first.")
    open_rows = request.records.filter(decision="").count()
    if open_rows:
        many = "1 record is" if open_rows == 1 else f"{open_rows} records are"
        raise Refused("undecided", f"{many} not decided yet.")
    given = FoundRecord.objects.filter(request=request, decision=rules.RELEASE)
    _check_size(given)
    standing = Redaction.objects.filter(record__in=given, put_back_at=None)
    cut = standing.values("record").distinct().count()
    kept_back = request.records.filter(decision=rules.WITHHOLD).count()
    outcome = rules.outcome_of(given=given.count(), cut=cut, kept_back=kept_back)
    release: Release = Release.objects.create(
        request=request,
        outcome=outcome,
        words=words,
        by_id=stamp.actor.user_id,
        by_name=stamp.actor.name,
        at=stamp.at,
    )
    request.state, request.outcome, request.answered_at = state, outcome, stamp.at
    request.save(update_fields=["state", "outcome", "answered_at"])
    keep_request_waiting(request, stamp)
    fact = facts.RecordsReleased(
        request=request.pk,
        release=release.pk,
        outcome=outcome,
        given=given.count(),
        cut=cut,
        kept_back=kept_back,
    )
    record(fact, stamp=stamp)
    return release


def _check_size(given: QuerySet[FoundRecord]) -> None:
    """Refuses files that are too large to be made into one answer."""
    size = (given.aggregate(size=Sum("document__size"))["size"] or 0) / 1_000_000
    if size > MOST_MEGABYTES:
        raise Refused(
            "too_large",
            f"The files of this answer have {size:,.0f} MB; at most {MOST_MEGABYTES} go out"
            " together. Agree with whoever asked which are wanted, and mark the others as such.",
        )


@action(policy.may_file_release)
def file_release(release: Release, *, package: Document, stamp: Stamp) -> Release:
    """Put the finished papers of an answer on file, where whoever asked can fetch them.

    Refuses: an answer whose papers are on file. Records: `ReleaseFiled`.
    """
    if release.package_id is not None:
        raise Refused("filed", "The papers of this answer are on file.")
    request = RecordsRequest.objects.select_for_update(no_key=True).get(pk=release.request_id)
    request.state = rules.check_move(request.state, "file_release")
    request.save(update_fields=["state"])
    release.package = package
    release.save(update_fields=["package"])
    fact = facts.ReleaseFiled(request=request.pk, release=release.pk, digest=package.digest)
    record(fact, stamp=stamp)
    return release
