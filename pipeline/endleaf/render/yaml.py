"""Values for YAML front matter, from which no text can break out."""

from __future__ import annotations

import json
import re

from endleaf.plain import clean

# Line breaks to YAML 1.1 but not to JSON, and the byte order mark: written as escapes.
_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")


def scalar(value: str) -> str:
    r"""A string as a double-quoted scalar: JSON's form, which YAML 1.2 takes as it is.

    >>> print(scalar('a": "b\n---'))
    "a\": \"b\n---"
    """
    quoted = json.dumps(clean(value), ensure_ascii=False)
    return _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
