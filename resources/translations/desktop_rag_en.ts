<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AddSheet</name>
    <message numerus="yes">
        <source>%n of them attached to mails.</source>
        <translation>
            <numerusform>%n of them attached to a mail.</numerusform>
            <numerusform>%n of them attached to mails.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CollectionsModel</name>
    <message numerus="yes">
        <source>{name}, %n document(s)</source>
        <translation>
            <numerusform>{name}, %n document</numerusform>
            <numerusform>{name}, %n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationPanel</name>
    <message numerus="yes">
        <source>%n selected document(s)</source>
        <translation>
            <numerusform>%n selected document</numerusform>
            <numerusform>%n selected documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationTasks</name>
    <message numerus="yes">
        <source>Delete %n conversation(s)?</source>
        <translation>
            <numerusform>Delete %n conversation?</numerusform>
            <numerusform>Delete %n conversations?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n conversation(s)</source>
        <translation>
            <numerusform>Delete %n conversation</numerusform>
            <numerusform>Delete %n conversations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationsModel</name>
    <message numerus="yes">
        <source>%n question(s)</source>
        <translation>
            <numerusform>%n question</numerusform>
            <numerusform>%n questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
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
            <numerusform>%n document ready.</numerusform>
            <numerusform>%n documents ready.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Searched %n document(s).</source>
        <translation>
            <numerusform>Searched %n document.</numerusform>
            <numerusform>Searched %n documents.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> and %n more</numerusform>
            <numerusform> and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more like this</source>
        <translation>
            <numerusform>and %n more like this</numerusform>
            <numerusform>and %n more like this</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>%n minute left</numerusform>
            <numerusform>%n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) a minute</source>
        <translation>
            <numerusform>%n page a minute</numerusform>
            <numerusform>%n pages a minute</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) left</source>
        <translation>
            <numerusform>%n hour left</numerusform>
            <numerusform>%n hours left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Dropping</name>
    <message numerus="yes">
        <source>%n folder(s) and file(s)</source>
        <translation>
            <numerusform>%n folder or file</numerusform>
            <numerusform>%n folders and files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n model(s)</source>
        <translation>
            <numerusform>Add %n model</numerusform>
            <numerusform>Add %n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Look for a PDF in %n file(s)</source>
        <translation>
            <numerusform>Look for a PDF in %n file</numerusform>
            <numerusform>Look for a PDF in %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message numerus="yes">
        <source>On %n page(s)</source>
        <translation>
            <numerusform>On %n page</numerusform>
            <numerusform>On %n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryTasks</name>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> and %n more</numerusform>
            <numerusform> and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n document(s) from the library?</source>
        <translation>
            <numerusform>Remove %n document from the library?</numerusform>
            <numerusform>Remove %n documents from the library?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n document(s)</source>
        <translation>
            <numerusform>Remove %n document</numerusform>
            <numerusform>Remove %n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n document(s) to</source>
        <translation>
            <numerusform>Move %n document to</numerusform>
            <numerusform>Move %n documents to</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) leave the library with it, and the answers that quote them. The files themselves stay where they are.</source>
        <translation>
            <numerusform>%n document leaves the library with it, and the answers that quote it. The file itself stays where it is.</numerusform>
            <numerusform>%n documents leave the library with it, and the answers that quote them. The files themselves stay where they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s), the conversations that ask of it or quote it, its watched folders and its name are erased. This cannot be undone. The files themselves stay where they are.</source>
        <translation>
            <numerusform>%n document, the conversations that ask of it or quote it, its watched folders and its name are erased. This cannot be undone. The files themselves stay where they are.</numerusform>
            <numerusform>%n documents, the conversations that ask of it or quote it, its watched folders and its name are erased. This cannot be undone. The files themselves stay where they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Removed %n document(s).</source>
        <translation>
            <numerusform>Removed %n document.</numerusform>
            <numerusform>Removed %n documents.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Going on with %n file(s) that were still to be read.</source>
        <translation>
            <numerusform>Going on with %n file that was still to be read.</numerusform>
            <numerusform>Going on with %n files that were still to be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) were in the library already.</source>
        <translation>
            <numerusform>%n document was in the library already.</numerusform>
            <numerusform>%n documents were in the library already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) attention.</source>
        <translation>
            <numerusform>%n needs attention.</numerusform>
            <numerusform>%n need attention.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OwnCheckPage</name>
    <message numerus="yes">
        <source>%n question(s) with a known page.</source>
        <translation>
            <numerusform>%n question with a known page.</numerusform>
            <numerusform>%n questions with a known page.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) marked wrong.</source>
        <translation>
            <numerusform>%n answer marked wrong.</numerusform>
            <numerusform>%n answers marked wrong.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) saved.</source>
        <translation>
            <numerusform>%n question saved.</numerusform>
            <numerusform>%n questions saved.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SurveyCounted</name>
    <message numerus="yes">
        <source>Looked through all %n document(s).</source>
        <translation>
            <numerusform>Looked through %n document.</numerusform>
            <numerusform>Looked through all %n documents.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %n document(s)</source>
        <translation>
            <numerusform>of %n document</numerusform>
            <numerusform>of %n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n document(s)</source>
        <translation>
            <numerusform>in %n document</numerusform>
            <numerusform>in %n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more place(s) are left out of the table.</source>
        <translation>
            <numerusform>%n more place is left out of the table.</numerusform>
            <numerusform>%n more places are left out of the table.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> and %n more</numerusform>
            <numerusform> and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sentences taken from %n document(s), word for word:</source>
        <translation>
            <numerusform>Sentences taken from %n document, word for word:</numerusform>
            <numerusform>Sentences taken from %n documents, word for word:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VanishedFiles</name>
    <message numerus="yes">
        <source>%n document(s) leave the library: the files are gone from {folder}.</source>
        <translation>
            <numerusform>%n document leaves the library: its file is gone from {folder}.</numerusform>
            <numerusform>%n documents leave the library: the files are gone from {folder}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are gone from {folder}.</source>
        <translation>
            <numerusform>%n file is gone from {folder}.</numerusform>
            <numerusform>%n files are gone from {folder}.</numerusform>
        </translation>
    </message>
</context>
</TS>
