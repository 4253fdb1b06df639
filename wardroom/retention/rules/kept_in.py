"""Where every table of the database belongs: to a class of records, or to none, and why.

A test compares this with the models, so that no table comes in without somebody deciding.
"""

from __future__ import annotations

from collections.abc import Mapping

# What goes with whatever it is about: a letter about an issue is of the class.
ALONG = "along"
# What is no record of the office, with the reason in words.
LIST = "It is a list of the city or of the office, not about anybody; it is changed as it changes."
MIRROR = "A copy of what the city keeps; the city's own schedule holds for it."
WORKING = "It is needed while something is under way, and forgotten by itself when that is over."
COUNTED = "It is counted from the records and can be counted anew."
SYSTEM = "It belongs to the programs; nobody wrote it."
SETTING = "It is a setting: how something is done here, not what was done."

_CLASSES: Mapping[str, tuple[str, ...]] = {
    "issues": (
        *("casework.issue", "casework.complaint", "casework.complaintmove", "casework.report"),
        *("casework.reportreturn", "casework.reportquestion", "casework.reportrating"),
        *("casework.batch", "casework.batchitem"),
    ),
    "records_requests": (
        *("records.recordsrequest", "records.search", "records.foundrecord"),
        *("records.redaction", "records.release"),
    ),
    "hirings": (
        *("hiring.posting", "hiring.postingquestion", "hiring.panelmember"),
        *("hiring.application", "hiring.answer", "hiring.stagemove", "hiring.declaration"),
        "hiring.score",
    ),
    "households": ("incidents.householdneed",),
    "locations": (
        *("problems.nomination", "problems.decision", "problems.persistentlocation"),
        *("problems.spell", "problems.analysis", "problems.evaluation", "problems.verdict"),
        *("problems.evaluatedplace", "problems.publictext", "plans.workplan", "plans.planstep"),
        *("plans.stepwait", "plans.stepcheck", "plans.planreview", "plans.improvement"),
        *("fieldwork.conditioncheck", "fieldwork.checkround", "fieldwork.stratum"),
        *("fieldwork.stop", "fieldwork.spotcheck", "fieldwork.dispute"),
    ),
    "commitments": (
        *("engagement.commitment", "engagement.commitmentchange", "engagement.policyentry"),
        *("engagement.outreachplan", "engagement.outreachversion", "engagement.outreachtarget"),
        *("engagement.realcontact", "engagement.touchputoff"),
    ),
    "commissions": (
        *("engagement.commissionpaper", "engagement.concern", "engagement.paperletter"),
        *("engagement.noticeowed", "engagement.noticearea", "engagement.noticeline"),
        "engagement.noticequestion",
    ),
    "incidents": (
        *("incidents.incident", "incidents.incidentduty", "incidents.afteraction"),
        *("incidents.correctivestep", "incidents.callout", "incidents.checklistline"),
        *("incidents.callline", "incidents.situationreport", "incidents.toucheddistrict"),
    ),
    "meetings": (
        *("engagement.publicbody", "engagement.bodyseat", "engagement.bodyterm"),
        *("engagement.bodymeeting", "engagement.bodynotice", "engagement.motion"),
        *("engagement.rollcallline", "engagement.closedsession", "engagement.bodyminutes"),
        "engagement.bodyrecord",
    ),
    "calendar": (
        *("calendar.series", "calendar.event", "calendar.participation", "calendar.agreedask"),
        *("calendar.meetingline", "calendar.issuedlist", "calendar.invitation"),
        *("calendar.publicwords", "calendar.mandate", "calendar.shift"),
        *("engagement.eventrequest", "engagement.eventtask", "engagement.runline"),
        *("engagement.signinsheet", "engagement.checkin", "engagement.doorline"),
        *("engagement.agendaitem", "engagement.minutes"),
        *("fieldwork.walk", "fieldwork.walkstop", "fieldwork.walkline", "fieldwork.walkphoto"),
    ),
    "community": (
        *("engagement.group", "engagement.charter", "engagement.signup", "engagement.groupnotice"),
        *("engagement.groupplan", "engagement.planwording", "engagement.planlook"),
        *("engagement.assistance", "engagement.assistanceline", "engagement.program"),
        *("engagement.programcheck", "engagement.programreview", "engagement.reviewvoice"),
        *("engagement.servicereferral", "engagement.referredservice", "engagement.acceptance"),
    ),
    "news": (
        *("engagement.subscriber", "engagement.agreement", "engagement.subscription"),
        *("engagement.areamove", "engagement.digest", "engagement.circular"),
        *("engagement.circulartext", "engagement.circularcopy"),
    ),
    "directory": (
        *("directory.party", "directory.alias", "directory.contactpoint", "directory.consent"),
        *("directory.seat", "directory.tenure", "directory.partymerge"),
        "directory.contactimport",
    ),
    "staff": (
        *("office.position", "office.rota", "office.rotaturn", "office.spokenlanguage"),
        *("office.wish", "office.swap", "office.training", "office.term", "office.termline"),
        *("office.reminder", "office.timelog", "office.residencyclock"),
        *("office.residencyproof", "office.residencydecision", "incidents.calladdress"),
        *("matters.handover", "matters.handoveritem", "matters.handovernote"),
    ),
    "money": (
        *("office.fiscalyear", "office.fund", "office.purpose", "office.fundline"),
        *("office.spendingplan", "office.plannedmonth", "office.budgetsubmission"),
    ),
    "reports": (
        *("reporting.edition", "reporting.frozenrows", "reporting.rebuild"),
        *("reporting.packet", "reporting.keptsheet", "reporting.namedmatter"),
    ),
    "access": ("access.user", "access.grant", "access.apikey", "access.seal", "access.sealreader"),
    "ledger": ("ledger.entry", "ledger.link", "ledger.takenout", "ledger.treehead"),
    "disposals": (
        *("retention.schedule", "retention.legalhold", "retention.disposal"),
        "retention.disposalrow",
    ),
    ALONG: (
        *("matters.matter", "matters.ask", "matters.matterlink", "matters.waiting"),
        *("ledger.about", "ledger.mention", "ledger.receipt"),
        *("documents.document", "documents.rendition", "documents.attachment"),
        *("notices.message", "notices.message_enclosures", "notices.key"),
        *("notices.received", "notices.received_enclosures", "notices.hookdelivery"),
        *("search.doc", "service_requests.submission", "service_requests.tie"),
    ),
}

_NO_RECORDS: Mapping[str, tuple[str, ...]] = {
    LIST: (
        *("city.boundaryset", "city.district", "city.ground", "city.place", "city.membership"),
        *("city.businesscalendar", "city.holiday", "directory.service"),
        *("library.topic", "library.topicservice", "library.topicpromise", "library.rule"),
        *("library.exemption", "library.servicepromise", "library.otherauthority"),
        *("library.publictopic", "library.question", "library.serviceimport"),
        *("library.listedorganization", "library.listedservice", "library.listedarea"),
        *("library.listedlanguage", "library.listedphone", "library.site"),
        *("library.siteaddress", "library.serviceatsite", "library.hoursopen"),
        *("library.costoption", "library.need", "library.needserved", "library.neededpaper"),
    ),
    MIRROR: (
        *("service_requests.servicerequest", "service_requests.statuschange"),
        *("service_requests.feed", "service_requests.importrun", "service_requests.drift"),
        *("incidents.alert", "incidents.alertfeed", "incidents.alertreference"),
        *("calendar.outsidecalendar", "calendar.outsideevent"),
    ),
    WORKING: (
        *("sessions.session", "access.tally", "access.apicall", "access.sentform"),
        "casework.usedsum",
        *("casework.heldpicture", "incidents.incidentdraft", "account.emailconfirmation"),
        *("django_q.ormq", "django_q.task", "django_q.success", "django_q.failure"),
    ),
    COUNTED: (
        *("problems.detection", "problems.candidate", "problems.reportingrate"),
        *("problems.evaluationpreview", "problems.falsealarmcheck", "casework.topiclesson"),
        *("reporting.measurement", "reporting.measuredcell", "search.spelling", "search.made"),
    ),
    SYSTEM: (
        *("auth.group", "auth.group_permissions", "auth.permission", "contenttypes.contenttype"),
        *("django_q.schedule", "notices.mailbox", "notices.mailhold"),
        *("upkeep.beat", "upkeep.lastlook"),
    ),
    SETTING: (
        *("account.emailaddress", "mfa.authenticator", "notices.hook"),
        *("service_requests.endpoint", "engagement.guideline", "engagement.guidelineversion"),
        *("engagement.strategy", "engagement.strategyuse", "problems.officeweights"),
        *("problems.locationrule", "reporting.wordtemplate", "reporting.measuretarget"),
        *("office.unit", "office.unittime", "office.workyear", "office.scenario"),
    ),
}

KEPT_IN: Mapping[str, str] = {label: code for code, labels in _CLASSES.items() for label in labels}
NO_RECORD: Mapping[str, str] = {
    label: why for why, labels in _NO_RECORDS.items() for label in labels
}
