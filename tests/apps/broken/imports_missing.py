"""Imports what is not there: the module itself was found."""
import a_module_that_is_not_there  # noqa: F401
