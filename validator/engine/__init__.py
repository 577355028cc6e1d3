"""Plans the checks of a standard into one pass over a submission, and collects what they find."""
