"""What is unwise in a standard: one file a lint rule, found by discovery."""
