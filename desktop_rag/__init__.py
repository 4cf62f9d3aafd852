"""Desktop RAG: ask your own PDFs, on your own computer, with the network shut."""

__version__ = "0.1.0"
