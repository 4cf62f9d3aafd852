"""What Linux is handed: a .deb and a portable archive."""
