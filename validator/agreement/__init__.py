"""Whether coders who code the same records give them the same codes."""
