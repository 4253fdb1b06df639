"""Applying in English."""

from __future__ import annotations

from wardroom.hiring.rules.tongues.words import (
    FormWords,
    JobTongue,
    LetterWords,
    PostingPageWords,
    ReceiptWords,
)
from wardroom.kernel.languages import spoken_in

ENGLISH = JobTongue(
    **spoken_in("en"),
    posting=PostingPageWords(
        title="Jobs at the office",
        lead="You need no account to apply. It takes about ten minutes, also on a phone.",
        none="No job is open at the moment.",
        until="Open until the end of {day}",
        until_filled="Open until filled",
        opens="Opens on {day}",
        over="This posting is over.",
        grade="Grade",
        salary="Salary",
        a_year="{amount} a year",
        office="Office",
        open="Open",
        close="Close",
        special="Special recruitment",
        about="About the office",
        duties="Duties",
        requirements="What is required",
        preference="Preference for residents",
        security="Security-sensitive position",
        residency="Residency",
        apply="Apply for this job",
        not_taking="This posting takes no applications now.",
    ),
    form=FormWords(
        start="Apply: {title}",
        start_lead=(
            "We mail you a link to your application. What you fill in is kept, so you can stop"
            " and go on later."
        ),
        name="Your name",
        email="Your e-mail address",
        email_help="We send the link and the receipt there.",
        language="Language",
        begin="Begin",
        working="One moment. We are making sure that a person is writing.",
        draft_lead=(
            "Nothing is sent yet. Saved last on {when}. Look for the link in the mail to {email}."
        ),
        phone="Phone number",
        lives_here="Do you live in the city now?",
        yes="Yes",
        no="No",
        resume="Resume",
        attach="Attach your resume",
        attach_help="PDF, DOC, DOCX, ODT, TXT, or RTF, up to 5 MB. It is kept as soon as you save.",
        attached="Attached: {name}",
        take_off="Take this file off",
        paste="Or paste your resume here",
        questions="Questions",
        optional="You can leave this empty.",
        save="Save and go on later",
        saved="Saved. You can close this page and come back by the link.",
        send="Send the application",
        send_lead="After sending you cannot change it. You can withdraw it at any time.",
        not_sent="Not sent yet",
        not_saved="Something could not be saved",
    ),
    receipt=ReceiptWords(
        sent="Your application was sent",
        sent_lead="Keep this page or the receipt. It proves what you sent, and when.",
        number="Number",
        when="Sent",
        stands="Where it stands",
        letters="Letters to you",
        parts_lead="What you sent, each part with its fingerprint (SHA-256)",
        parts={
            "person": "Your name and how to reach you",
            "resume_file": "Resume, as a file",
            "pasted": "Resume, pasted",
            "answers": "Questions and your answers",
            "whole": "The whole application",
        },
        pdf="Receipt as a PDF",
        withdraw="Withdraw the application",
        withdraw_help="This cannot be undone.",
        withdrawn="You withdrew this application.",
        closed="This link opens nothing, or nothing any more.",
    ),
    letters=LetterWords(
        link_subject="Your application: {title}",
        link=(
            "You began to apply for: {title}.\n\nThis is your own link. By it you go on, send the"
            " application, and see later where it stands. Give it to nobody.\n\n{link}\n\nIf you"
            " did not begin this, do nothing.\n"
        ),
        receipt_subject="We have your application: {title}",
        receipt=(
            "We have your application for: {title}.\n\nNumber: {number}\nSent: {when}\n\n"
            "The fingerprint (SHA-256) of each part:\n{parts}\n\n"
            "See where it stands, save the receipt, or withdraw it:\n\n{link}\n"
        ),
        stage_subject="Your application: {title}",
        stages={
            "received": "We have your application.",
            "screening": "The panel is reading your application.",
            "interview": "The panel would like to talk with you. The office will contact you.",
            "offer": (
                "The office makes you a conditional offer. It counts once the suitability"
                " screening is done. The office will contact you."
            ),
            "suitability": "The suitability screening has begun. Whoever does it will contact you.",
            "appointed": "You were appointed. The office will contact you about your first day.",
            "not_selected": "You were not selected for this job. Thank you for applying.",
            "offer_ended": "The offer does not go ahead. The office will contact you.",
            "withdrawn": "You withdrew your application. Nobody reads it any more.",
        },
        foot="Please do not answer this message.",
    ),
    wrong={
        "fill_in": "Fill this in.",
        "no_name": "Write your name.",
        "bad_email": "This is not an e-mail address.",
        "no_answer": "Please answer this.",
        "no_resume": "Attach your resume or paste it.",
        "empty_file": "This file is empty.",
        "too_large": "This file is larger than 5 MB.",
        "bad_type": "Attach a PDF, DOC, DOCX, ODT, TXT, or RTF file.",
        "not_as_named": (
            "This file is not what its name says. Save it as a PDF again, and attach that."
        ),
        "macro": "This file holds a program (a macro). Save it as a PDF and attach that.",
        "scanner_away": (
            "The file cannot be checked for viruses right now. Try again in a few minutes."
        ),
        "scanner_found": (
            "The check for viruses found something in this file. Attach another one."
        ),
        "too_long": "This is too long. Please shorten it.",
        "not_taking": "This posting takes no applications now. What you wrote is kept.",
        "too_many": "You began several today. Look for our mail, with the link.",
        "slow_down": "Too many from here within an hour. Try again later.",
    },
)
