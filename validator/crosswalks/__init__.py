"""Crosswalks between schemes of codes: read, linted, applied to files, and what each costs."""
