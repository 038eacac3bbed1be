"""Seams to other engines: Arrow record batches in, Arrow record batches out."""
