"""What is wrong with a file as a table."""
