"""What changes between two versions of a standard, and how records follow."""
