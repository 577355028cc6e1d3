"""The local web page: the same checks, for whoever would rather drop a file than type a command."""
