"""What is wrong with a value."""
