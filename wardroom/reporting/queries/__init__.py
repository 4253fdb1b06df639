"""What can we ask of the reports?"""

from __future__ import annotations

from wardroom.reporting.queries.editions import (
    digest_of,
    get_edition,
    report_file,
    report_page,
    this_week,
)
from wardroom.reporting.queries.glance import WardGlance, ward_glances
from wardroom.reporting.queries.measured import compared, measure_file, measure_page
from wardroom.reporting.queries.packets import (
    PacketPage,
    SentPacket,
    get_meeting_of_commission,
    get_offers_to_change,
    packet_page,
    packet_paper,
    packets_sent,
)
from wardroom.reporting.queries.printing import edition_for_print, report_pdf, report_word
from wardroom.reporting.queries.promises import promises_by_agency
from wardroom.reporting.queries.rows_behind import RowsBehind, rows_of_figure
from wardroom.reporting.queries.shapes import (
    EditionRow,
    Figure,
    FigureGroup,
    NarrativePart,
    Need,
    ReportFile,
    ReportPage,
    Section,
    StandingRow,
    WeekCount,
)
from wardroom.reporting.queries.word_templates import (
    TemplateFile,
    checked_word_template,
    may_keep_word_templates,
    word_template_content,
    word_template_file,
)

__all__ = [
    "EditionRow",
    "Figure",
    "FigureGroup",
    "NarrativePart",
    "Need",
    "PacketPage",
    "ReportFile",
    "ReportPage",
    "RowsBehind",
    "Section",
    "SentPacket",
    "StandingRow",
    "TemplateFile",
    "WardGlance",
    "WeekCount",
    "checked_word_template",
    "compared",
    "digest_of",
    "edition_for_print",
    "get_edition",
    "get_meeting_of_commission",
    "get_offers_to_change",
    "may_keep_word_templates",
    "measure_file",
    "measure_page",
    "packet_page",
    "packet_paper",
    "packets_sent",
    "promises_by_agency",
    "report_file",
    "report_page",
    "report_pdf",
    "report_word",
    "rows_of_figure",
    "this_week",
    "ward_glances",
    "word_template_content",
    "word_template_file",
]
