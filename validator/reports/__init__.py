"""The forms that a report is written in: one file a format, each a pure function of the report."""
