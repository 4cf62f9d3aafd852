"""How the libraries of the engines are to wait, and how many threads of their own they may have.

Each reads this from the environment when it is loaded: import it before any of them.
"""

import os

# Else each thread of an OpenMP library (llama.cpp, torch) waits for the others by spinning, and as
# soon as anything else wants the processor, all take many times as long.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
# NumPy's products here are small: threads would cost more than they bring.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def hold_to(threads: int) -> None:
    """Let torch, and LanceDB, compute with so many threads at the most."""
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    os.environ.setdefault("LANCE_CPU_THREADS", str(threads))
    os.environ.setdefault("LANCE_IO_THREADS", str(max(2, threads)))
