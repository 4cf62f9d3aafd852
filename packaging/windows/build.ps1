<#
.SYNOPSIS
    Builds the program and its installer on Windows, in dist\.

.DESCRIPTION
    UNTESTED: written without a Windows machine.

    Needs 64-bit Python 3.11, 3.12 or 3.13, Visual Studio's C++ build tools with CMake (for
    llama.cpp), Inno Setup 6.3 or later and, to sign, signtool of the Windows SDK. Run from anywhere:

        powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1

.PARAMETER Edition
    cpu (without PyTorch) or gpu.

.PARAMETER Python
    What starts Python.

.PARAMETER Certificate
    The thumbprint of a certificate for signing in the user's store; without one nothing is signed.

.PARAMETER TimestampServer
    The address of the time stamp server that belongs to the certificate.
#>
param(
    [ValidateSet("cpu", "gpu")] [string] $Edition = "cpu",
    [string] $Python = "python",
    [string] $Certificate = "",
    [string] $TimestampServer = ""
)

$ErrorActionPreference = "Stop"
$root = (Resolve-Path (Join-Path $PSScriptRoot "..\..")).Path
$venvPython = Join-Path $root ".venv\Scripts\python.exe"

# A program that fails does not stop a script of PowerShell by itself.
function Invoke-Program {
    param([string] $Program, [string[]] $Arguments)
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "$Program ended with $LASTEXITCODE."
    }
}

function Find-Tool {
    param([string] $Name, [string[]] $Places)
    $command = Get-Command $Name -ErrorAction SilentlyContinue
    if ($command) { return $command.Source }
    $found = Get-ChildItem -Path $Places -ErrorAction SilentlyContinue | Sort-Object FullName | Select-Object -Last 1
    if (-not $found) { throw "$Name was not found." }
    return $found.FullName
}

if ($Certificate -and -not $TimestampServer) {
    throw "Name the time stamp server too: without a time stamp a signature ends with its certificate."
}

Push-Location $root
try {
    if (-not (Test-Path $venvPython)) {
        Invoke-Program $Python @("-m", "venv", ".venv")
    }
    Invoke-Program $venvPython @("-m", "pip", "install", "--quiet", "--constraint", "constraints.txt", "--editable", ".[package]")
    Invoke-Program $venvPython @("-m", "desktop_rag", "models", "fetch", "--to", "resources\models", "--yes")
    Invoke-Program $venvPython @("packaging\icons.py")
    Invoke-Program $venvPython @("packaging\build.py", $Edition)
    $folder = Join-Path $root "dist\$Edition\desktop-rag"
    $reads = "import tomllib; print(tomllib.load(open('pyproject.toml', 'rb'))['project']['version'])"
    $version = & $venvPython "-c" $reads
    $suffix = if ($Edition -eq "gpu") { "-gpu" } else { "" }
    $setup = @("/DVersion=$version", "/DSource=$folder", "/DOutput=$root\dist", "/DEdition=$suffix")

    if ($Certificate) {
        $signtool = Find-Tool "signtool.exe" @("${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe")
        $how = @("sign", "/sha1", $Certificate, "/fd", "SHA256", "/tr", $TimestampServer, "/td", "SHA256")
        # Ours alone: the libraries keep the signatures of those who made them.
        $programs = Get-ChildItem -LiteralPath $folder -Filter "*.exe" | ForEach-Object { $_.FullName }
        Invoke-Program $signtool ($how + $programs)
        # In a definition of Inno Setup $q is a quotation mark and $f the file that is signed.
        $own = ($how | ForEach-Object { if ($_ -match "\s") { "`$q$_`$q" } else { $_ } }) -join " "
        $setup += @("/DSign", "/Sown=`$q$signtool`$q $own `$f")
    }
    $iscc = Find-Tool "iscc.exe" @("${env:ProgramFiles(x86)}\Inno Setup 6\ISCC.exe", "$env:LOCALAPPDATA\Programs\Inno Setup 6\ISCC.exe")
    Invoke-Program $iscc ($setup + @("packaging\windows\desktop-rag.iss"))
}
finally {
    Pop-Location
}
