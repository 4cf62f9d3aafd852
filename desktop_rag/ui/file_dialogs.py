"""No trace of the folders that a person chose files in.

Qt keeps the last ones in a settings file of its own that all its programs share, and dialogs of the
desktop keep lists of recent files. So on Linux the dialog is Qt's own, and its settings have no
place. Elsewhere dialogs are the system's; Qt's list is put back as it was.
"""

import os
import sys

from PySide6.QtCore import QCoreApplication, QSettings, Qt

_KEYS = ("FileDialog/history", "FileDialog/lastVisited")


def keep_no_history() -> None:
    """To be called once, before the first dialog."""
    if sys.platform == "linux":
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(kind, QSettings.Scope.UserScope, os.devnull + "/none")
        return
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")  # untested
    before = {key: settings.value(key) for key in _KEYS if settings.contains(key)}
    application = QCoreApplication.instance()
    assert application is not None
    application.aboutToQuit.connect(lambda: _put_back(before))


def _put_back(before: dict[str, object]) -> None:
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    for key in _KEYS:
        if key in before:
            settings.setValue(key, before[key])
        else:
            settings.remove(key)
