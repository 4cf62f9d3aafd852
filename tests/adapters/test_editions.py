"""The edition without torch: it says so, and never asks for it."""

from pathlib import Path

import pytest

from desktop_rag.adapters import editions, encoders
from desktop_rag.adapters.encoders import EncoderPlan, choose_device, open_embedder, open_reranker
from desktop_rag.domain import ModelIdentity, ScoreScale
from desktop_rag.errors import ModelError


@pytest.fixture(autouse=True)
def without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "find_spec", lambda name: None)


def test_the_device_is_the_processor_because_of_the_edition(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").touch()
    for wanted in ("auto", "cuda"):
        device, words = choose_device(tmp_path, wanted, lambda: True)
        assert device == "cpu"
        assert "this edition" in words


@pytest.mark.parametrize("opened", [open_embedder, open_reranker])
def test_a_model_that_only_torch_could_run_is_refused_in_words(
    opened: object, tmp_path: Path
) -> None:
    assert opened in (encoders.open_embedder, encoders.open_reranker)
    identity = ModelIdentity("weights-only", "0" * 64)
    plan = EncoderPlan(tmp_path, identity, ScoreScale.LOGIT, 1, "cpu", "cpu")
    with pytest.raises(ModelError, match="weights-only"):
        opened(plan)  # type: ignore[operator]
