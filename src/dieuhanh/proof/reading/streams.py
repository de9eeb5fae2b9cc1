"""The packed streams of a PDF, measured before the engine opens them: what it once began to unpack
nobody can stop."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress

from dieuhanh.proof.reading import limits, refusals

#: The end of a stream's dictionary; "endstream" is none.
_STREAM = re.compile(rb">>\s{0,9}stream\r?\n")
_FILTER = re.compile(rb"/(?:Flate|LZW|RunLength|ASCIIHex|ASCII85)Decode")
#: A dictionary is shorter; what stands before it does no harm here.
_DICTIONARY = 600
_CHUNK, _MOST_AT_ONCE = 1 << 16, 1 << 20


def check_streams(data: bytes) -> None:
    """Raises Unreadable where a stream unpacks to far more than its size, or was packed twice."""
    whole = memoryview(data)
    total = 0
    for found in _STREAM.finditer(data):
        start = found.start()
        near = data[max(0, start - _DICTIONARY) : start]
        dictionary = near[near.rfind(b" obj") + 1 :]
        if b"/Image" in dictionary:
            continue  # pictures are not looked at; a white page packs well
        if len(_FILTER.findall(dictionary)) > 1:
            raise refusals.hostile()
        total += _unpacked(whole[found.end() :])
        if total > limits.UNPACKED_BYTES:
            raise refusals.hostile()


def _unpacked(stream: memoryview) -> int:
    """How long a stream is once unpacked; 0 where it is not packed in this way."""
    unpacker = zlib.decompressobj()
    length = at = 0
    fed = b""
    with suppress(zlib.error):  # a stream that is packed otherwise, or broken
        while not unpacker.eof and (fed or at < len(stream)):
            fed = fed or bytes(stream[at : at + _CHUNK])
            at += len(fed)
            length += len(unpacker.decompress(fed, _MOST_AT_ONCE))
            fed = unpacker.unconsumed_tail
            at -= len(fed)
            if length > max(limits.HARMLESS_BYTES, limits.STREAM_RATIO * at):
                raise refusals.hostile()
    return length
