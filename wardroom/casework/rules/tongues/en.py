"""Reporting and following in English."""

from __future__ import annotations

from wardroom.casework.rules.tongues.words import (
    DangerWords,
    FollowWords,
    FormWords,
    LetterWords,
    Told,
)
from wardroom.kernel.languages import spoken_in

ENGLISH = Told(
    **spoken_in("en"),
    ward="Ward {code}",
    only_english="",
    danger=DangerWords(
        always="Is somebody in danger? Call 911 now. Nobody reads this page by the minute.",
        small=(
            "For a missed pick-up or one pothole, 311 is quicker: call 311. This page is for"
            " trouble that stays or keeps coming back."
        ),
        say={
            "gas": "It smells of gas? Leave the building, then call 911 and Washington Gas.",
            "wires": "A wire is down? Keep away from it. Call 911, then Pepco.",
            "life": "This sounds like danger to life. Call 911 before you go on.",
            "cold": (
                "Is somebody out in the cold? Call the shelter hotline, 202-399-7093. Call 911"
                " where they do not answer."
            ),
        },
        words={},
        ground="This is the ground of {owner}. The city cannot order work there.",
        ground_phone="You can call them: {phone}.",
        still_send="You can still send your report. We pass it on.",
        others="What you tell of may belong to others. You can call them:",
        others_outside="For places outside the District you can call:",
    ),
    form=FormWords(
        title="Report a problem",
        lead=(
            "A light that is out, trash, rats, a broken sidewalk: tell the Mayor's office. You"
            " need no account."
        ),
        step="Step {n} of {of}",
        go_on="Next",
        back="Back",
        photo="Take a photograph",
        photos="Photographs",
        photos_help=(
            "Up to three. Show the trouble, and no faces or license plates. You can leave this out."
        ),
        photos_kept="These photographs are attached already:",
        photos_drop="Take it off",
        photos_again="Your photographs were not kept. Please choose them again before you send.",
        photo_placed="We took the place from your photograph. Please check it.",
        where="Where is it?",
        place="Address or corner",
        place_help="With its quadrant, such as 1200 First Street NE.",
        here="Use the place where I am",
        on_map="Choose it on the map",
        map_label="Map to choose the place on: tap, or move with the arrow keys and press Enter",
        map_instead="The map does not start here. Type the address instead.",
        meant="This place: {place}",
        place_sure="The address is right and lies in the District. Take it as I wrote it.",
        what="What is wrong?",
        said="Tell us in your own words",
        said_help="In any language. Please leave out the names of other people.",
        topic="What kind of trouble is it?",
        topic_help="You decide. If nothing fits, say that you are not sure.",
        unsure="I am not sure",
        guess="By your words: {topic}, {percent}% sure",
        guess_basis=(
            "A guess, learned from {n} earlier reports on {day}. It decides nothing: you choose."
        ),
        questions="A few questions about it",
        near="Did somebody report this already?",
        near_help="These are near by and of the same kind. If it is one of them, add your voice.",
        near_row="{topic}, {place}, since {day}",
        near_away="about {n} meters away",
        voices={"one": "{n} person reported it", "other": "{n} people reported it"},
        me_too="I see this one too",
        another="No, mine is another one",
        contact="How can we reach you?",
        contact_help=(
            "You can leave this out. Nobody outside the office sees it. With an e-mail address we"
            " send you the link to your report, and what becomes of it."
        ),
        name="Your name",
        email="E-mail address",
        phone="Phone number",
        consent="The office may write to me or call me about this report.",
        yes="Yes",
        no="No",
        check="Look for questions and for reports near by",
        send="Send the report",
        working="One moment: your device does a small sum that keeps machines out.",
        optional="(optional)",
        not_sent="This was not sent yet",
        wrong={
            "fill_in": "Fill this in.",
            "choose": "Choose one of the answers.",
            "place_missing": "Say where it is.",
            "place_unknown": (
                "We do not find this address. Write it with its quadrant, or choose it on the map."
            ),
            "place_outside": "This place is outside the District. We can do nothing there.",
            "said_missing": "Tell us in a few words what is wrong.",
            "too_long": "This is too long. Please shorten it.",
            "bad_answer": "This answer does not fit the question.",
            "bad_email": "This is not an e-mail address.",
            "bad_phone": "This is not a phone number. Write it with its area code.",
            "bad_name": "Write your name alone, within 120 characters.",
            "not_agreed": "Say that we may write or call, or leave these fields empty.",
            "scanner_away": (
                "The file cannot be checked for viruses right now. Try again in a few minutes."
            ),
            "scanner_found": (
                "The check for viruses found something in this file. Attach another one."
            ),
            "bad_file": "This is not a picture that we can take. Send JPEG, PNG or WebP.",
            "phone_file": (
                "This kind of picture cannot be read here. Choose JPEG, or set the phone to “Most"
                " compatible”."
            ),
            "large_file": "A picture is larger than 20 MB.",
            "many_files": "Send three pictures at most.",
            "slow_down": "Too many reports came from here within an hour. Try later, or call 311.",
            "gone": "This can no longer be chosen. Look at the page again.",
        },
    ),
    follow=FollowWords(
        thanks="Thank you. We have your report.",
        title="Your report {number}",
        number="Number",
        kind="Kind of trouble",
        place="Place",
        reported="Reported on",
        your_words="What you told us",
        who="Who looks after it",
        role="The liaison of the Mayor's office for {ward}",
        role_no_ward=(
            "The Mayor's office. We do not know the ward of this place yet, and find it out first."
        ),
        next="We look at it by {day}.",
        keep_link="Keep the address of this page. It is your way back to your report.",
        mailed="We also send it to the e-mail address that you gave.",
        joined="Others reported this too. Your voice was added to theirs.",
        private="This page is yours alone. Do not pass its address on.",
        status="How it stands",
        received="We have it, and somebody looks after it.",
        asked={
            "one": "{n} agency was asked to work on it.",
            "other": "{n} agencies were asked to work on it.",
        },
        promised="An agency promised it by {day}.",
        returned="It came back, so we are at it again.",
        closed="We closed it on {day}: {outcome}.",
        outcomes={
            "fixed": "fixed",
            "partly_fixed": "partly fixed",
            "not_fixed": "not fixed",
            "referred": "others have it now; what they do is not ours to decide",
            "no_action": "no action was needed",
            "duplicate": "it is the same as another report",
        },
        what_was_said="What the office told you",
        history="What was said so far",
        facts="What we know",
        fact_lines={
            "done": ("An agency said on {day} that it is done.", "No agency has said it is done."),
            "seen": ("We went to look on {day}.", "We have not gone to look."),
            "told": (
                "We told you on {day} what became of it.",
                "We have not told you the end yet.",
            ),
            "back": ("It came back on {day}.", "It has not come back, as far as we know."),
        },
        asks="The office asks you",
        answer="Your answer",
        send_answer="Send the answer",
        answered="You answered on {day}:",
        answer_kept="Thank you. The office has your answer.",
        still="Is it still there?",
        still_help="Tell us whenever you see it again, even after we closed it.",
        still_words="What do you see now?",
        still_send="It is still there",
        still_noted="Noted. Whoever looks after it sees this.",
        still_opened="Thank you. We opened it again, and it counts as a return.",
        rating="Was it solved?",
        rating_help="Your answer is counted, and the office reads it.",
        ratings={"yes": "Yes, it is solved", "partly": "In part", "no": "No"},
        rating_words="Do you want to add something?",
        rating_send="Send",
        rating_kept="Thank you. The office has your answer.",
        nothing_opens="This link does not open anything. You can have your links sent again.",
        wait="Too many tries came from here. Wait a while, then try again.",
        mine_title="Send me my links again",
        mine_lead="Give the e-mail address that you reported with. The links go there.",
        mine_send="Send my links",
        mine_sent=(
            "If there are reports of this address, their links are on the way to it. Look into"
            " your mail in a few minutes."
        ),
        another_report="Report something else",
    ),
    letter=LetterWords(
        receipt_subject="We have your report {number}",
        receipt=(
            "Thank you for telling us.\n\n"
            "Number: {number}\nPlace: {place}\nWho looks after it: {who}\n{next}\n\n"
            "Follow it here, tell us that it is still there, or add something:\n\n{link}\n"
        ),
        next="We look at it by {day}.",
        told_subject="What became of your report {number}",
        told=(
            "{text}\n\nThis is about your report {number}: {what}.\n\n"
            "If this is not right, or it comes back, say so here. You can also tell us whether it"
            " was solved:\n\n{link}\n"
        ),
        question_subject="A question about your report {number}",
        question=(
            "Whoever looks after your report {number} asks you:\n\n{text}\n\n"
            "Answer here:\n\n{link}\n"
        ),
        links_subject="The links to your reports",
        links=(
            "Somebody, we hope you, asked for the links to the reports of this address:\n\n"
            "{links}\n\nIf it was not you, do nothing. Nobody else got them.\n"
        ),
        foot="A person reads your answer to this message.",
    ),
)
