"""The tensors of an ONNX file, read without its libraries: they would bring 60 MB for a format of six fields.

An ONNX file is a Protocol Buffers message: fields with a number, a wire type and a value, one after the other
(https://protobuf.dev/programming-guides/encoding/; the numbers are those of onnx.proto).
"""

from collections.abc import Iterator
from pathlib import Path

#: the wire type of counted bytes
COUNTED = 2
#: fields of ModelProto, GraphProto and TensorProto
GRAPH = 7
INITIALIZER = 5
NAME = 8
RAW_DATA = 9


def tensors(path: Path) -> dict[str, memoryview]:
    """The bytes of each tensor that the file keeps, by its name and in the file's order.

    Raises OSError where there is no such file, ValueError where it is no such message.
    """
    out = {}
    for graph in _counted(memoryview(path.read_bytes()), GRAPH):
        for tensor in _counted(graph, INITIALIZER):
            [name] = _counted(tensor, NAME)
            # A tensor of a few numbers keeps them in another field; none of these is a weight.
            for raw in _counted(tensor, RAW_DATA):
                out[bytes(name).decode()] = raw
    return out


def _counted(message: memoryview, wanted: int) -> Iterator[memoryview]:
    """The values of the fields of that number, which are counted bytes."""
    place = 0
    while place < len(message):
        key, place = _varint(message, place)
        number, wire = key >> 3, key & 7
        begin, place = _value(message, place, wire)
        if place > len(message):
            raise ValueError("The file ends within a field.")
        if number == wanted and wire == COUNTED:
            yield message[begin:place]


def _value(message: memoryview, place: int, wire: int) -> tuple[int, int]:
    """Where the value of a field begins and ends."""
    match wire:
        case 0:
            return place, _varint(message, place)[1]
        case 1:
            return place, place + 8
        case 2:
            length, begin = _varint(message, place)
            return begin, begin + length
        case 5:
            return place, place + 4
    raise ValueError(f"No wire type {wire} is known.")


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    number = 0
    shift = 0
    while place < len(message):
        byte = message[place]
        place += 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return number, place
    raise ValueError("The file ends within a number.")
