"""Commands that show and prove: demo, verify."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from indicators.errors import N_
from workbench import i18n
from workbench.cli import window
from workbench.cli.command import DONE, REFUSED, Command, Output, argument, table_lines
from workbench.i18n import _

DEFAULT_FOLDER = "tip-workbench-demo"


def demo(arguments: Namespace) -> Output:
    """The sample country from files to report, then the window where there is a display."""
    from workbench.services import demo as service

    quiet = arguments.quiet or arguments.json
    outcome = service.run(Path(arguments.out), progress=_Told(quiet=quiet))
    data = outcome.as_dict()
    shown = arguments.window if arguments.window is not None else window.has_display()
    lines = [i18n.message(template, values) for template, values in service.summary(outcome)]
    if not shown and arguments.window is None:
        lines.append(_("There is no display here: the report shows the same without a window."))
    if shown:
        window.start(outcome.workspace)
        lines.append(_("The window opens on this project."))
    return Output(data=data, lines=lines)


class _Told:
    """Progress as lines on the error stream."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.said = ""

    def report(self, done: int, total: int | None, text: str = "") -> None:
        """Print a step once."""
        if self.quiet or not text or text == self.said:
            return
        self.said = text
        print(text, file=sys.stderr, flush=True)


def verify(arguments: Namespace) -> Output:
    """Recompute published numbers."""
    from workbench.services import proving

    report = proving.verify(arguments.folder)
    words = {
        "passed": _("passed"), "failed": _("FAILED"), "unsupported": _("not supported yet"),
    }  # fmt: skip
    rows = [(case.id, case.method, words[case.outcome], str(case.checks)) for case in report.cases]
    header = (_("case"), _("method"), _("outcome"), _("numbers"))
    lines = table_lines(header, rows, "lllr")
    for case in report.cases:
        lines += [f"  {case.id}: {failure}" for failure in case.failures]
    counts = {name: report.count(name) for name in words}
    lines.append(
        i18n.message(N_("{passed} passed, {failed} failed, {unsupported} not supported"), counts)
    )
    return Output(data=report.fields(), lines=lines, code=DONE if report.is_clean else REFUSED)


TOUR_COMMANDS = (
    Command(
        id="demo",
        help=N_("the sample country from files to report"),
        arguments=(
            argument(
                "--out",
                help=N_("folder for the project, the report and the charts"),
                default=DEFAULT_FOLDER,
                metavar="DIR",
            ),
            argument(
                "--window", help=N_("open the window after"), action="store_true", default=None
            ),
            argument(
                "--no-window",
                help=N_("do not open the window"),
                action="store_false",
                dest="window",
                default=None,
            ),
        ),
        run=demo,
    ),
    Command(
        id="verify",
        help=N_("recompute published numbers and compare"),
        arguments=(
            argument(
                "folder",
                help=N_("folder of reference cases; without it those inside the program"),
                nargs="?",
                metavar="DIR",
            ),
        ),
        run=verify,
    ),
)
