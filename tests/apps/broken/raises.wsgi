"""Raises while it is loaded."""
raise LookupError("no configuration here")
