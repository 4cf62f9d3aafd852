"""A thousand random damages to a vault: each is refused in words, and never a wrong text is shown.

Run by hand: python -m tests.torture.vault_damage [COUNT [SEED]]. Exit code 1 if one is not.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from desktop_rag.privacy import guard
from tests.vault_damage import Damage


def main() -> int:
    """Damage, look, count."""
    guard.activate()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    tried: Counter[str] = Counter()
    faults = []
    with tempfile.TemporaryDirectory() as name:
        damage = Damage(Path(name), seed)
        for _ in range(count):
            what, fault = damage.once()
            tried[what.partition(":")[0]] += 1
            if fault:
                faults.append(f"{what}: {fault}")
    print(", ".join(f"{way} {number}" for way, number in sorted(tried.items())))
    print(f"{count} damages, {len(faults)} faults")
    for fault in faults:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
