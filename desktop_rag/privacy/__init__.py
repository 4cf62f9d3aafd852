"""What keeps documents on this machine: the guard, its self-test, file permissions."""
