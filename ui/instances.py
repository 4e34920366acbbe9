"""One window a project: a second start raises the window that has the project open.

The two talk over a local socket of the operating system (a file or a pipe on this machine); the
name is made from the project's path. Nothing but the wish to be raised is sent.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 3000
RAISE = b"raise\n"


def server_name(path: Path) -> str:
    """Name of the socket of a project."""
    whole = str(path.absolute().resolve()).casefold()
    return f"tip-workbench-{hashlib.sha256(whole.encode()).hexdigest()[:20]}"


def raise_other(path: Path) -> bool:
    """Ask the window that has this project open to come to the front; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(path))
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(RAISE)
    socket.flush()
    answered = socket.bytesAvailable() > 0 or socket.waitForReadyRead(WAIT_MS)
    socket.disconnectFromServer()
    return answered


class Doorbell(QObject):
    """Listens for second starts of the open project.

    Signals:
        rung: somebody started the program again with this project.
    """

    rung = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server: QLocalServer | None = None

    def listen(self, path: Path | None) -> None:
        """Listen for this project and no longer for the one before; None listens for none."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        if path is None:
            return
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        name = server_name(path)
        if not server.listen(name):
            # left by a program that was killed; a living one would have answered
            QLocalServer.removeServer(name)
            server.listen(name)
        server.newConnection.connect(self._answer)
        self._server = server

    def _answer(self) -> None:
        if self._server is None:
            return
        socket = self._server.nextPendingConnection()
        socket.write(RAISE)
        socket.flush()
        socket.disconnected.connect(socket.deleteLater)
        self.rung.emit()
