"""Kin: whether two records of the table, of one layer or of two, tell of one bearer.

In flow two entities. Out flows a yes or a no; nothing is read of a text here.
"""

from __future__ import annotations

from normalizer.names.entity import Entity


def kin(left: Entity, right: Entity) -> bool:
    """Whether two records of one type tell of one bearer: a canonical form in common, or a surname and a given name."""
    if left.type != right.type or left is right:
        return False
    if not set(left.canonical.values()).isdisjoint(right.canonical.values()):
        return True
    return left.type == "person" and not left.families.isdisjoint(right.families) and one_bearer(left, right)


def one_bearer(left: Entity, right: Entity) -> bool:
    """Whether two records of one surname can be one person: a given name in common, or none stated."""
    return not left.given or not right.given or not left.given.isdisjoint(right.given)
