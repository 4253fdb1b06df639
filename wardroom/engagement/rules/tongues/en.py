"""News in English."""

from __future__ import annotations

from wardroom.engagement.rules.tongues.words import JoinWords, MailWords, PageWords, Tongue
from wardroom.kernel.languages import spoken_in

ENGLISH = Tongue(
    **spoken_in("en"),
    only_english="",
    around="within {far} mile of {where}",
    mine={"smd": "your SMD, {code}", "anc": "your ANC, {code}", "ward": "your ward, Ward {code}"},
    named={"smd": "SMD {code}", "anc": "ANC {code}", "ward": "Ward {code}"},
    city="the whole city",
    mail=MailWords(
        confirm_subject="Please confirm: news about {area}",
        confirm=(
            "Somebody, we hope you, asked us to send news about {area} to this address.\n\n"
            "To get it, open this link and confirm. It works once, until {day}:\n\n{link}\n\n"
            "If it was not you, do nothing. You will get nothing.\n"
        ),
        welcome_subject="You get news about {area}",
        welcome=(
            "Thank you. From now on you get news about {area}. When nothing is new, we do not"
            " write.\n\nSee, change or stop it here at any time:\n\n{link}\n"
        ),
        digest_subject="News about {area}, {day}",
        changes={
            "one": "There is {n} change since we last wrote to you.",
            "other": "There are {n} changes since we last wrote to you.",
        },
        headings={
            "text": "What the city says about places",
            "plan": "Plans of work",
            "check": "What we saw when we looked",
            "event": "Meetings and events",
            "promise": "Promises confirmed",
            "kept": "Promises kept",
        },
        findings={
            "clean": "We looked on {day}: the trouble is gone.",
            "partly": "We looked on {day}: it is better, but not gone.",
            "not_fixed": "We looked on {day}: it is as it was.",
            "worse": "We looked on {day}: it is worse than before.",
        },
        plan="A plan of work began on {day}. Agencies that take part: {agencies}.",
        promise="{who} promised:",
        promise_by="By {day}.",
        event="{when}, {where}.",
        why="You get this because you asked for it on {day}.",
        manage="See, change or stop it: {link}",
        moved_subject="The boundaries changed: {old} is now {new}",
        changed_subject="The boundaries changed: {old}",
        moved=(
            "New boundaries hold since {day}. Your address was in {old}; it is now in {new}."
            " From now on you get news about {new}."
        ),
        redrawn=(
            "New boundaries hold since {day}. {old} has new borders. You go on getting news"
            " about {old}, as it is drawn now."
        ),
        gone=(
            "New boundaries hold since {day}. {old} is no more. We have not put you anywhere"
            " else: you get no news about it until you choose a new area."
        ),
        gone_to="What was {old} now lies in: {new}.",
        lost=(
            "New boundaries hold since {day}. We cannot tell where your address lies in them."
            " You get no news until you choose an area."
        ),
        moved_back=(
            "We wrote to you that the boundaries changed. That was our mistake. You get news about"
            " {old} again, as before."
        ),
        letter_foot="You get this letter because you get news about {area}.",
    ),
    pages=PageWords(
        title="News about your neighborhood",
        lead=(
            "The city writes to you when something changes near you: what it does at a place,"
            " what was seen there, and which promises were kept."
        ),
        email="Your e-mail address",
        language="Language",
        area="Which area?",
        areas={
            "around": "Around an address",
            "mine_smd": "The SMD of an address",
            "mine_anc": "The ANC of an address",
            "mine_ward": "The ward of an address",
            "named": "An SMD, ANC or ward by its name",
            "city": "The whole city",
        },
        where="Address",
        where_help="Only for an area by address, such as 1200 First Street NE.",
        far="How far around it, in miles",
        district="SMD, ANC or ward",
        district_help="Only for an area by its name, such as 5C07, ANC 5C or Ward 5.",
        topics="Topics",
        topics_help="Choose none to get all.",
        frequency="How often?",
        frequencies={"daily": "Every day", "weekly": "Every week", "monthly": "Every month"},
        consent=(
            "I agree that the Mayor's Office of Community Relations keeps this address and sends"
            " me progress information by e-mail. I can stop it at any time with one click."
        ),
        ask="Ask for news",
        sent_title="Look into your mail",
        sent="We sent a link to this address. Nothing begins until you open it and confirm.",
        confirm_title="Confirm that you want this",
        confirm_button="Yes, send me news",
        confirmed="Confirmed. You get news from now on.",
        manage_title="What you get from us",
        manage_lead="This page belongs to {address}. Do not pass its link on.",
        nothing="You get nothing from us.",
        change="Save",
        changed="Saved.",
        stop_one="Stop this",
        stop_all="Stop everything",
        stop_question="Do you want to stop all news to {address}?",
        stopped_one="Stopped.",
        stopped_all="You get no more news from us. Nothing else is needed.",
        choose_again="The boundaries changed. Choose an area again.",
        feeds="Or follow it without e-mail",
        not_saved="This was not saved",
        fill_in="Fill this in.",
        bad_email="This is not an e-mail address.",
        unknown_place="We do not know this address. Write its quadrant, or name a district.",
        unknown_district="There is no district of this name. Write it like 5C07, ANC 5C or Ward 5.",
        all_topics="all topics",
    ),
    join=JoinWords(
        title="Join {group}",
        who="Who may join:",
        area="Area:",
        name="Your name",
        email="E-mail address",
        phone="Phone number",
        one_is_enough="One of the two is enough.",
        agreed="I agree",
        consent=(
            "The Mayor's office of community relations may write to me or call me about"
            " {group}: its meetings, agendas and minutes. I can stop this at any time with the"
            " link in each message, or by telling the office. My name and how to reach me are"
            " kept by the office and are not shown to the public."
        ),
        ask="Ask to join",
        thanks="The office has it. Somebody will be in touch.",
        closed="{group} takes nobody in by link at the moment. Call 311 to reach the office.",
        no_name="Write your name.",
        bad_name="Write your name alone, within 120 characters.",
        no_way="Give an e-mail address or a phone number.",
        bad_phone="This is not a phone number. Write it with the area code, like 202-555-0147.",
        not_agreed="Say that the office may write or call about this group.",
        full="Too many wait for an answer now. Call the office instead.",
        slow_down="Too many asked from here within an hour. Try again later.",
    ),
)  # fmt: skip
