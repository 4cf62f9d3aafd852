<#
.SYNOPSIS
    Blocks every executable of Desktop RAG in the Windows firewall, in and out; -Remove undoes it.

.DESCRIPTION
    UNTESTED: written without a Windows machine.

    Windows has no filter that a program can put on itself, as Linux has. These rules stand in for
    it. The installer runs this script as administrator, once after the program's files are in place
    and once, with -Remove, before they are taken away. A block rule wins over any rule that allows.

    One rule for each executable file, because a rule names one program: the window starts others
    (the engine, the readers), and a library may bring an executable of its own.

    Not covered: traffic to this computer itself (loopback), which the firewall does not filter, and
    whatever an administrator changes later. “desktop-rag privacy-check” cannot see these rules
    without sending something, and sends nothing: on Windows it therefore says OPEN for a socket that
    opens. To look at the rules: Get-NetFirewallRule -Group "Desktop RAG".

.PARAMETER Folder
    Where the program is installed.

.PARAMETER Remove
    Take the rules away.
#>
param(
    [Parameter(Mandatory = $true)] [string] $Folder,
    [switch] $Remove
)

$ErrorActionPreference = "Stop"
$group = "Desktop RAG"

# Always from a clean start: after an update an executable may have another name.
Get-NetFirewallRule -Group $group -ErrorAction SilentlyContinue | Remove-NetFirewallRule
if ($Remove) {
    return
}

$programs = @(Get-ChildItem -LiteralPath $Folder -Recurse -File -Filter "*.exe")
if ($programs.Count -eq 0) {
    throw "There is no program in $Folder."
}
foreach ($program in $programs) {
    foreach ($direction in "Outbound", "Inbound") {
        New-NetFirewallRule `
            -DisplayName "Desktop RAG: no network ($($program.Name), $direction)" `
            -Description "Documents stay on this computer." `
            -Group $group `
            -Program $program.FullName `
            -Direction $direction `
            -Action Block `
            -Profile Any `
            -Enabled True | Out-Null
    }
}
