from pathlib import Path

import pytest

from desktop_rag.services.budget import RESERVE_BYTES, Budget
from desktop_rag.services.power import on_battery

BATTERY = {"type": "Battery", "status": "Discharging", "scope": "System"}
MAINS = {"type": "Mains", "online": "1"}
MOUSE = {"type": "Battery", "status": "Discharging", "scope": "Device"}


def supplies(folder: Path, *all_said: dict[str, str]) -> Path:
    for number, said in enumerate(all_said):
        place = folder / f"supply{number}"
        place.mkdir()
        for name, text in said.items():
            (place / name).write_text(text + "\n")
    return folder


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([BATTERY], True),
        ([BATTERY, MAINS | {"online": "0"}], True),
        ([BATTERY, MAINS], False),  # a charger that is too weak: the cable is in
        ([BATTERY | {"status": "Charging"}, MAINS], False),
        ([BATTERY | {"status": "Full"}], False),
        ([{"type": "Battery", "status": "Discharging"}], True),  # older kernels name no scope
        ([MOUSE], False),
        ([BATTERY, {"type": "USB", "online": "1"}], False),  # charged by USB-C
        ([], False),
        ([{}], False),
    ],
)
def test_a_computer_says_whether_it_runs_on_its_battery(
    tmp_path: Path, said: list[dict[str, str]], expected: bool
) -> None:
    assert on_battery(supplies(tmp_path, *said)) is expected


def test_a_computer_without_such_a_list_runs_on_no_battery(tmp_path: Path) -> None:
    assert on_battery(tmp_path / "nowhere") is False


@pytest.mark.parametrize(
    ("threads", "is_quiet", "patient"), [(0, False, 8), (0, True, 4), (3, True, 1), (1, True, 1)]
)
def test_quiet_work_keeps_to_half_of_the_cores(threads: int, is_quiet: bool, patient: int) -> None:
    budget = Budget(threads, 8, lambda: is_quiet, lambda: None)
    assert budget.cores == (threads or 8)
    assert budget.patient_cores() == patient


def test_the_battery_is_not_asked_at_every_step() -> None:
    asked: list[int] = []

    def is_quiet() -> bool:
        asked.append(1)
        return False

    budget = Budget(2, 2, is_quiet, lambda: None)
    assert [budget.patient_cores() for _ in range(1000)] == [2] * 1000
    assert len(asked) == 1


def test_the_language_model_does_not_get_what_the_others_need() -> None:
    free: list[int | None] = [RESERVE_BYTES + 5, RESERVE_BYTES - 5, None]
    budget = Budget(2, 2, lambda: False, lambda: free.pop(0))
    assert [budget.language_model_bytes() for _ in range(3)] == [5, 0, None]
