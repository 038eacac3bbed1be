"""Timings and quality beside the peers; every figure in the docs comes from here."""
