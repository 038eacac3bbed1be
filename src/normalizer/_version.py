"""The version, a constant: asking importlib.metadata costs 60 ms."""

__version__ = "0.1.0"
