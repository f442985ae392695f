"""The stream in front of the JSON parser, wherever its parts end."""

import io
import json

import pytest
from hypothesis import given, strategies as st

from graph_service.errors import FileRefused
from importers.json_stream import DEEPEST, ShallowStream

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text('ab"\\[]{}ä\n', max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('k"\\[{', max_size=4), inner, max_size=3),
    max_leaves=12,
)


def through(data: bytes, size: int) -> bytes:
    """All of the data, read in parts of one size."""
    stream = ShallowStream(io.BytesIO(data), "x.json")
    return b"".join(iter(lambda: stream.read(size), b""))


@given(value=values, size=st.integers(1, 7))
def test_shallow_json_passes_unchanged_in_any_parts(value: object, size: int) -> None:
    data = json.dumps(value, ensure_ascii=False).encode()
    assert through(data, size) == data


@given(extra=st.integers(1, 30), size=st.integers(1, 9), text=st.text('ab"\\[]{}', max_size=12))
def test_depth_is_counted_over_the_borders_of_parts(extra: int, size: int, text: str) -> None:
    deep = "[" * (DEEPEST + extra) + json.dumps(text) + "]" * (DEEPEST + extra)
    with pytest.raises(FileRefused) as refused:
        through(deep.encode(), size)
    assert refused.value.code == "file.too_deep"
    fine = "[" * (DEEPEST - 1) + json.dumps(text) + "]" * (DEEPEST - 1)
    assert through(fine.encode(), size) == fine.encode()


def test_siblings_are_no_depth() -> None:
    wide = "[" + ",".join(["[]"] * 5_000) + "]"
    assert through(wide.encode(), 64) == wide.encode()


@pytest.mark.parametrize("size", [1, 2, 3, 4, 4_096])
def test_a_mark_at_the_start_is_skipped_and_only_there(size: int) -> None:
    data = '\ufeff["\ufeff"]'.encode()
    assert through(data, size) == '["\ufeff"]'.encode()
    stream = ShallowStream(io.BytesIO(data), "x.json")
    assert stream.read(0) + stream.read() == '["\ufeff"]'.encode()


def test_thousands_of_digits_are_refused_also_across_parts() -> None:
    with pytest.raises(FileRefused):
        through(b"[" + b"9" * 4_400 + b"]", 2_048)
    assert through(b"[" + b"9" * 300 + b"]", 64)
