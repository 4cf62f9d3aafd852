"""What the program does, in terms of ports: no engine, no window, no thread."""
