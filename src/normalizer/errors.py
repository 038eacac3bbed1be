"""The errors that leave this package: one tree, each message says what, where and what to do."""

from __future__ import annotations


class NormalizerError(Exception):
    """Base of every error this package raises on purpose."""


class ConfigError(NormalizerError):
    """A configuration, rule id, pack or table that cannot be used; the message names file and field."""


class SpanError(NormalizerError, ValueError):
    """A span or an edit that does not lie inside its text."""


class DecodeError(NormalizerError):
    """Bytes that no codec explains.

    ``offset`` is the first byte (0-based) at which the best guess fails; ``guess`` is that codec's
    name, or ``None`` when there is none.
    """

    def __init__(self, message: str, *, offset: int = 0, guess: str | None = None) -> None:
        super().__init__(message)
        self.offset = offset
        self.guess = guess

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild_decode_error, (str(self), self.offset, self.guess))


def _rebuild_decode_error(message: str, offset: int, guess: str | None) -> DecodeError:
    return DecodeError(message, offset=offset, guess=guess)
