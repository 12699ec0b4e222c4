"""The child's side of `lib.child`: reads calls from its input, runs them within limits, writes the answers."""

import contextlib
import importlib
import os
import resource
import sys

from alongside.lib import frames

ERROR_LENGTH = 500


def main() -> None:
    """Serve calls until the parent closes the pipe."""
    memory = int(sys.argv[1])
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CORE, 0)
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)  # a function that prints or asks must not disturb the conversation
    os.dup2(nothing, 1)
    functions: dict = {}
    while head := questions.read(frames.HEAD):
        question = frames.decode(questions.read(frames.length_of(head)))
        answers.write(_answer(question, functions))
        answers.flush()


def _answer(question: dict, functions: dict) -> bytes:
    try:
        function = functions.get(question["call"]) or _find(question["call"], functions)
        _allow_cpu(question["seconds"])
        value = function(*question["args"], **question["kwargs"])
        answer = frames.encode({"value": value})
        del value
        if len(answer) > question["output"]:
            return _error("TooBig", f"{len(answer)} bytes of output; {question['output']} are taken")
        return answer
    except MemoryError:
        return _error("MemoryError", "")
    except Exception as error:
        return _error(type(error).__name__, str(error))


def _error(kind: str, text: str) -> bytes:
    return frames.encode({"error": kind, "text": text[:ERROR_LENGTH]})


def _find(path: str, functions: dict):
    module, _, name = path.rpartition(".")
    functions[path] = getattr(importlib.import_module(module), name)
    return functions[path]


def _allow_cpu(seconds: float) -> None:
    """Let this process use so many more seconds of CPU before it is ended by the system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + 1)


def _limit(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    with contextlib.suppress(ValueError, OSError):  # a system that knows no such limit: the parent's clock remains
        resource.setrlimit(what, (value, hard))


if __name__ == "__main__":
    main()
