"""Faults in a crosswalk: one file each, with its cases beside it."""
