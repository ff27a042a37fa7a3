"""Its application cannot be called."""
application = "a string"
