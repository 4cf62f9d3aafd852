"""A real second device. Needs a llama.cpp with a part for GPUs and a device that it finds.

A driver that computes on the processor serves too: Mesa's lavapipe, which llama.cpp uses only if
it is named (`GGML_VK_VISIBLE_DEVICES=0`). See packaging/gpu.md for the build.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from desktop_rag.adapters.apart import Ending, Outcome, done_apart
from desktop_rag.adapters.llama_cpp_builds import gpu_parts
from desktop_rag.adapters.llama_cpp_trial import try_llama_cpp
from tests.adapters.test_language_model import FILE, IDENTITY
from tests.support import finish

pytestmark = pytest.mark.skipif(
    not any(part.kind == "vulkan" for part in gpu_parts()),
    reason="llama.cpp is built for the processor alone",
)
MEGABYTE = 1024 * 1024


def tried(free_bytes: int | None = None) -> Outcome:
    return finish(done_apart(try_llama_cpp, FILE, "m", 2, free_bytes, limit_s=300.0))


def test_the_device_tells_its_name_and_memory_and_takes_the_model() -> None:
    outcome = tried()
    assert outcome.ending is Ending.DONE
    (gpu,) = outcome.untrusted_reply["gpus"]
    assert gpu["kind"] == "Vulkan"
    assert gpu["name"]
    assert 0 < gpu["free"] <= gpu["total"]
    counts = [outcome.untrusted_reply[key] for key in ("fitting", "layers", "all_layers")]
    assert counts == [31, 31, 31]


def test_memory_that_runs_out_leaves_fewer_layers_and_raises_nothing() -> None:
    outcome = finish(done_apart(load_with_little_memory, 820 * MEGABYTE, limit_s=300.0))
    if "llvmpipe" not in outcome.untrusted_reply.get("name", "llvmpipe"):
        pytest.skip("the memory of this device is not the process's own")
    assert outcome.ending is Ending.DONE
    assert outcome.untrusted_reply["layers"] < 31


def test_a_device_that_holds_nothing_leaves_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GGML_VK_FORCE_MAX_BUFFER_SIZE", str(MEGABYTE))
    outcome = tried()
    assert outcome.ending is Ending.DONE
    assert outcome.untrusted_reply["layers"] == 0


@pytest.mark.skipif(shutil.which("gcc") is None, reason="there is no compiler")
def test_a_driver_that_ends_its_process_ends_the_trial_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, driver, named = (tmp_path / name for name in ("bad.c", "bad.so", "bad.json"))
    source.write_text(
        "#include <stdlib.h>\n__attribute__((constructor)) static void b(void) { abort(); }\n"
    )
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", driver, source], check=True)
    icd = {"library_path": str(driver), "api_version": "1.3.0"}
    named.write_text(json.dumps({"file_format_version": "1.0.0", "ICD": icd}))
    for name in ("VK_DRIVER_FILES", "VK_ICD_FILENAMES"):
        monkeypatch.setenv(name, str(named))
    assert tried() == Outcome(Ending.DIED, {})


def test_a_few_layers_on_the_device_write_what_the_processor_writes() -> None:
    outcomes = [
        finish(done_apart(write_with, layers, limit_s=500.0, starts_others=True))
        for layers in (0, 3)
    ]
    texts = [outcome.untrusted_reply["text"] for outcome in outcomes]
    assert "9,600" in texts[0]
    assert texts[1] == texts[0]
    assert [outcome.untrusted_reply["gpu"] for outcome in outcomes] == ["", "Vulkan"]


def write_with(layers: int) -> dict[str, object]:
    """Run in a process apart, where the driver may do what it likes."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    from desktop_rag.adapters.llama_cpp_library import load_gpu_parts
    from desktop_rag.adapters.llama_cpp_model import LlamaCppModel
    from desktop_rag.domain import Prompt

    load_gpu_parts()
    model = LlamaCppModel(FILE, IDENTITY, threads=2, gpu_layers=layers)
    text = "The deposit is 9,600 crowns and is paid before the keys are received."
    given = model.lay_out(Prompt("Answer in one sentence.", (), (text,), "How much is it?"))
    steps = model.write(given, max_tokens=12)
    pieces = [step for step in steps if isinstance(step, str)]
    return {"text": "".join(pieces), "gpu": model.settings.gpu, "layers": layers}


def load_with_little_memory(more_bytes: int) -> dict[str, object]:
    """Run in a process apart that may have so much more memory, from which the device takes too."""
    import resource

    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    from desktop_rag.adapters import llama_cpp_library as library
    from desktop_rag.adapters.llama_cpp_loading import load_model

    library.load_gpu_parts()
    library.load_variant()
    (gpu,) = library.found_gpus()
    if "llvmpipe" in gpu.name:
        pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + more_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    _, settings = load_model(FILE, 2, None, 31)
    return {"name": gpu.name, "layers": settings.gpu_layers}
