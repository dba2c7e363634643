"""The tensors of a file are read by the numbers of their fields; what is no such file is refused."""

from pathlib import Path

import pytest

from tracker.detector.encoder.model_file import GRAPH, INITIALIZER, NAME, RAW_DATA, tensors


def counted(number: int, value: bytes) -> bytes:
    """A field of counted bytes; the count takes two bytes, of seven bits each."""
    return bytes([number << 3 | 2, len(value) & 127 | 128, len(value) >> 7]) + value


def plain(number: int, value: int) -> bytes:
    return bytes([number << 3, value])


def model(*stored: bytes) -> bytes:
    """A model whose graph has other fields too: a name, a number, and values of four and of eight bytes."""
    others = counted(2, b"main") + plain(3, 7) + bytes([4 << 3 | 5, 1, 2, 3, 4]) + bytes([6 << 3 | 1]) + bytes(8)
    graph = others + b"".join(counted(INITIALIZER, tensor) for tensor in stored)
    return plain(1, 8) + counted(GRAPH, graph)


def tensor(name: bytes, raw: bytes) -> bytes:
    return plain(1, 3) + plain(2, 1) + counted(NAME, name) + counted(RAW_DATA, raw)


def test_tensors_are_read_in_order(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(model(tensor(b"second", b"x" * 300), tensor(b"first", b"abc"), counted(NAME, b"without data")))
    assert [(name, bytes(raw)) for name, raw in tensors(path).items()] == [("second", b"x" * 300), ("first", b"abc")]


@pytest.mark.parametrize("content", [model(tensor(b"a", b"b"))[:-2], b"\x3a", b"\xff" * 9, b"\x07\x00", b"no model"])
def test_what_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"The file ends within|No wire type"):
        tensors(path)


def test_a_file_of_something_else_has_no_tensors(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(plain(1, 8))
    assert tensors(path) == {}
