"""What is handed to macOS and Windows keeps the network shut; neither has been tried there."""

import plistlib
import re

from tests.conftest import ROOT

PACKAGING = ROOT / "packaging"


def test_the_sandbox_of_macos_is_on_and_has_no_network() -> None:
    source = (PACKAGING / "macos" / "entitlements.plist").read_bytes()
    entitlements = plistlib.loads(source)
    assert entitlements["com.apple.security.app-sandbox"] is True
    assert entitlements["com.apple.security.files.user-selected.read-write"] is True
    assert not [key for key in entitlements if "network" in key or "temporary-exception" in key]
    assert b"UNTESTED" in source


def test_the_rules_of_windows_block_both_ways_and_nothing_is_allowed() -> None:
    source = (PACKAGING / "windows" / "firewall.ps1").read_text(encoding="utf-8")
    assert '"Outbound", "Inbound"' in source
    assert re.findall(r"-Action (\w+)", source) == ["Block"]
    assert "Remove-NetFirewallRule" in source
    assert "UNTESTED" in source
