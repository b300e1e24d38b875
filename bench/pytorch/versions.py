"""What this process runs on: interpreter, libraries, and the BLAS behind them."""

from __future__ import annotations

import ctypes
import os
import platform
import re
from pathlib import Path

import numpy as np
import torch


def blas_library() -> str:
    """Name and configuration of the BLAS in this process, as far as it can be told."""
    built = re.search(r"BLAS_INFO=(\w+)", torch.__config__.show())
    found = built.group(1) if built else "unknown"
    try:
        mapped = {line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines() if "/" in line}
    except OSError:
        return found
    for library in sorted(path for path in mapped if re.search(r"blas|mkl_core|blis", Path(path).name)):
        try:
            describe = ctypes.CDLL(library).openblas_get_config
        except (OSError, AttributeError):
            found = Path(library).name
            continue
        describe.restype = ctypes.c_char_p
        return f"{Path(library).name}: {describe().decode().strip()}"
    return found


def versions() -> dict[str, object]:
    return {
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": np.__version__,
        "blas": blas_library(),
        "environment": {name: value for name, value in os.environ.items() if name.startswith("OPENBLAS_")},
        "threads": torch.get_num_threads(),
    }
