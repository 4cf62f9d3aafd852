"""The terminal: how the program is scripted, tested and measured."""
