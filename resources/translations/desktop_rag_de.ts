<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>Ask your own PDFs, on your own computer. Nothing leaves this computer.</source>
        <translation>Fragen Sie Ihre eigenen PDFs, auf Ihrem eigenen Rechner. Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0; it comes without any warranty. Qt is used under the LGPL 3.0: unmodified, dynamically linked, and it may be replaced in _internal/PySide6. Its source is at download.qt.io.</source>
        <translation>Freie Software unter der Apache License 2.0, ohne jede Gewähr. Qt wird unter der LGPL 3.0 benutzt: unverändert, dynamisch gebunden; es darf in _internal/PySide6 ersetzt werden. Sein Quelltext liegt bei download.qt.io.</translation>
    </message>
    <message>
        <source>What is inside …</source>
        <translation>Was darin ist …</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>edition for processors</source>
        <translation>Ausgabe für Prozessoren</translation>
    </message>
    <message>
        <source>edition with graphics cards</source>
        <translation>Ausgabe mit Grafikkarten</translation>
    </message>
    <message>
        <source>run from its sources</source>
        <translation>aus den Quellen gestartet</translation>
    </message>
    <message>
        <source>Version {number}, {edition}</source>
        <translation>Version {number}, {edition}</translation>
    </message>
    <message>
        <source>Documents read</source>
        <translation>Gelesene Dokumente</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Own models</source>
        <translation>Eigene Modelle</translation>
    </message>
    <message>
        <source>Log, if any</source>
        <translation>Protokoll, falls gewollt</translation>
    </message>
</context>
<context>
    <name>AddSheet</name>
    <message>
        <source>Add documents</source>
        <translation>Dokumente hinzufügen</translation>
    </message>
    <message>
        <source>Looking at what was dropped …</source>
        <translation>Abgelegtes wird gesichtet&#xa0;…</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>Put them into the collection</source>
        <translation>In diese Sammlung aufnehmen</translation>
    </message>
    <message>
        <source>They go into vault {number}.</source>
        <translation>Sie kommen in den Tresor {number}.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Kept in memory only, until you quit</source>
        <translation>Wird nur bis zum Beenden gemerkt</translation>
    </message>
    <message>
        <source>Some have a password …</source>
        <translation>Einige haben ein Passwort&#xa0;…</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Looking at what was dropped: {count} so far …</source>
        <translation>Abgelegtes wird gesichtet: bisher {count}&#xa0;…</translation>
    </message>
    <message>
        <source>{count}, {size} in all.</source>
        <translation>{count}, insgesamt {size}.</translation>
    </message>
    <message numerus="yes">
        <source>%n of them attached to mails.</source>
        <translation>
            <numerusform>Davon %n als E-Mail-Anhang.</numerusform>
            <numerusform>Davon %n als E-Mail-Anhänge.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n Modell</numerusform>
            <numerusform>%n Modelle</numerusform>
        </translation>
    </message>
    <message>
        <source>{pdfs} and {models}</source>
        <translation>{pdfs} und {models}</translation>
    </message>
    <message>
        <source>Add {count}?</source>
        <translation>{count} hinzufügen?</translation>
    </message>
    <message>
        <source>Add {count}</source>
        <translation>{count} hinzufügen</translation>
    </message>
    <message>
        <source>Nothing to add</source>
        <translation>Nichts hinzuzufügen</translation>
    </message>
    <message>
        <source>There is no PDF in what was dropped. Other papers can be saved as PDF.</source>
        <translation>Unter dem Abgelegten ist kein PDF. Andere Unterlagen lassen sich als PDF speichern.</translation>
    </message>
    <message>
        <source>It is checked and copied. One that finds or orders places is also prepared, which takes about a minute.</source>
        <translation>Es wird geprüft und kopiert. Eines, das Stellen findet oder ordnet, wird auch vorbereitet; das dauert etwa eine Minute.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiteres</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>The documents do not seem to say. Closest places:</source>
        <translation>Die Dokumente sagen dazu offenbar nichts. Am nächsten kommen diese Stellen:</translation>
    </message>
    <message>
        <source>In the documents’ own words:</source>
        <translation>Im Wortlaut der Dokumente:</translation>
    </message>
    <message>
        <source>not found in the documents</source>
        <translation>in den Dokumenten nicht gefunden</translation>
    </message>
</context>
<context>
    <name>AttentionBar</name>
    <message>
        <source>Enter password</source>
        <translation>Passwort eingeben</translation>
    </message>
    <message>
        <source>Read scan</source>
        <translation>Scan einlesen</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Neu einlesen</translation>
    </message>
    <message>
        <source>Show file</source>
        <translation>Datei zeigen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>CollectionsModel</name>
    <message>
        <source>All documents</source>
        <translation>Alle Dokumente</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Zu prüfen</translation>
    </message>
    <message numerus="yes">
        <source>{name}, %n document(s)</source>
        <translation>
            <numerusform>{name}, %n Dokument</numerusform>
            <numerusform>{name}, %n Dokumente</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationPanel</name>
    <message>
        <source>New conversation</source>
        <translation>Neues Gespräch</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>The part that answers ended unexpectedly and was started again. Nothing is lost.</source>
        <translation>Der Programmteil, der antwortet, brach unerwartet ab und wurde neu gestartet. Es ist nichts verloren.</translation>
    </message>
    <message numerus="yes">
        <source>%n selected document(s)</source>
        <translation>
            <numerusform>%n ausgewähltes Dokument</numerusform>
            <numerusform>%n ausgewählte Dokumente</numerusform>
        </translation>
    </message>
    <message>
        <source>Where to ask: {place}</source>
        <translation>Gesucht wird in: {place}</translation>
    </message>
    <message>
        <source>Drop PDFs on this window first</source>
        <translation>Zuerst PDFs hier ablegen</translation>
    </message>
    <message>
        <source>Ask about {name}</source>
        <translation>Ihre Frage zu „{name}“</translation>
    </message>
    <message>
        <source>Ask about your documents</source>
        <translation>Ihre Frage zu den Dokumenten</translation>
    </message>
    <message>
        <source>Ask a question. The answer will show where it stands.</source>
        <translation>Stellen Sie eine Frage. Die Antwort zeigt, wo es steht.</translation>
    </message>
</context>
<context>
    <name>ConversationTasks</name>
    <message>
        <source>Save the record of this answer</source>
        <translation>Nachweis zu dieser Antwort speichern</translation>
    </message>
    <message>
        <source>record</source>
        <translation>Nachweis</translation>
    </message>
    <message>
        <source>Rename the conversation</source>
        <translation>Gespräch umbenennen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n conversation(s)?</source>
        <translation>
            <numerusform>%n Gespräch löschen?</numerusform>
            <numerusform>%n Gespräche löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Their questions and answers are lost. The documents stay.</source>
        <translation>Die Fragen und Antworten darin gehen verloren. Die Dokumente bleiben.</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n conversation(s)</source>
        <translation>
            <numerusform>%n Gespräch löschen</numerusform>
            <numerusform>%n Gespräche löschen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationsModel</name>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n Frage</numerusform>
            <numerusform>%n Fragen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n Seite</numerusform>
            <numerusform>%n Seiten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n PDF(s)</source>
        <translation>
            <numerusform>%n PDF</numerusform>
            <numerusform>%n PDFs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) ready.</source>
        <translation>
            <numerusform>%n Dokument bereit.</numerusform>
            <numerusform>%n Dokumente bereit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Searched %n document(s).</source>
        <translation>
            <numerusform>%n Dokument durchsucht.</numerusform>
            <numerusform>%n Dokumente durchsucht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> und %n weiteres</numerusform>
            <numerusform> und %n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more like this</source>
        <translation>
            <numerusform>und %n weitere wie diese</numerusform>
            <numerusform>und %n weitere wie diese</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>noch %n Minute</numerusform>
            <numerusform>noch %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) a minute</source>
        <translation>
            <numerusform>%n Seite pro Minute</numerusform>
            <numerusform>%n Seiten pro Minute</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) left</source>
        <translation>
            <numerusform>noch %n Stunde</numerusform>
            <numerusform>noch %n Stunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentsModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
</context>
<context>
    <name>DocumentsView</name>
    <message>
        <source>scan</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Remove …</source>
        <translation>Entfernen&#xa0;…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Neu einlesen</translation>
    </message>
    <message>
        <source>Move to collection …</source>
        <translation>In eine Sammlung verschieben&#xa0;…</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Sortieren nach</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>What a drop will do</source>
        <translation>Was beim Ablegen geschieht</translation>
    </message>
</context>
<context>
    <name>Dropping</name>
    <message>
        <source>Add PDFs</source>
        <translation>PDFs hinzufügen</translation>
    </message>
    <message>
        <source>PDF files and mails (*.pdf *.eml)</source>
        <translation>PDF-Dateien und E-Mails (*.pdf *.eml)</translation>
    </message>
    <message>
        <source>Add all PDFs in {name} to {place}</source>
        <translation>Alle PDFs aus {name} zu „{place}“ hinzufügen</translation>
    </message>
    <message numerus="yes">
        <source>Add %n model(s)</source>
        <translation>
            <numerusform>%n Modell hinzufügen</numerusform>
            <numerusform>%n Modelle hinzufügen</numerusform>
        </translation>
    </message>
    <message>
        <source>Look for a model in {name}</source>
        <translation>In {name} nach einem Modell suchen</translation>
    </message>
    <message numerus="yes">
        <source>Look for a PDF in %n file(s)</source>
        <translation>
            <numerusform>In %n Datei nach PDFs suchen</numerusform>
            <numerusform>In %n Dateien nach PDFs suchen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n Modell</numerusform>
            <numerusform>%n Modelle</numerusform>
        </translation>
    </message>
    <message>
        <source>Add {count} to {place}, and {models}</source>
        <translation>{count} zu {place} hinzufügen, und {models}</translation>
    </message>
    <message>
        <source>Add {count} to {place}</source>
        <translation>{count} zu „{place}“ hinzufügen</translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) and file(s)</source>
        <translation>
            <numerusform>%n Ordner oder Datei</numerusform>
            <numerusform>%n Ordnern und Dateien</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvidenceList</name>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this document</source>
        <translation>In diesem Dokument suchen</translation>
    </message>
    <message>
        <source>Previous place</source>
        <translation>Vorige Stelle</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>Nächste Stelle</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>page {page} of {count}</source>
        <translation>Seite {page} von {count}</translation>
    </message>
    <message>
        <source>searching …</source>
        <translation>wird gesucht&#xa0;…</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Watched folders</source>
        <translation>Überwachte Ordner</translation>
    </message>
    <message>
        <source>New and changed PDFs in these folders are read while the program runs, and whenever it starts. Nothing is removed when a folder is not there.</source>
        <translation>Neue und geänderte PDFs in diesen Ordnern werden gelesen, während das Programm läuft und bei jedem Start. Ist ein Ordner nicht da, wird nichts entfernt.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>Watch a folder …</source>
        <translation>Ordner überwachen&#xa0;…</translation>
    </message>
    <message>
        <source>Watch no longer</source>
        <translation>Nicht mehr überwachen</translation>
    </message>
    <message>
        <source>Read now</source>
        <translation>Jetzt einlesen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
</context>
<context>
    <name>Following</name>
    <message>
        <source>Its text leaves this computer that way. Keep the library on a disk of this computer: start the program with --library and the name of a folder there.</source>
        <translation>Ihr Text verlässt auf diesem Weg den Computer. Legen Sie die Bibliothek auf einen Datenträger dieses Computers: Starten Sie das Programm mit --library und dem Namen eines Ordners dort.</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Read scanned pages (slower)</source>
        <translation>Scans einlesen (langsamer)</translation>
    </message>
    <message>
        <source>Quieter on battery</source>
        <translation>Leiser im Akkubetrieb</translation>
    </message>
    <message>
        <source>Reading documents then takes longer. Answers come as fast as always.</source>
        <translation>Das Lesen von Dokumenten dauert dann länger. Antworten kommen so schnell wie immer.</translation>
    </message>
    <message>
        <source>About Desktop RAG …</source>
        <translation>Über Desktop RAG …</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>Guide</source>
        <translation>Anleitung</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Find in the guide</source>
        <translation>In der Anleitung suchen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>About Desktop RAG …</source>
        <translation>Über Desktop RAG …</translation>
    </message>
    <message numerus="yes">
        <source>On %n page(s)</source>
        <translation>
            <numerusform>Auf %n Seite</numerusform>
            <numerusform>Auf %n Seiten</numerusform>
        </translation>
    </message>
    <message>
        <source>Not in the guide</source>
        <translation>Nicht in der Anleitung</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Search questions and answers</source>
        <translation>Fragen und Antworten durchsuchen</translation>
    </message>
    <message>
        <source>All collections</source>
        <translation>Alle Sammlungen</translation>
    </message>
    <message>
        <source>Earlier conversations</source>
        <translation>Frühere Gespräche</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>Umbenennen&#xa0;…</translation>
    </message>
    <message>
        <source>Delete …</source>
        <translation>Löschen&#xa0;…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Close the history</source>
        <translation>Verlauf schließen</translation>
    </message>
    <message>
        <source>No conversation holds these words.</source>
        <translation>Kein Gespräch enthält diese Worte.</translation>
    </message>
    <message>
        <source>Your questions and their answers will be kept here.</source>
        <translation>Hier werden Ihre Fragen und die Antworten aufbewahrt.</translation>
    </message>
</context>
<context>
    <name>ImportStrip</name>
    <message>
        <source>Progress of the model</source>
        <translation>Fortschritt des Modells</translation>
    </message>
    <message>
        <source>Stop; nothing of the model is kept</source>
        <translation>Anhalten; vom Modell bleibt nichts zurück</translation>
    </message>
    <message>
        <source>Adding {name}</source>
        <translation>{name} wird hinzugefügt</translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message>
        <source>Stopping …</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>Checking and copying …</source>
        <translation>Wird geprüft und kopiert …</translation>
    </message>
    <message>
        <source>Preparing it for this computer …</source>
        <translation>Wird für diesen Rechner vorbereitet …</translation>
    </message>
    <message>
        <source>Comparing it with the original …</source>
        <translation>Wird mit dem Original verglichen …</translation>
    </message>
    <message>
        <source>{name} can be chosen now.</source>
        <translation>{name} kann jetzt gewählt werden.</translation>
    </message>
    <message>
        <source>It could not be made faster for this computer and will be slow.</source>
        <translation>Es ließ sich für diesen Rechner nicht beschleunigen und wird langsam sein.</translation>
    </message>
</context>
<context>
    <name>Inside</name>
    <message>
        <source>What is inside</source>
        <translation>Was darin ist</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>This program runs from its sources, so that nobody has listed its parts. An installed one lists them here, with their licences.</source>
        <translation>Dieses Programm läuft aus den Quellen, so dass niemand seine Teile aufgezählt hat. Ein installiertes nennt sie hier, mit ihren Lizenzen.</translation>
    </message>
</context>
<context>
    <name>Jump</name>
    <message>
        <source>Go to a document</source>
        <translation>Zu einem Dokument gehen</translation>
    </message>
    <message>
        <source>A part of its name</source>
        <translation>Ein Teil des Namens</translation>
    </message>
    <message>
        <source>A part of the document’s name</source>
        <translation>Ein Teil des Dokumentnamens</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>LanguageNotice</name>
    <message>
        <source>Choose a model …</source>
        <translation>Modell wählen …</translation>
    </message>
</context>
<context>
    <name>LibraryPanel</name>
    <message>
        <source>Search documents</source>
        <translation>Dokumente suchen</translation>
    </message>
    <message>
        <source>Search documents by name</source>
        <translation>Dokumente nach Namen suchen</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Sammlungen</translation>
    </message>
    <message>
        <source>Remove collection …</source>
        <translation>Sammlung entfernen&#xa0;…</translation>
    </message>
    <message>
        <source>Add PDFs …</source>
        <translation>PDFs hinzufügen&#xa0;…</translation>
    </message>
    <message>
        <source>New collection …</source>
        <translation>Neue Sammlung&#xa0;…</translation>
    </message>
    <message>
        <source>The documents of this library cannot be shown.</source>
        <translation>Die Dokumente dieser Bibliothek können nicht angezeigt werden.</translation>
    </message>
    <message>
        <source>No document is called like that.</source>
        <translation>Kein Dokument heißt so.</translation>
    </message>
    <message>
        <source>Everything was read. Nothing needs your attention.</source>
        <translation>Alles ist eingelesen. Es gibt nichts zu prüfen.</translation>
    </message>
    <message>
        <source>No documents yet. Drop PDFs anywhere on this window.</source>
        <translation>Noch keine Dokumente. Legen Sie PDFs irgendwo in diesem Fenster ab.</translation>
    </message>
    <message>
        <source>Nothing here yet. Drop PDFs, or drag documents onto the collection.</source>
        <translation>Hier ist noch nichts. Legen Sie PDFs ab oder ziehen Sie Dokumente auf die Sammlung.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Forget for good …</source>
        <translation>Endgültig vergessen …</translation>
    </message>
</context>
<context>
    <name>LibraryTasks</name>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> und %n weiteres</numerusform>
            <numerusform> und %n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n document(s) from the library?</source>
        <translation>
            <numerusform>%n Dokument aus der Bibliothek entfernen?</numerusform>
            <numerusform>%n Dokumente aus der Bibliothek entfernen?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names}: their text, and the answers in the history that quote them, are removed. The files themselves stay where they are.</source>
        <translation>{names}: Der Text und die Antworten im Verlauf, die daraus zitieren, werden entfernt. Die Dateien selbst bleiben, wo sie sind.</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n document(s)</source>
        <translation>
            <numerusform>%n Dokument entfernen</numerusform>
            <numerusform>%n Dokumente entfernen</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder {folder} cannot be opened.</source>
        <translation>Der Ordner {folder} lässt sich nicht öffnen.</translation>
    </message>
    <message>
        <source>Password of {name}</source>
        <translation>Passwort für {name}</translation>
    </message>
    <message>
        <source>It is kept in memory until you quit, tried on other documents, and never stored.</source>
        <translation>Es wird nur bis zum Beenden gemerkt, auch bei anderen Dokumenten versucht und nie gespeichert.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message numerus="yes">
        <source>Move %n document(s) to</source>
        <translation>
            <numerusform>%n Dokument verschieben nach</numerusform>
            <numerusform>%n Dokumente verschieben nach</numerusform>
        </translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>New collection</source>
        <translation>Neue Sammlung</translation>
    </message>
    <message>
        <source>A matter or a patient. “Matters/Smith” stands under “Matters”.</source>
        <translation>Zum Beispiel ein Mandat oder ein Patient. „Mandate/Schmidt“ steht unter „Mandate“.</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Remove the collection “{name}”?</source>
        <translation>Die Sammlung „{name}“ entfernen?</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) leave the library with it, and the answers that quote them. The files themselves stay where they are.</source>
        <translation>
            <numerusform>Mit ihr verlassen %n Dokument und die Antworten, die daraus zitieren, die Bibliothek. Die Datei selbst bleibt, wo sie ist.</numerusform>
            <numerusform>Mit ihr verlassen %n Dokumente und die Antworten, die daraus zitieren, die Bibliothek. Die Dateien selbst bleiben, wo sie sind.</numerusform>
        </translation>
    </message>
    <message>
        <source>Forget “{name}” for good?</source>
        <translation>„{name}“ endgültig vergessen?</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s), the conversations that ask of it or quote it, its watched folders and its name are erased. This cannot be undone. The files themselves stay where they are.</source>
        <translation>
            <numerusform>%n Dokument, die Gespräche, die danach fragen oder daraus zitieren, die überwachten Ordner und der Name werden gelöscht. Das lässt sich nicht rückgängig machen. Die Dateien selbst bleiben, wo sie sind.</numerusform>
            <numerusform>%n Dokumente, die Gespräche, die danach fragen oder daraus zitieren, die überwachten Ordner und der Name werden gelöscht. Das lässt sich nicht rückgängig machen. Die Dateien selbst bleiben, wo sie sind.</numerusform>
        </translation>
    </message>
    <message>
        <source>Forget for good</source>
        <translation>Endgültig vergessen</translation>
    </message>
    <message numerus="yes">
        <source>Removed %n document(s).</source>
        <translation>
            <numerusform>%n Dokument entfernt.</numerusform>
            <numerusform>%n Dokumente entfernt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo: read them again</source>
        <translation>Rückgängig: wieder einlesen</translation>
    </message>
    <message numerus="yes">
        <source>Going on with %n file(s) that were still to be read.</source>
        <translation>
            <numerusform>%n Datei, die noch zu lesen war, wird jetzt gelesen.</numerusform>
            <numerusform>%n Dateien, die noch zu lesen waren, werden jetzt gelesen.</numerusform>
        </translation>
    </message>
    <message>
        <source>All documents are prepared for the new model.</source>
        <translation>Alle Dokumente sind für das neue Modell vorbereitet.</translation>
    </message>
    <message>
        <source>Stopped. You can go on searching as before; preparing the documents for the new model goes on when the program starts again.</source>
        <translation>Angehalten. Sie können weiter suchen wie zuvor; beim nächsten Start des Programms werden die Dokumente weiter für das neue Modell vorbereitet.</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) were in the library already.</source>
        <translation>
            <numerusform>%n Dokument war schon in der Bibliothek.</numerusform>
            <numerusform>%n Dokumente waren schon in der Bibliothek.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped. What was read is kept.</source>
        <translation>Abgebrochen. Eingelesenes bleibt erhalten.</translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) attention.</source>
        <translation>
            <numerusform>%n zu prüfen.</numerusform>
            <numerusform>%n zu prüfen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>Desktop RAG is locked</source>
        <translation>Desktop RAG ist verschlossen</translation>
    </message>
    <message>
        <source>Passphrase of the program</source>
        <translation>Passphrase des Programms</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>This is not the passphrase of the program.</source>
        <translation>Das ist nicht die Passphrase des Programms.</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>{name} verwenden</translation>
    </message>
    <message>
        <source>Try it out</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Loading … {seconds} s</source>
        <translation>Wird geladen … {seconds} s</translation>
    </message>
    <message>
        <source>Trying … {seconds} s</source>
        <translation>Wird ausprobiert … {seconds} s</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>What finds, orders and writes. All of it runs on this computer. A language model is a GGUF file; a larger one writes better and more slowly.</source>
        <translation>Was findet, ordnet und schreibt. Alles läuft auf diesem Computer. Ein Sprachmodell ist eine GGUF-Datei; ein größeres schreibt besser, aber langsamer.</translation>
    </message>
    <message>
        <source>Writes answers</source>
        <translation>Schreibt Antworten</translation>
    </message>
    <message>
        <source>Puts the best place first</source>
        <translation>Ordnet die Stellen</translation>
    </message>
    <message>
        <source>Finds places</source>
        <translation>Findet Stellen</translation>
    </message>
    <message>
        <source>Quote only, write nothing</source>
        <translation>Nur zitieren, nichts schreiben</translation>
    </message>
    <message>
        <source>Answers are then the best places, word for word.</source>
        <translation>Antworten sind dann die besten Stellen, Wort für Wort.</translation>
    </message>
    <message>
        <source>Add a model from this computer …</source>
        <translation>Modell hinzufügen&#xa0;…</translation>
    </message>
    <message>
        <source>Only packs with the signature that the settings ask for are taken.</source>
        <translation>Nur Pakete mit der Signatur, die die Einstellungen verlangen, werden angenommen.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Find places with another model?</source>
        <translation>Stellen mit einem anderen Modell finden?</translation>
    </message>
    <message>
        <source>All documents are prepared anew for it. In a large library this takes hours. You can go on searching meanwhile, with the model before.</source>
        <translation>Alle Dokumente werden dafür neu vorbereitet. In einer großen Bibliothek dauert das Stunden. Währenddessen können Sie mit dem bisherigen Modell weiter suchen.</translation>
    </message>
    <message>
        <source>Prepare the documents</source>
        <translation>Dokumente vorbereiten</translation>
    </message>
    <message>
        <source>Choose a model file, or the config.json of a model&apos;s folder</source>
        <translation>Modelldatei wählen, oder die config.json eines Modellordners</translation>
    </message>
    <message>
        <source>Models (*.gguf *.zip config.json)</source>
        <translation>Modelle (*.gguf *.zip config.json)</translation>
    </message>
</context>
<context>
    <name>NoticeStrip</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>No action</source>
        <translation>Keine Aktion</translation>
    </message>
</context>
<context>
    <name>OwnCheckPage</name>
    <message>
        <source>Your own check</source>
        <translation>Eigene Prüfung</translation>
    </message>
    <message>
        <source>Answers that you marked right are questions whose page is known. The check asks them again and counts how often that page comes first: run it after a change of models.</source>
        <translation>Zu jeder Antwort, die Sie als richtig markiert haben, ist die Seite bekannt. Die Prüfung stellt diese Fragen erneut und zählt, wie oft die Seite an erster Stelle steht. Starten Sie sie nach einem Wechsel der Modelle.</translation>
    </message>
    <message>
        <source>Run the check</source>
        <translation>Prüfung starten</translation>
    </message>
    <message>
        <source>Save the questions …</source>
        <translation>Fragen speichern&#xa0;…</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>Wird gefragt&#xa0;…</translation>
    </message>
    <message>
        <source>Question {done} of {total}</source>
        <translation>Frage {done} von {total}</translation>
    </message>
    <message>
        <source>No answer is marked right yet.</source>
        <translation>Noch ist keine Antwort als richtig markiert.</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) with a known page.</source>
        <translation>
            <numerusform>%n Frage mit bekannter Seite.</numerusform>
            <numerusform>%n Fragen mit bekannter Seite.</numerusform>
        </translation>
    </message>
    <message>
        <source>The page comes first for {share} %.</source>
        <translation>Bei {share}&#xa0;% steht die Seite an erster Stelle.</translation>
    </message>
    <message>
        <source>It is among the first five for {share} %.</source>
        <translation>Bei {share}&#xa0;% ist sie unter den ersten fünf.</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) marked wrong.</source>
        <translation>
            <numerusform>%n Antwort als falsch markiert.</numerusform>
            <numerusform>%n Antworten als falsch markiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not found among the first five:</source>
        <translation>Nicht unter den ersten fünf gefunden:</translation>
    </message>
    <message>
        <source>Save the questions</source>
        <translation>Fragen speichern</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) saved.</source>
        <translation>
            <numerusform>%n Frage gespeichert.</numerusform>
            <numerusform>%n Fragen gespeichert.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PageCanvas</name>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>This page cannot be drawn.</source>
        <translation>Diese Seite lässt sich nicht darstellen.</translation>
    </message>
    <message>
        <source>Drawing …</source>
        <translation>Wird dargestellt&#xa0;…</translation>
    </message>
</context>
<context>
    <name>PagePanel</name>
    <message>
        <source>Print, save, page views</source>
        <translation>Drucken, speichern, Ansichten</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>In diesem Dokument suchen</translation>
    </message>
    <message>
        <source>Close the page</source>
        <translation>Seite schließen</translation>
    </message>
    <message>
        <source>Show pages in small</source>
        <translation>Miniaturen zeigen</translation>
    </message>
    <message>
        <source>Two pages side by side</source>
        <translation>Zwei Seiten nebeneinander</translation>
    </message>
    <message>
        <source>Print …</source>
        <translation>Drucken&#xa0;…</translation>
    </message>
    <message>
        <source>Save a copy with the highlights …</source>
        <translation>Kopie mit Markierungen speichern&#xa0;…</translation>
    </message>
    <message>
        <source>Previous evidence</source>
        <translation>Voriger Beleg</translation>
    </message>
    <message>
        <source>Next evidence</source>
        <translation>Nächster Beleg</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Highlighted: {quote}</source>
        <translation>Markiert: {quote}</translation>
    </message>
    <message>
        <source>p. {label} ({page} of {count})</source>
        <translation>S.&#xa0;{label} ({page} von {count})</translation>
    </message>
    <message>
        <source>{document}, {page}</source>
        <translation>{document}, {page}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}&#xa0;%</translation>
    </message>
    <message>
        <source>Fit the whole page</source>
        <translation>Ganze Seite zeigen</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>An Breite anpassen</translation>
    </message>
    <message>
        <source>evidence {number} of {count}</source>
        <translation>Beleg {number} von {count}</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
    <message>
        <source>No evidence</source>
        <translation>Kein Beleg</translation>
    </message>
    <message>
        <source>{name} – highlighted</source>
        <translation>{name} – markiert</translation>
    </message>
</context>
<context>
    <name>PageTasks</name>
    <message>
        <source>This document has a password</source>
        <translation>Dieses Dokument hat ein Passwort</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Save a copy with the highlights</source>
        <translation>Kopie mit Markierungen speichern</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>PDF-Dateien (*.pdf)</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Gespeichert als {name}.</translation>
    </message>
    <message>
        <source>Printing page {done} of {total}</source>
        <translation>Seite {done} von {total} wird gedruckt</translation>
    </message>
    <message>
        <source>Printed.</source>
        <translation>Gedruckt.</translation>
    </message>
</context>
<context>
    <name>PassphraseSheet</name>
    <message>
        <source>One moment …</source>
        <translation>Einen Moment …</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>The printer does not answer.</source>
        <translation>Der Drucker antwortet nicht.</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Nothing leaves this computer. The operating system refuses this program every way to a network, from its first moment on. You need not believe it: let the program try every way out, now.</source>
        <translation>Nichts verlässt diesen Computer. Das Betriebssystem verweigert diesem Programm vom ersten Augenblick an jeden Weg ins Netz. Sie müssen es nicht glauben: Lassen Sie das Programm jetzt jeden Weg nach außen versuchen.</translation>
    </message>
    <message>
        <source>Try every way out now</source>
        <translation>Jetzt alle Wege prüfen</translation>
    </message>
    <message>
        <source>Save a report …</source>
        <translation>Bericht speichern&#xa0;…</translation>
    </message>
    <message>
        <source>Ways out that were tried</source>
        <translation>Versuchte Wege nach außen</translation>
    </message>
    <message>
        <source>Way out</source>
        <translation>Weg nach außen</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Running parts of the program</source>
        <translation>Laufende Teile des Programms</translation>
    </message>
    <message>
        <source>Running part</source>
        <translation>Laufender Teil</translation>
    </message>
    <message>
        <source>Kept in</source>
        <translation>Eingeschlossen</translation>
    </message>
    <message>
        <source>Network connections</source>
        <translation>Netzverbindungen</translation>
    </message>
    <message>
        <source>Trying …</source>
        <translation>Wird versucht&#xa0;…</translation>
    </message>
    <message>
        <source>blocked by the operating system</source>
        <translation>vom Betriebssystem gesperrt</translation>
    </message>
    <message>
        <source>blocked by the program itself</source>
        <translation>vom Programm selbst gesperrt</translation>
    </message>
    <message>
        <source>could not be tried</source>
        <translation>konnte nicht versucht werden</translation>
    </message>
    <message>
        <source>OPEN</source>
        <translation>OFFEN</translation>
    </message>
    <message>
        <source>raw socket</source>
        <translation>Raw-Socket</translation>
    </message>
    <message>
        <source>packet socket</source>
        <translation>Paket-Socket</translation>
    </message>
    <message>
        <source>child process</source>
        <translation>Kindprozess</translation>
    </message>
    <message>
        <source>window’s sockets</source>
        <translation>Sockets des Fensters</translation>
    </message>
    <message>
        <source>index in a cloud</source>
        <translation>Index in einer Cloud</translation>
    </message>
    <message>
        <source>model download</source>
        <translation>Modell-Download</translation>
    </message>
    <message>
        <source>A way out is OPEN. Do not use privileged files until it is closed.</source>
        <translation>Ein Weg nach außen ist OFFEN. Verwenden Sie keine Unterlagen, die der Schweigepflicht unterliegen, bis er geschlossen ist.</translation>
    </message>
    <message>
        <source>No way out was found open; some could not be tried.</source>
        <translation>Kein Weg nach außen war offen; einige konnten nicht versucht werden.</translation>
    </message>
    <message>
        <source>Every way out is blocked.</source>
        <translation>Alle Wege nach außen sind gesperrt.</translation>
    </message>
    <message>
        <source>window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>search and answers</source>
        <translation>Suche und Antworten</translation>
    </message>
    <message>
        <source>reader of documents</source>
        <translation>Leser der Dokumente</translation>
    </message>
    <message>
        <source>helper</source>
        <translation>Helfer</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>NO</source>
        <translation>NEIN</translation>
    </message>
    <message>
        <source>not visible</source>
        <translation>nicht sichtbar</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Save the privacy report</source>
        <translation>Datenschutzbericht speichern</translation>
    </message>
    <message>
        <source>privacy report</source>
        <translation>Datenschutzbericht</translation>
    </message>
    <message>
        <source>The report could not be saved.</source>
        <translation>Der Bericht konnte nicht gespeichert werden.</translation>
    </message>
</context>
<context>
    <name>ProblemDialog</name>
    <message>
        <source>Your files are untouched, and what was read before is kept.</source>
        <translation>Ihre Dateien sind unverändert, und bereits Eingelesenes bleibt erhalten.</translation>
    </message>
    <message>
        <source>Try it once more. If it happens again, copy the details and send them to whoever helps you.</source>
        <translation>Versuchen Sie es noch einmal. Geschieht es wieder, kopieren Sie die Einzelheiten und senden Sie sie an Ihre IT-Betreuung.</translation>
    </message>
    <message>
        <source>What is safe</source>
        <translation>Was sicher ist</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>QuestionField</name>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>{name} ended the part that reads, several times, and is left out.</source>
        <translation>{name} hat den lesenden Programmteil mehrmals beendet und wird ausgelassen.</translation>
    </message>
</context>
<context>
    <name>ReadingStrip</name>
    <message>
        <source>Reading progress</source>
        <translation>Fortschritt beim Einlesen</translation>
    </message>
    <message>
        <source>Pause reading</source>
        <translation>Einlesen anhalten</translation>
    </message>
    <message>
        <source>Stop reading; what was read is kept</source>
        <translation>Einlesen abbrechen; Eingelesenes bleibt erhalten</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird eingelesen&#xa0;…</translation>
    </message>
    <message>
        <source>You can ask meanwhile.</source>
        <translation>Sie können schon fragen.</translation>
    </message>
    <message>
        <source>Preparing documents for the new model …</source>
        <translation>Dokumente werden für das neue Modell vorbereitet …</translation>
    </message>
    <message>
        <source>Reading {number} of {count}</source>
        <translation>Einlesen: {number} von {count}</translation>
    </message>
    <message>
        <source>page {page} of {count}</source>
        <translation>Seite {page} von {count}</translation>
    </message>
    <message>
        <source>Making the search index …</source>
        <translation>Der Suchindex wird angelegt …</translation>
    </message>
    <message>
        <source>The library has become large. This takes minutes.</source>
        <translation>Die Bibliothek ist groß geworden. Das dauert einige Minuten.</translation>
    </message>
    <message>
        <source>Go on reading</source>
        <translation>Weiter einlesen</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>What was read can be asked.</source>
        <translation>Zu Eingelesenem können Sie fragen.</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Wird abgebrochen&#xa0;…</translation>
    </message>
</context>
<context>
    <name>RecoveryKeySheet</name>
    <message>
        <source>The recovery key of this vault</source>
        <translation>Der Wiederherstellungsschlüssel dieses Tresors</translation>
    </message>
    <message>
        <source>It opens the vault if the passphrase is forgotten, and it is shown only now. Print it and lock it away; do not keep it on this computer.</source>
        <translation>Er öffnet den Tresor, wenn die Passphrase vergessen ist, und wird nur jetzt gezeigt. Drucken Sie ihn aus und schließen Sie ihn weg; bewahren Sie ihn nicht auf diesem Computer auf.</translation>
    </message>
    <message>
        <source>Print …</source>
        <translation>Drucken …</translation>
    </message>
    <message>
        <source>I have it on paper</source>
        <translation>Ich habe ihn auf Papier</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>Desktop RAG cannot start here</source>
        <translation>Desktop RAG kann hier nicht starten</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>RowsTable</name>
    <message>
        <source>Table of places</source>
        <translation>Tabelle der Stellen</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Kinds of settings</source>
        <translation>Bereiche der Einstellungen</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Set by your administrator</source>
        <translation>Von Ihrer Verwaltung festgelegt</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>StoragePage</name>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>This is all that the program keeps, and where. It is only on this computer; your own PDFs stay where they are.</source>
        <translation>Hier sehen Sie alles, was das Programm aufbewahrt, und wo. Es liegt nur auf diesem Computer; Ihre eigenen PDFs bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>What is stored</source>
        <translation>Was gespeichert ist</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Wofür</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Forget everything and quit …</source>
        <translation>Alles vergessen und beenden …</translation>
    </message>
    <message>
        <source>Forget everything for good?</source>
        <translation>Alles endgültig vergessen?</translation>
    </message>
    <message>
        <source>All documents, conversations, collections and watched folders, the logs and what this window remembers are erased. This cannot be undone. Your PDFs stay where they are; models and settings stay too.</source>
        <translation>Alle Dokumente, Gespräche, Sammlungen und überwachten Ordner, die Protokolle und das, was dieses Fenster sich merkt, werden gelöscht. Das lässt sich nicht rückgängig machen. Ihre PDFs bleiben, wo sie sind; auch Modelle und Einstellungen bleiben.</translation>
    </message>
    <message>
        <source>Forget everything</source>
        <translation>Alles vergessen</translation>
    </message>
    <message>
        <source>Everything is forgotten</source>
        <translation>Alles ist vergessen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>SurveyCounted</name>
    <message numerus="yes">
        <source>Looked through all %n document(s).</source>
        <translation>
            <numerusform>%n Dokument durchgesehen.</numerusform>
            <numerusform>Alle %n Dokumente durchgesehen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %n document(s)</source>
        <translation>
            <numerusform>von %n Dokument</numerusform>
            <numerusform>von %n Dokumenten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n Stelle</numerusform>
            <numerusform>%n Stellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n document(s)</source>
        <translation>
            <numerusform>in %n Dokument</numerusform>
            <numerusform>in %n Dokumenten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more place(s) are left out of the table.</source>
        <translation>
            <numerusform>%n weitere Stelle fehlt in der Tabelle.</numerusform>
            <numerusform>%n weitere Stellen fehlen in der Tabelle.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> und %n weiteres</numerusform>
            <numerusform> und %n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sentences taken from %n document(s), word for word:</source>
        <translation>
            <numerusform>Sätze aus %n Dokument, Wort für Wort:</numerusform>
            <numerusform>Sätze aus %n Dokumenten, Wort für Wort:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>Pages in small</source>
        <translation>Miniaturen der Seiten</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Questions and answers</source>
        <translation>Fragen und Antworten</translation>
    </message>
    <message>
        <source>Show earlier questions</source>
        <translation>Frühere Fragen zeigen</translation>
    </message>
</context>
<context>
    <name>TurnView</name>
    <message>
        <source>Press Enter to ask in these words.</source>
        <translation>Mit der Eingabetaste fragen Sie in diesen Worten.</translation>
    </message>
    <message>
        <source>Searched for; change it and press Enter</source>
        <translation>Gesucht wurde; ändern Sie es und drücken Sie die Eingabetaste</translation>
    </message>
    <message>
        <source>Searched for</source>
        <translation>Gesucht wurde</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Answer from the best passages instead</source>
        <translation>Stattdessen aus den besten Abschnitten antworten</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>Wird gesucht&#xa0;…</translation>
    </message>
    <message>
        <source>Writing …</source>
        <translation>Wird geschrieben&#xa0;…</translation>
    </message>
    <message>
        <source>This answer is right</source>
        <translation>Diese Antwort ist richtig</translation>
    </message>
    <message>
        <source>This answer is wrong</source>
        <translation>Diese Antwort ist falsch</translation>
    </message>
    <message>
        <source>Copy with citations</source>
        <translation>Mit Belegen kopieren</translation>
    </message>
    <message>
        <source>Save the record …</source>
        <translation>Nachweis speichern&#xa0;…</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Erneut beantworten</translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation>Frage bearbeiten</translation>
    </message>
    <message>
        <source>Marked right: part of your own check</source>
        <translation>Als richtig markiert: Teil Ihrer Prüfung</translation>
    </message>
    <message>
        <source>Marked right</source>
        <translation>Als richtig markiert</translation>
    </message>
    <message>
        <source>Marked wrong</source>
        <translation>Als falsch markiert</translation>
    </message>
</context>
<context>
    <name>VanishedFiles</name>
    <message numerus="yes">
        <source>%n document(s) leave the library: the files are gone from {folder}.</source>
        <translation>
            <numerusform>%n Dokument verlässt die Bibliothek: die Datei ist nicht mehr in {folder}.</numerusform>
            <numerusform>%n Dokumente verlassen die Bibliothek: die Dateien sind nicht mehr in {folder}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Remove or keep …</source>
        <translation>Entfernen oder behalten …</translation>
    </message>
    <message>
        <source>Their text is still searched, but their pages cannot be shown. If they are removed, the answers that quote them go too. If you keep them, this is not asked again.</source>
        <translation>Ihr Text wird weiter durchsucht, aber ihre Seiten lassen sich nicht zeigen. Werden sie entfernt, gehen auch die Antworten, die sie zitieren. Behalten Sie sie, wird nicht noch einmal gefragt.</translation>
    </message>
    <message>
        <source>Remove them from the library</source>
        <translation>Aus der Bibliothek entfernen</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are gone from {folder}.</source>
        <translation>
            <numerusform>%n Datei ist nicht mehr in {folder}.</numerusform>
            <numerusform>%n Dateien sind nicht mehr in {folder}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VaultTasks</name>
    <message>
        <source>New vault</source>
        <translation>Neuer Tresor</translation>
    </message>
    <message>
        <source>What is put into a vault lies encrypted on the disk: text, search index, conversations and names. Without the passphrase or the recovery key nobody can open it, and nobody can help. Your PDFs themselves stay as they are.</source>
        <translation>Was in einem Tresor ist, liegt verschlüsselt auf der Platte: Text, Suchindex, Gespräche und Namen. Ohne die Passphrase oder den Wiederherstellungsschlüssel kann niemand ihn öffnen, und niemand kann helfen. Ihre PDFs selbst bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Passphrase (four random words are good)</source>
        <translation>Passphrase (vier zufällige Wörter sind gut)</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>Dieselbe noch einmal</translation>
    </message>
    <message>
        <source>Make the vault</source>
        <translation>Tresor anlegen</translation>
    </message>
    <message>
        <source>Open a vault</source>
        <translation>Einen Tresor öffnen</translation>
    </message>
    <message>
        <source>A locked vault has no name: the passphrase tells which one is meant.</source>
        <translation>Ein verschlossener Tresor hat keinen Namen: Die Passphrase sagt, welcher gemeint ist.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>Passphrase ändern</translation>
    </message>
    <message>
        <source>The recovery key stays as it is.</source>
        <translation>Der Wiederherstellungsschlüssel bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>Passphrase until now</source>
        <translation>Bisherige Passphrase</translation>
    </message>
    <message>
        <source>Forgotten passphrase</source>
        <translation>Passphrase vergessen</translation>
    </message>
    <message>
        <source>The recovery key was shown when the vault was made: ten groups of letters.</source>
        <translation>Der Wiederherstellungsschlüssel wurde beim Anlegen des Tresors gezeigt: zehn Gruppen von Buchstaben.</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>Wiederherstellungsschlüssel</translation>
    </message>
    <message>
        <source>New recovery key</source>
        <translation>Neuer Wiederherstellungsschlüssel</translation>
    </message>
    <message>
        <source>The recovery key that you have does not open the vault any more after this.</source>
        <translation>Der Wiederherstellungsschlüssel, den Sie haben, öffnet den Tresor danach nicht mehr.</translation>
    </message>
    <message>
        <source>Make a new one</source>
        <translation>Neuen anlegen</translation>
    </message>
    <message>
        <source>Delete vault {number}?</source>
        <translation>Tresor {number} löschen?</translation>
    </message>
    <message>
        <source>The text, the search index and the conversations in it are lost for good. Your PDFs stay where they are.</source>
        <translation>Der Text, der Suchindex und die Gespräche darin sind für immer verloren. Ihre PDFs bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Delete the vault</source>
        <translation>Tresor löschen</translation>
    </message>
    <message>
        <source>It was interrupted. Look whether it was done before you try again.</source>
        <translation>Es wurde unterbrochen. Sehen Sie nach, ob es getan ist, bevor Sie es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>Neue Passphrase</translation>
    </message>
    <message>
        <source>The new one once more</source>
        <translation>Die neue noch einmal</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>The two passphrases are not the same.</source>
        <translation>Die beiden Passphrasen sind nicht gleich.</translation>
    </message>
    <message>
        <source>Take it as it is</source>
        <translation>So nehmen, wie er ist</translation>
    </message>
    <message>
        <source>Repair it</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>If you restored a backup yourself, take it as it is. If not, somebody else may have put an old copy in its place.</source>
        <translation>Wenn Sie selbst eine Sicherung zurückgespielt haben, nehmen Sie ihn, wie er ist. Wenn nicht, hat vielleicht jemand anders eine alte Kopie an seine Stelle gelegt.</translation>
    </message>
    <message>
        <source>Restore the folder of the vault from a backup. Repairing drops what cannot be trusted; those documents are then read again from their files.</source>
        <translation>Spielen Sie den Ordner des Tresors aus einer Sicherung zurück. Reparieren verwirft, was nicht vertrauenswürdig ist; diese Dokumente werden dann neu aus ihren Dateien gelesen.</translation>
    </message>
</context>
<context>
    <name>VaultsPage</name>
    <message>
        <source>Vaults</source>
        <translation>Tresore</translation>
    </message>
    <message>
        <source>A vault is a library of its own that lies encrypted on the disk. It is open in memory alone, and is locked when you leave, when the computer sleeps, and when you quit.</source>
        <translation>Ein Tresor ist eine eigene Bibliothek, die verschlüsselt auf der Platte liegt. Offen ist er nur im Arbeitsspeicher; er wird verschlossen, wenn Sie weggehen, wenn der Computer schläft und wenn Sie das Programm beenden.</translation>
    </message>
    <message>
        <source>Vaults and lock</source>
        <translation>Tresore und Sperre</translation>
    </message>
    <message>
        <source>Vault</source>
        <translation>Tresor</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>New vault …</source>
        <translation>Neuer Tresor …</translation>
    </message>
    <message>
        <source>Open …</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>Jetzt verschließen</translation>
    </message>
    <message>
        <source>Change the passphrase …</source>
        <translation>Passphrase ändern …</translation>
    </message>
    <message>
        <source>Forgotten …</source>
        <translation>Vergessen …</translation>
    </message>
    <message>
        <source>New recovery key …</source>
        <translation>Schlüssel erneuern …</translation>
    </message>
    <message>
        <source>Delete …</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Lock when unused for</source>
        <translation>Verschließen, wenn unbenutzt seit</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} Min.</translation>
    </message>
    <message>
        <source>The program itself</source>
        <translation>Das Programm selbst</translation>
    </message>
    <message>
        <source>A passphrase can be asked for before anything is shown. It keeps people out of the window, not out of the files: for that there are vaults.</source>
        <translation>Eine Passphrase kann verlangt werden, bevor irgendetwas gezeigt wird. Sie hält Menschen vom Fenster fern, nicht von den Dateien: Dafür gibt es Tresore.</translation>
    </message>
    <message>
        <source>Ask for a passphrase …</source>
        <translation>Passphrase verlangen …</translation>
    </message>
    <message>
        <source>Ask no more</source>
        <translation>Nicht mehr verlangen</translation>
    </message>
    <message>
        <source>Lock the program</source>
        <translation>Programm verschließen</translation>
    </message>
    <message>
        <source>The two passphrases are not the same.</source>
        <translation>Die beiden Passphrasen sind nicht gleich.</translation>
    </message>
    <message>
        <source>This is not the passphrase of the program.</source>
        <translation>Das ist nicht die Passphrase des Programms.</translation>
    </message>
    <message>
        <source>Passphrase until now</source>
        <translation>Bisherige Passphrase</translation>
    </message>
    <message>
        <source>Ask for a passphrase</source>
        <translation>Passphrase verlangen</translation>
    </message>
    <message>
        <source>If it is forgotten, delete the file “app-lock” in the program’s data folder.</source>
        <translation>Wenn sie vergessen ist, löschen Sie die Datei „app-lock“ im Datenordner des Programms.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>Dieselbe noch einmal</translation>
    </message>
    <message>
        <source>Ask for it from now on</source>
        <translation>Von nun an verlangen</translation>
    </message>
    <message>
        <source>Ask for no passphrase any more</source>
        <translation>Keine Passphrase mehr verlangen</translation>
    </message>
    <message>
        <source>It cannot be kept: {reason}.</source>
        <translation>Sie kann nicht gespeichert werden: {reason}.</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>verschlossen</translation>
    </message>
    <message>
        <source>Vault {number}</source>
        <translation>Tresor {number}</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Drop PDFs here. They stay on this computer.</source>
        <translation>Legen Sie PDFs hier ab. Sie bleiben auf diesem Computer.</translation>
    </message>
    <message>
        <source>Ask in your own words, and read an answer whose every sentence points at a place on a page.</source>
        <translation>Fragen Sie mit eigenen Worten. Jeder Satz der Antwort verweist auf eine Stelle auf einer Seite.</translation>
    </message>
    <message>
        <source>Open the sample documents</source>
        <translation>Beispieldokumente öffnen</translation>
    </message>
    <message>
        <source>How is that guaranteed?</source>
        <translation>Wie ist das sichergestellt?</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Quit while documents are being read?</source>
        <translation>Beenden, während Dokumente eingelesen werden?</translation>
    </message>
    <message>
        <source>What was read is kept. The rest is read when the program starts again.</source>
        <translation>Was gelesen wurde, bleibt. Der Rest wird beim nächsten Start des Programms gelesen.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Show the library</source>
        <translation>Bibliothek zeigen</translation>
    </message>
    <message>
        <source>Offline: see how it is guaranteed</source>
        <translation>Offline: sehen, wie das sichergestellt ist</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Lock vault {number}</source>
        <translation>Tresor {number} verschließen</translation>
    </message>
    <message>
        <source>Vaults</source>
        <translation>Tresore</translation>
    </message>
    <message>
        <source>Add PDFs</source>
        <translation>PDFs hinzufügen</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Neues Gespräch</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>In diesem Dokument suchen</translation>
    </message>
    <message>
        <source>Go to a document</source>
        <translation>Zu einem Dokument gehen</translation>
    </message>
    <message>
        <source>Print the document</source>
        <translation>Dokument drucken</translation>
    </message>
    <message>
        <source>Show or hide the library</source>
        <translation>Bibliothek zeigen oder ausblenden</translation>
    </message>
    <message>
        <source>Next column</source>
        <translation>Nächste Spalte</translation>
    </message>
    <message>
        <source>Larger page</source>
        <translation>Seite vergrößern</translation>
    </message>
    <message>
        <source>Smaller page</source>
        <translation>Seite verkleinern</translation>
    </message>
    <message>
        <source>Stop, or close</source>
        <translation>Abbrechen oder schließen</translation>
    </message>
    <message>
        <source>Open or lock a vault</source>
        <translation>Einen Tresor öffnen oder verschließen</translation>
    </message>
    <message>
        <source>Show evidence 1 to 9</source>
        <translation>Beleg 1 bis 9 zeigen</translation>
    </message>
    <message>
        <source>Use it now</source>
        <translation>Jetzt verwenden</translation>
    </message>
    <message>
        <source>The part that reads and answers ended unexpectedly and was started again. Nothing that was read is lost.</source>
        <translation>Der Programmteil, der einliest und antwortet, brach unerwartet ab und wurde neu gestartet. Nichts Eingelesenes ist verloren.</translation>
    </message>
    <message>
        <source>The part that reads and answers does not start.</source>
        <translation>Der Programmteil, der einliest und antwortet, startet nicht.</translation>
    </message>
    <message>
        <source>Quit the program and start it again.</source>
        <translation>Beenden Sie das Programm und starten Sie es neu.</translation>
    </message>
</context>
<context>
    <name>_ThumbnailModel</name>
    <message>
        <source>Page {label}</source>
        <translation>Seite {label}</translation>
    </message>
</context>
<context>
    <name>copying</name>
    <message>
        <source>By words only, until the documents are prepared for the new model.</source>
        <translation>Nur nach Wörtern, bis die Dokumente für das neue Modell vorbereitet sind.</translation>
    </message>
    <message>
        <source>Not, or not wholly, read: {names}.</source>
        <translation>Nicht oder nicht vollständig eingelesen: {names}.</translation>
    </message>
    <message>
        <source>The documents do not seem to say.</source>
        <translation>Die Dokumente sagen dazu offenbar nichts.</translation>
    </message>
    <message>
        <source>In the documents’ own words:</source>
        <translation>Im Wortlaut der Dokumente:</translation>
    </message>
    <message>
        <source>[not found in the documents]</source>
        <translation>[in den Dokumenten nicht gefunden]</translation>
    </message>
</context>
<context>
    <name>lacks</name>
    <message>
        <source>The model {name} is not there, or not all of it.</source>
        <translation>Das Modell {name} fehlt ganz oder teilweise.</translation>
    </message>
    <message>
        <source>The model {name} is damaged, or was altered.</source>
        <translation>Das Modell {name} ist beschädigt oder wurde verändert.</translation>
    </message>
    <message>
        <source>Until it is there again, answers are quotations from the documents.</source>
        <translation>Bis es wieder da ist, bestehen Antworten aus Zitaten der Dokumente.</translation>
    </message>
    <message>
        <source>Without it nothing can be read or searched.</source>
        <translation>Ohne dieses Modell kann nichts eingelesen oder gesucht werden.</translation>
    </message>
    <message>
        <source>Import it again in the settings, or choose another one there.</source>
        <translation>Importieren Sie es in den Einstellungen neu oder wählen Sie dort ein anderes.</translation>
    </message>
    <message>
        <source>It comes with the program: install the program anew.</source>
        <translation>Es gehört zum Programm: Installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <source>The processor of this computer is too old: Desktop RAG needs {needed}, and it lacks {had}.</source>
        <translation>Der Prozessor dieses Computers ist zu alt: Desktop RAG braucht {needed}, und ihm fehlt {had}.</translation>
    </message>
    <message>
        <source>Use a newer computer: most processors sold since 2015 will do. In a virtual machine, let it see the processor as it is.</source>
        <translation>Nehmen Sie einen neueren Computer: Die meisten Prozessoren seit 2015 genügen. Lassen Sie eine virtuelle Maschine den Prozessor sehen, wie er ist.</translation>
    </message>
    <message>
        <source>Desktop RAG needs a 64-bit system; this one has {had} bits.</source>
        <translation>Desktop RAG braucht ein 64-Bit-System; dieses hat {had} Bit.</translation>
    </message>
    <message>
        <source>Install the 64-bit edition of your system.</source>
        <translation>Installieren Sie die 64-Bit-Ausgabe Ihres Systems.</translation>
    </message>
    <message>
        <source>This system is too old: its C library is {had}, and Desktop RAG needs {needed}.</source>
        <translation>Dieses System ist zu alt: Seine C-Bibliothek ist {had}, und Desktop RAG braucht {needed}.</translation>
    </message>
    <message>
        <source>Use Debian 12, Ubuntu 22.04 or another system from 2022 on.</source>
        <translation>Nehmen Sie Debian 12, Ubuntu 22.04 oder ein anderes System ab 2022.</translation>
    </message>
    <message>
        <source>This computer has too little memory: {had}, and Desktop RAG needs {needed}.</source>
        <translation>Dieser Computer hat zu wenig Arbeitsspeicher: {had}, und Desktop RAG braucht {needed}.</translation>
    </message>
    <message>
        <source>Use a computer with at least 4 GB, or let the program have more of it.</source>
        <translation>Nehmen Sie einen Computer mit mindestens 4 GB, oder lassen Sie dem Programm mehr davon.</translation>
    </message>
    <message>
        <source>The program may use {had} of address space at most, and needs {needed}.</source>
        <translation>Das Programm darf höchstens {had} Adressraum belegen und braucht {needed}.</translation>
    </message>
    <message>
        <source>Raise the limit with “ulimit -v unlimited”, or ask whoever set it.</source>
        <translation>Heben Sie die Grenze mit „ulimit -v unlimited“ auf, oder fragen Sie, wer sie gesetzt hat.</translation>
    </message>
    <message>
        <source>The library cannot be kept in {had}: {needed}.</source>
        <translation>Die Bibliothek kann nicht in {had} liegen: {needed}.</translation>
    </message>
    <message>
        <source>See to the rights of this folder, or start the program with --library and the name of a folder that you may write to.</source>
        <translation>Prüfen Sie die Rechte dieses Ordners, oder starten Sie das Programm mit --library und einem Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>The disk of {had} is full.</source>
        <translation>Der Datenträger von {had} ist voll.</translation>
    </message>
    <message>
        <source>Make room on it, at least {needed}, and start the program again.</source>
        <translation>Schaffen Sie dort Platz, mindestens {needed}, und starten Sie das Programm neu.</translation>
    </message>
    <message>
        <source>There is no home folder to keep the library in: {had}: {needed}.</source>
        <translation>Es gibt keinen persönlichen Ordner für die Bibliothek: {had}: {needed}.</translation>
    </message>
    <message>
        <source>Sign in as a user with a home folder of their own, or start the program with --library and the name of a folder that you may write to.</source>
        <translation>Melden Sie sich als Benutzer mit eigenem persönlichem Ordner an, oder starten Sie das Programm mit --library und einem Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>Little memory is free: {had}. Reading and answering may be slow or fail; {needed} are good to have.</source>
        <translation>Es ist wenig Arbeitsspeicher frei: {had}. Einlesen und Antworten können langsam sein oder scheitern; {needed} wären gut.</translation>
    </message>
    <message>
        <source>Close other programs.</source>
        <translation>Schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>The disk of {had} is nearly full: reading documents may fail.</source>
        <translation>Der Datenträger von {had} ist fast voll: Das Einlesen kann scheitern.</translation>
    </message>
    <message>
        <source>Make room on it: {needed} are good to have.</source>
        <translation>Schaffen Sie dort Platz: {needed} wären gut.</translation>
    </message>
    <message>
        <source>Settings cannot be kept in {had}: {needed}.</source>
        <translation>Einstellungen lassen sich nicht in {had} ablegen: {needed}.</translation>
    </message>
    <message>
        <source>See to the rights of this folder; what you change now is forgotten when you quit.</source>
        <translation>Prüfen Sie die Rechte dieses Ordners; was Sie jetzt ändern, ist nach dem Beenden vergessen.</translation>
    </message>
</context>
<context>
    <name>language_words</name>
    <message>
        <source>Arabic</source>
        <translation>Arabisch</translation>
    </message>
    <message>
        <source>Bulgarian</source>
        <translation>Bulgarisch</translation>
    </message>
    <message>
        <source>Catalan</source>
        <translation>Katalanisch</translation>
    </message>
    <message>
        <source>Czech</source>
        <translation>Tschechisch</translation>
    </message>
    <message>
        <source>Danish</source>
        <translation>Dänisch</translation>
    </message>
    <message>
        <source>German</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>Griechisch</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Englisch</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>Spanisch</translation>
    </message>
    <message>
        <source>Persian</source>
        <translation>Persisch</translation>
    </message>
    <message>
        <source>Finnish</source>
        <translation>Finnisch</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Französisch</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>Hebräisch</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>Hindi</translation>
    </message>
    <message>
        <source>Hungarian</source>
        <translation>Ungarisch</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>Indonesisch</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>Italienisch</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>Japanisch</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>Koreanisch</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>Niederländisch</translation>
    </message>
    <message>
        <source>Norwegian</source>
        <translation>Norwegisch</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>Polnisch</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>Portugiesisch</translation>
    </message>
    <message>
        <source>Romanian</source>
        <translation>Rumänisch</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>Russisch</translation>
    </message>
    <message>
        <source>Slovak</source>
        <translation>Slowakisch</translation>
    </message>
    <message>
        <source>Swedish</source>
        <translation>Schwedisch</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>Thailändisch</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>Türkisch</translation>
    </message>
    <message>
        <source>Ukrainian</source>
        <translation>Ukrainisch</translation>
    </message>
    <message>
        <source>Urdu</source>
        <translation>Urdu</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>Vietnamesisch</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>Chinesisch</translation>
    </message>
    <message>
        <source>There are documents in {languages}, which the model that finds places does not know: there it goes by words more than by meaning.</source>
        <translation>Es gibt Dokumente auf {languages}. Das Modell, das Stellen findet, kennt diese Sprache nicht: Dort geht es mehr nach Wörtern als nach dem Sinn.</translation>
    </message>
    <message>
        <source>{model} knows {languages}: Settings, Models, “Finds places”.</source>
        <translation>{model} kennt {languages}: Einstellungen, Modelle, „Findet Stellen“.</translation>
    </message>
    <message>
        <source>{model} knows {languages}; the guide says how to bring it in.</source>
        <translation>{model} kennt {languages}; die Anleitung sagt, wie es hinzukommt.</translation>
    </message>
</context>
<context>
    <name>languages</name>
    <message>
        <source>Arabic</source>
        <translation>Arabisch</translation>
    </message>
    <message>
        <source>Bulgarian</source>
        <translation>Bulgarisch</translation>
    </message>
    <message>
        <source>Catalan</source>
        <translation>Katalanisch</translation>
    </message>
    <message>
        <source>Czech</source>
        <translation>Tschechisch</translation>
    </message>
    <message>
        <source>Danish</source>
        <translation>Dänisch</translation>
    </message>
    <message>
        <source>German</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>Griechisch</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Englisch</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>Spanisch</translation>
    </message>
    <message>
        <source>Estonian</source>
        <translation>Estnisch</translation>
    </message>
    <message>
        <source>Persian</source>
        <translation>Persisch</translation>
    </message>
    <message>
        <source>Finnish</source>
        <translation>Finnisch</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Französisch</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>Hebräisch</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>Hindi</translation>
    </message>
    <message>
        <source>Croatian</source>
        <translation>Kroatisch</translation>
    </message>
    <message>
        <source>Hungarian</source>
        <translation>Ungarisch</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>Indonesisch</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>Italienisch</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>Japanisch</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>Koreanisch</translation>
    </message>
    <message>
        <source>Lithuanian</source>
        <translation>Litauisch</translation>
    </message>
    <message>
        <source>Latvian</source>
        <translation>Lettisch</translation>
    </message>
    <message>
        <source>Norwegian</source>
        <translation>Norwegisch</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>Niederländisch</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>Polnisch</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>Portugiesisch</translation>
    </message>
    <message>
        <source>Romanian</source>
        <translation>Rumänisch</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>Russisch</translation>
    </message>
    <message>
        <source>Slovak</source>
        <translation>Slowakisch</translation>
    </message>
    <message>
        <source>Slovenian</source>
        <translation>Slowenisch</translation>
    </message>
    <message>
        <source>Swedish</source>
        <translation>Schwedisch</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>Thailändisch</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>Türkisch</translation>
    </message>
    <message>
        <source>Ukrainian</source>
        <translation>Ukrainisch</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>Vietnamesisch</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>Chinesisch</translation>
    </message>
</context>
<context>
    <name>storage</name>
    <message>
        <source>Erased, but a search for words of it ({words} sought in {files} files) still found {found}. Tell whoever helps you.</source>
        <translation>Gelöscht, aber eine Suche nach Wörtern daraus ({words} in {files} Dateien gesucht) fand noch {found}. Wenden Sie sich an die Person, die Ihnen hilft.</translation>
    </message>
    <message>
        <source>Forgotten. {words} words of it were sought in the {files} files that are left: {found} found.</source>
        <translation>Vergessen. {words} Wörter daraus wurden in den {files} verbliebenen Dateien gesucht: {found} gefunden.</translation>
    </message>
</context>
<context>
    <name>survey</name>
    <message>
        <source>Looking through {done} of {total} passages …</source>
        <translation>{done} von {total} Abschnitten durchgesehen …</translation>
    </message>
    <message>
        <source>Looking through {done} of {total} documents …</source>
        <translation>{done} von {total} Dokumenten durchgesehen …</translation>
    </message>
    <message>
        <source>{read} of {passages} passages were read word by word.</source>
        <translation>{read} von {passages} Abschnitten wurden Wort für Wort gelesen.</translation>
    </message>
    <message>
        <source>Nothing was found that matches.</source>
        <translation>Nichts Passendes gefunden.</translation>
    </message>
    <message>
        <source>A matching place is in at least {n} {documents}.</source>
        <translation>Eine passende Stelle steht in mindestens {n} {documents}.</translation>
    </message>
    <message>
        <source>A matching place is in {n} {documents}.</source>
        <translation>Eine passende Stelle steht in {n} {documents}.</translation>
    </message>
    <message>
        <source>Found: at least {places} {documents}.</source>
        <translation>Gefunden: mindestens {places} {documents}.</translation>
    </message>
    <message>
        <source>Nothing was found in: {names}.</source>
        <translation>Nichts gefunden in: {names}.</translation>
    </message>
    <message>
        <source>Closest places:</source>
        <translation>Nächstliegende Stellen:</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Partly readable</source>
        <translation>Teilweise lesbar</translation>
    </message>
    <message>
        <source>Needs a password</source>
        <translation>Passwort nötig</translation>
    </message>
    <message>
        <source>No text found</source>
        <translation>Kein Text gefunden</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Unverändert</translation>
    </message>
    <message>
        <source>Same as another file</source>
        <translation>Gleicht einer anderen Datei</translation>
    </message>
    <message>
        <source>Offline: drive not there</source>
        <translation>Offline: Laufwerk nicht da</translation>
    </message>
    <message>
        <source>File is gone</source>
        <translation>Datei ist weg</translation>
    </message>
    <message>
        <source>Its text is still searched. Connect the drive to see its pages.</source>
        <translation>Sein Text wird weiter durchsucht. Schließen Sie das Laufwerk an, um die Seiten zu sehen.</translation>
    </message>
    <message>
        <source>Its text is still searched. Put the file back to see its pages, or remove the document from the library.</source>
        <translation>Sein Text wird weiter durchsucht. Legen Sie die Datei zurück, um die Seiten zu sehen, oder entfernen Sie das Dokument aus der Bibliothek.</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>noch weniger als eine Minute</translation>
    </message>
    <message>
        <source>strong match</source>
        <translation>passt gut</translation>
    </message>
    <message>
        <source>possible match</source>
        <translation>passt vielleicht</translation>
    </message>
    <message>
        <source>weak match</source>
        <translation>passt kaum</translation>
    </message>
    <message>
        <source>{label} (page {page} in the file)</source>
        <translation>{label} (Seite {page} der Datei)</translation>
    </message>
    <message>
        <source>p. {pages}</source>
        <translation>S.&#xa0;{pages}</translation>
    </message>
    <message>
        <source>{pages}, read from a scan</source>
        <translation>{pages}, aus einem Scan gelesen</translation>
    </message>
    <message>
        <source>Not visible on the page</source>
        <translation>Auf der Seite nicht sichtbar</translation>
    </message>
    <message>
        <source>The same stands in:</source>
        <translation>Dasselbe steht in:</translation>
    </message>
    <message>
        <source>No language model is installed that could write an answer.</source>
        <translation>Es ist kein Sprachmodell vorhanden, das eine Antwort schreiben könnte.</translation>
    </message>
    <message>
        <source>The language model could not be loaded.</source>
        <translation>Das Sprachmodell ließ sich nicht laden.</translation>
    </message>
    <message>
        <source>The language model failed while it wrote. It is loaded anew when you ask.</source>
        <translation>Das Sprachmodell ist beim Schreiben ausgefallen. Bei der nächsten Frage wird es neu geladen.</translation>
    </message>
    <message>
        <source>The free memory does not suffice for the language model.</source>
        <translation>Der freie Arbeitsspeicher reicht für das Sprachmodell nicht aus.</translation>
    </message>
    <message>
        <source>“{text}”</source>
        <translation>„{text}“</translation>
    </message>
    <message>
        <source>All documents</source>
        <translation>Alle Dokumente</translation>
    </message>
    <message>
        <source>The library’s folder is kept in step with other computers by {name}.</source>
        <translation>Der Ordner der Bibliothek wird von {name} mit anderen Computern abgeglichen.</translation>
    </message>
    <message>
        <source>The library’s folder lies on another computer.</source>
        <translation>Der Ordner der Bibliothek liegt auf einem anderen Computer.</translation>
    </message>
    <message>
        <source>The library’s folder belongs to a profile that Windows copies to a server.</source>
        <translation>Der Ordner der Bibliothek gehört zu einem Profil, das Windows auf einen Server kopiert.</translation>
    </message>
    <message>
        <source>many languages</source>
        <translation>viele Sprachen</translation>
    </message>
    <message>
        <source>checking …</source>
        <translation>wird geprüft …</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>unversehrt</translation>
    </message>
    <message>
        <source>altered: it is not used</source>
        <translation>verändert: wird nicht verwendet</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>nicht da</translation>
    </message>
    <message>
        <source>runs on the processor</source>
        <translation>läuft auf dem Prozessor</translation>
    </message>
    <message>
        <source>runs on the graphics card</source>
        <translation>läuft auf der Grafikkarte</translation>
    </message>
    <message>
        <source>no graphics card was found</source>
        <translation>keine Grafikkarte gefunden</translation>
    </message>
    <message>
        <source>as the settings want it</source>
        <translation>wie eingestellt</translation>
    </message>
    <message>
        <source>this edition uses no graphics card</source>
        <translation>diese Ausgabe nutzt keine Grafikkarte</translation>
    </message>
    <message>
        <source>what a graphics card needs of it is not here</source>
        <translation>was eine Grafikkarte davon braucht, ist nicht hier</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>Model that orders places</source>
        <translation>Modell, das Stellen ordnet</translation>
    </message>
    <message>
        <source>Model that finds places</source>
        <translation>Modell, das Stellen findet</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>An answer of 100 words takes about {seconds} s on this computer.</source>
        <translation>Eine Antwort von 100 Wörtern braucht auf diesem Rechner etwa {seconds} s.</translation>
    </message>
    <message>
        <source>50 places are ordered in about {seconds} s.</source>
        <translation>50 Stellen sind in etwa {seconds} s geordnet.</translation>
    </message>
    <message>
        <source>50 places are prepared in about {seconds} s.</source>
        <translation>50 Stellen sind in etwa {seconds} s vorbereitet.</translation>
    </message>
    <message>
        <source>{size} of memory</source>
        <translation>{size} Speicher</translation>
    </message>
    <message>
        <source>on the processor</source>
        <translation>auf dem Prozessor</translation>
    </message>
    <message>
        <source>on the graphics card</source>
        <translation>auf der Grafikkarte</translation>
    </message>
    <message>
        <source>Needs about {needed} of memory, {free} are free: it does not fit.</source>
        <translation>Braucht etwa {needed} Speicher, {free} sind frei: Es passt nicht.</translation>
    </message>
    <message>
        <source>licence: as its maker says</source>
        <translation>Lizenz: was der Hersteller sagt</translation>
    </message>
</context>
</TS>
