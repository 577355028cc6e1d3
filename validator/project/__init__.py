"""The project file accordant.yaml: how the submissions of one folder are to be checked."""
