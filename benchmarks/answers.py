"""What the answers are worth, beside the plain way: five passages in one prompt and no check.

    python benchmarks/answers.py --sets FOLDER [--questions N] [--libraries FOLDER]

FOLDER holds one folder a set, with its PDFs and `questions.jsonl` that names the gold answers.
Printed for each set, with the bundled model:

- evidence: of the answerable questions one of whose pages is among the passages that the answer
  was made from, the share whose shown evidence (its sentences, and the quotes of its citations)
  holds the gold answer; for the plain way, whose whole passages are all that it shows. Beside it
  how many words there are to read.
- text: the share of answerable questions whose answer itself holds the gold answer.
- planted: false sentences shown as verified, by gold strings and contradictions that this file
  makes, not by the program's own check: the sentence of the page with the gold answer is given to
  the program as if a model had written it, once as it is, and once with one thing changed (the
  gold answer for that of another question, a number, a “not”). The plain way shows them all.
- declines: how many of the unanswerable and of the answerable questions are declined. The plain
  way is counted as declining where its answer says that the passages do not say.
"""

from desktop_rag.privacy import guard

guard.activate()

import argparse  # noqa: E402 - the guard goes first
import random  # noqa: E402
import re  # noqa: E402
import statistics  # noqa: E402
import tempfile  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from dataclasses import dataclass, field  # noqa: E402
from pathlib import Path  # noqa: E402

from steps import finish  # noqa: E402

from desktop_rag.domain import (  # noqa: E402
    Answer,
    AnswerStatus,
    Passage,
    Retrieval,
    Scope,
    SearchMode,
    Support,
)
from desktop_rag.pipeline.citing import check_answer  # noqa: E402
from desktop_rag.pipeline.evidence import sentence_texts  # noqa: E402
from desktop_rag.pipeline.normalising import comparable  # noqa: E402
from desktop_rag.services.answer_engine import PASSAGES  # noqa: E402
from desktop_rag.services.assistant import Assistant  # noqa: E402
from desktop_rag.services.quality_check import (  # noqa: E402
    Question,
    names_of,
    read_questions,
    scope_of,
    spoken_names,
)
from desktop_rag.wiring import open_assistant  # noqa: E402

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FILE = RESOURCES / "models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf"
PLAIN_PASSAGES = 5
PLAIN_TOKENS = 160
_LONG_ANSWER = 12  # words; a longer gold answer need not be shown whole
_SHARE = 0.7  # of its words
_REFUSAL = re.compile(
    r"\b(?:not (?:mention|state|say|specif|provid|contain|found)\w*|no (?:mention|information))\b",
    re.IGNORECASE,
)


@dataclass
class Tally:
    """Counts of one set and one way."""

    retrieved: int = 0
    evidence: int = 0
    text: int = 0
    words: list[int] = field(default_factory=list)
    declined: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    sentences: dict[Support, int] = field(default_factory=lambda: dict.fromkeys(Support, 0))


@dataclass
class Planted:
    """How many true and false sentences were given to the check, and shown as verified."""

    true: int = 0
    true_verified: int = 0
    false: int = 0
    false_verified: int = 0
    wrong: list[str] = field(default_factory=list)


def holds(text: str, golds: Sequence[str]) -> bool:
    """Whether the text has a gold answer: all of a short one, most of the words of a long one.

    Or a sentence of it: a clause of half a page is the gold answer of some questions.
    """
    said = comparable(text)
    words = set(re.findall(r"\w+", said))
    for gold in golds:
        wanted = comparable(gold).strip(" .;,")
        parts = re.findall(r"\w+", wanted)
        if not parts:
            continue
        if wanted in said:
            return True
        if len(parts) > _LONG_ANSWER:
            if sum(part in words for part in parts) >= _SHARE * len(parts):
                return True
            pieces = [piece.strip() for piece in re.split(r"(?<=[.;])\s+", said)]
            if any(len(piece.split()) >= _LONG_ANSWER // 2 and piece in wanted for piece in pieces):
                return True
    return False


def shown(answer: Answer) -> str:
    """What the reader sees as evidence: the best sentences, and what the citations quote."""
    sentences = [item.text for one in answer.passages for item in one.evidence]
    return "\n".join([*sentences, *(citation.quote for citation in answer.citations)])


def has_page(passages: Sequence[Passage], question: Question, spoken: dict[str, str]) -> bool:
    """Whether a judged page is among the passages."""
    return any(
        question.grades.get((spoken.get(one.chunk.document_id, ""), page), 0)
        for one in passages
        for page in one.chunk.pages
    )


def ours(
    assistant: Assistant, question: Question, scope: Scope, tally: Tally, *, here: bool
) -> None:
    """Ask as a user does, and count."""
    answer = finish(assistant.answers.ask(question.text, scope))
    declined = answer.status is AnswerStatus.NOT_FOUND
    tally.declined[question.answerable] += declined
    for sentence in answer.sentences if answer.status is AnswerStatus.ANSWERED else ():
        tally.sentences[sentence.support] += 1
    if question.answerable:
        tally.words.append(len(shown(answer).split()))
        tally.text += holds(answer.text, question.answers)
        tally.retrieved += here
        tally.evidence += here and holds(shown(answer), question.answers)


class PlainModel:
    """llama.cpp as its own wrapper runs it, with the passages in one prompt."""

    def __init__(self) -> None:
        import llama_cpp

        self._llama = llama_cpp.Llama(str(FILE), n_ctx=4096, n_threads=2, verbose=False)

    def answer(self, question: str, passages: Sequence[Passage]) -> str:
        """What the model says."""
        context = "\n\n".join(one.chunk.titled_text for one in passages)
        asked = (
            f"Answer the question from the context.\n\nContext:\n{context}\n\nQuestion: {question}"
        )
        reply = self._llama.create_chat_completion(
            [{"role": "user", "content": asked}], temperature=0.0, max_tokens=PLAIN_TOKENS
        )
        return str(reply["choices"][0]["message"]["content"])


def plain(
    assistant: Assistant,
    model: PlainModel,
    question: Question,
    scope: Scope,
    tally: Tally,
    spoken: dict[str, str],
) -> None:
    """Five passages by the bi-encoder, one prompt, no check."""
    retrieve = assistant.retriever.retrieve
    found = retrieve(
        question.text, scope, top=PLAIN_PASSAGES, mode=SearchMode.DENSE, rerank=False
    ).passages
    text = model.answer(question.text, found)
    tally.declined[question.answerable] += bool(_REFUSAL.search(text))
    if question.answerable:
        whole = "\n".join(one.chunk.text for one in found)
        here = has_page(found, question, spoken)
        tally.words.append(len(whole.split()))
        tally.text += holds(text, question.answers)
        tally.retrieved += here
        tally.evidence += here and holds(whole, question.answers)


def plant(found: Retrieval, question: Question, others: Sequence[str], planted: Planted) -> None:
    """Give the sentence with the gold answer to the check, as it is and changed."""
    for passage in found.passages:
        for text in sentence_texts(passage.chunk):
            if not holds(text, question.answers) or len(text.split()) > 60:
                continue
            planted.true += 1
            planted.true_verified += _is_verified(text, found, question)
            for false in _changed(text, question.answers, others):
                planted.false += 1
                if _is_verified(false, found, question):
                    planted.false_verified += 1
                    planted.wrong.append(f"{false}  <-  {text}")
            return


def _is_verified(text: str, found: Retrieval, question: Question) -> bool:
    checked = check_answer(text, found.passages, len(found.passages), question.text)
    return bool(checked) and all(one.support is Support.VERIFIED for one in checked)


def _changed(text: str, golds: Sequence[str], others: Sequence[str]) -> list[str]:
    """False sentences: another gold answer, another number, a “not” put in or taken out."""
    made: list[str] = []
    gold = next((one for one in golds if one in text and len(one.split()) <= _LONG_ANSWER), None)
    if gold is not None:
        made += [text.replace(gold, other) for other in others[:1] if other not in text]
    number = re.search(r"\b\d{1,4}\b", text)
    if number is not None:
        value = int(number.group()) + random.Random(text).choice((1, 2, 10))
        made.append(f"{text[: number.start()]}{value}{text[number.end() :]}")
    modal = re.search(r"\b(?:shall|may|must|will|should|is|are|was|were|can)\b(?! not\b)", text)
    if " not " in text:
        made.append(text.replace(" not ", " ", 1))
    elif modal is not None:
        made.append(f"{text[: modal.end()]} not{text[modal.end() :]}")
    return made


def measure(folder: Path, home: Path, most: int) -> tuple[Tally, Tally, Planted, dict[bool, int]]:
    """Both ways on the drawn questions of one set."""
    assistant, _ = open_assistant(home / folder.name)
    mine, theirs, planted = Tally(), Tally(), Planted()
    count = {True: 0, False: 0}
    try:
        finish(assistant.library.add([folder]))
        names = names_of(assistant.library.documents())
        model = PlainModel()
        questions = read_questions(folder / "questions.jsonl")
        drawn = random.Random(5).sample(questions, min(most, len(questions)))
        short = [one.answers[0] for one in questions if one.answers and len(one.answers[0]) < 60]
        for number, question in enumerate(drawn):
            scope, spoken = scope_of(question, names), spoken_names(question, names)
            found = assistant.retriever.retrieve(question.text, scope, top=PASSAGES)
            count[question.answerable] += 1
            here = has_page(found.passages, question, spoken)
            ours(assistant, question, scope, mine, here=here)
            plain(assistant, model, question, scope, theirs, spoken)
            others = random.Random(number).sample(short, min(1, len(short)))
            plant(found, question, others, planted)
    finally:
        assistant.close()
    return mine, theirs, planted, count


def report(name: str, mine: Tally, theirs: Tally, planted: Planted, count: dict[bool, int]) -> None:
    """Print the rows of one set."""
    answerable, missing = count[True], count[False]
    print(f"\n| {name}: {answerable} answerable, {missing} not | this program | the plain way |")
    print("|---|---|---|")
    both = (mine, theirs)

    def row(title: str, cells: Sequence[str]) -> None:
        print(f"| {title} |", " | ".join(cells), "|")

    row(
        "evidence with the gold answer, page retrieved",
        [
            f"{one.evidence}/{one.retrieved} = {one.evidence / max(1, one.retrieved):.3f}"
            for one in both
        ],
    )
    row(
        "words of evidence to read (median)",
        [f"{statistics.median(one.words):.0f}" for one in both],
    )
    row("answer holds the gold answer", [f"{one.text}/{answerable}" for one in both])
    row("declined, no answer there", [f"{one.declined[False]}/{missing}" for one in both])
    row("declined, answer there", [f"{one.declined[True]}/{answerable}" for one in both])
    shares = f"{planted.false_verified}/{planted.false}"
    row("planted false sentences shown as verified", [shares, f"{planted.false}/{planted.false}"])
    row(
        "their true sentences shown as verified",
        [f"{planted.true_verified}/{planted.true}", f"{planted.true}/{planted.true}"],
    )
    row(
        "the model's own sentences: verified, unsupported",
        [
            f"{mine.sentences[Support.VERIFIED]}, {mine.sentences[Support.UNSUPPORTED]}",
            "not checked",
        ],
    )


def main() -> None:
    """Print a table for each set that has gold answers and unanswerable questions."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sets", type=Path, required=True)
    options.add_argument("--questions", type=int, default=60)
    options.add_argument("--libraries", type=Path, help="keep the libraries here between runs")
    options.add_argument("--list", action="store_true", help="the false sentences that passed")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = chosen.libraries or Path(temporary)
        for file in sorted(chosen.sets.glob("*/questions.jsonl")):
            if all(question.answerable for question in read_questions(file)):
                continue
            results = measure(file.parent, home, chosen.questions)
            report(file.parent.name, *results)
            if chosen.list:
                print("\n".join(results[2].wrong), flush=True)


if __name__ == "__main__":
    main()
