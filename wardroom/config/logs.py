"""What never gets into a log: the tokens of links, and the keys of programs."""

from __future__ import annotations

import logging
import re

TOKEN = re.compile(
    r"(/(?:answer|helped|welcome|mine|leave|invitations)/|/news/(?:confirm|mine|stop)/)[^/\s'\"]+"
)

KEY = re.compile(r"(\bapi(?:_|%5F)key(?:=|%3D))[^&\s'\"]+|\bwr_[0-9A-Za-z]{32}\b", re.IGNORECASE)


class HideTokens(logging.Filter):
    """Takes tokens and keys out of every address before the line is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; nothing is left out."""
        text = record.getMessage()
        hidden = KEY.sub(r"\g<1>(key)", TOKEN.sub(r"\1(link)", text))
        if hidden != text:
            record.msg, record.args = hidden, ()
        return True
