"""What goes with a record that is disposed of: the letters about it, and what came in answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from wardroom.access.models import holds_any
from wardroom.ledger.models import About
from wardroom.notices.models import Message, Received


@dataclass(frozen=True)
class GoingMail:
    """What stands in the letters about a record and in their answers, for a legal hold to ask."""

    people: tuple[str, ...]
    text: str
    last_on: date


def mail_that_goes(noun: str, keys: Sequence[str]) -> GoingMail:
    """What would go with these things: to whom and from whom it is, what it says, the last day."""
    answers = answers_that_go(noun, keys).prefetch_related("enclosures")
    return _going(letters_about(noun, keys).order_by("pk"), answers.order_by("pk"))


def mail_that_goes_with_each(noun: str, keys: Sequence[str]) -> Mapping[str, GoingMail]:
    """The same for many things at once, each for itself; in as many questions as for one."""
    about = About.objects.filter(noun=noun, key__in=keys).values_list("entry_id", "key")
    of_entry: dict[int, set[str]] = {}
    for entry, key in about:
        of_entry.setdefault(entry, set()).add(key)
    letters: dict[str, list[Message]] = {key: [] for key in keys}
    of_letter: dict[int, set[str]] = {}
    for letter in letters_about(noun, keys).order_by("pk"):
        own = {letter.thread.removeprefix(f"{noun}:")} & set(keys)
        of_letter[letter.pk] = of_entry.get(letter.entry_id, set()) | own
        for key in of_letter[letter.pk]:
            letters[key].append(letter)
    answers: dict[str, list[Received]] = {key: [] for key in keys}
    for row in answers_that_go(noun, keys).prefetch_related("enclosures").order_by("pk"):
        lies = row.thread.removeprefix(f"{noun}:")
        for key in {lies} if row.thread else of_letter.get(row.answers_id or 0, set()):
            answers[key].append(row)
    return {key: _going(letters[key], answers[key]) for key in keys}


def _going(letters: Iterable[Message], answers: Iterable[Received]) -> GoingMail:
    people, texts, days = [], [], [date.min]
    for row in letters:
        people += [row.to_name, row.to_address]
        texts += [row.subject, row.text, row.error, row.calendar]
        days.append(localdate(row.queued_at))
    for back in answers:
        people += [back.from_name, back.from_address, back.to_addresses]
        texts += [back.subject, back.text, back.reason, back.left_out]
        texts += [file.name for file in back.enclosures.all()]
        days.append(localdate(back.received_at))
    return GoingMail(
        people=tuple(word for word in people if word),
        text="\n".join(text for text in texts if text),
        last_on=max(days),
    )


def lines_of_mail_that_goes(noun: str, keys: Sequence[str], *, but: Collection[int] = ()) -> Q:
    """The lines about these letters and answers, among all that are about something.

    None of a letter that follows from a line in ``but``: it stays.
    """
    letters = letters_about(noun, keys, but=but).values_list("pk", flat=True)
    answers = answers_that_go(noun, keys, but=but).values_list("pk", flat=True)
    return Q(about__noun="message", about__key__in=list(map(str, letters))) | Q(
        about__noun="mail", about__key__in=list(map(str, answers))
    )


def threads_of_mail(
    came: Iterable[int], went: Iterable[int]
) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """What these messages in and out are about, as noun:key, by their numbers.

    An answer that lies nowhere is about what its letter is about; a letter that lies nowhere,
    about the matter of the line that it follows from.
    """
    own, cause = ("pk", "thread"), ("entry__matter_key",)
    back = Received.objects.filter(holds_any("pk", came)).order_by()
    out = Message.objects.filter(holds_any("pk", went)).order_by()
    return (
        _threads(back.values_list(*own, "answers__thread", *(f"answers__{c}" for c in cause))),
        _threads((pk, thread, "", key) for pk, thread, key in out.values_list(*own, *cause)),
    )


def mail_near_thread(thread: str) -> tuple[frozenset[int], frozenset[int]]:
    """The messages in and out that may be about a thing: all that `threads_of_mail` could say."""
    noun, _, key = thread.partition(":")
    out = Q(thread=thread)
    if noun == "matter":
        out |= Q(entry__matter_key=key)
    went = frozenset(Message.objects.filter(out).order_by().values_list("pk", flat=True))
    back = Received.objects.filter(Q(thread=thread) | holds_any("answers", went)).order_by()
    return frozenset(back.values_list("pk", flat=True)), went


def files_of_mail(came: Iterable[int]) -> frozenset[int]:
    """The files that came with these messages."""
    mails = Received.enclosures.through._base_manager.filter(holds_any("received", came))
    return frozenset(mails.order_by().values_list("document_id", flat=True))


def threads_of_files(files: Iterable[int]) -> list[tuple[int, str]]:
    """In what mail each of these files came, by what that is about; a file may be in several."""
    mails = Received.enclosures.through._base_manager.filter(holds_any("document", files))
    pairs = list(mails.order_by().values_list("document_id", "received_id"))
    threads, _ = threads_of_mail({mail for _, mail in pairs}, ())
    return [(file, threads[mail]) for file, mail in pairs if mail in threads]


def _threads(rows: Iterable[tuple[int, str, str | None, str | None]]) -> Mapping[int, str]:
    found = {}
    for pk, own, letter, matter_key in rows:
        thread = own or letter or (f"matter:{matter_key}" if matter_key else "")
        if thread:
            found[pk] = thread
    return found


def letters_about(
    noun: str, keys: Sequence[str], *, but: Collection[int] = ()
) -> QuerySet[Message]:
    """The letters that follow from lines about these things, or lie with their mail.

    None that follows from a line in ``but``.
    """
    told = Message.objects.filter(entry__about__noun=noun, entry__about__key__in=keys)
    lie = Message.objects.filter(thread__in=[f"{noun}:{key}" for key in keys])
    ids = {pk for rows in (told, lie) for pk in rows.order_by().values_list("pk", flat=True)}
    return Message.objects.filter(holds_any("pk", ids)).exclude(holds_any("entry_id", but))


def answers_that_go(
    noun: str, keys: Sequence[str], *, but: Collection[int] = ()
) -> QuerySet[Received]:
    """What came back in answer and lies nowhere else.

    What somebody placed on another thing is that thing's, and goes with it; what waits and
    seems to belong elsewhere stays until a person has said so.
    """
    own = [f"{noun}:{key}" for key in keys]
    letters = list(letters_about(noun, keys, but=but).values_list("pk", flat=True))
    rows = Received.objects.filter(Q(answers__in=letters, thread="") | Q(thread__in=own))
    elsewhere = Q(state=Received.State.WAITING) & ~Q(like__in=["", *own])
    return rows.exclude(elsewhere)
