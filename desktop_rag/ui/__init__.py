"""The window: PySide6 and the engine's client, and nothing else."""
