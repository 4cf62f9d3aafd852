"""Makes the int8 graphs of the bundled encoders anew from their weights, and says their hashes.

    python packaging/make_graphs.py

all-MiniLM-L6-v2 needs its fp32 weights, which set-up fetches. What is printed belongs into
resources/models.toml.
"""

from desktop_rag.adapters.encoder_graph import write_graph
from desktop_rag.config import resources_folder
from desktop_rag.services.manifest import sha256_of


def main() -> None:
    """Write both graphs."""
    for name in ("all-MiniLM-L6-v2", "minilm-l6-reranker"):
        folder = resources_folder() / "models" / name
        graph = folder / "onnx" / "model_qint8.onnx"
        write_graph(folder, graph)
        print(f"{name}: sha256 {sha256_of(graph)}, {graph.stat().st_size} bytes")


if __name__ == "__main__":
    main()
