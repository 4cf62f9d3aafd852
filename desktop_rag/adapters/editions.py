"""Which edition of the program this is: with torch, for GPUs, or without it."""

from importlib.util import find_spec

from desktop_rag.errors import ModelError


def torch_is_here() -> bool:
    """Whether weights can be run; torch is not imported for the answer."""
    return find_spec("torch") is not None


def require_torch(model: str) -> None:
    """Raises ModelError in the edition without torch."""
    if not torch_is_here():
        raise ModelError(
            f"The model {model} has no graph for a processor, and this edition of the program "
            "cannot run weights by themselves.",
            "Choose another model in the settings, or install the edition with GPU.",
        )
