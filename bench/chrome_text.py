"""The chrome room alone, in the shape bench.py asks of a tool: parse, strip, and the kept text by block.

python bench.py --data DIR --out OUT --name chrome --cmd 'python bench/chrome_text.py'
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from endleaf.chrome import strip
from endleaf.chrome.tags import BLOCK, CODE
from endleaf.parse import TEXT, Tree, parse


def read(path: str) -> str:
    """A page's characters, by the same rules as the pipeline's."""
    from endleaf.decode import decode

    return decode(Path(path).read_bytes(), None)[0]


def text_of(tree: Tree, keep: bytearray) -> str:
    """The kept text nodes, a new line at each block-level tag and line break."""
    parts: list[str] = []
    ends: list[int] = []
    for i, tag in enumerate(tree.tags):
        while ends and ends[-1] <= i:
            parts.append("\n")
            ends.pop()
        if tag == TEXT:
            if keep[i]:
                parts.append(tree.texts[i])
        elif tag == "br":
            parts.append("\n")
        elif BLOCK[CODE.get(tag, 0)]:
            parts.append("\n")
            ends.append(tree.ends[i])
    return "".join(parts)


def main() -> None:
    for line in sys.stdin:
        row = json.loads(line)
        began = time.process_time()
        tree = parse(read(row["path"]))
        text = text_of(tree, strip(tree, None).keep)
        spent = 1000 * (time.process_time() - began)
        print(json.dumps({"id": row["id"], "text": text, "cpu_ms": spent}), flush=True)


if __name__ == "__main__":
    main()
