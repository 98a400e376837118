"""How messages travel between processes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cards.worker.wire import Frames, framed


@given(st.lists(st.binary(max_size=40), max_size=8), st.data())
def test_frames_come_out_whole_however_they_come_in(payloads: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(map(framed, payloads))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=12)))
    frames = Frames()
    found: list[bytes] = []
    for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += map(bytes, frames.feed(stream[begin:end]))
        complete = [framed(payload) for payload in payloads[: len(found) + 1]]
        assert sum(map(len, complete[: len(found)])) <= end
        assert len(found) == len(payloads) or sum(map(len, complete)) > end
    assert found == payloads


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        list(Frames().feed(b"\xff\xff\xff\xff"))
