"""The command line: one thin file a command, found by discovery.

A command file is named after its command and exports ``COMMAND``. Heavy libraries are imported
inside the functions that need them, so that ``accordant --help`` starts at once.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from traceback import walk_tb
from types import FrameType
from typing import Any, NoReturn, cast

import click

from validator.discovery import modules_of
from validator.errors import STOPPED, AccordantError

EXIT_PASS, EXIT_FINDINGS, EXIT_UNCHECKED, EXIT_INTERRUPTED = 0, 1, 2, 130
AGAIN = 0.3
"""Seconds until an interrupt that has not ended the command is raised again."""


class _Discovered(click.Group):
    """A group whose commands are the modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(_commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        # its own file first: to import every command takes as long as to check a small file
        with suppress(ImportError):
            found = getattr(import_module(f"validator.cli.{cmd_name}"), "COMMAND", None)
            if found is not None:
                return cast("click.Command", found)
        return _commands().get(cmd_name)


def _commands() -> dict[str, click.Command]:
    found = (m.COMMAND for _, m in modules_of("validator.cli") if hasattr(m, "COMMAND"))
    return {str(command.name): command for command in found}


@click.group(
    cls=_Discovered,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 in order, 1 findings, 2 could not check. Values are hidden unless asked.",
)
@click.version_option(package_name="accordant", prog_name="accordant")
def accordant() -> None:
    """Check records against a common data standard, before they are shared."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit. Whatever happens, no traceback and no cell value is shown."""
    # a command makes many things once and keeps them: to look for cycles among them is in vain
    gc.set_threshold(100_000, 20, 100)
    # a scan in threads asks for its turn often, while the engine is imported
    sys.setswitchinterval(0.0005)
    # NumPy's algebra starts threads that wait in a busy way; nothing here asks for it
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    interrupts = Interrupts()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        with suppress(ValueError):  # only the main thread may
            interrupts.begin()
    code = _run(arguments, interrupts)
    interrupts.end()
    sys.exit(code)


class Interrupts:
    """Raises KeyboardInterrupt for Ctrl-C, and again and again until the command has ended.

    A library can lose one that comes while it is at work, and Polars raises one by itself besides.
    While something is closed, or tidied up after an interrupt or a panic, it waits: what is tidied
    up is not cut short.
    """

    def __init__(self) -> None:
        self.asked = self._ended = False

    def begin(self) -> None:
        """Listen. Raises ValueError where this is not the main thread."""
        signal.signal(signal.SIGINT, self)

    def end(self) -> None:
        """Ask no more."""
        self._ended = True
        if self.asked and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Handle the signal."""
        del frame
        if self._ended:
            return
        self.asked = True
        if hasattr(signal, "setitimer"):  # not on Windows
            signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(number))
            signal.setitimer(signal.ITIMER_REAL, AGAIN)
        error = sys.exception()
        if error is None or isinstance(error, Exception):
            raise KeyboardInterrupt


def _called(arguments: list[str] | None, interrupts: Interrupts) -> Any:
    try:
        return accordant.main(arguments, prog_name="accordant", standalone_mode=False)
    except BaseException as error:
        if interrupts.asked and not isinstance(error, KeyboardInterrupt):
            # whatever a library has made of it
            raise KeyboardInterrupt from None
        raise


def _run(arguments: list[str] | None, interrupts: Interrupts | None = None) -> int:
    interrupts = interrupts or Interrupts()
    try:
        result = _called(arguments, interrupts)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        error.show()
        return EXIT_UNCHECKED
    except AccordantError as error:
        _tell(str(error))
        return EXIT_UNCHECKED
    except (KeyboardInterrupt, click.Abort):
        interrupts.end()
        _tell(STOPPED)
        return EXIT_INTERRUPTED
    except SystemExit:
        # how Click ends where the reader of its output has gone (``| head``)
        return EXIT_UNCHECKED
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        if _was_printing(error):
            _tell(f"the system cannot write the output ({reason}). Choose another place for it.")
            _forget_output()
        else:
            # the file's name is left out: whose it is cannot be known here
            _tell(
                f"the system refused something that the command needs ({reason}, in "
                f"{_innermost(error)}). Look at permissions, free disk space and memory, then run "
                "it again."
            )
        return EXIT_UNCHECKED
    except BaseException as error:  # a panic of Polars is no Exception
        kind, place = type(error).__name__, _innermost(error)
        _tell(
            f"an internal error stopped the command ({kind} in {place}). Please report this line."
        )
        return EXIT_UNCHECKED
    return result if isinstance(result, int) else EXIT_PASS


def _tell(message: str) -> None:
    """One message on standard error; what it quotes cannot move a cursor or hide."""
    from validator.model.visible import safe

    click.echo("accordant: " + "\n".join(map(safe, message.splitlines())), err=True)


def _was_printing(error: OSError) -> bool:
    """Whether it was standard output that could not be written."""
    from validator.cli._output import print_bytes

    steps = {frame.f_code for frame, _ in walk_tb(error.__traceback__)}
    return not steps.isdisjoint({print_bytes.__code__, click.echo.__code__})


def _forget_output() -> None:
    """Drop what could not be written, so that the interpreter does not try again when it ends."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _innermost(error: BaseException) -> str:
    """Where in accordant an error arose: a module and a line, never a value."""
    place = "accordant"
    for frame, line in walk_tb(error.__traceback__):
        module = frame.f_globals.get("__name__", "")
        if module.startswith("validator"):
            place = f"{module}:{line}"
    return place
