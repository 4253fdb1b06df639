"""The pages of news, letters, reports and measures."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.measures import comparing
from wardroom.web.measures import views as measures
from wardroom.web.news import asking as news_asking
from wardroom.web.news import circulars as circular_pages
from wardroom.web.news import office as news_office
from wardroom.web.news import own as own_news
from wardroom.web.reports import lists as report_lists
from wardroom.web.reports import rows as report_rows
from wardroom.web.reports import sheets as report_sheets
from wardroom.web.reports import views as reports
from wardroom.web.reports import word as report_word
from wardroom.web.reports import writing as report_writing

pages: list[URLPattern] = [
    path("news/", news_asking.ask, name="news"),
    path("news/feeds/", news_asking.feed_list, name="news_feeds"),
    path("news/confirm/<str:token>/", own_news.confirm, name="news_confirm"),
    path("news/stop/<str:token>/", own_news.stop, name="news_stop"),
    path("news/mine/<str:token>/", own_news.mine, name="news_mine"),
    path("news/mine/<str:token>/change/", own_news.change, name="news_change"),
    path("news/mine/<str:token>/more/", own_news.more, name="news_more"),
    path("subscribers/", news_office.subscribers, name="subscribers"),
    path("subscribers/new/", news_office.add, name="subscriber_new"),
    path("subscribers/boundaries/", news_office.moved, name="subscribers_moved"),
    path(
        "subscribers/boundaries/<id:boundary_set_id>/undo/",
        news_office.undo,
        name="subscribers_undo",
    ),
    path("subscribers/<id:subscriber_id>/", news_office.subscriber, name="subscriber"),
    path("subscribers/<id:subscriber_id>/stop/", news_office.stop, name="subscriber_stop"),
    path("circulars/", circular_pages.circular_list, name="circulars"),
    path("circulars/new/", circular_pages.circular_new, name="circular_new"),
    path("circulars/<id:circular_id>/", circular_pages.circular, name="circular"),
    path(
        "circulars/<id:circular_id>/<str:verb>/",
        circular_pages.circular_move,
        name="circular_move",
    ),
    path("reports/", report_lists.report_list, name="reports"),
    path("reports/draft/", report_lists.draft, name="report_draft"),
    path("reports/roll-ups/", report_lists.roll_up_list, name="roll_ups"),
    path("reports/roll-ups/draft/", report_lists.roll_up_draft, name="roll_up_draft"),
    path("reports/anc/", report_lists.monthly_list, name="monthly_reports"),
    path("reports/anc/draft/", report_lists.monthly_draft, name="monthly_report_draft"),
    path("reports/sheets/<slug:kind>/<id:about_id>/", report_sheets.sheet, name="sheet"),
    path(
        "reports/sheets/<slug:kind>/<id:about_id>/edit/",
        report_sheets.sheet_edit,
        name="sheet_edit",
    ),
    path(
        "reports/sheets/<slug:kind>/<id:about_id>/sheet.pdf",
        report_sheets.sheet_pdf,
        name="sheet_pdf",
    ),
    path(
        "reports/sheets/<slug:kind>/<id:about_id>/sheet.docx",
        report_sheets.sheet_word,
        name="sheet_word",
    ),
    path("reports/word/<slug:kind>/", report_word.template, name="word_template"),
    path("reports/word/<slug:kind>/back/", report_word.put_back, name="word_template_back"),
    path(
        "reports/word/<slug:kind>/<slug:version>/template.docx",
        report_word.template_file,
        name="word_template_file",
    ),
    path("reports/<id:edition_id>/", reports.report, name="report"),
    path("reports/<id:edition_id>/write/", report_writing.edit, name="report_edit"),
    path("reports/<id:edition_id>/rebuild/", report_writing.rebuild, name="report_rebuild"),
    path("reports/<id:edition_id>/rows/<slug:code>/", report_rows.rows, name="report_rows"),
    path("reports/<id:edition_id>/reply/", reports.answer, name="report_answer"),
    path("reports/<id:edition_id>/sign/", reports.sign, name="report_sign"),
    path("reports/<id:edition_id>/correct/", reports.correct, name="report_correct"),
    path("reports/<id:edition_id>/report.pdf", report_rows.pdf, name="report_pdf"),
    path("reports/<id:edition_id>/report.docx", report_rows.word, name="report_word"),
    path("measures/", measures.measure_list, name="measures"),
    path("measures/promises/", comparing.promise_list, name="measure_promises"),
    path("measures/compared/", comparing.compared, name="measures_compared"),
    path("measures/<slug:by>/<path:code>/", measures.measure, name="measure"),
]
