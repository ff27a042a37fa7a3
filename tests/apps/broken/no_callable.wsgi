"""Has no application."""
app = None
