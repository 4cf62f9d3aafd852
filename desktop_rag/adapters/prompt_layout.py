"""A prompt as plain lines, or as the messages that a chat template lays out."""

from collections.abc import Sequence

from desktop_rag.domain import Prompt

_EXAMPLE_FENCE = "hwqkzr"  # any letters: what they mean is learnt from it


def plain(prompt: Prompt) -> str:
    """Passage, question, answer in plain lines, for a model that brings no template."""
    blocks = [
        f"Passage: {example.passage}\nQuestion: {example.question}\nAnswer: {example.answer}"
        for example in prompt.examples
    ]
    passage = " ".join(prompt.passages)
    blocks.append(f"Passage: {passage}\nQuestion: {prompt.question}\nAnswer:")
    return "\n\n".join(blocks)


def messages(prompt: Prompt) -> list[dict[str, str]]:
    """Instructions, worked examples and the question as the turns of a conversation."""
    said = [{"role": "system", "content": prompt.instructions}]
    for example in prompt.examples:
        mark = _EXAMPLE_FENCE if prompt.fence else ""
        asked = _numbered((example.passage,), example.question, mark)
        said.append({"role": "user", "content": asked})
        said.append({"role": "assistant", "content": f"{example.answer} [1]"})
    asked = _numbered(prompt.passages, prompt.question, prompt.fence)
    said.append({"role": "user", "content": asked})
    return said


def _numbered(passages: Sequence[str], question: str, fence: str) -> str:
    mark = f"«{fence}»" if fence else ""
    blocks = [
        f"[{number}] {' '.join(filter(None, (mark, text, mark)))}"
        for number, text in enumerate(passages, start=1)
    ]
    return "\n\n".join([*blocks, f"Question: {question}"])
