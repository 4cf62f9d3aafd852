"""Chat templates of whoever made a file: none runs code, hangs, or eats the memory."""

from pathlib import Path

import pytest
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from desktop_rag.adapters.chat_template import MOST_TEMPLATE, ChatTemplate
from desktop_rag.adapters.llama_cpp_model import LlamaCppModel
from desktop_rag.adapters.reader_limits import ReaderLimits
from desktop_rag.adapters.template_process import TemplateSource
from desktop_rag.domain import ModelIdentity, Prompt
from desktop_rag.errors import ModelError, ModelFailed
from tests.gguf import make_gguf

CHATML = (
    "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>'"
    " + '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
NO_SYSTEM = (
    "{{ bos_token }}{% for m in messages %}{% if m.role == 'system' %}"
    "{{ raise_exception('No system here') }}{% endif %}<{{ m.role }}>{{ m.content | trim }}"
    "{% generation %}{% endgeneration %}{% if loop.last %}{% break %}{% endif %}{% endfor %}"
)
ASKED = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Who pays?"}]
LIMITS = ReaderLimits(memory_bytes=1 << 30, cpu_s=1)
HOSTILE = {
    "looks into Python": "{{ messages.__class__.__mro__[1].__subclasses__() }}",
    "takes a way round": "{{ ''['__class__'] }}{{ ''|attr('__class__') }}{{ messages.pop() }}",
    "opens a program": "{{ cycler.__init__.__globals__.os.system('touch MARKER') }}",
    "opens a file": "{{ namespace.__init__.__globals__['__builtins__'].open('MARKER', 'w') }}",
    "joins its way": "{{ joiner.__init__.__globals__.os.popen('touch MARKER').read() }}",
    "formats its way": "{{ '{0.__class__.__init__.__globals__}'.format(raise_exception) }}",
    "changes what it is given": "{{ messages.append(messages) }}",
    "includes": "{% include '/etc/passwd' %}",
    "imports": "{% import 'os' as os %}{{ os.system('touch MARKER') }}",
    "extends": "{% extends '/etc/passwd' %}",
    "multiplies a text": "{{ 'a' * 10**10 }}",
    "multiplies it later": "{% set n = messages | length * 10**10 %}{{ 'a' * n }}",
    "a large power": "{{ 10 ** 10 ** 10 }}",
    "a large range": "{% for i in range(10**9) %}a{% endfor %}",
    "loops in loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}"
    + "{% endfor %}",
    "doubles": "{% set ns = namespace(t='aaaa') %}" + "{% set ns.t = ns.t ~ ns.t %}" * 60,
    "fills": "{{ '%10000000000d' % 1 }}{{ 'a'.ljust(10**10) }}{{ 'a' | center(10**10) }}",
    "writes much": CHATML + "{{ 'a' * 1000000 }}",
    "calls itself": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "is nested": "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}",
    "is no template": "{% for m in messages %}",
    "is long": CHATML + " " * MOST_TEMPLATE,
    "drops the question": "{{ messages[0].content }}",
    "drops all": "Hello.",
    "drops the instructions": "{% for m in messages[1:] %}{{ m.content[-5:] }}{% endfor %}",
}  # fmt: skip


def made(text: str) -> ChatTemplate:
    return ChatTemplate("m", TemplateSource(text, "<s>", "</s>"), LIMITS, render_s=10)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_template_is_refused_in_words(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = tmp_path / "marker"
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError, match=r"^The language model m cannot be used: .*because") as e:
        made(text.replace("MARKER", str(marker)))
    assert e.value.hint
    assert e.value.message.isprintable()
    assert list(tmp_path.iterdir()) == []


def test_a_sound_template_lays_messages_out() -> None:
    template = made(CHATML)
    assert template.lay_out(ASKED) == (
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nWho pays?<|im_end|>\n"
        "<|im_start|>assistant\n"
    )
    assert template.end == "</s>"
    template.close()


def test_a_template_without_a_system_message_finds_it_before_the_question() -> None:
    template = made(NO_SYSTEM)
    assert template.lay_out(ASKED) == "<s><user>Be brief.\n\nWho pays?"
    template.close()


def test_one_that_drops_a_later_question_is_found_out() -> None:
    template = made(CHATML.replace("m['content']", "m['content'] | replace('pays', 'robs')"))
    with pytest.raises(ModelFailed, match="leaves out what is asked"):
        template.lay_out(ASKED)
    template.close()


def test_one_that_hangs_later_is_ended_and_the_next_prompt_is_laid_out() -> None:
    loops = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    template = made("{% if messages|length == 3 %}" + loops + "{% endif %}" + CHATML)
    hello = {"role": "assistant", "content": "Hello."}
    with pytest.raises(ModelFailed, match="too much time or memory"):
        template.lay_out([ASKED[0], hello, ASKED[1]])
    assert "Who pays?" in template.lay_out(ASKED)
    template.close()


def test_no_template_of_a_file_reaches_the_compiler_of_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """llama.cpp's wrapper compiles all that it finds; constants are multiplied out by that."""
    compiled: list[str] = []

    class Watched(Jinja2ChatFormatter):
        def __init__(self, template: str, **more: object) -> None:
            compiled.append(template)
            super().__init__(template, **more)

    monkeypatch.setattr("llama_cpp.llama_chat_format.Jinja2ChatFormatter", Watched)
    second = {"tokenizer.chat_template.tool_use": "{{ 'a' * 10 }}"}
    file = make_gguf(tmp_path / "m.gguf", entries=second)
    model = LlamaCppModel(file, ModelIdentity("m", ""), threads=1)
    laid_out = model.lay_out(Prompt("Be brief.", (), ("The sky is blue.",), "What is blue?"))
    assert "user: [1] The sky is blue." in laid_out.text
    assert compiled == []
    model.close()
