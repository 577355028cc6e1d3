"""Synthetic submissions that follow a standard, and faults planted on purpose."""
