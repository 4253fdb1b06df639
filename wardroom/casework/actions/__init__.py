"""What can be done to issues and complaints."""

from __future__ import annotations

from wardroom.casework.actions.batches import (
    begin_batch,
    give_up_batch,
    go_on_with_batch,
    prepare_batch,
    undo_batch,
)
from wardroom.casework.actions.correcting import NewPlace, correct_issue
from wardroom.casework.actions.following import (
    answer_office,
    ask_for_links,
    ask_reporter,
    rate_outcome,
    say_still_there,
)
from wardroom.casework.actions.hearing import mark_words_read
from wardroom.casework.actions.holding import (
    drop_pictures,
    forget_held,
    hold_picture,
    hold_until,
    use_sum,
)
from wardroom.casework.actions.intake import take_complaint, take_in
from wardroom.casework.actions.introducing import introduce_successor
from wardroom.casework.actions.joining import (
    join_issues,
    part_issues,
    split_complaint,
    undo_split,
)
from wardroom.casework.actions.learning import learn_topics
from wardroom.casework.actions.mail import (
    mark_mail_read,
    place_message,
    put_mail_aside,
    receive_message,
    take_mail,
    take_mail_in,
    write_to_person,
)
from wardroom.casework.actions.reporting import (
    Picture,
    receive_report,
    take_in_report,
    take_report,
)
from wardroom.casework.actions.sending_on import (
    plan_after_drift,
    send_ask_on,
    send_matter_on,
)
from wardroom.casework.actions.suggesting import keep_apart
from wardroom.casework.actions.telling import (
    close_issue,
    note_reporter_told,
    reopen_issue,
    take_telling_back,
)
from wardroom.casework.actions.withdrawing import withdraw_tellings

__all__ = [
    "NewPlace",
    "Picture",
    "answer_office",
    "ask_for_links",
    "ask_reporter",
    "begin_batch",
    "close_issue",
    "correct_issue",
    "drop_pictures",
    "forget_held",
    "give_up_batch",
    "go_on_with_batch",
    "hold_picture",
    "hold_until",
    "introduce_successor",
    "join_issues",
    "keep_apart",
    "learn_topics",
    "mark_mail_read",
    "mark_words_read",
    "note_reporter_told",
    "part_issues",
    "place_message",
    "plan_after_drift",
    "prepare_batch",
    "put_mail_aside",
    "rate_outcome",
    "receive_message",
    "receive_report",
    "reopen_issue",
    "say_still_there",
    "send_ask_on",
    "send_matter_on",
    "split_complaint",
    "take_complaint",
    "take_in",
    "take_in_report",
    "take_mail",
    "take_mail_in",
    "take_report",
    "take_telling_back",
    "undo_batch",
    "undo_split",
    "use_sum",
    "withdraw_tellings",
    "write_to_person",
]
