"""What a check leaves of each file of a submission, kept between checks.

A *partition* is one file of a submission, and its *state* what the pass over it leaves behind.
What spans files is computed from states alone, so a file that has not changed need not be read.
"""
