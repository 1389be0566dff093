"""The process that reads strangers' files: little memory, little time, and nothing lost when it dies.

Started by ``workshop``; takes one request a line (a path and a folder for pictures) and answers with one line of JSON.
"""

import json
import logging
import resource
import sys
import warnings
from pathlib import Path

from content_library.interchange import codec
from content_library.interchange.reading import read
from content_library.interchange.reasons import Refused, Why

MEMORY = 1536 * 1024 * 1024
"""Bytes of address space: libraries and the largest file that is taken fit in it."""
_LARGEST_OUTPUT = 1024 * 1024 * 1024
_DEEPEST = 3000


def main() -> None:
    """Serve until the input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_OUTPUT, _LARGEST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(_DEEPEST)
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints is no answer
    for line in sys.stdin:
        _allow_time()
        request = json.loads(line)
        print(answer(Path(request["path"]), Path(request["folder"])), file=answers, flush=True)


def answer(path: Path, folder: Path) -> str:
    """The findings of one file, or why there are none."""
    try:
        return codec.dump(read(path, folder))
    except Refused as problem:
        return codec.dump_refusal(problem)
    except MemoryError:
        return codec.dump_refusal(Refused(Why.TOO_HUNGRY))
    except RecursionError:
        return codec.dump_refusal(Refused(Why.TOO_DEEP, limit=str(_DEEPEST)))
    except Exception as error:
        return codec.dump_refusal(Refused(Why.READER_FAILED, error=type(error).__name__))


def _allow_time() -> None:
    """So many seconds more than were used already."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + codec.SECONDS + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
