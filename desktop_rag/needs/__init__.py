"""What the program needs of the machine, and what of it is lacking. Light: no engine, no window."""
