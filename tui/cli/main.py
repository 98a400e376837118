"""The way in: reads the command line, runs one command, turns every ending into an exit status."""

from collections.abc import Sequence

from tui.cli.command_line import parse
from tui.cli.environment import Environment
from tui.cli.exit_status import ExitStatus, status_of
from tui.cli.options import Answered
from tui.cli.output import Output, OutputError, PipeClosed
from tui.errors import NewsdeckError
from tui.lean import lean_libraries
from tui.work import search_new_garbage


def run(argv: Sequence[str], environment: Environment | None = None) -> int:
    """Run the command that `argv` (without the program's name) asks for; its exit status.

    Never raises but for SystemExit of others; errors are reported on stderr, one sentence each.
    """
    environment = environment or Environment.of_process()
    output = Output(environment)
    try:
        with output:
            return _run(argv, environment, output)
    except PipeClosed:
        output.abandon()
        return ExitStatus.DONE
    except OutputError as error:
        output.abandon()
        output.note(str(error))
        return ExitStatus.NEGATIVE
    except KeyboardInterrupt:
        output.note("interrupted.")
        return ExitStatus.INTERRUPTED
    except NewsdeckError as error:
        output.note(str(error))
        return status_of(error)
    except Exception as error:
        from tui.cli.crash import crash_sentence
        from tui.paths import state_dir

        output.note(crash_sentence(error, state_dir()))
        return ExitStatus.NEGATIVE


def _run(argv: Sequence[str], environment: Environment, output: Output) -> int:
    with lean_libraries():
        try:
            runner, options = parse(argv, output.columns)
        except Answered as answer:
            output.line(str(answer).rstrip("\n"))
            return ExitStatus.DONE
        from tui.cli.context import Context  # `--help` is answered without all that this brings along

    search_new_garbage()

    return runner(Context(environment, output, options))
