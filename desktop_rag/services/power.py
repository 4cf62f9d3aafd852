"""Whether the computer runs on its battery."""

import ctypes
import sys
from pathlib import Path

_SUPPLIES = Path("/sys/class/power_supply")


def on_battery(supplies: Path = _SUPPLIES) -> bool:
    """True if it does; False on a desktop, and where the system does not say."""
    try:
        if sys.platform == "win32":
            return _on_battery_of_windows()
        if sys.platform == "darwin":
            return _on_battery_of_macos()
        return _on_battery_of_linux(supplies)
    except (OSError, AttributeError, ValueError):
        return False


def _on_battery_of_linux(supplies: Path) -> bool:
    """A battery of the computer gives current, and no other supply does.

    What is there says of itself what it is (Linux, Documentation/ABI/testing/sysfs-class-power).
    Batteries of a mouse or a headset have the scope “Device”.
    """
    found = [_said(supply) for supply in supplies.iterdir()] if supplies.is_dir() else []
    if any(one["type"] != "Battery" and one["online"] == "1" for one in found):
        return False
    return any(
        one["type"] == "Battery" and one["scope"] != "Device" and one["status"] == "Discharging"
        for one in found
    )


def _said(supply: Path) -> dict[str, str]:
    names = ("type", "online", "status", "scope")
    files = {name: supply / name for name in names}
    return {
        name: file.read_text(encoding="utf-8").strip() if file.is_file() else ""
        for name, file in files.items()
    }


class _PowerStatus(ctypes.Structure):
    """SYSTEM_POWER_STATUS of Windows."""

    _fields_ = (
        ("line", ctypes.c_ubyte),
        ("battery", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("seconds_left", ctypes.c_uint32),
        ("seconds_full", ctypes.c_uint32),
    )


def _on_battery_of_windows() -> bool:
    """Untested."""
    if sys.platform != "win32":
        return False
    status = _PowerStatus()
    is_known = ctypes.WinDLL("kernel32").GetSystemPowerStatus(ctypes.byref(status))
    return bool(is_known) and status.line == 0


def _on_battery_of_macos() -> bool:
    """From IOKit's IOPSGetProvidingPowerSourceType. Untested."""
    frameworks = "/System/Library/Frameworks/{0}.framework/{0}"
    power = ctypes.CDLL(frameworks.format("IOKit"))
    core = ctypes.CDLL(frameworks.format("CoreFoundation"))
    power.IOPSCopyPowerSourcesInfo.restype = ctypes.c_void_p
    power.IOPSGetProvidingPowerSourceType.restype = ctypes.c_void_p
    power.IOPSGetProvidingPowerSourceType.argtypes = [ctypes.c_void_p]
    core.CFStringGetCString.argtypes = [
        ctypes.c_void_p, ctypes.c_char_p, ctypes.c_long, ctypes.c_uint32,
    ]  # fmt: skip
    core.CFRelease.argtypes = [ctypes.c_void_p]
    info = power.IOPSCopyPowerSourcesInfo()
    if not info:
        return False
    try:
        name, utf8 = ctypes.create_string_buffer(64), 0x08000100
        core.CFStringGetCString(power.IOPSGetProvidingPowerSourceType(info), name, 64, utf8)
        return name.value == b"Battery Power"
    finally:
        core.CFRelease(info)
