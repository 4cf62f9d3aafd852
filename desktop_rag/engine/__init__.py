"""The services in a process of their own, behind the same generator calls, for the window."""
