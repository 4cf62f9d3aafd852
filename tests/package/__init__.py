"""The package as its users meet it: python -m tests.package, see docs/packaging.md."""
