"""What free text says outside the codes."""
