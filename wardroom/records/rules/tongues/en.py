"""Asking for records in English."""

from __future__ import annotations

from wardroom.kernel.languages import spoken_in
from wardroom.records.rules.tongues.words import (
    AskWords,
    LetterWords,
    RecordsTongue,
    StandsWords,
)

ENGLISH = RecordsTongue(
    **spoken_in("en"),
    ask=AskWords(
        title="Ask for records",
        lead=(
            "Everybody may ask for records of this office, without an account and"
            " without saying what for."
        ),
        clock=(
            "The law gives us 15 working days to answer. If it takes up to ten"
            " more, we tell you why in writing."
        ),
        name="Your name",
        email="Your e-mail address",
        email_help="We send the answer there. Nobody else sees it.",
        language="Language",
        words="Which records do you want?",
        words_help=(
            "Name the subject, the place and the time, such as: everything about"
            " the alley behind the 1300 block, since May."
        ),
        send="Send the request",
        working="One moment. We are making sure that a person is writing.",
        not_sent="Not sent yet",
    ),
    stands=StandsWords(
        title="Records request {number}",
        received="Received",
        due="Answer due",
        asked="What you asked for",
        open="We are at work on it.",
        longer="It takes longer, until {day}: {reason}",
        late=(
            "The day of the answer has passed. By law this counts as a refusal,"
            " and you may appeal. We still owe you the answer."
        ),
        making=("It is answered. The papers are being made and will be here within minutes."),
        outcomes={
            "granted": "Answered: you get all of it.",
            "part": ("Answered: you get a part of it. The list says what was kept back, and why."),
            "denied": "Answered: the records are kept back. The list says why.",
            "none": "Answered: we searched, and found no such records.",
        },
        withdrawn="This request was withdrawn.",
        appealed="You appealed. The decision is due on {day}.",
        upheld="After your appeal the answer stands: {reason}",
        appeal=(
            "If you do not agree with the answer, you may appeal to the Mayor in"
            " writing. The Mayor decides within ten working days. You may also go"
            " to court."
        ),
        answer="The answer",
        fetch="Get the records (ZIP file)",
        fingerprint="Fingerprint of the file",
        closed="This link opens nothing, or nothing any more.",
    ),
    letters=LetterWords(
        receipt_subject="Your records request {number}",
        receipt=(
            "We received your request for records. Its number is {number}. The"
            " answer is due on {day}.\n\nHow it stands, at any time: {link}"
        ),
        longer_subject="Your records request {number} takes longer",
        longer=(
            "Your request for records takes longer than 15 working days. The"
            " reason: {reason}\n\nThe answer is now due on {day}. How it stands:"
            " {link}"
        ),
        answer_subject="Your records request {number} is answered",
        answer="{outcome}\n\nThe papers, and how to appeal: {link}",
        foot="Please do not answer this message.",
    ),
    wrong={
        "fill_in": "Fill this in.",
        "bad_email": "This is not an e-mail address.",
        "no_words": "Say which records you want.",
        "no_name": "Write your name.",
        "too_long": "This is too long. Please shorten it.",
        "slow_down": "Too many were sent from here within an hour. Try again later.",
    },
)
