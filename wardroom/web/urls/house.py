"""The pages of one's own day, of the staff and of what the machine does."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.answers import views as answers
from wardroom.web.asks import views as asks
from wardroom.web.capture import names
from wardroom.web.capture import views as capture
from wardroom.web.data import letters, mail
from wardroom.web.data import views as data
from wardroom.web.day import views as day
from wardroom.web.documents import views as documents
from wardroom.web.history import views as history
from wardroom.web.house import keeping
from wardroom.web.house import views as house
from wardroom.web.requests import views as requests
from wardroom.web.search import views as search
from wardroom.web.staff import handover, welcome
from wardroom.web.staff import views as staff

pages: list[URLPattern] = [
    path("", house.home, name="home"),
    path("day/", day.day, name="day"),
    path("day/<id:task_id>/<str:verb>/", day.move, name="day_move"),
    path("capture/", capture.capture, name="capture"),
    path("capture/names/", names.names, name="capture_names"),
    path("search/", search.search, name="search"),
    path("matters/<id:matter_id>/history/", history.matter_history, name="matter_history"),
    path("lines/<id:entry_id>/", history.line, name="line"),
    path("asks/", asks.ask_list, name="asks"),
    path("asks/<id:ask_id>/", asks.ask, name="ask"),
    path("asks/<id:ask_id>/<str:verb>/", asks.make_move, name="ask_move"),
    path("answer/<str:token>/", answers.sheet, name="answer"),
    path("answer/<str:token>/<str:verb>/", answers.send, name="answer_send"),
    path("requests/", requests.request_list, name="requests"),
    path("requests/<id:request_id>/", requests.service_request, name="request"),
    path("documents/<id:document_id>/<slug:variant>/", documents.document, name="document"),
    path("staff/", staff.staff_list, name="staff"),
    path("staff/hire/", staff.hire, name="hire"),
    path("staff/<id:party_id>/", staff.member, name="staff_member"),
    path("staff/<id:party_id>/<str:verb>/", staff.make_move, name="staff_move"),
    path("staff/handovers/<id:handover_id>/", handover.show, name="handover"),
    path("staff/handovers/<id:handover_id>/<str:verb>/", handover.make_move, name="handover_move"),
    path("welcome/<str:token>/", welcome.choose, name="welcome"),
    path("house/", keeping.the_house, name="the_house"),
    path("house/check/", keeping.check, name="house_check"),
    path("house/release/", keeping.release, name="house_release"),
    path("house/given-up/<id:receipt_id>/retry/", keeping.retry, name="receipt_retry"),
    path("house/given-up/<id:receipt_id>/drop/", keeping.give_up, name="receipt_give_up"),
    path("data/", data.overview, name="data"),
    path("data/messages/", data.outbox, name="outbox"),
    path("data/messages/<id:message_id>/retry/", data.retry, name="retry_message"),
    path("data/messages/<id:message_id>/aside/", data.set_aside, name="set_message_aside"),
    path("data/messages/<id:message_id>/recall/", data.recall, name="recall_message"),
    path("data/messages/<id:message_id>/now/", data.hurry, name="hurry_message"),
    path("data/mail/", mail.mail_list, name="mail"),
    path("data/mail/<id:received_id>/", mail.message, name="mail_message"),
    path("data/mail/<id:received_id>/files/<id:document_id>/", mail.file, name="mail_file"),
    path("data/mail/<id:received_id>/<str:verb>/", mail.move, name="mail_move"),
    path("data/letters/<id:matter_id>/", letters.letters, name="letters"),
    path("data/letters/<id:matter_id>/write/", letters.write, name="write_letter"),
]
