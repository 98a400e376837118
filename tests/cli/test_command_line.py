"""A plain command line of the reader is read without argparse, and means what argparse makes of it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.cli.command_line import parse, split_command
from tui.cli.options import SHARED_OPTIONS, Options, SharedOption, plain_options
from tui.cli.parser import build_parser
from tui.cli.registry import READER

FLAGS = [flag for option in SHARED_OPTIONS for flag in option.flags]
WORDS = st.one_of(
    st.sampled_from(FLAGS),
    st.sampled_from(["cards", "--", "-", "-1", "-x", "-h", "--help", "-V", "--theme=dusk", "-cx", "--asc", "", "a b"]),
    st.text(max_size=4),
)


@given(st.lists(WORDS, max_size=6))
@example(["--config"])
@example(["--theme", "--ascii"])
@example(["cards", "--ascii", "more"])
@example(["--private", "--remember"])
@example(["--theme", "-1", "cards"])
def test_what_is_read_without_argparse_is_what_argparse_reads(words: list[str]) -> None:
    plain = plain_options(words)
    if plain is not None:
        assert plain == build_parser(READER).parse_args(words, Options())


@pytest.mark.parametrize("option", SHARED_OPTIONS, ids=lambda option: option.name)
def test_every_option_of_the_table_is_read_without_argparse(option: SharedOption) -> None:
    for flag in option.flags:
        words = [flag, "value"] if option.value else [flag]
        for line in (words, [*words, "cards"], ["cards", "others", *words], [*words, *words]):
            plain = plain_options(line)
            assert plain is not None
            assert plain == build_parser(READER).parse_args(line, Options())


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["-V"],
        ["--no-such-option"],
        ["--config"],
        ["--theme", "--ascii"],
        ["--theme=dusk"],
        ["cards", "--ascii", "others"],
        ["--private", "--remember"],
        ["-c", "file", "--no-config"],
        ["--", "-odd"],
    ],
)
def test_what_needs_an_answer_or_has_a_fault_is_left_to_argparse(words: list[str]) -> None:
    assert plain_options(words) is None


def test_a_plain_line_means_the_reader_with_all_defaults() -> None:
    runner, options = parse(["cards"], 80)
    assert runner.__module__ == "tui.cli.commands.read"
    assert (options.paths, options.config, options.theme, options.private) == (["cards"], None, None, False)


def test_the_value_of_an_option_is_not_taken_for_a_command() -> None:
    command, rest = split_command(["--theme", "list", "-c", "show", "topics", "cards"])
    assert (command.name, rest) == ("topics", ["--theme", "list", "-c", "show", "cards"])
