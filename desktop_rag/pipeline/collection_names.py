"""Names of collections. They are paths: “Matters/Smith” lies below “Matters”."""

import unicodedata
from collections.abc import Iterable

SEPARATOR = "/"


def tidy_name(name: str) -> str:
    """The name with single spaces, without empty steps and control characters; "" if none is left.

    Composed (NFC), so that a name typed on any system is the same name.
    """
    composed = unicodedata.normalize("NFC", name)
    visible = "".join(c for c in composed if c.isspace() or unicodedata.category(c)[0] != "C")
    steps = (" ".join(step.split()) for step in visible.split(SEPARATOR))
    return SEPARATOR.join(step for step in steps if step)


def is_within(name: str, group: str) -> bool:
    """Whether the collection is the group or lies below it. Upper and lower case differ."""
    return name == group or name.startswith(group + SEPARATOR)


def exists(name: str, collections: Iterable[str]) -> bool:
    """Whether this is one of the collections, or a group of some."""
    return any(is_within(known, name) for known in collections)


def renamed(name: str, group: str, new_group: str) -> str:
    """The name after `group` has become `new_group`; the same if it does not lie within."""
    return new_group + name[len(group) :] if is_within(name, group) else name
