<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>Ask your own PDFs, on your own computer. Nothing leaves this computer.</source>
        <translation>Interrogez vos propres PDF, sur votre propre ordinateur. Rien ne quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0; it comes without any warranty. Qt is used under the LGPL 3.0: unmodified, dynamically linked, and it may be replaced in _internal/PySide6. Its source is at download.qt.io.</source>
        <translation>Logiciel libre sous Apache License 2.0, sans aucune garantie. Qt est utilisé sous LGPL 3.0&#xa0;: non modifié, lié dynamiquement, remplaçable dans _internal/PySide6. Son code source est sur download.qt.io.</translation>
    </message>
    <message>
        <source>What is inside …</source>
        <translation>Ce qu’il contient&#xa0;…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Montrer le dossier</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>edition for processors</source>
        <translation>édition pour processeurs</translation>
    </message>
    <message>
        <source>edition with graphics cards</source>
        <translation>édition avec cartes graphiques</translation>
    </message>
    <message>
        <source>run from its sources</source>
        <translation>lancé depuis ses sources</translation>
    </message>
    <message>
        <source>Version {number}, {edition}</source>
        <translation>Version {number}, {edition}</translation>
    </message>
    <message>
        <source>Documents read</source>
        <translation>Documents lus</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Own models</source>
        <translation>Modèles ajoutés</translation>
    </message>
    <message>
        <source>Log, if any</source>
        <translation>Journal éventuel</translation>
    </message>
</context>
<context>
    <name>AddSheet</name>
    <message>
        <source>Add documents</source>
        <translation>Ajouter des documents</translation>
    </message>
    <message>
        <source>Looking at what was dropped …</source>
        <translation>Examen des fichiers déposés…</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Collection</translation>
    </message>
    <message>
        <source>Put them into the collection</source>
        <translation>Ajouter à la collection</translation>
    </message>
    <message>
        <source>They go into vault {number}.</source>
        <translation>Ils vont dans le coffre {number}.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Kept in memory only, until you quit</source>
        <translation>Retenu jusqu’à la fermeture seulement</translation>
    </message>
    <message>
        <source>Some have a password …</source>
        <translation>Certains ont un mot de passe…</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Looking at what was dropped: {count} so far …</source>
        <translation>Examen des fichiers déposés&#xa0;: {count} pour l’instant…</translation>
    </message>
    <message>
        <source>{count}, {size} in all.</source>
        <translation>{count}, {size} en tout.</translation>
    </message>
    <message numerus="yes">
        <source>%n of them attached to mails.</source>
        <translation>
            <numerusform>Dont %n joint à un courriel.</numerusform>
            <numerusform>Dont %n joints à des courriels.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n modèle</numerusform>
            <numerusform>%n modèles</numerusform>
        </translation>
    </message>
    <message>
        <source>{pdfs} and {models}</source>
        <translation>{pdfs} et {models}</translation>
    </message>
    <message>
        <source>Add {count}?</source>
        <translation>Ajouter {count}&#xa0;?</translation>
    </message>
    <message>
        <source>Add {count}</source>
        <translation>Ajouter {count}</translation>
    </message>
    <message>
        <source>Nothing to add</source>
        <translation>Rien à ajouter</translation>
    </message>
    <message>
        <source>There is no PDF in what was dropped. Other papers can be saved as PDF.</source>
        <translation>Aucun PDF parmi les fichiers déposés. Les autres pièces peuvent être enregistrées au format PDF.</translation>
    </message>
    <message>
        <source>It is checked and copied. One that finds or orders places is also prepared, which takes about a minute.</source>
        <translation>Il est vérifié et copié. Celui qui trouve ou ordonne des passages est aussi préparé, ce qui prend environ une minute.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>The documents do not seem to say. Closest places:</source>
        <translation>Les documents ne semblent pas le dire. Passages les plus proches&#xa0;:</translation>
    </message>
    <message>
        <source>In the documents’ own words:</source>
        <translation>Dans les termes mêmes des documents&#xa0;:</translation>
    </message>
    <message>
        <source>not found in the documents</source>
        <translation>introuvable dans les documents</translation>
    </message>
</context>
<context>
    <name>AttentionBar</name>
    <message>
        <source>Enter password</source>
        <translation>Saisir le mot de passe</translation>
    </message>
    <message>
        <source>Read scan</source>
        <translation>Lire le scan</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Relire</translation>
    </message>
    <message>
        <source>Show file</source>
        <translation>Voir le fichier</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>CollectionsModel</name>
    <message>
        <source>All documents</source>
        <translation>Tous les documents</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>À vérifier</translation>
    </message>
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
    <message>
        <source>New conversation</source>
        <translation>Nouvelle conversation</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Interrompu.</translation>
    </message>
    <message>
        <source>The part that answers ended unexpectedly and was started again. Nothing is lost.</source>
        <translation>La partie du programme qui répond s’est arrêtée de façon inattendue et a été relancée. Rien n’est perdu.</translation>
    </message>
    <message numerus="yes">
        <source>%n selected document(s)</source>
        <translation>
            <numerusform>%n document sélectionné</numerusform>
            <numerusform>%n documents sélectionnés</numerusform>
        </translation>
    </message>
    <message>
        <source>Where to ask: {place}</source>
        <translation>Où chercher&#xa0;: {place}</translation>
    </message>
    <message>
        <source>Drop PDFs on this window first</source>
        <translation>Déposez d’abord des PDF ici</translation>
    </message>
    <message>
        <source>Ask about {name}</source>
        <translation>Votre question sur «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>Ask about your documents</source>
        <translation>Votre question sur vos documents</translation>
    </message>
    <message>
        <source>Ask a question. The answer will show where it stands.</source>
        <translation>Posez une question. La réponse montre où cela est écrit.</translation>
    </message>
</context>
<context>
    <name>ConversationTasks</name>
    <message>
        <source>Save the record of this answer</source>
        <translation>Enregistrer le dossier de cette réponse</translation>
    </message>
    <message>
        <source>record</source>
        <translation>dossier</translation>
    </message>
    <message>
        <source>Rename the conversation</source>
        <translation>Renommer la conversation</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n conversation(s)?</source>
        <translation>
            <numerusform>Supprimer %n conversation&#xa0;?</numerusform>
            <numerusform>Supprimer %n conversations&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>Their questions and answers are lost. The documents stay.</source>
        <translation>Leurs questions et réponses seront perdues. Les documents restent.</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n conversation(s)</source>
        <translation>
            <numerusform>Supprimer %n conversation</numerusform>
            <numerusform>Supprimer %n conversations</numerusform>
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
            <numerusform>%n PDF</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) ready.</source>
        <translation>
            <numerusform>%n document prêt.</numerusform>
            <numerusform>%n documents prêts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Searched %n document(s).</source>
        <translation>
            <numerusform>%n document parcouru.</numerusform>
            <numerusform>%n documents parcourus.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> et %n autre</numerusform>
            <numerusform> et %n autres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more like this</source>
        <translation>
            <numerusform>et %n autre semblable</numerusform>
            <numerusform>et %n autres semblables</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>encore %n minute</numerusform>
            <numerusform>encore %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) a minute</source>
        <translation>
            <numerusform>%n page par minute</numerusform>
            <numerusform>%n pages par minute</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) left</source>
        <translation>
            <numerusform>encore %n heure</numerusform>
            <numerusform>encore %n heures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentsModel</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Ajouté le</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
</context>
<context>
    <name>DocumentsView</name>
    <message>
        <source>scan</source>
        <translation>scan</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>Remove …</source>
        <translation>Retirer…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>Afficher dans le gestionnaire de fichiers</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Relire</translation>
    </message>
    <message>
        <source>Move to collection …</source>
        <translation>Déplacer vers une collection…</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Trier par</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>What a drop will do</source>
        <translation>Effet du dépôt</translation>
    </message>
</context>
<context>
    <name>Dropping</name>
    <message>
        <source>Add PDFs</source>
        <translation>Ajouter des PDF</translation>
    </message>
    <message>
        <source>PDF files and mails (*.pdf *.eml)</source>
        <translation>Fichiers PDF et courriels (*.pdf *.eml)</translation>
    </message>
    <message>
        <source>Add all PDFs in {name} to {place}</source>
        <translation>Ajouter tous les PDF de {name} à «&#xa0;{place}&#xa0;»</translation>
    </message>
    <message numerus="yes">
        <source>Add %n model(s)</source>
        <translation>
            <numerusform>Ajouter %n modèle</numerusform>
            <numerusform>Ajouter %n modèles</numerusform>
        </translation>
    </message>
    <message>
        <source>Look for a model in {name}</source>
        <translation>Chercher un modèle dans {name}</translation>
    </message>
    <message numerus="yes">
        <source>Look for a PDF in %n file(s)</source>
        <translation>
            <numerusform>Chercher un PDF dans %n fichier</numerusform>
            <numerusform>Chercher un PDF dans %n fichiers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n modèle</numerusform>
            <numerusform>%n modèles</numerusform>
        </translation>
    </message>
    <message>
        <source>Add {count} to {place}, and {models}</source>
        <translation>Ajouter {count} à {place}, et {models}</translation>
    </message>
    <message>
        <source>Add {count} to {place}</source>
        <translation>Ajouter {count} à «&#xa0;{place}&#xa0;»</translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) and file(s)</source>
        <translation>
            <numerusform>%n dossier ou fichier</numerusform>
            <numerusform>%n dossiers et fichiers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvidenceList</name>
    <message>
        <source>Evidence</source>
        <translation>Passages à l’appui</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this document</source>
        <translation>Rechercher dans ce document</translation>
    </message>
    <message>
        <source>Previous place</source>
        <translation>Occurrence précédente</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>Occurrence suivante</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Fermer la recherche</translation>
    </message>
    <message>
        <source>page {page} of {count}</source>
        <translation>page {page} sur {count}</translation>
    </message>
    <message>
        <source>searching …</source>
        <translation>recherche…</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} sur {count}</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>introuvable</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Watched folders</source>
        <translation>Dossiers suivis</translation>
    </message>
    <message>
        <source>New and changed PDFs in these folders are read while the program runs, and whenever it starts. Nothing is removed when a folder is not there.</source>
        <translation>Les PDF nouveaux et modifiés de ces dossiers sont lus pendant que le programme tourne et à chaque démarrage. Rien n’est retiré quand un dossier n’est pas là.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Collection</translation>
    </message>
    <message>
        <source>Watch a folder …</source>
        <translation>Suivre un dossier…</translation>
    </message>
    <message>
        <source>Watch no longer</source>
        <translation>Ne plus suivre</translation>
    </message>
    <message>
        <source>Read now</source>
        <translation>Lire maintenant</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Choisir un dossier</translation>
    </message>
</context>
<context>
    <name>Following</name>
    <message>
        <source>Its text leaves this computer that way. Keep the library on a disk of this computer: start the program with --library and the name of a folder there.</source>
        <translation>Son texte quitte ainsi cet ordinateur. Gardez la bibliothèque sur un disque de cet ordinateur&#xa0;: lancez le programme avec --library et le nom d’un dossier qui s’y trouve.</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>General</source>
        <translation>Général</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Apparence</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>Taille du texte</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Read scanned pages (slower)</source>
        <translation>Lire les scans (plus lent)</translation>
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
        <translation>À propos&#xa0;…</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>Guide</source>
        <translation>Guide</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Sommaire</translation>
    </message>
    <message>
        <source>Find in the guide</source>
        <translation>Chercher dans le guide</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>About Desktop RAG …</source>
        <translation>À propos&#xa0;…</translation>
    </message>
    <message numerus="yes">
        <source>On %n page(s)</source>
        <translation>
            <numerusform>Sur %n page</numerusform>
            <numerusform>Sur %n pages</numerusform>
        </translation>
    </message>
    <message>
        <source>Not in the guide</source>
        <translation>Absent du guide</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Search questions and answers</source>
        <translation>Rechercher dans l’historique</translation>
    </message>
    <message>
        <source>All collections</source>
        <translation>Toutes les collections</translation>
    </message>
    <message>
        <source>Earlier conversations</source>
        <translation>Conversations précédentes</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>Renommer…</translation>
    </message>
    <message>
        <source>Delete …</source>
        <translation>Supprimer…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Close the history</source>
        <translation>Fermer l’historique</translation>
    </message>
    <message>
        <source>No conversation holds these words.</source>
        <translation>Aucune conversation ne contient ces mots.</translation>
    </message>
    <message>
        <source>Your questions and their answers will be kept here.</source>
        <translation>Vos questions et leurs réponses seront conservées ici.</translation>
    </message>
</context>
<context>
    <name>ImportStrip</name>
    <message>
        <source>Progress of the model</source>
        <translation>Avancement du modèle</translation>
    </message>
    <message>
        <source>Stop; nothing of the model is kept</source>
        <translation>Arrêter&#xa0;; rien du modèle n’est gardé</translation>
    </message>
    <message>
        <source>Adding {name}</source>
        <translation>Ajout de {name}</translation>
    </message>
</context>
<context>
    <name>Importing</name>
    <message>
        <source>Stopping …</source>
        <translation>Arrêt en cours&#xa0;…</translation>
    </message>
    <message>
        <source>Checking and copying …</source>
        <translation>Vérification et copie&#xa0;…</translation>
    </message>
    <message>
        <source>Preparing it for this computer …</source>
        <translation>Préparation pour cet ordinateur&#xa0;…</translation>
    </message>
    <message>
        <source>Comparing it with the original …</source>
        <translation>Comparaison avec l’original&#xa0;…</translation>
    </message>
    <message>
        <source>{name} can be chosen now.</source>
        <translation>{name} peut être choisi maintenant.</translation>
    </message>
    <message>
        <source>It could not be made faster for this computer and will be slow.</source>
        <translation>Il n’a pas pu être accéléré pour cet ordinateur et sera lent.</translation>
    </message>
</context>
<context>
    <name>Inside</name>
    <message>
        <source>What is inside</source>
        <translation>Ce qu’il contient</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Élément</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
    <message>
        <source>This program runs from its sources, so that nobody has listed its parts. An installed one lists them here, with their licences.</source>
        <translation>Ce programme est lancé depuis ses sources, si bien que personne n’a dressé la liste de ses éléments. Un programme installé les montre ici, avec leurs licences.</translation>
    </message>
</context>
<context>
    <name>Jump</name>
    <message>
        <source>Go to a document</source>
        <translation>Aller à un document</translation>
    </message>
    <message>
        <source>A part of its name</source>
        <translation>Une partie de son nom</translation>
    </message>
    <message>
        <source>A part of the document’s name</source>
        <translation>Une partie du nom du document</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
</context>
<context>
    <name>LanguageNotice</name>
    <message>
        <source>Choose a model …</source>
        <translation>Choisir un modèle&#xa0;…</translation>
    </message>
</context>
<context>
    <name>LibraryPanel</name>
    <message>
        <source>Search documents</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Search documents by name</source>
        <translation>Rechercher des documents par leur nom</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Collections</translation>
    </message>
    <message>
        <source>Remove collection …</source>
        <translation>Retirer la collection…</translation>
    </message>
    <message>
        <source>Add PDFs …</source>
        <translation>Ajouter des PDF…</translation>
    </message>
    <message>
        <source>New collection …</source>
        <translation>Nouvelle collection…</translation>
    </message>
    <message>
        <source>The documents of this library cannot be shown.</source>
        <translation>Les documents de cette bibliothèque ne peuvent pas être affichés.</translation>
    </message>
    <message>
        <source>No document is called like that.</source>
        <translation>Aucun document ne porte ce nom.</translation>
    </message>
    <message>
        <source>Everything was read. Nothing needs your attention.</source>
        <translation>Tout a été lu. Il n’y a rien à vérifier.</translation>
    </message>
    <message>
        <source>No documents yet. Drop PDFs anywhere on this window.</source>
        <translation>Aucun document pour l’instant. Déposez des PDF n’importe où dans cette fenêtre.</translation>
    </message>
    <message>
        <source>Nothing here yet. Drop PDFs, or drag documents onto the collection.</source>
        <translation>Rien ici pour l’instant. Déposez des PDF ou faites glisser des documents sur la collection.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Forget for good …</source>
        <translation>Oublier définitivement&#xa0;…</translation>
    </message>
</context>
<context>
    <name>LibraryTasks</name>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> et %n autre</numerusform>
            <numerusform> et %n autres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n document(s) from the library?</source>
        <translation>
            <numerusform>Retirer %n document de la bibliothèque&#xa0;?</numerusform>
            <numerusform>Retirer %n documents de la bibliothèque&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>{names}: their text, and the answers in the history that quote them, are removed. The files themselves stay where they are.</source>
        <translation>{names}&#xa0;: le texte, ainsi que les réponses de l’historique qui le citent, sont retirés. Les fichiers eux-mêmes restent où ils sont.</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n document(s)</source>
        <translation>
            <numerusform>Retirer %n document</numerusform>
            <numerusform>Retirer %n documents</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder {folder} cannot be opened.</source>
        <translation>Impossible d’ouvrir le dossier {folder}.</translation>
    </message>
    <message>
        <source>Password of {name}</source>
        <translation>Mot de passe de {name}</translation>
    </message>
    <message>
        <source>It is kept in memory until you quit, tried on other documents, and never stored.</source>
        <translation>Il est gardé en mémoire jusqu’à la fermeture, essayé sur d’autres documents et jamais enregistré.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message numerus="yes">
        <source>Move %n document(s) to</source>
        <translation>
            <numerusform>Déplacer %n document vers</numerusform>
            <numerusform>Déplacer %n documents vers</numerusform>
        </translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Déplacer</translation>
    </message>
    <message>
        <source>New collection</source>
        <translation>Nouvelle collection</translation>
    </message>
    <message>
        <source>A matter or a patient. “Matters/Smith” stands under “Matters”.</source>
        <translation>Par exemple une affaire ou un patient. «&#xa0;Affaires/Durand&#xa0;» se range sous «&#xa0;Affaires&#xa0;».</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>Créer</translation>
    </message>
    <message>
        <source>Remove the collection “{name}”?</source>
        <translation>Retirer la collection «&#xa0;{name}&#xa0;»&#xa0;?</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) leave the library with it, and the answers that quote them. The files themselves stay where they are.</source>
        <translation>
            <numerusform>Avec elle, %n document quitte la bibliothèque, ainsi que les réponses qui le citent. Le fichier lui-même reste où il est.</numerusform>
            <numerusform>Avec elle, %n documents quittent la bibliothèque, ainsi que les réponses qui les citent. Les fichiers eux-mêmes restent où ils sont.</numerusform>
        </translation>
    </message>
    <message>
        <source>Forget “{name}” for good?</source>
        <translation>Oublier définitivement «&#xa0;{name}&#xa0;»&#xa0;?</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s), the conversations that ask of it or quote it, its watched folders and its name are erased. This cannot be undone. The files themselves stay where they are.</source>
        <translation>
            <numerusform>%n document, les conversations qui l’interrogent ou le citent, ses dossiers surveillés et son nom sont effacés. Cette action est irréversible. Les fichiers eux-mêmes restent à leur place.</numerusform>
            <numerusform>%n documents, les conversations qui les interrogent ou les citent, ses dossiers surveillés et son nom sont effacés. Cette action est irréversible. Les fichiers eux-mêmes restent à leur place.</numerusform>
        </translation>
    </message>
    <message>
        <source>Forget for good</source>
        <translation>Oublier définitivement</translation>
    </message>
    <message numerus="yes">
        <source>Removed %n document(s).</source>
        <translation>
            <numerusform>%n document retiré.</numerusform>
            <numerusform>%n documents retirés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo: read them again</source>
        <translation>Annuler&#xa0;: relire</translation>
    </message>
    <message numerus="yes">
        <source>Going on with %n file(s) that were still to be read.</source>
        <translation>
            <numerusform>Reprise de %n fichier qui restait à lire.</numerusform>
            <numerusform>Reprise de %n fichiers qui restaient à lire.</numerusform>
        </translation>
    </message>
    <message>
        <source>All documents are prepared for the new model.</source>
        <translation>Tous les documents sont préparés pour le nouveau modèle.</translation>
    </message>
    <message>
        <source>Stopped. You can go on searching as before; preparing the documents for the new model goes on when the program starts again.</source>
        <translation>Arrêté. Vous pouvez continuer à chercher comme avant&#xa0;; la préparation des documents pour le nouveau modèle reprendra au prochain démarrage du programme.</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) were in the library already.</source>
        <translation>
            <numerusform>%n document était déjà dans la bibliothèque.</numerusform>
            <numerusform>%n documents étaient déjà dans la bibliothèque.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped. What was read is kept.</source>
        <translation>Interrompu. Ce qui a été lu est conservé.</translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) attention.</source>
        <translation>
            <numerusform>%n à vérifier.</numerusform>
            <numerusform>%n à vérifier.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>Desktop RAG is locked</source>
        <translation>Desktop RAG est verrouillé</translation>
    </message>
    <message>
        <source>Passphrase of the program</source>
        <translation>Phrase secrète du programme</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Phrase secrète</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>This is not the passphrase of the program.</source>
        <translation>Ce n’est pas la phrase secrète du programme.</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>Use</source>
        <translation>Utiliser</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>Utiliser {name}</translation>
    </message>
    <message>
        <source>Try it out</source>
        <translation>Essayer</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Loading … {seconds} s</source>
        <translation>Chargement&#xa0;… {seconds} s</translation>
    </message>
    <message>
        <source>Trying … {seconds} s</source>
        <translation>Essai&#xa0;… {seconds} s</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>What finds, orders and writes. All of it runs on this computer. A language model is a GGUF file; a larger one writes better and more slowly.</source>
        <translation>Ce qui trouve, classe et rédige. Tout fonctionne sur cet ordinateur. Un modèle de langage est un fichier GGUF&#xa0;; un plus grand rédige mieux, mais plus lentement.</translation>
    </message>
    <message>
        <source>Writes answers</source>
        <translation>Rédige les réponses</translation>
    </message>
    <message>
        <source>Puts the best place first</source>
        <translation>Classe les passages</translation>
    </message>
    <message>
        <source>Finds places</source>
        <translation>Trouve les passages</translation>
    </message>
    <message>
        <source>Quote only, write nothing</source>
        <translation>Citer seulement, ne rien rédiger</translation>
    </message>
    <message>
        <source>Answers are then the best places, word for word.</source>
        <translation>Les réponses sont alors les meilleurs passages, mot pour mot.</translation>
    </message>
    <message>
        <source>Add a model from this computer …</source>
        <translation>Ajouter un modèle…</translation>
    </message>
    <message>
        <source>Only packs with the signature that the settings ask for are taken.</source>
        <translation>Seuls les paquets portant la signature demandée par les réglages sont acceptés.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Find places with another model?</source>
        <translation>Trouver les passages avec un autre modèle&#xa0;?</translation>
    </message>
    <message>
        <source>All documents are prepared anew for it. In a large library this takes hours. You can go on searching meanwhile, with the model before.</source>
        <translation>Tous les documents sont préparés à nouveau pour lui. Dans une grande bibliothèque, cela prend des heures. Pendant ce temps, vous pouvez continuer à chercher avec le modèle précédent.</translation>
    </message>
    <message>
        <source>Prepare the documents</source>
        <translation>Préparer les documents</translation>
    </message>
    <message>
        <source>Choose a model file, or the config.json of a model&apos;s folder</source>
        <translation>Choisir un fichier de modèle, ou le config.json d’un dossier de modèle</translation>
    </message>
    <message>
        <source>Models (*.gguf *.zip config.json)</source>
        <translation>Modèles (*.gguf *.zip config.json)</translation>
    </message>
</context>
<context>
    <name>NoticeStrip</name>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
    <message>
        <source>No action</source>
        <translation>Aucune action</translation>
    </message>
</context>
<context>
    <name>OwnCheckPage</name>
    <message>
        <source>Your own check</source>
        <translation>Votre contrôle</translation>
    </message>
    <message>
        <source>Answers that you marked right are questions whose page is known. The check asks them again and counts how often that page comes first: run it after a change of models.</source>
        <translation>Pour chaque réponse que vous avez marquée juste, la page est connue. Le contrôle repose ces questions et compte combien de fois cette page vient en premier&#xa0;: lancez-le après un changement de modèle.</translation>
    </message>
    <message>
        <source>Run the check</source>
        <translation>Lancer le contrôle</translation>
    </message>
    <message>
        <source>Save the questions …</source>
        <translation>Enregistrer les questions…</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>Questions en cours…</translation>
    </message>
    <message>
        <source>Question {done} of {total}</source>
        <translation>Question {done} sur {total}</translation>
    </message>
    <message>
        <source>No answer is marked right yet.</source>
        <translation>Aucune réponse n’est encore marquée juste.</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) with a known page.</source>
        <translation>
            <numerusform>%n question dont la page est connue.</numerusform>
            <numerusform>%n questions dont la page est connue.</numerusform>
        </translation>
    </message>
    <message>
        <source>The page comes first for {share} %.</source>
        <translation>La page vient en premier dans {share}&#xa0;% des cas.</translation>
    </message>
    <message>
        <source>It is among the first five for {share} %.</source>
        <translation>Elle est parmi les cinq premières dans {share}&#xa0;% des cas.</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) marked wrong.</source>
        <translation>
            <numerusform>%n réponse marquée fausse.</numerusform>
            <numerusform>%n réponses marquées fausses.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not found among the first five:</source>
        <translation>Absentes des cinq premiers résultats&#xa0;:</translation>
    </message>
    <message>
        <source>Save the questions</source>
        <translation>Enregistrer les questions</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) saved.</source>
        <translation>
            <numerusform>%n question enregistrée.</numerusform>
            <numerusform>%n questions enregistrées.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PageCanvas</name>
    <message>
        <source>Page</source>
        <translation>Page</translation>
    </message>
    <message>
        <source>This page cannot be drawn.</source>
        <translation>Cette page ne peut pas être affichée.</translation>
    </message>
    <message>
        <source>Drawing …</source>
        <translation>Affichage…</translation>
    </message>
</context>
<context>
    <name>PagePanel</name>
    <message>
        <source>Print, save, page views</source>
        <translation>Imprimer, enregistrer, affichage</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>Rechercher dans ce document</translation>
    </message>
    <message>
        <source>Close the page</source>
        <translation>Fermer la page</translation>
    </message>
    <message>
        <source>Show pages in small</source>
        <translation>Afficher les miniatures</translation>
    </message>
    <message>
        <source>Two pages side by side</source>
        <translation>Deux pages côte à côte</translation>
    </message>
    <message>
        <source>Print …</source>
        <translation>Imprimer…</translation>
    </message>
    <message>
        <source>Save a copy with the highlights …</source>
        <translation>Enregistrer une copie surlignée…</translation>
    </message>
    <message>
        <source>Previous evidence</source>
        <translation>Passage précédent</translation>
    </message>
    <message>
        <source>Next evidence</source>
        <translation>Passage suivant</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Réduire</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Agrandir</translation>
    </message>
    <message>
        <source>Highlighted: {quote}</source>
        <translation>Surligné&#xa0;: {quote}</translation>
    </message>
    <message>
        <source>p. {label} ({page} of {count})</source>
        <translation>p.&#xa0;{label} ({page} sur {count})</translation>
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
        <translation>Page entière</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>Largeur de page</translation>
    </message>
    <message>
        <source>evidence {number} of {count}</source>
        <translation>passage {number} sur {count}</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} sur {count}</translation>
    </message>
    <message>
        <source>No evidence</source>
        <translation>Aucun passage</translation>
    </message>
    <message>
        <source>{name} – highlighted</source>
        <translation>{name} – surligné</translation>
    </message>
</context>
<context>
    <name>PageTasks</name>
    <message>
        <source>This document has a password</source>
        <translation>Ce document a un mot de passe</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Save a copy with the highlights</source>
        <translation>Enregistrer une copie surlignée</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>Fichiers PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Enregistré sous {name}.</translation>
    </message>
    <message>
        <source>Printing page {done} of {total}</source>
        <translation>Impression de la page {done} sur {total}</translation>
    </message>
    <message>
        <source>Printed.</source>
        <translation>Imprimé.</translation>
    </message>
</context>
<context>
    <name>PassphraseSheet</name>
    <message>
        <source>One moment …</source>
        <translation>Un instant…</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>The printer does not answer.</source>
        <translation>L’imprimante ne répond pas.</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Privacy</source>
        <translation>Confidentialité</translation>
    </message>
    <message>
        <source>Nothing leaves this computer. The operating system refuses this program every way to a network, from its first moment on. You need not believe it: let the program try every way out, now.</source>
        <translation>Rien ne quitte cet ordinateur. Le système d’exploitation refuse à ce programme tout accès au réseau, dès le premier instant. Vérifiez-le vous-même&#xa0;: faites essayer au programme toutes les voies de sortie, maintenant.</translation>
    </message>
    <message>
        <source>Try every way out now</source>
        <translation>Tout essayer maintenant</translation>
    </message>
    <message>
        <source>Save a report …</source>
        <translation>Enregistrer un rapport…</translation>
    </message>
    <message>
        <source>Ways out that were tried</source>
        <translation>Voies de sortie essayées</translation>
    </message>
    <message>
        <source>Way out</source>
        <translation>Voie de sortie</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Running parts of the program</source>
        <translation>Parties du programme en cours</translation>
    </message>
    <message>
        <source>Running part</source>
        <translation>Partie en cours</translation>
    </message>
    <message>
        <source>Kept in</source>
        <translation>Retenue</translation>
    </message>
    <message>
        <source>Network connections</source>
        <translation>Connexions au réseau</translation>
    </message>
    <message>
        <source>Trying …</source>
        <translation>Essai en cours…</translation>
    </message>
    <message>
        <source>blocked by the operating system</source>
        <translation>bloquée par le système d’exploitation</translation>
    </message>
    <message>
        <source>blocked by the program itself</source>
        <translation>bloquée par le programme lui-même</translation>
    </message>
    <message>
        <source>could not be tried</source>
        <translation>n’a pas pu être essayé</translation>
    </message>
    <message>
        <source>OPEN</source>
        <translation>OUVERTE</translation>
    </message>
    <message>
        <source>raw socket</source>
        <translation>socket brut</translation>
    </message>
    <message>
        <source>packet socket</source>
        <translation>socket de paquets</translation>
    </message>
    <message>
        <source>child process</source>
        <translation>processus enfant</translation>
    </message>
    <message>
        <source>window’s sockets</source>
        <translation>sockets de la fenêtre</translation>
    </message>
    <message>
        <source>index in a cloud</source>
        <translation>index dans un nuage</translation>
    </message>
    <message>
        <source>model download</source>
        <translation>téléchargement</translation>
    </message>
    <message>
        <source>A way out is OPEN. Do not use privileged files until it is closed.</source>
        <translation>Une voie de sortie est OUVERTE. N’utilisez aucun document couvert par le secret professionnel tant qu’elle n’est pas fermée.</translation>
    </message>
    <message>
        <source>No way out was found open; some could not be tried.</source>
        <translation>Aucune issue n’a été trouvée ouverte&#xa0;; certaines n’ont pas pu être essayées.</translation>
    </message>
    <message>
        <source>Every way out is blocked.</source>
        <translation>Toutes les voies de sortie sont bloquées.</translation>
    </message>
    <message>
        <source>window</source>
        <translation>fenêtre</translation>
    </message>
    <message>
        <source>search and answers</source>
        <translation>recherche et réponses</translation>
    </message>
    <message>
        <source>reader of documents</source>
        <translation>lecteur de documents</translation>
    </message>
    <message>
        <source>helper</source>
        <translation>auxiliaire</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>NO</source>
        <translation>NON</translation>
    </message>
    <message>
        <source>not visible</source>
        <translation>non visible</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>Save the privacy report</source>
        <translation>Enregistrer le rapport de confidentialité</translation>
    </message>
    <message>
        <source>privacy report</source>
        <translation>rapport de confidentialité</translation>
    </message>
    <message>
        <source>The report could not be saved.</source>
        <translation>Le rapport n’a pas pu être enregistré.</translation>
    </message>
</context>
<context>
    <name>ProblemDialog</name>
    <message>
        <source>Your files are untouched, and what was read before is kept.</source>
        <translation>Vos fichiers sont intacts, et ce qui avait été lu est conservé.</translation>
    </message>
    <message>
        <source>Try it once more. If it happens again, copy the details and send them to whoever helps you.</source>
        <translation>Réessayez. Si cela se reproduit, copiez les détails et envoyez-les à la personne qui vous dépanne.</translation>
    </message>
    <message>
        <source>What is safe</source>
        <translation>Ce qui est sauf</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Que faire</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Copier les détails</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
</context>
<context>
    <name>QuestionField</name>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Poser la question</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>{name} ended the part that reads, several times, and is left out.</source>
        <translation>{name} a mis fin plusieurs fois à la partie qui lit et est laissé de côté.</translation>
    </message>
</context>
<context>
    <name>ReadingStrip</name>
    <message>
        <source>Reading progress</source>
        <translation>Progression de la lecture</translation>
    </message>
    <message>
        <source>Pause reading</source>
        <translation>Suspendre la lecture</translation>
    </message>
    <message>
        <source>Stop reading; what was read is kept</source>
        <translation>Arrêter la lecture&#xa0;; ce qui a été lu est conservé</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>You can ask meanwhile.</source>
        <translation>Vous pouvez déjà poser des questions.</translation>
    </message>
    <message>
        <source>Preparing documents for the new model …</source>
        <translation>Préparation des documents pour le nouveau modèle&#xa0;…</translation>
    </message>
    <message>
        <source>Reading {number} of {count}</source>
        <translation>Lecture&#xa0;: {number} sur {count}</translation>
    </message>
    <message>
        <source>page {page} of {count}</source>
        <translation>page {page} sur {count}</translation>
    </message>
    <message>
        <source>Making the search index …</source>
        <translation>Création de l’index de recherche…</translation>
    </message>
    <message>
        <source>The library has become large. This takes minutes.</source>
        <translation>La bibliothèque est devenue grande. Cela prend quelques minutes.</translation>
    </message>
    <message>
        <source>Go on reading</source>
        <translation>Reprendre la lecture</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>What was read can be asked.</source>
        <translation>Vous pouvez interroger ce qui a été lu.</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Arrêt…</translation>
    </message>
</context>
<context>
    <name>RecoveryKeySheet</name>
    <message>
        <source>The recovery key of this vault</source>
        <translation>La clé de secours de ce coffre</translation>
    </message>
    <message>
        <source>It opens the vault if the passphrase is forgotten, and it is shown only now. Print it and lock it away; do not keep it on this computer.</source>
        <translation>Elle ouvre le coffre si la phrase secrète est oubliée, et n’est affichée que maintenant. Imprimez-la et mettez-la sous clé&#xa0;; ne la gardez pas sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Print …</source>
        <translation>Imprimer…</translation>
    </message>
    <message>
        <source>I have it on paper</source>
        <translation>Je l’ai sur papier</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>Desktop RAG cannot start here</source>
        <translation>Desktop RAG ne peut pas démarrer ici</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Que faire</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>RowsTable</name>
    <message>
        <source>Table of places</source>
        <translation>Tableau des endroits</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Kinds of settings</source>
        <translation>Rubriques des réglages</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Set by your administrator</source>
        <translation>Fixé par votre administrateur</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>StoragePage</name>
    <message>
        <source>Storage</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>This is all that the program keeps, and where. It is only on this computer; your own PDFs stay where they are.</source>
        <translation>Voici tout ce que le programme conserve, et où. Rien de cela ne quitte cet ordinateur&#xa0;; vos propres PDF restent où ils sont.</translation>
    </message>
    <message>
        <source>What is stored</source>
        <translation>Ce qui est conservé</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Contenu</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Usage</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Forget everything and quit …</source>
        <translation>Tout oublier et quitter&#xa0;…</translation>
    </message>
    <message>
        <source>Forget everything for good?</source>
        <translation>Tout oublier définitivement&#xa0;?</translation>
    </message>
    <message>
        <source>All documents, conversations, collections and watched folders, the logs and what this window remembers are erased. This cannot be undone. Your PDFs stay where they are; models and settings stay too.</source>
        <translation>Tous les documents, conversations, collections et dossiers surveillés, les journaux et ce dont cette fenêtre se souvient sont effacés. Cette action est irréversible. Vos PDF restent à leur place&#xa0;; les modèles et les réglages restent aussi.</translation>
    </message>
    <message>
        <source>Forget everything</source>
        <translation>Tout oublier</translation>
    </message>
    <message>
        <source>Everything is forgotten</source>
        <translation>Tout est oublié</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>SurveyCounted</name>
    <message numerus="yes">
        <source>Looked through all %n document(s).</source>
        <translation>
            <numerusform>%n document parcouru.</numerusform>
            <numerusform>Les %n documents ont tous été parcourus.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %n document(s)</source>
        <translation>
            <numerusform>sur %n document</numerusform>
            <numerusform>sur %n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n endroit</numerusform>
            <numerusform>%n endroits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n document(s)</source>
        <translation>
            <numerusform>dans %n document</numerusform>
            <numerusform>dans %n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more place(s) are left out of the table.</source>
        <translation>
            <numerusform>%n autre endroit ne figure pas dans le tableau.</numerusform>
            <numerusform>%n autres endroits ne figurent pas dans le tableau.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> et %n autre</numerusform>
            <numerusform> et %n autres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sentences taken from %n document(s), word for word:</source>
        <translation>
            <numerusform>Phrases tirées de %n document, mot pour mot&#xa0;:</numerusform>
            <numerusform>Phrases tirées de %n documents, mot pour mot&#xa0;:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>Pages in small</source>
        <translation>Miniatures des pages</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Questions and answers</source>
        <translation>Questions et réponses</translation>
    </message>
    <message>
        <source>Show earlier questions</source>
        <translation>Afficher les questions précédentes</translation>
    </message>
</context>
<context>
    <name>TurnView</name>
    <message>
        <source>Press Enter to ask in these words.</source>
        <translation>Appuyez sur Entrée pour poser la question en ces termes.</translation>
    </message>
    <message>
        <source>Searched for; change it and press Enter</source>
        <translation>Recherche effectuée&#xa0;; modifiez-la et appuyez sur Entrée</translation>
    </message>
    <message>
        <source>Searched for</source>
        <translation>Recherche effectuée</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Reposer la question</translation>
    </message>
    <message>
        <source>Answer from the best passages instead</source>
        <translation>Répondre plutôt à partir des meilleurs passages</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>Recherche…</translation>
    </message>
    <message>
        <source>Writing …</source>
        <translation>Rédaction…</translation>
    </message>
    <message>
        <source>This answer is right</source>
        <translation>Cette réponse est juste</translation>
    </message>
    <message>
        <source>This answer is wrong</source>
        <translation>Cette réponse est fausse</translation>
    </message>
    <message>
        <source>Copy with citations</source>
        <translation>Copier avec les références</translation>
    </message>
    <message>
        <source>Save the record …</source>
        <translation>Enregistrer le dossier&#xa0;…</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Répondre de nouveau</translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation>Modifier la question</translation>
    </message>
    <message>
        <source>Marked right: part of your own check</source>
        <translation>Marquée juste&#xa0;: fait partie de votre contrôle</translation>
    </message>
    <message>
        <source>Marked right</source>
        <translation>Marquée juste</translation>
    </message>
    <message>
        <source>Marked wrong</source>
        <translation>Marquée fausse</translation>
    </message>
</context>
<context>
    <name>VanishedFiles</name>
    <message numerus="yes">
        <source>%n document(s) leave the library: the files are gone from {folder}.</source>
        <translation>
            <numerusform>%n document quitte la bibliothèque&#xa0;: le fichier n’est plus dans {folder}.</numerusform>
            <numerusform>%n documents quittent la bibliothèque&#xa0;: les fichiers ne sont plus dans {folder}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Remove or keep …</source>
        <translation>Retirer ou garder…</translation>
    </message>
    <message>
        <source>Their text is still searched, but their pages cannot be shown. If they are removed, the answers that quote them go too. If you keep them, this is not asked again.</source>
        <translation>Leur texte reste interrogé, mais leurs pages ne peuvent pas être affichées. S’ils sont retirés, les réponses qui les citent le sont aussi. Si vous les gardez, la question ne sera plus posée.</translation>
    </message>
    <message>
        <source>Remove them from the library</source>
        <translation>Les retirer de la bibliothèque</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Les garder</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are gone from {folder}.</source>
        <translation>
            <numerusform>%n fichier n’est plus dans {folder}.</numerusform>
            <numerusform>%n fichiers ne sont plus dans {folder}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VaultTasks</name>
    <message>
        <source>New vault</source>
        <translation>Nouveau coffre</translation>
    </message>
    <message>
        <source>What is put into a vault lies encrypted on the disk: text, search index, conversations and names. Without the passphrase or the recovery key nobody can open it, and nobody can help. Your PDFs themselves stay as they are.</source>
        <translation>Ce qui est dans un coffre est chiffré sur le disque&#xa0;: texte, index de recherche, conversations et noms. Sans la phrase secrète ou la clé de secours, personne ne peut l’ouvrir ni vous aider. Vos PDF eux-mêmes restent tels quels.</translation>
    </message>
    <message>
        <source>Passphrase (four random words are good)</source>
        <translation>Phrase secrète (quatre mots au hasard conviennent)</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>La même encore une fois</translation>
    </message>
    <message>
        <source>Make the vault</source>
        <translation>Créer le coffre</translation>
    </message>
    <message>
        <source>Open a vault</source>
        <translation>Ouvrir un coffre</translation>
    </message>
    <message>
        <source>A locked vault has no name: the passphrase tells which one is meant.</source>
        <translation>Un coffre fermé n’a pas de nom&#xa0;: la phrase secrète dit lequel est visé.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Phrase secrète</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>Changer la phrase secrète</translation>
    </message>
    <message>
        <source>The recovery key stays as it is.</source>
        <translation>La clé de secours reste la même.</translation>
    </message>
    <message>
        <source>Passphrase until now</source>
        <translation>Phrase secrète actuelle</translation>
    </message>
    <message>
        <source>Forgotten passphrase</source>
        <translation>Phrase secrète oubliée</translation>
    </message>
    <message>
        <source>The recovery key was shown when the vault was made: ten groups of letters.</source>
        <translation>La clé de secours a été affichée à la création du coffre&#xa0;: dix groupes de lettres.</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>Clé de secours</translation>
    </message>
    <message>
        <source>New recovery key</source>
        <translation>Nouvelle clé de secours</translation>
    </message>
    <message>
        <source>The recovery key that you have does not open the vault any more after this.</source>
        <translation>La clé de secours que vous avez n’ouvrira plus le coffre ensuite.</translation>
    </message>
    <message>
        <source>Make a new one</source>
        <translation>En créer une nouvelle</translation>
    </message>
    <message>
        <source>Delete vault {number}?</source>
        <translation>Supprimer le coffre {number}&#xa0;?</translation>
    </message>
    <message>
        <source>The text, the search index and the conversations in it are lost for good. Your PDFs stay where they are.</source>
        <translation>Le texte, l’index de recherche et les conversations qu’il contient sont perdus pour de bon. Vos PDF restent où ils sont.</translation>
    </message>
    <message>
        <source>Delete the vault</source>
        <translation>Supprimer le coffre</translation>
    </message>
    <message>
        <source>It was interrupted. Look whether it was done before you try again.</source>
        <translation>Cela a été interrompu. Vérifiez si c’est fait avant de réessayer.</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>Nouvelle phrase secrète</translation>
    </message>
    <message>
        <source>The new one once more</source>
        <translation>La nouvelle encore une fois</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Changer</translation>
    </message>
    <message>
        <source>The two passphrases are not the same.</source>
        <translation>Les deux phrases secrètes ne sont pas identiques.</translation>
    </message>
    <message>
        <source>Take it as it is</source>
        <translation>Le prendre tel quel</translation>
    </message>
    <message>
        <source>Repair it</source>
        <translation>Le réparer</translation>
    </message>
    <message>
        <source>If you restored a backup yourself, take it as it is. If not, somebody else may have put an old copy in its place.</source>
        <translation>Si vous avez vous-même restauré une sauvegarde, prenez-le tel quel. Sinon, quelqu’un d’autre a peut-être mis une ancienne copie à sa place.</translation>
    </message>
    <message>
        <source>Restore the folder of the vault from a backup. Repairing drops what cannot be trusted; those documents are then read again from their files.</source>
        <translation>Restaurez le dossier du coffre depuis une sauvegarde. Réparer écarte ce qui n’est pas fiable&#xa0;; ces documents sont alors relus depuis leurs fichiers.</translation>
    </message>
</context>
<context>
    <name>VaultsPage</name>
    <message>
        <source>Vaults</source>
        <translation>Coffres</translation>
    </message>
    <message>
        <source>A vault is a library of its own that lies encrypted on the disk. It is open in memory alone, and is locked when you leave, when the computer sleeps, and when you quit.</source>
        <translation>Un coffre est une bibliothèque à part, chiffrée sur le disque. Il n’est ouvert qu’en mémoire, et se ferme quand vous partez, quand l’ordinateur se met en veille et quand vous quittez.</translation>
    </message>
    <message>
        <source>Vaults and lock</source>
        <translation>Coffres et verrou</translation>
    </message>
    <message>
        <source>Vault</source>
        <translation>Coffre</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>New vault …</source>
        <translation>Nouveau coffre…</translation>
    </message>
    <message>
        <source>Open …</source>
        <translation>Ouvrir…</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>Fermer maintenant</translation>
    </message>
    <message>
        <source>Change the passphrase …</source>
        <translation>Changer la phrase secrète…</translation>
    </message>
    <message>
        <source>Forgotten …</source>
        <translation>Oubliée…</translation>
    </message>
    <message>
        <source>New recovery key …</source>
        <translation>Nouvelle clé de secours…</translation>
    </message>
    <message>
        <source>Delete …</source>
        <translation>Supprimer…</translation>
    </message>
    <message>
        <source>Lock when unused for</source>
        <translation>Fermer après une inactivité de</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>The program itself</source>
        <translation>Le programme lui-même</translation>
    </message>
    <message>
        <source>A passphrase can be asked for before anything is shown. It keeps people out of the window, not out of the files: for that there are vaults.</source>
        <translation>Une phrase secrète peut être demandée avant que quoi que ce soit s’affiche. Elle protège la fenêtre, pas les fichiers&#xa0;: pour cela, il y a les coffres.</translation>
    </message>
    <message>
        <source>Ask for a passphrase …</source>
        <translation>Demander une phrase secrète…</translation>
    </message>
    <message>
        <source>Ask no more</source>
        <translation>Ne plus demander</translation>
    </message>
    <message>
        <source>Lock the program</source>
        <translation>Verrouiller le programme</translation>
    </message>
    <message>
        <source>The two passphrases are not the same.</source>
        <translation>Les deux phrases secrètes ne sont pas identiques.</translation>
    </message>
    <message>
        <source>This is not the passphrase of the program.</source>
        <translation>Ce n’est pas la phrase secrète du programme.</translation>
    </message>
    <message>
        <source>Passphrase until now</source>
        <translation>Phrase secrète actuelle</translation>
    </message>
    <message>
        <source>Ask for a passphrase</source>
        <translation>Demander une phrase secrète</translation>
    </message>
    <message>
        <source>If it is forgotten, delete the file “app-lock” in the program’s data folder.</source>
        <translation>Si elle est oubliée, supprimez le fichier «&#xa0;app-lock&#xa0;» dans le dossier de données du programme.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Phrase secrète</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>La même encore une fois</translation>
    </message>
    <message>
        <source>Ask for it from now on</source>
        <translation>La demander désormais</translation>
    </message>
    <message>
        <source>Ask for no passphrase any more</source>
        <translation>Ne plus demander de phrase secrète</translation>
    </message>
    <message>
        <source>It cannot be kept: {reason}.</source>
        <translation>Elle ne peut pas être enregistrée&#xa0;: {reason}.</translation>
    </message>
    <message>
        <source>open</source>
        <translation>ouvert</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>fermé</translation>
    </message>
    <message>
        <source>Vault {number}</source>
        <translation>Coffre {number}</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>First steps</source>
        <translation>Premiers pas</translation>
    </message>
    <message>
        <source>Drop PDFs here. They stay on this computer.</source>
        <translation>Déposez des PDF ici. Ils restent sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Ask in your own words, and read an answer whose every sentence points at a place on a page.</source>
        <translation>Posez votre question avec vos mots. Chaque phrase de la réponse renvoie à un passage précis.</translation>
    </message>
    <message>
        <source>Open the sample documents</source>
        <translation>Ouvrir les documents d’exemple</translation>
    </message>
    <message>
        <source>How is that guaranteed?</source>
        <translation>Comment est-ce garanti&#xa0;?</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Quit while documents are being read?</source>
        <translation>Quitter pendant la lecture des documents&#xa0;?</translation>
    </message>
    <message>
        <source>What was read is kept. The rest is read when the program starts again.</source>
        <translation>Ce qui a été lu est conservé. Le reste sera lu au prochain démarrage du programme.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Show the library</source>
        <translation>Afficher la bibliothèque</translation>
    </message>
    <message>
        <source>Offline: see how it is guaranteed</source>
        <translation>Hors ligne&#xa0;: voir comment c’est garanti</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Hors ligne</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>Lock vault {number}</source>
        <translation>Fermer le coffre {number}</translation>
    </message>
    <message>
        <source>Vaults</source>
        <translation>Coffres</translation>
    </message>
    <message>
        <source>Add PDFs</source>
        <translation>Ajouter des PDF</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Poser la question</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Nouvelle conversation</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>Rechercher dans ce document</translation>
    </message>
    <message>
        <source>Go to a document</source>
        <translation>Aller à un document</translation>
    </message>
    <message>
        <source>Print the document</source>
        <translation>Imprimer le document</translation>
    </message>
    <message>
        <source>Show or hide the library</source>
        <translation>Afficher ou masquer la bibliothèque</translation>
    </message>
    <message>
        <source>Next column</source>
        <translation>Colonne suivante</translation>
    </message>
    <message>
        <source>Larger page</source>
        <translation>Agrandir la page</translation>
    </message>
    <message>
        <source>Smaller page</source>
        <translation>Réduire la page</translation>
    </message>
    <message>
        <source>Stop, or close</source>
        <translation>Arrêter ou fermer</translation>
    </message>
    <message>
        <source>Open or lock a vault</source>
        <translation>Ouvrir ou fermer un coffre</translation>
    </message>
    <message>
        <source>Show evidence 1 to 9</source>
        <translation>Afficher le passage 1 à 9</translation>
    </message>
    <message>
        <source>Use it now</source>
        <translation>L’utiliser maintenant</translation>
    </message>
    <message>
        <source>The part that reads and answers ended unexpectedly and was started again. Nothing that was read is lost.</source>
        <translation>La partie du programme qui lit et répond s’est arrêtée de façon inattendue et a été relancée. Rien de ce qui a été lu n’est perdu.</translation>
    </message>
    <message>
        <source>The part that reads and answers does not start.</source>
        <translation>La partie du programme qui lit et répond ne démarre pas.</translation>
    </message>
    <message>
        <source>Quit the program and start it again.</source>
        <translation>Quittez le programme et relancez-le.</translation>
    </message>
</context>
<context>
    <name>_ThumbnailModel</name>
    <message>
        <source>Page {label}</source>
        <translation>Page {label}</translation>
    </message>
</context>
<context>
    <name>copying</name>
    <message>
        <source>By words only, until the documents are prepared for the new model.</source>
        <translation>Par mots seulement, jusqu’à ce que les documents soient préparés pour le nouveau modèle.</translation>
    </message>
    <message>
        <source>Not, or not wholly, read: {names}.</source>
        <translation>Non lus, ou pas entièrement&#xa0;: {names}.</translation>
    </message>
    <message>
        <source>The documents do not seem to say.</source>
        <translation>Les documents ne semblent pas le dire.</translation>
    </message>
    <message>
        <source>In the documents’ own words:</source>
        <translation>Dans les termes mêmes des documents&#xa0;:</translation>
    </message>
    <message>
        <source>[not found in the documents]</source>
        <translation>[introuvable dans les documents]</translation>
    </message>
</context>
<context>
    <name>lacks</name>
    <message>
        <source>The model {name} is not there, or not all of it.</source>
        <translation>Le modèle {name} manque, en tout ou en partie.</translation>
    </message>
    <message>
        <source>The model {name} is damaged, or was altered.</source>
        <translation>Le modèle {name} est endommagé ou a été modifié.</translation>
    </message>
    <message>
        <source>Until it is there again, answers are quotations from the documents.</source>
        <translation>D’ici là, les réponses sont des citations des documents.</translation>
    </message>
    <message>
        <source>Without it nothing can be read or searched.</source>
        <translation>Sans lui, rien ne peut être lu ni recherché.</translation>
    </message>
    <message>
        <source>Import it again in the settings, or choose another one there.</source>
        <translation>Importez-le de nouveau dans les réglages, ou choisissez-en un autre.</translation>
    </message>
    <message>
        <source>It comes with the program: install the program anew.</source>
        <translation>Il fait partie du programme&#xa0;: réinstallez le programme.</translation>
    </message>
    <message>
        <source>The processor of this computer is too old: Desktop RAG needs {needed}, and it lacks {had}.</source>
        <translation>Le processeur de cet ordinateur est trop ancien&#xa0;: Desktop RAG a besoin de {needed}, et il lui manque {had}.</translation>
    </message>
    <message>
        <source>Use a newer computer: most processors sold since 2015 will do. In a virtual machine, let it see the processor as it is.</source>
        <translation>Utilisez un ordinateur plus récent&#xa0;: la plupart des processeurs vendus depuis 2015 conviennent. Dans une machine virtuelle, laissez voir le processeur tel qu’il est.</translation>
    </message>
    <message>
        <source>Desktop RAG needs a 64-bit system; this one has {had} bits.</source>
        <translation>Desktop RAG a besoin d’un système 64 bits&#xa0;; celui-ci en a {had}.</translation>
    </message>
    <message>
        <source>Install the 64-bit edition of your system.</source>
        <translation>Installez l’édition 64 bits de votre système.</translation>
    </message>
    <message>
        <source>This system is too old: its C library is {had}, and Desktop RAG needs {needed}.</source>
        <translation>Ce système est trop ancien&#xa0;: sa bibliothèque C est {had}, et Desktop RAG a besoin de {needed}.</translation>
    </message>
    <message>
        <source>Use Debian 12, Ubuntu 22.04 or another system from 2022 on.</source>
        <translation>Utilisez Debian 12, Ubuntu 22.04 ou un autre système à partir de 2022.</translation>
    </message>
    <message>
        <source>This computer has too little memory: {had}, and Desktop RAG needs {needed}.</source>
        <translation>Cet ordinateur a trop peu de mémoire&#xa0;: {had}, et Desktop RAG a besoin de {needed}.</translation>
    </message>
    <message>
        <source>Use a computer with at least 4 GB, or let the program have more of it.</source>
        <translation>Utilisez un ordinateur avec au moins 4 Go, ou laissez-en davantage au programme.</translation>
    </message>
    <message>
        <source>The program may use {had} of address space at most, and needs {needed}.</source>
        <translation>Le programme peut utiliser au plus {had} d’espace d’adressage, et il lui faut {needed}.</translation>
    </message>
    <message>
        <source>Raise the limit with “ulimit -v unlimited”, or ask whoever set it.</source>
        <translation>Levez la limite avec «&#xa0;ulimit -v unlimited&#xa0;», ou demandez à qui l’a fixée.</translation>
    </message>
    <message>
        <source>The library cannot be kept in {had}: {needed}.</source>
        <translation>La bibliothèque ne peut pas être gardée dans {had}&#xa0;: {needed}.</translation>
    </message>
    <message>
        <source>See to the rights of this folder, or start the program with --library and the name of a folder that you may write to.</source>
        <translation>Vérifiez les droits de ce dossier, ou lancez le programme avec --library et le nom d’un dossier où vous pouvez écrire.</translation>
    </message>
    <message>
        <source>The disk of {had} is full.</source>
        <translation>Le disque de {had} est plein.</translation>
    </message>
    <message>
        <source>Make room on it, at least {needed}, and start the program again.</source>
        <translation>Libérez-y de la place, au moins {needed}, et relancez le programme.</translation>
    </message>
    <message>
        <source>There is no home folder to keep the library in: {had}: {needed}.</source>
        <translation>Il n’y a pas de dossier personnel pour la bibliothèque&#xa0;: {had}&#xa0;: {needed}.</translation>
    </message>
    <message>
        <source>Sign in as a user with a home folder of their own, or start the program with --library and the name of a folder that you may write to.</source>
        <translation>Connectez-vous avec un compte qui a son dossier personnel, ou lancez le programme avec --library et le nom d’un dossier où vous pouvez écrire.</translation>
    </message>
    <message>
        <source>Little memory is free: {had}. Reading and answering may be slow or fail; {needed} are good to have.</source>
        <translation>Peu de mémoire est libre&#xa0;: {had}. La lecture et les réponses peuvent être lentes ou échouer&#xa0;; {needed} seraient bien.</translation>
    </message>
    <message>
        <source>Close other programs.</source>
        <translation>Fermez d’autres programmes.</translation>
    </message>
    <message>
        <source>The disk of {had} is nearly full: reading documents may fail.</source>
        <translation>Le disque de {had} est presque plein&#xa0;: la lecture de documents peut échouer.</translation>
    </message>
    <message>
        <source>Make room on it: {needed} are good to have.</source>
        <translation>Libérez-y de la place&#xa0;: {needed} seraient bien.</translation>
    </message>
    <message>
        <source>Settings cannot be kept in {had}: {needed}.</source>
        <translation>Les réglages ne peuvent pas être gardés dans {had}&#xa0;: {needed}.</translation>
    </message>
    <message>
        <source>See to the rights of this folder; what you change now is forgotten when you quit.</source>
        <translation>Vérifiez les droits de ce dossier&#xa0;; ce que vous changez maintenant est oublié quand vous quittez.</translation>
    </message>
</context>
<context>
    <name>language_words</name>
    <message>
        <source>Arabic</source>
        <translation>arabe</translation>
    </message>
    <message>
        <source>Bulgarian</source>
        <translation>bulgare</translation>
    </message>
    <message>
        <source>Catalan</source>
        <translation>catalan</translation>
    </message>
    <message>
        <source>Czech</source>
        <translation>tchèque</translation>
    </message>
    <message>
        <source>Danish</source>
        <translation>danois</translation>
    </message>
    <message>
        <source>German</source>
        <translation>allemand</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>grec</translation>
    </message>
    <message>
        <source>English</source>
        <translation>anglais</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>espagnol</translation>
    </message>
    <message>
        <source>Persian</source>
        <translation>persan</translation>
    </message>
    <message>
        <source>Finnish</source>
        <translation>finnois</translation>
    </message>
    <message>
        <source>French</source>
        <translation>français</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>hébreu</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>hindi</translation>
    </message>
    <message>
        <source>Hungarian</source>
        <translation>hongrois</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>indonésien</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>italien</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>japonais</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>coréen</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>néerlandais</translation>
    </message>
    <message>
        <source>Norwegian</source>
        <translation>norvégien</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>polonais</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>portugais</translation>
    </message>
    <message>
        <source>Romanian</source>
        <translation>roumain</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>russe</translation>
    </message>
    <message>
        <source>Slovak</source>
        <translation>slovaque</translation>
    </message>
    <message>
        <source>Swedish</source>
        <translation>suédois</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>thaï</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>turc</translation>
    </message>
    <message>
        <source>Ukrainian</source>
        <translation>ukrainien</translation>
    </message>
    <message>
        <source>Urdu</source>
        <translation>ourdou</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>vietnamien</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>chinois</translation>
    </message>
    <message>
        <source>There are documents in {languages}, which the model that finds places does not know: there it goes by words more than by meaning.</source>
        <translation>Des documents sont en {languages}, que le modèle qui trouve les passages ne connaît pas&#xa0;: il y cherche par les mots plus que par le sens.</translation>
    </message>
    <message>
        <source>{model} knows {languages}: Settings, Models, “Finds places”.</source>
        <translation>{model} connaît {languages}&#xa0;: Réglages, Modèles, «&#xa0;Trouve les passages&#xa0;».</translation>
    </message>
    <message>
        <source>{model} knows {languages}; the guide says how to bring it in.</source>
        <translation>{model} connaît {languages}&#xa0;; le guide dit comment l’ajouter.</translation>
    </message>
</context>
<context>
    <name>languages</name>
    <message>
        <source>Arabic</source>
        <translation>arabe</translation>
    </message>
    <message>
        <source>Bulgarian</source>
        <translation>bulgare</translation>
    </message>
    <message>
        <source>Catalan</source>
        <translation>catalan</translation>
    </message>
    <message>
        <source>Czech</source>
        <translation>tchèque</translation>
    </message>
    <message>
        <source>Danish</source>
        <translation>danois</translation>
    </message>
    <message>
        <source>German</source>
        <translation>allemand</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>grec</translation>
    </message>
    <message>
        <source>English</source>
        <translation>anglais</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>espagnol</translation>
    </message>
    <message>
        <source>Estonian</source>
        <translation>estonien</translation>
    </message>
    <message>
        <source>Persian</source>
        <translation>persan</translation>
    </message>
    <message>
        <source>Finnish</source>
        <translation>finnois</translation>
    </message>
    <message>
        <source>French</source>
        <translation>français</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>hébreu</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>hindi</translation>
    </message>
    <message>
        <source>Croatian</source>
        <translation>croate</translation>
    </message>
    <message>
        <source>Hungarian</source>
        <translation>hongrois</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>indonésien</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>italien</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>japonais</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>coréen</translation>
    </message>
    <message>
        <source>Lithuanian</source>
        <translation>lituanien</translation>
    </message>
    <message>
        <source>Latvian</source>
        <translation>letton</translation>
    </message>
    <message>
        <source>Norwegian</source>
        <translation>norvégien</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>néerlandais</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>polonais</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>portugais</translation>
    </message>
    <message>
        <source>Romanian</source>
        <translation>roumain</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>russe</translation>
    </message>
    <message>
        <source>Slovak</source>
        <translation>slovaque</translation>
    </message>
    <message>
        <source>Slovenian</source>
        <translation>slovène</translation>
    </message>
    <message>
        <source>Swedish</source>
        <translation>suédois</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>thaï</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>turc</translation>
    </message>
    <message>
        <source>Ukrainian</source>
        <translation>ukrainien</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>vietnamien</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>chinois</translation>
    </message>
</context>
<context>
    <name>storage</name>
    <message>
        <source>Erased, but a search for words of it ({words} sought in {files} files) still found {found}. Tell whoever helps you.</source>
        <translation>Effacé, mais une recherche de mots qui s’y trouvaient ({words} cherchés dans {files} fichiers) en a encore trouvé {found}. Adressez-vous à la personne qui vous aide.</translation>
    </message>
    <message>
        <source>Forgotten. {words} words of it were sought in the {files} files that are left: {found} found.</source>
        <translation>Oublié. {words} mots qui s’y trouvaient ont été cherchés dans les {files} fichiers restants&#xa0;: {found} trouvés.</translation>
    </message>
</context>
<context>
    <name>survey</name>
    <message>
        <source>Looking through {done} of {total} passages …</source>
        <translation>{done} passages parcourus sur {total}&#xa0;…</translation>
    </message>
    <message>
        <source>Looking through {done} of {total} documents …</source>
        <translation>{done} documents parcourus sur {total}&#xa0;…</translation>
    </message>
    <message>
        <source>{read} of {passages} passages were read word by word.</source>
        <translation>{read} passages sur {passages} ont été lus mot à mot.</translation>
    </message>
    <message>
        <source>Nothing was found that matches.</source>
        <translation>Rien de correspondant n’a été trouvé.</translation>
    </message>
    <message>
        <source>A matching place is in at least {n} {documents}.</source>
        <translation>Un endroit correspondant figure dans au moins {n} {documents}.</translation>
    </message>
    <message>
        <source>A matching place is in {n} {documents}.</source>
        <translation>Un endroit correspondant figure dans {n} {documents}.</translation>
    </message>
    <message>
        <source>Found: at least {places} {documents}.</source>
        <translation>Trouvé&#xa0;: au moins {places} {documents}.</translation>
    </message>
    <message>
        <source>Nothing was found in: {names}.</source>
        <translation>Rien n’a été trouvé dans&#xa0;: {names}.</translation>
    </message>
    <message>
        <source>Closest places:</source>
        <translation>Endroits les plus proches&#xa0;:</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>Ready</source>
        <translation>Prêt</translation>
    </message>
    <message>
        <source>Partly readable</source>
        <translation>Lisible en partie</translation>
    </message>
    <message>
        <source>Needs a password</source>
        <translation>Mot de passe requis</translation>
    </message>
    <message>
        <source>No text found</source>
        <translation>Aucun texte trouvé</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Illisible</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Inchangé</translation>
    </message>
    <message>
        <source>Same as another file</source>
        <translation>Identique à un autre fichier</translation>
    </message>
    <message>
        <source>Offline: drive not there</source>
        <translation>Hors ligne&#xa0;: disque absent</translation>
    </message>
    <message>
        <source>File is gone</source>
        <translation>Fichier disparu</translation>
    </message>
    <message>
        <source>Its text is still searched. Connect the drive to see its pages.</source>
        <translation>Son texte reste interrogé. Branchez le disque pour voir ses pages.</translation>
    </message>
    <message>
        <source>Its text is still searched. Put the file back to see its pages, or remove the document from the library.</source>
        <translation>Son texte reste interrogé. Remettez le fichier en place pour voir ses pages, ou retirez le document de la bibliothèque.</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>encore moins d’une minute</translation>
    </message>
    <message>
        <source>strong match</source>
        <translation>pertinent</translation>
    </message>
    <message>
        <source>possible match</source>
        <translation>peut-être pertinent</translation>
    </message>
    <message>
        <source>weak match</source>
        <translation>peu pertinent</translation>
    </message>
    <message>
        <source>{label} (page {page} in the file)</source>
        <translation>{label} (page {page} du fichier)</translation>
    </message>
    <message>
        <source>p. {pages}</source>
        <translation>p.&#xa0;{pages}</translation>
    </message>
    <message>
        <source>{pages}, read from a scan</source>
        <translation>{pages}, lu sur un scan</translation>
    </message>
    <message>
        <source>Not visible on the page</source>
        <translation>Non visible sur la page</translation>
    </message>
    <message>
        <source>The same stands in:</source>
        <translation>Le même texte se trouve dans&#xa0;:</translation>
    </message>
    <message>
        <source>No language model is installed that could write an answer.</source>
        <translation>Aucun modèle de langage n’est installé pour rédiger une réponse.</translation>
    </message>
    <message>
        <source>The language model could not be loaded.</source>
        <translation>Le modèle de langage n’a pas pu être chargé.</translation>
    </message>
    <message>
        <source>The language model failed while it wrote. It is loaded anew when you ask.</source>
        <translation>Le modèle de langage a échoué pendant la rédaction. Il sera rechargé à la prochaine question.</translation>
    </message>
    <message>
        <source>The free memory does not suffice for the language model.</source>
        <translation>La mémoire libre ne suffit pas pour le modèle de langage.</translation>
    </message>
    <message>
        <source>“{text}”</source>
        <translation>«&#xa0;{text}&#xa0;»</translation>
    </message>
    <message>
        <source>All documents</source>
        <translation>Tous les documents</translation>
    </message>
    <message>
        <source>The library’s folder is kept in step with other computers by {name}.</source>
        <translation>Le dossier de la bibliothèque est synchronisé avec d’autres ordinateurs par {name}.</translation>
    </message>
    <message>
        <source>The library’s folder lies on another computer.</source>
        <translation>Le dossier de la bibliothèque se trouve sur un autre ordinateur.</translation>
    </message>
    <message>
        <source>The library’s folder belongs to a profile that Windows copies to a server.</source>
        <translation>Le dossier de la bibliothèque appartient à un profil que Windows copie sur un serveur.</translation>
    </message>
    <message>
        <source>many languages</source>
        <translation>nombreuses langues</translation>
    </message>
    <message>
        <source>checking …</source>
        <translation>vérification en cours&#xa0;…</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>intact</translation>
    </message>
    <message>
        <source>altered: it is not used</source>
        <translation>modifié&#xa0;: il n’est pas utilisé</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>absent</translation>
    </message>
    <message>
        <source>runs on the processor</source>
        <translation>tourne sur le processeur</translation>
    </message>
    <message>
        <source>runs on the graphics card</source>
        <translation>tourne sur la carte graphique</translation>
    </message>
    <message>
        <source>no graphics card was found</source>
        <translation>aucune carte graphique trouvée</translation>
    </message>
    <message>
        <source>as the settings want it</source>
        <translation>selon les réglages</translation>
    </message>
    <message>
        <source>this edition uses no graphics card</source>
        <translation>cette édition n’utilise pas de carte graphique</translation>
    </message>
    <message>
        <source>what a graphics card needs of it is not here</source>
        <translation>ce qu’il faut à une carte graphique n’est pas là</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>utilisé</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>Modèle de langue</translation>
    </message>
    <message>
        <source>Model that orders places</source>
        <translation>Modèle qui ordonne les passages</translation>
    </message>
    <message>
        <source>Model that finds places</source>
        <translation>Modèle qui trouve les passages</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>An answer of 100 words takes about {seconds} s on this computer.</source>
        <translation>Une réponse de 100 mots prend environ {seconds} s sur cet ordinateur.</translation>
    </message>
    <message>
        <source>50 places are ordered in about {seconds} s.</source>
        <translation>50 passages sont mis en ordre en {seconds} s environ.</translation>
    </message>
    <message>
        <source>50 places are prepared in about {seconds} s.</source>
        <translation>50 passages sont préparés en {seconds} s environ.</translation>
    </message>
    <message>
        <source>{size} of memory</source>
        <translation>{size} de mémoire</translation>
    </message>
    <message>
        <source>on the processor</source>
        <translation>sur le processeur</translation>
    </message>
    <message>
        <source>on the graphics card</source>
        <translation>sur la carte graphique</translation>
    </message>
    <message>
        <source>Needs about {needed} of memory, {free} are free: it does not fit.</source>
        <translation>Demande environ {needed} de mémoire, {free} sont libres&#xa0;: il ne tient pas.</translation>
    </message>
    <message>
        <source>licence: as its maker says</source>
        <translation>licence&#xa0;: selon son auteur</translation>
    </message>
</context>
</TS>
