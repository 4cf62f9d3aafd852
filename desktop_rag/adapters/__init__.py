"""The only imports of engines: one file each, behind the Protocols of `ports`."""
