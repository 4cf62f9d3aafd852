"""What traces of GPUs are seen, on machines that are folders."""

import sys
from pathlib import Path

import pytest

from desktop_rag.services.machine import driver_versions, gpu_hints

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the traces are Linux's")


@pytest.mark.parametrize(
    ("traces", "hints"),
    [
        ((), set()),
        (("dev/dri/card0",), set()),  # a screen, but nothing that renders
        (("dev/dri/renderD128",), {"vulkan"}),
        (("dev/kfd", "dev/dri/renderD128"), {"rocm", "vulkan"}),
        (("proc/driver/nvidia/version",), {"nvidia", "vulkan"}),
        (("dev/dxg",), {"nvidia", "vulkan"}),  # Windows' Linux
    ],
)
def test_a_gpu_is_hinted_at_by_what_its_driver_leaves(
    traces: tuple[str, ...], hints: set[str], tmp_path: Path
) -> None:
    for trace in traces:
        (tmp_path / trace).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / trace).touch()
    assert gpu_hints(tmp_path) == hints


def test_another_driver_is_told_from_the_one_before(tmp_path: Path) -> None:
    told = [driver_versions(tmp_path)]
    for place, content in (
        ("proc/driver/nvidia/version", "550.1"),
        ("proc/driver/nvidia/version", "560.2"),
        ("usr/share/vulkan/icd.d/radeon.json", "{}"),
        ("usr/share/vulkan/icd.d/radeon.json", '{"ICD": 2}'),
    ):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(content, encoding="utf-8")
        told.append(driver_versions(tmp_path))
    assert len(set(told)) == len(told)
    assert driver_versions(tmp_path) == told[-1]
