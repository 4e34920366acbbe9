"""Faults of the program: a log of frames without data, and the report a person may copy.

A fault is something nobody expected. Its report names program, versions, classes of errors and
places in the code, never the text of an error, which may hold a value of somebody's file.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

LOG = logging.getLogger("tip_workbench.ui")
LOG_FILE = "window.log"
MOST_BYTES, MOST_FILES = 1_000_000, 4
_QT_LEVELS = {
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in the program.

    Attributes:
        report: what a person may copy and send.
    """

    report: str


def fault_of(error: BaseException) -> Fault:
    """The fault with its report."""
    import platform
    from importlib import metadata

    version = metadata.version("tip-workbench")
    head = (
        f"TIP Workbench {version}, Python {platform.python_version()}, "
        f"Qt {qVersion()}, {platform.system()} {platform.release()}"
    )
    return Fault("\n".join((head, *_lines(error))))


def _lines(error: BaseException) -> Iterator[str]:
    """Each error of the chain, the first cause first, with its frames."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _lines(cause)
        yield "which led to"
    for frame, line in walk_tb(error.__traceback__):
        code = frame.f_code
        place = "/".join(Path(code.co_filename).parts[-3:])
        yield f"  {place}, line {line}, in {code.co_qualname}"
    yield type(error).__qualname__


def start_log(folder: Path) -> Path | None:
    """Write warnings and faults to a file that never grows over five times 1 MB.

    Args:
        folder: where; made when it is not there.

    Returns:
        The file; None where it cannot be written, because a log is no reason to refuse a start.
    """
    from logging.handlers import RotatingFileHandler

    path = folder / LOG_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=MOST_BYTES, backupCount=MOST_FILES, encoding="utf-8", delay=True
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    qInstallMessageHandler(_qt_message)
    return path


def _qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    level = _QT_LEVELS.get(kind)
    if level is not None:
        LOG.log(level, "Qt: %s", text)


def install(show: Callable[[Fault], None]) -> None:
    """Send faults of the window's own code to a calm note instead of ending the program."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        told(error, show)

    def thread_hook(given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            LOG.error("fault in a thread\n%s", fault_of(given.exc_value).report)

    sys.excepthook = hook
    threading.excepthook = thread_hook


def told(error: BaseException, show: Callable[[Fault], None]) -> None:
    """Log a fault and show it; a fault while it is shown is only logged."""
    fault = fault_of(error)
    LOG.error("fault in the window\n%s", fault.report)
    if getattr(_SHOWING, "on", False):
        return
    _SHOWING.on = True
    try:
        show(fault)
    finally:
        _SHOWING.on = False


_SHOWING = threading.local()
