"""The log: one JSON object on each line, for programs to read; never a body, a code, a signature or a key.

What a failure says of itself is left out, too: the words of a driver may hold the values it was given. Where it
happened, and of which kind it was, stays.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import TextIO

NAMES = ("omsdesk", "uvicorn.error", "asyncio")


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object; ``extra={"fields": {…}}`` adds to it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"time": moment, "level": record.levelname.lower(), "message": record.getMessage()}
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line |= where_it_failed(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def where_it_failed(error: BaseException) -> dict[str, object]:
    """Describe a failure without its words."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    cause = error.__cause__ or error.__context__
    return {"error": type(error).__name__, "where": where} | ({"cause": where_it_failed(cause)} if cause else {})


def write_logs(to: TextIO | None = None, level: int = logging.INFO) -> None:
    """Let everything that the service has to say go to a stream, the standard one for errors if none is named."""
    handler = logging.StreamHandler(to or sys.stderr)
    handler.setFormatter(JsonLines())
    for name in NAMES:
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
