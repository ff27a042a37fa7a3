"""What Addergate runs inside an application's own Python. `bootstrap.py` is where a worker begins."""

__version__ = "0.1.0"
