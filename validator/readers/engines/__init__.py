"""Engines that can hold the records where they outgrow this one: one file each."""
