"""Charsets that neither the web's standard nor Python's library reads: two Vietnamese ones, and Taiwan's.

VISCII is RFC 1456, TCVN is TCVN 5712:1993 (VN1). EUC-TW and ISO-2022-CN (RFC 1922) write CNS 11643, whose first two
planes are Big5's characters in Big5's order but for :data:`_MOVED`, so that no table of 13,000 is needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

Decoder = Callable[[bytes], str]

_VISCII_LOW = {2: "Ẳ", 5: "Ẵ", 6: "Ẫ", 20: "Ỷ", 25: "Ỹ", 30: "Ỵ"}
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_TCVN_LOW = {1: "Ú", 2: "Ụ", 4: "Ừ", 5: "Ử", 6: "Ữ", 17: "Ứ", 18: "Ự", 19: "Ỳ", 20: "Ỷ", 21: "Ỹ", 22: "Ý", 23: "Ỵ"}
_TCVN = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\xa0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂ"
    "ẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)


def _single(low: dict[int, str], high: str) -> Decoder:
    """A decoder of one byte a character; the letters below 32 stand where other charsets have control codes."""
    table = {**low, **{0x80 + at: letter for at, letter in enumerate(high)}}
    return lambda payload: unicodedata.normalize("NFC", payload.decode("latin-1").translate(table))


_MOVED: dict[int, dict[int, str]] = {
    1: {1836: "耄", 3713: "銬", 4626: "薦", 4732: "彞", 4900: "嚨", 4955: "繳"},
    2: {
        43: "刉", 138: "攷", 2146: "笻", 2792: "筇", 2893: "莚", 4930: "錥", 5077: "徻", 5365: "螤", 5723: "磿",
        6312: "鎀", 6530: "舋", 6644: "鎥", 6787: "瀪", 6904: "鐼", 7589: "鬮", 7645: "爩",
    },
}  # fmt: skip
"""By plane and place, the ideographs that CNS 11643 counts elsewhere than Big5 does."""
_ONLY_BIG5 = {1: {"彝"}, 2: {"兀", "嗀"}}
"""By plane, what Big5 has twice, or in another form."""
_IDEOGRAPHS = {1: (0x44, b"\xa4\x40", b"\xc6\x7e"), 2: (0x21, b"\xc9\x40", b"\xf9\xd5")}
"""By plane: the row of its first ideograph, and the first and last that Big5 has of them."""
_SIGNS = ((0x21, b"\xa1\x40", b"\xa2\xae"), (0x24, b"\xa2\xaf", b"\xa3\xbf"))
"""Runs of signs and letters of the first plane: the row of the first, and Big5's first and last."""
_ROW = 94


def _big5(first: bytes, last: bytes) -> list[str]:
    """Big5's characters from one to another, in order."""
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = (bytes((lead, trail)) for lead in range(first[0], last[0] + 1) for trail in trails)
    return [pair.decode("cp950", "replace") for pair in pairs if first <= pair <= last]


@cache
def _plane(number: int) -> dict[tuple[int, int], str]:
    """A plane of CNS 11643: its characters by row and column, both from 0x21."""
    moved = _MOVED[number]
    gone = _ONLY_BIG5[number] | set(moved.values())
    row, first, last = _IDEOGRAPHS[number]
    order = [letter for letter in _big5(first, last) if letter not in gone]
    for at, letter in sorted(moved.items()):
        order.insert(at, letter)
    runs = [(row, order)]
    if number == 1:
        runs += [(row, _big5(first, last)) for row, first, last in _SIGNS]
    return {
        (start + at // _ROW, 0x21 + at % _ROW): letter for start, letters in runs for at, letter in enumerate(letters)
    }


def _of_plane(number: int, pair: bytes) -> str:
    return _plane(number).get((pair[0] & 0x7F, pair[1] & 0x7F), "\ufffd") if number in _MOVED else "\ufffd"


_TW = re.compile(rb"(?s)([\x00-\x7f]+)|\x8e([\xa1-\xb0])([\xa1-\xfe]{2})|([\xa1-\xfe]{2})|.")


def _euc_tw(payload: bytes) -> str:
    def read(found: re.Match[bytes]) -> str:
        plain, plane, pair, first = found.groups()
        if plain:
            return plain.decode("ascii")
        return _of_plane(plane[0] - 0xA0, pair) if plane else _of_plane(1, first) if first else "\ufffd"

    return "".join(map(read, _TW.finditer(payload)))


_CN = re.compile(rb"(?s)\x1b\$\)([AEG])|\x1b\$\*H|\x1bN(..)|([\x0e\x0f\r\n])|([^\x0e\x0f\x1b\r\n]+|.)")
_SO = b"\x0e"


def _iso_2022_cn(payload: bytes) -> str:
    """ISO-2022-CN: from SO on, pairs are of the charset that an escape named last; SI or a line's end ends that."""
    named, shifted, pieces = b"A", False, []
    for found in _CN.finditer(payload):
        designated, single, turn, run = found.groups()
        named = designated or named
        if single:
            pieces.append(_of_plane(2, single))
        elif turn:
            shifted = turn == _SO
            pieces.append(turn.decode("ascii").strip("\x0e\x0f"))
        elif run:
            pieces.append(_pairs(named, run) if shifted else run.decode("ascii", "replace"))
    return "".join(pieces)


def _pairs(named: bytes, run: bytes) -> str:
    if named == b"G":
        return "".join(_of_plane(1, run[at : at + 2]) for at in range(0, len(run) - 1, 2))
    return bytes(byte | 0x80 for byte in run).decode("gb18030", "replace")


OWN: dict[str, Decoder] = {
    "viscii": _single(_VISCII_LOW, _VISCII),
    "tcvn": _single(_TCVN_LOW, _TCVN),
    "euc-tw": _euc_tw,
    "iso-2022-cn": _iso_2022_cn,
}
"""Charset to its decoder; what is not valid in it becomes U+FFFD."""
