"""The checks: one file each, in the room of its group, found by discovery."""
