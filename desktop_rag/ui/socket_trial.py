"""Qt's own sockets, tried in a child process: the window itself never loads Qt's network part.

Light to import: whoever names the trial loads no Qt.
"""

import socket

from desktop_rag.privacy.trials import Trial

_DISCARD = ("127.0.0.1", 9)
_TIMEOUT_MS = 2_000


def qt_socket() -> str:
    """Let Qt connect to this computer's own port where nobody listens.

    Raises the kernel's refusal. Qt keeps that to itself (“unknown error”), and so the same socket
    is asked for once more by hand.
    """
    from PySide6.QtNetwork import QAbstractSocket, QTcpSocket

    errors = QAbstractSocket.SocketError
    after_opening = {
        errors.ConnectionRefusedError,
        errors.RemoteHostClosedError,
        errors.SocketTimeoutError,
        errors.NetworkError,
    }
    one = QTcpSocket()
    one.connectToHost(*_DISCARD)
    if one.waitForConnected(_TIMEOUT_MS) or one.error() in after_opening:
        return "Qt's socket opened"
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
    raise NotImplementedError("Qt's socket failed, though the system gives one")


TRIAL = Trial("Qt's socket", qt_socket)
