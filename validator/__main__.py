"""``python -m validator``: the same as ``accordant``."""

from validator.cli import main

main()
