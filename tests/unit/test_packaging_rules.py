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


def test_the_installer_of_windows_never_takes_pdfs_over_and_leaves_libraries_alone() -> None:
    source = (PACKAGING / "windows" / "desktop-rag.iss").read_text(encoding="utf-8")
    assert source.startswith("\ufeff"), "without this mark Inno Setup reads another encoding"
    assert "UNTESTED" in source
    lines = [line for line in source.splitlines() if line.startswith("Root: ")]
    assert len(lines) == 8
    assert all("DesktopRag.Pdf" in line or "desktop-rag.exe" in line for line in lines)
    assert "[UninstallDelete]" not in source
    removed = [line for line in source.splitlines() if line.startswith("Type: ")]
    assert removed == ['Type: filesandordirs; Name: "{app}\\_internal"']
    for language in ("en", "de", "fr"):
        for message in ("NoRules", "Kept", "DeleteIt", "Document"):
            assert f"\n{language}.{message}=" in source


def test_the_rules_of_the_firewall_come_with_the_program_and_go_first() -> None:
    source = (PACKAGING / "windows" / "desktop-rag.iss").read_text(encoding="utf-8")
    going = source.split("[UninstallRun]")[1].split("[Code]")[0]
    assert "firewall.ps1" in going
    assert "-Remove" in going
    coming = source.split("[Code]")[1]
    assert "firewall.ps1" in coming
    assert "-Remove" not in coming


def test_the_bundle_of_macos_is_offered_for_pdfs_and_is_not_their_owner() -> None:
    keys = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    (kind,) = keys["CFBundleDocumentTypes"]
    assert kind["LSItemContentTypes"] == ["com.adobe.pdf"]
    assert (kind["CFBundleTypeRole"], kind["LSHandlerRank"]) == ("Viewer", "Alternate")
