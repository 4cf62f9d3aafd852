; The installer for Windows: Inno Setup 6.3 or later.
;
; UNTESTED: written without a Windows machine. build.ps1 calls it:
;     iscc /DVersion=0.1.0 /DSource=..\..\dist\cpu\desktop-rag /DOutput=..\..\dist desktop-rag.iss
;
; For all users (asks for an administrator) or for one user (asks nobody); the dialog asks which.
; Silently:
;     desktop-rag-VERSION-windows-x86_64.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART /ALLUSERS
;         … /CURRENTUSER   for one user          … /DIR="D:\Programs\Desktop RAG"
;         … /LOG="C:\setup.log"                  … /TASKS=""   no icon on the desktop
; Exit codes are those of Inno Setup, and 100: all is installed, but the firewall's rules are not.
; Removal: "UNINSTALL FOLDER\unins000.exe" /VERYSILENT /SUPPRESSMSGBOXES /NORESTART
;
; The firewall's rules need an administrator. Installed for one user there are none: the program
; then says in “Offline” and in privacy-check that the operating system does not enforce it.

#ifndef Version
  #error Say the version: /DVersion=0.1.0
#endif
#ifndef Source
  #define Source "..\..\dist\cpu\desktop-rag"
#endif
#ifndef Output
  #define Output "..\..\dist"
#endif
#ifndef Edition
  #define Edition ""
#endif

[Setup]
; Never changes: it tells an upgrade from a new program.
AppId={{6D0C9B1E-5B0A-4C53-9C43-2E1F7A4D8B60}
AppName=Desktop RAG
AppVersion={#Version}
AppPublisher=The makers of Desktop RAG
DefaultDirName={autopf}\Desktop RAG
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
PrivilegesRequired=admin
PrivilegesRequiredOverridesAllowed=dialog commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir={#Output}
OutputBaseFilename=desktop-rag{#Edition}-{#Version}-windows-x86_64
SetupIconFile=desktop-rag.ico
UninstallDisplayIcon={app}\desktop-rag.exe
UninstallDisplayName=Desktop RAG
ChangesAssociations=yes
CloseApplications=yes
RestartApplications=no
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
#ifdef Sign
SignTool=own
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"

[CustomMessages]
en.NoRules=Desktop RAG is installed, but the Windows firewall was not told to keep it off the network. An administrator can do that later with “firewall.ps1” in the program's folder.
de.NoRules=Desktop RAG ist installiert, aber der Windows-Firewall konnte nicht gesagt werden, dass sie es vom Netz fernhalten soll. Das kann ein Administrator später mit „firewall.ps1“ im Ordner des Programms nachholen.
fr.NoRules=Desktop RAG est installé, mais le pare-feu de Windows n’a pas pu être réglé pour le tenir à l’écart du réseau. Un administrateur peut le faire plus tard avec « firewall.ps1 », dans le dossier du programme.
en.Kept=Desktop RAG was removed. Your documents and libraries were kept. The library, its settings and models are in:
de.Kept=Desktop RAG wurde entfernt. Ihre Dokumente und Bibliotheken wurden behalten. Die Bibliothek, ihre Einstellungen und Modelle liegen in:
fr.Kept=Desktop RAG a été supprimé. Vos documents et vos bibliothèques ont été conservés. La bibliothèque, ses réglages et ses modèles se trouvent dans :
en.DeleteIt=To erase them for good, delete this folder.
de.DeleteIt=Um sie endgültig zu löschen, löschen Sie diesen Ordner.
fr.DeleteIt=Pour les effacer définitivement, supprimez ce dossier.
en.Document=PDF document
de.Document=PDF-Dokument
fr.Document=Document PDF

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; An upgrade leaves no module of the version before, which would be found beside the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "firewall.ps1"; DestDir: "{app}"; Flags: ignoreversion

[Dirs]
; Of the administrator's settings and models: made now, so that no user makes it first.
Name: "{commonappdata}\Desktop RAG"; Flags: uninsneveruninstall; Check: IsAdminInstallMode

[Icons]
Name: "{autoprograms}\Desktop RAG"; Filename: "{app}\desktop-rag.exe"
Name: "{autodesktop}\Desktop RAG"; Filename: "{app}\desktop-rag.exe"; Tasks: desktopicon

[Registry]
; In the list of “Open with”, never as what opens PDFs by itself: that is the user's choice.
#define Classes "Software\Classes"
Root: HKA; Subkey: "{#Classes}\DesktopRag.Pdf"; ValueType: string; ValueData: "{cm:Document}"; Flags: uninsdeletekey
Root: HKA; Subkey: "{#Classes}\DesktopRag.Pdf\DefaultIcon"; ValueType: string; ValueData: "{app}\desktop-rag.exe,0"
Root: HKA; Subkey: "{#Classes}\DesktopRag.Pdf\shell\open"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Desktop RAG"
Root: HKA; Subkey: "{#Classes}\DesktopRag.Pdf\shell\open\command"; ValueType: string; ValueData: """{app}\desktop-rag.exe"" open ""%1"""
Root: HKA; Subkey: "{#Classes}\.pdf\OpenWithProgids"; ValueType: string; ValueName: "DesktopRag.Pdf"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "{#Classes}\Applications\desktop-rag.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Desktop RAG"; Flags: uninsdeletekey
Root: HKA; Subkey: "{#Classes}\Applications\desktop-rag.exe\SupportedTypes"; ValueType: string; ValueName: ".pdf"; ValueData: ""
Root: HKA; Subkey: "{#Classes}\Applications\desktop-rag.exe\shell\open\command"; ValueType: string; ValueData: """{app}\desktop-rag.exe"" open ""%1"""

[Run]
; Users may read it and no more: what lies there governs the program for all of them. The names of the
; groups are written as numbers, because Windows translates them.
Filename: "{sys}\icacls.exe"; Parameters: """{commonappdata}\Desktop RAG"" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX"; Flags: runhidden waituntilterminated; Check: IsAdminInstallMode
Filename: "{app}\desktop-rag.exe"; Description: "{cm:LaunchProgram,Desktop RAG}"; Flags: nowait postinstall skipifsilent runasoriginaluser

[UninstallRun]
; The first thing of a removal, while the script is still there.
Filename: "{sys}\WindowsPowerShell\v1.0\powershell.exe"; Parameters: "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File ""{app}\firewall.ps1"" -Folder ""{app}"" -Remove"; Flags: runhidden waituntilterminated; RunOnceId: "firewall"; Check: IsAdminInstallMode

[Code]
var
  RulesFailed: Boolean;

// Not in [Run], which takes no notice of how a program ends.
procedure SetRules;
var
  ResultCode: Integer;
  Script, Words: String;
begin
  Script := ExpandConstant('{app}\firewall.ps1');
  Words := '-NoProfile -NonInteractive -ExecutionPolicy Bypass -File "' + Script + '" -Folder "' + ExpandConstant('{app}') + '"';
  RulesFailed := not Exec(ExpandConstant('{sys}\WindowsPowerShell\v1.0\powershell.exe'), Words, '', SW_HIDE, ewWaitUntilTerminated, ResultCode) or (ResultCode <> 0);
  if RulesFailed then begin
    Log(Format('The rules of the firewall were not set: %d', [ResultCode]));
    SuppressibleMsgBox(CustomMessage('NoRules'), mbError, MB_OK, IDOK);
  end;
end;

procedure CurStepChanged(CurStep: TSetupStep);
begin
  if (CurStep = ssPostInstall) and IsAdminInstallMode then
    SetRules;
end;

function GetCustomSetupExitCode: Integer;
begin
  if RulesFailed then
    Result := 100
  else
    Result := 0;
end;

// Nothing outside {app} was listed above, and so nothing of a library goes.
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Place: String;
begin
  if CurUninstallStep <> usPostUninstall then
    Exit;
  if IsAdminInstallMode then  // each user has one; {localappdata} would be the administrator's
    Place := '%LOCALAPPDATA%\desktop-rag'
  else
    Place := ExpandConstant('{localappdata}\desktop-rag');
  SuppressibleMsgBox(CustomMessage('Kept') + #13#10#13#10 + Place + #13#10#13#10 + CustomMessage('DeleteIt'), mbInformation, MB_OK, IDOK);
end;
