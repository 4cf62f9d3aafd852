"""What torch is to do with a GPU, done once in a process apart before it is done in this one."""

from desktop_rag.adapters.apart import Reply

_SIZE = 384  # of the small encoders; the least that shows whether products come out right
_TOLERANCE = 0.02  # of attention in half precision, whose values lie within ±1


def try_torch(wanted: str) -> Reply:
    """Attention in half precision on the GPU, compared with the processor's.

    `wanted` is "auto", "cuda" or "mps". Returns the device ("cpu" if there is no GPU), and name,
    kind and memory of the GPU. Raises RuntimeError if it cannot, or computes something else.
    """
    import torch

    device = _device(wanted)
    if device == "cpu":
        return {"device": "cpu"}
    torch.manual_seed(0)
    three = [torch.nn.functional.normalize(torch.randn(64, _SIZE), dim=-1) for _ in range(3)]
    attend = torch.nn.functional.scaled_dot_product_attention
    expected = attend(three[0][None], three[1][None], three[2][None])
    query, key, value = (one[None].to(device, torch.float16) for one in three)
    pairs = [
        (attend(query, key, value), expected),
        (query @ key.transpose(1, 2), three[0][None] @ three[1][None].transpose(1, 2)),
    ]
    if not all(torch.allclose(a.float().cpu(), b, atol=_TOLERANCE) for a, b in pairs):
        raise RuntimeError("it computes other numbers than the processor")
    return {"device": device, **_described(device)}


def _device(wanted: str) -> str:
    import torch

    here = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    names = [name for name, is_here in here.items() if is_here and wanted in ("auto", name)]
    return names[0] if names else "cpu"


def _described(device: str) -> Reply:
    """ROCm's torch calls its devices “cuda”."""
    import torch

    if device == "mps":
        total = int(torch.mps.recommended_max_memory())
        used = int(torch.mps.driver_allocated_memory())
        return {"kind": "MPS", "name": "Apple GPU", "free": total - used, "total": total}
    free, total = torch.cuda.mem_get_info()
    kind = "ROCm" if torch.version.hip else "CUDA"
    name = torch.cuda.get_device_name()
    return {"kind": kind, "name": name, "free": int(free), "total": int(total)}
