"""JSON Schemas as they are compared with those in docs."""

from __future__ import annotations

import json
from typing import Any


def ordered(schema: Any) -> Any:
    """The schema with its alternatives in one order: releases of msgspec list them in different ones."""
    if isinstance(schema, dict):
        schema = {name: ordered(value) for name, value in schema.items()}
        if "anyOf" in schema:
            schema["anyOf"].sort(key=json.dumps)
    elif isinstance(schema, list):
        schema = [ordered(value) for value in schema]
    return schema


def text_of(schema: Any) -> str:
    """The schema as docs have it."""
    return json.dumps(ordered(schema), indent=1) + "\n"
