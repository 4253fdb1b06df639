"""The one list of consequences: which fact is followed by what.

A reaction runs later, in a worker, in a commit of its own; a killed worker costs delay,
never loss or repetition (`wardroom.ledger.reactions` says how). What must be in the same
commit as the change is not here: the action calls it directly.
"""

from __future__ import annotations

from wardroom.calendar import facts as calendar
from wardroom.calendar.reactions import (
    invite_all_again,
    send_action_list,
    send_event_invitation,
    take_reply,
    tell_duty_changed,
    tell_speaker,
    tell_speaker_again,
)
from wardroom.casework import facts as casework
from wardroom.casework.reactions import (
    acknowledge_complaint,
    ask_by_mail,
    go_on,
    open_trouble,
    send_links,
    settle_after_recall,
    take_in_waiting,
    tell_by_mail,
    write_hello,
)
from wardroom.city import facts as city
from wardroom.directory import facts as directory
from wardroom.directory.reactions import mark_address, send_invitation, tell_of_sign_in
from wardroom.engagement import facts as engagement
from wardroom.engagement.reactions import (
    call_off_body_meeting,
    call_off_request,
    end_bounced_news,
    file_published_minutes,
    move_body_clocks,
    send_body_notice,
    send_confirmation,
    send_referral,
    stop_asking,
    stop_asking_the_answered,
    tell_body_cancelled,
    tell_moved_back,
    welcome_subscriber,
    write_group_notice,
)
from wardroom.fieldwork import facts as fieldwork
from wardroom.fieldwork.reactions import move_with_event, write_findings
from wardroom.hiring import facts as hiring
from wardroom.hiring.reactions import send_draft_link, send_receipt, tell_stage
from wardroom.incidents import facts as incidents
from wardroom.incidents.reactions import (
    end_homes_due,
    note_call_unsent,
    send_situation,
    tell_called,
    tell_called_off,
    tell_role_holder,
)
from wardroom.kernel.facts import Fact
from wardroom.ledger import facts as ledger
from wardroom.ledger.reactions import Reaction
from wardroom.matters import facts as matters
from wardroom.matters.reactions import (
    remind_agency,
    tell_agency,
    tell_caller,
    tell_directors,
    tell_head,
    tell_holder,
    tell_of_left_work,
    tell_owner,
    tell_sent_back,
    tell_successor,
)
from wardroom.notices import facts as notices
from wardroom.notices.reactions import mail_head
from wardroom.office import facts as office
from wardroom.office.reactions import (
    count_residency,
    free_shifts,
    note_gaps,
    propose_rota,
    tell_certificate,
    tell_of_swap,
    tell_of_wish,
    tell_recheck,
    tell_residency,
    tell_swap_ended,
    tell_term_ends,
)
from wardroom.problems import facts as problems
from wardroom.problems.reactions import (
    count_preview,
    detect_after_import,
    detect_after_placing,
    relapse_after_check,
    relapse_after_ranking,
    tell_of_relapse,
)
from wardroom.records import facts as records
from wardroom.records.reactions import (
    make_release,
    send_records_receipt,
    tell_answered,
    tell_longer,
)
from wardroom.reporting import facts as reporting
from wardroom.reporting.reactions import (
    file_sent_packet,
    file_signed_report,
    measure_after_import,
    measure_after_placing,
)
from wardroom.retention import facts as retention
from wardroom.retention.reactions import carry_out
from wardroom.service_requests import facts as service_requests
from wardroom.service_requests.reactions import place_after_loading, place_the_rest
from wardroom.upkeep import facts as upkeep
from wardroom.upkeep.reactions import walk_ledger

TELL_AGENCY = Reaction("tell the agency", tell_agency)
TELL_OWNER = Reaction("tell the owner", tell_owner)
NOTE_GAPS = Reaction("note the gaps", note_gaps)
FREE_SHIFTS = Reaction("free the shifts", free_shifts)
TELL_OF_SIGN_IN = Reaction("tell of the sign-in", tell_of_sign_in)
TELL_OF_SWAP = Reaction("tell of a swap", tell_of_swap)
TELL_OF_WISH = Reaction("tell whose days they are", tell_of_wish)

FOLLOWS: dict[type[Fact], tuple[Reaction, ...]] = {
    ledger.LedgerSigned: (Reaction("mail the head", mail_head),),
    upkeep.LedgerCheckAsked: (Reaction("walk the ledger", walk_ledger, counts_first=True),),
    city.BoundariesLoaded: (Reaction("place the requests", place_after_loading),),
    service_requests.RequestsPlaced: (
        Reaction("place the rest", place_the_rest),
        Reaction("rank the places", detect_after_placing, counts_first=True),
        Reaction("measure the requests", measure_after_placing, counts_first=True),
    ),
    service_requests.RequestsImported: (
        Reaction("rank the places", detect_after_import, counts_first=True),
        Reaction("measure the requests", measure_after_import, counts_first=True),
    ),
    fieldwork.ConditionChecked: (Reaction("see whether it is back", relapse_after_check),),
    problems.DetectionRun: (Reaction("see which places are back", relapse_after_ranking),),
    problems.RankingKeptFresh: (Reaction("see which places are back", relapse_after_ranking),),
    problems.LocationRelapsed: (Reaction("tell of the relapse", tell_of_relapse),),
    problems.PreviewWanted: (
        Reaction("count what it would take", count_preview, counts_first=True),
    ),
    matters.MatterReopened: (Reaction("keep what its homes needed", end_homes_due),),
    matters.MergeUndone: (Reaction("keep what its homes needed", end_homes_due),),
    matters.AskRequested: (TELL_AGENCY,),
    matters.AskReworded: (TELL_AGENCY,),
    matters.AskWithdrawn: (TELL_AGENCY,),
    matters.CounterAgreed: (TELL_AGENCY,),
    matters.AskAccepted: (TELL_OWNER,),
    matters.AskDeclined: (TELL_OWNER,),
    matters.AskCountered: (TELL_OWNER,),
    matters.PromiseMoved: (TELL_OWNER,),
    matters.AskDone: (TELL_OWNER,),
    casework.ComplaintTaken: (Reaction("acknowledge the complaint", acknowledge_complaint),),
    casework.ReportLeftWaiting: (Reaction("take the report in", take_in_waiting),),
    casework.ReporterTold: (Reaction("tell by e-mail", tell_by_mail),),
    casework.ReporterAsked: (Reaction("ask by e-mail", ask_by_mail),),
    casework.LinksWanted: (Reaction("send the links", send_links),),
    casework.BatchLeftToWorker: (Reaction("go on with the batch", go_on),),
    matters.AskReminded: (Reaction("remind the agency", remind_agency),),
    matters.CallWanted: (Reaction("have the agency called", tell_caller),),
    matters.DirectorTold: (Reaction("tell the directors", tell_directors),),
    matters.AgencyHeadTold: (Reaction("tell the agency's head", tell_head),),
    matters.TaskAdded: (Reaction("tell the holder", tell_holder),),
    matters.SuccessorChosen: (Reaction("tell the successor", tell_successor),),
    matters.WorkLeftBehind: (Reaction("tell of left work", tell_of_left_work),),
    matters.ItemsSentBack: (Reaction("tell who started it", tell_sent_back),),
    casework.SuccessorIntroduced: (Reaction("introduce the successor", write_hello),),
    calendar.EventMoved: (
        Reaction("move the walk", move_with_event),
        Reaction("invite again", invite_all_again),
        Reaction("ask the speaker again", tell_speaker_again),
        Reaction("move the clocks of a body", move_body_clocks),
    ),
    calendar.EventCancelled: (
        Reaction("say that it is canceled", invite_all_again),
        Reaction("tell the speaker", tell_speaker_again),
        Reaction("call off the meeting of a body", call_off_body_meeting),
        Reaction("call off the request for it", call_off_request),
    ),
    calendar.DutyChanged: (Reaction("tell whose shifts changed", tell_duty_changed),),
    calendar.ShiftsPlaced: (NOTE_GAPS,),
    calendar.ShiftGiven: (NOTE_GAPS,),
    calendar.ShiftCleared: (NOTE_GAPS,),
    directory.SignInClosed: (FREE_SHIFTS,),
    directory.GrantEnded: (FREE_SHIFTS,),
    directory.WardCovered: (NOTE_GAPS,),
    directory.CoverCalledOff: (NOTE_GAPS,),
    office.WishEntered: (NOTE_GAPS, TELL_OF_WISH),
    office.WishWithdrawn: (NOTE_GAPS, TELL_OF_WISH),
    office.ProposalWanted: (Reaction("propose the rota", propose_rota, counts_first=True),),
    office.SwapAsked: (TELL_OF_SWAP,),
    office.SwapReminded: (TELL_OF_SWAP,),
    office.SwapAccepted: (TELL_OF_SWAP,),
    office.SwapEnded: (Reaction("tell who asked", tell_swap_ended),),
    calendar.ParticipantInvited: (Reaction("invite by mail", send_event_invitation),),
    calendar.SpeakerAssigned: (Reaction("ask the speaker", tell_speaker),),
    notices.MessageRecalled: (Reaction("see whether an end is public", settle_after_recall),),
    notices.MailReceived: (Reaction("take a calendar's answer", take_reply),),
    notices.MailIgnored: (Reaction("take a calendar's answer", take_reply),),
    engagement.BodyNoticePublished: (Reaction("send the notice", send_body_notice),),
    engagement.BodyMeetingCancelled: (Reaction("tell of no meeting", tell_body_cancelled),),
    engagement.BodyMinutesPublished: (Reaction("file the minutes", file_published_minutes),),
    calendar.ActionListIssued: (Reaction("send the action list", send_action_list),),
    engagement.GroupNoticeSent: (Reaction("write to the members", write_group_notice),),
    office.TermEndsSoon: (Reaction("tell who leaves", tell_term_ends),),
    hiring.ApplicantAppointed: (Reaction("count residency", count_residency),),
    office.ResidencyReminded: (Reaction("remind of residency", tell_residency),),
    office.ResidencyRecheckDue: (Reaction("tell of the recheck", tell_recheck),),
    office.CertificateRunsOut: (Reaction("tell of the certificate", tell_certificate),),
    directory.PersonInvited: (Reaction("send the invitation", send_invitation),),
    directory.SecondFactorAdded: (TELL_OF_SIGN_IN,),
    directory.SecondFactorRemoved: (TELL_OF_SIGN_IN,),
    directory.SecondFactorsReset: (TELL_OF_SIGN_IN,),
    directory.RecoveryCodesMade: (TELL_OF_SIGN_IN,),
    directory.PasswordChanged: (TELL_OF_SIGN_IN,),
    notices.AddressBounced: (
        Reaction("mark the address", mark_address),
        Reaction("end the news", end_bounced_news),
        Reaction("tell of a call-out that came back", note_call_unsent),
    ),
    notices.MessageFailed: (Reaction("tell of a call-out that failed", note_call_unsent),),
    engagement.NewsWanted: (Reaction("send the link to confirm", send_confirmation),),
    engagement.NewsConfirmed: (Reaction("send the standing link", welcome_subscriber),),
    engagement.SubscriberMovedBack: (Reaction("tell them it was wrong", tell_moved_back),),
    fieldwork.FindingsTold: (Reaction("write to the agency", write_findings),),
    fieldwork.TroubleSeen: (Reaction("open an issue", open_trouble),),
    incidents.IncidentTaken: (Reaction("tell those called before", tell_called),),
    incidents.CallsCalledOff: (Reaction("tell those called that it is off", tell_called_off),),
    incidents.IncidentRoleGiven: (Reaction("tell who holds the role", tell_role_holder),),
    incidents.SituationReleased: (Reaction("send the situation report", send_situation),),
    engagement.ReferralMade: (Reaction("send the services", send_referral),),
    engagement.ReferralAnswered: (Reaction("ask no more", stop_asking_the_answered),),
    engagement.ReferralEnded: (Reaction("ask no more", stop_asking),),
    hiring.DraftBegun: (Reaction("send the link to the draft", send_draft_link),),
    hiring.ApplicationSent: (Reaction("send the receipt", send_receipt),),
    hiring.ApplicationMoved: (Reaction("tell the applicant", tell_stage),),
    records.RecordsAsked: (Reaction("send the receipt of a request", send_records_receipt),),
    records.RequestExtended: (Reaction("tell that an answer takes longer", tell_longer),),
    records.RecordsReleased: (
        Reaction("make the papers of an answer", make_release, counts_first=True),
    ),
    records.ReleaseFiled: (Reaction("tell that a request is answered", tell_answered),),
    retention.DisposalApproved: (Reaction("carry out a disposal", carry_out, counts_first=True),),
    reporting.ReportSigned: (Reaction("file the signed report", file_signed_report),),
    reporting.PacketSent: (Reaction("file and mail the packet", file_sent_packet),),
}
