"""What submissions hold, beside the published figures and beside each other."""
