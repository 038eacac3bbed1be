"""Corpora: runs over JSONL, Parquet, CSV, WARC and folders that finish, resume and lose nothing.

In flow inputs of any size, cut into shards. Out flow output shards in the same order, an edit log and
a manifest for each, and ``_SUCCESS`` last. :func:`normalizer.corpora.shards.run_shard` makes one shard
and knows nothing of processes, so that any engine may call it.
"""
