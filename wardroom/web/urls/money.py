"""The pages of the office's money."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.money import files, fund, funds, plans, spending, submissions

pages: list[URLPattern] = [
    path("funds/", funds.fund_list, name="funds"),
    path("funds/funds.csv", files.funds_file, name="funds_file"),
    path("funds/new/", funds.fund_new, name="fund_new"),
    path("funds/<id:fund_id>/", fund.fund, name="fund"),
    path("funds/<id:fund_id>/change/", funds.fund_change, name="fund_change"),
    path("funds/<id:fund_id>/plan/", plans.fund_plan, name="fund_plan"),
    path("funds/<id:fund_id>/lines.csv", files.lines_file, name="fund_lines_file"),
    path("funds/<id:fund_id>/lines/<id:line_id>/", fund.line, name="fund_line"),
    path("funds/<id:fund_id>/<str:verb>/", fund.fund_move, name="fund_move"),
    path("submission/", submissions.submission_list, name="budget_submissions"),
    path("submission/<id:submission_id>/", submissions.submission, name="budget_submission"),
    path("submission/<id:submission_id>/paper.pdf", files.budget_pdf, name="budget_pdf"),
    path("submission/<id:submission_id>/sheet.xlsx", files.budget_sheet, name="budget_sheet"),
    path(
        "submission/<id:submission_id>/<str:verb>/",
        submissions.submission_move,
        name="budget_submission_move",
    ),
    path("spending/", spending.spending, name="spending"),
    path("spending/spending.csv", files.spending_file, name="spending_file"),
]
