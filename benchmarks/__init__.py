"""What accordant costs, measured beside the bare parse and beside other checkers, in one run."""
