"""What a standard compiles to: one file a target, each a pure function of the standard."""
