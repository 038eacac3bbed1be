"""Processes that end with the one that started them, also when that one was killed."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import wait


def follow_parent() -> None:
    """From now on, end this process as soon as its parent has ended, whatever it is doing.

    A thread sleeps on the parent's sentinel, which costs nothing and, unlike a signal at the parent's
    death, is to be had everywhere.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
