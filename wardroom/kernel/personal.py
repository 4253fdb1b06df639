"""Which values of a fact are about people or in somebody's own words, and which are plain.

A plain value is a code, a kind, a number or the name of an agency, a service or a place in the
law: it says nothing of anybody and stays for ever. All others may have to be taken out one day,
when the law says so. A line of the ledger holds them so that this leaves the ledger whole.
"""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

from wardroom.kernel.facts import Change, Fact

PLAIN = frozenset((
    "agency", "agency_code", "anc_code", "ancs", "answer", "apart", "attended", "boundary_kind",
    "channel", "channel_label", "code", "cover_label", "decision", "decision_label", "digest",
    "disposition", "district_kind", "document_digest", "drift_kind", "endpoint_code",
    "endpoint_name", "event_kind", "feed_code", "feed_name", "finding", "finding_label",
    "former_outcome", "former_thread", "frequency", "fte", "fund_sort", "head", "how_label",
    "key", "kind_label", "kind_of_ask", "kind_of_work", "kinds", "lane", "language", "layout",
    "letter_label", "line_kind", "line_label", "link", "matter_key", "matter_kind",
    "media_type", "medium", "mode", "mode_label", "noun", "of", "organisation_kind", "outcome",
    "outcome_label", "own_language", "paper_kind", "period", "program_kind", "public_kind",
    "rating", "rating_label", "reason_label", "report", "result_label", "root", "rota",
    "scopes", "service_code", "service_id", "service_ids", "service_name", "sha256", "sign",
    "smd_code", "sort", "source_label", "standing", "state", "state_label", "status",
    "status_label", "term_kind", "thread", "to_stage", "topic_code", "topic_name",
    "utilisation", "verdict", "ward", "ward_code", "wards", "way_in", "week",
))  # fmt: skip
PERSONAL = frozenset((
    "accepted_by", "address", "after", "after_name", "alert", "alias", "amounts", "answers",
    "appointed_as", "appointed_by", "appointed_on", "appointee", "approval", "approved_by",
    "approved_how", "area", "asked", "asked_name", "asked_of", "asker_name", "at", "authority",
    "because", "before", "before_label", "before_name", "body_name", "broken", "by",
    "calendar_name", "called", "caption", "certified_by", "changed", "changes", "checked",
    "citation", "clock", "closes", "commission_name", "concern", "concerns", "copied_to",
    "correction", "cover_why", "days", "deed", "description", "done_words", "effect", "email",
    "entity_name", "evidence", "file", "file_name", "first", "for_whom", "former",
    "former_name", "former_step", "former_title", "former_when", "former_wording", "found_by",
    "from_name", "fund", "given_on", "goal", "grade", "groups", "guest", "here", "holder",
    "holder_name", "holders", "home", "hook_name", "hours", "how", "in_return", "into_name",
    "invited_by", "item", "items", "keeper_name", "key_name", "label", "languages", "late_why",
    "lead_text", "left", "letter", "line", "lines", "made_to", "maker_name", "may_not_promise",
    "may_promise", "member_name", "memorandum", "mover_name", "name", "named_before", "names",
    "need", "next_step", "nominated_by", "note", "notes", "notice", "number", "numbers",
    "objective", "observer_name", "office_name", "opens", "organization", "other_title",
    "owner", "owner_name", "parts", "party_name", "payee", "person_name", "phone",
    "place_label", "plan_title", "problem", "program", "program_name", "public_text",
    "public_title", "purpose", "readers", "reason", "recording_at", "reference", "reporter",
    "representative", "request_number", "role", "role_label", "roll_call", "rota_name", "said",
    "scenario", "seat", "seconder_name", "sender", "sent_to", "services", "settled_by",
    "sheet_label", "skipped", "source", "steps", "subject", "successor_name", "taker_name",
    "targets", "tenor_words", "text", "theirs", "there", "title", "to_address", "to_name",
    "told", "topics", "under", "unit", "url", "wanted", "wanted_label", "warnings", "way_words",
    "what", "when", "where", "where_text", "who", "why", "word", "wording", "words_said",
    "written_by",
))  # fmt: skip
TAKEN_OUT = "[taken out]"
HOLDS_WORDS = (str, Change, dict, Any)
_KNOWN: dict[type[Fact], tuple[str, ...]] = {}


def fields_with_words(kind: type[Fact]) -> tuple[str, ...]:
    """The fields of a fact that can hold words, in the order of their names."""
    hints = typing.get_type_hints(kind)
    return tuple(sorted(f.name for f in dataclasses.fields(kind) if _holds_words(hints[f.name])))


def personal_fields(kind: type[Fact]) -> tuple[str, ...]:
    """The fields of a fact that may have to be taken out one day, in the order of their names.

    A fact names those of its own that are plain although others of the same name are not.
    """
    if kind not in _KNOWN:
        plain = PLAIN | kind.plain
        _KNOWN[kind] = tuple(name for name in fields_with_words(kind) if name not in plain)
    return _KNOWN[kind]


def _holds_words(hint: Any) -> bool:
    args = typing.get_args(hint)
    return hint in HOLDS_WORDS or typing.get_origin(hint) is dict or any(map(_holds_words, args))


def taken_out(value: Any) -> Any:
    """What stands where a value was: its shape, so that whatever reads the fact goes on.

    Of a field that moved only that one did is left: its name could hold words as well, and
    nobody could tell them from those that were put there later. Nothing stays of a dictionary.
    """
    if isinstance(value, str):
        return TAKEN_OUT if value else ""
    if isinstance(value, list | tuple):
        return [taken_out(one) for one in value]
    if isinstance(value, dict):
        return {k: taken_out(v) for k, v in value.items()} if _is_change(value) else {}
    return value


def tells_nothing(value: Any) -> bool:
    """Whether this can stand where a value was taken out: marks alone, and no other word."""
    if isinstance(value, list | tuple):
        return all(map(tells_nothing, value))
    if isinstance(value, dict):
        return not value or (_is_change(value) and all(map(tells_nothing, value.values())))
    return value in ("", TAKEN_OUT, None)


def _is_change(value: dict[str, Any]) -> bool:
    return value.keys() == {f.name for f in dataclasses.fields(Change)}
