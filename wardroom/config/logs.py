"""What never gets into a log: the tokens of links."""

from __future__ import annotations

import logging
import re

TOKEN = re.compile(r"(/answer/|/news/(?:confirm|mine|stop)/)[^/\s'\"]+")


class HideTokens(logging.Filter):
    """Takes the token out of every address of a one-off link before the line is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; nothing is left out."""
        text = record.getMessage()
        hidden = TOKEN.sub(r"\1(link)", text)
        if hidden != text:
            record.msg, record.args = hidden, ()
        return True
