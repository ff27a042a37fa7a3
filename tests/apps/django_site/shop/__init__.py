"""A Django project as `startproject` makes it, with one page of each kind."""
