"""The reference update in PyTorch, driven over stdin and stdout so that rounds can alternate with ours.

    python3 bench/pytorch/reference_update.py [THREADS]        default: 1

Prints one JSON line with versions, then answers each line {"batch": 192, "hidden": 96, "updates": 20} with
{"milliseconds": [...]}, one entry per update; ends with its input. "cell" chooses "table" (default, the fastest) or
"gru" (PyTorch's own cell). A model is kept per size and cell, warmed up by three untimed updates. A line it cannot
serve is answered {"error": "..."}. Exit 2 where this Python has no torch.
OpenBLAS obeys OPENBLAS_CORETYPE from the environment; the core it runs as stands in "blas", the variables beside it.
One update: fresh stage-0 problems, six sampled tokens, the tutorial's rewards, A2C loss, backward, clip, Adam.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time

THREADS = int(sys.argv[1]) if len(sys.argv) > 1 else 1
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(THREADS)  # read once, when the libraries load

try:
    import numpy as np
    import torch
except ImportError as error:
    print(f"This python3 ({platform.python_version()}) cannot run the peer: {error}.", file=sys.stderr)
    sys.exit(2)

from actor_critic import CELLS, CTX, ActorCritic, a2c_losses, adam, clip, initial_state
from tutorial_environment import episode_rewards
from versions import versions

LENGTH = 6
STAGE = 0
WARM_UP = 3


class ReferenceUpdate:
    """A model, its optimiser and its stream of problems for one size."""

    def __init__(self, batch: int, hidden: int, cell: str) -> None:
        self.batch = batch
        self.model = ActorCritic(initial_state(hidden), cell)
        self.parameters = self.model.parameters()
        self.optimizer = adam(self.parameters)
        self.rng = np.random.default_rng(0)
        self.stages = torch.full((batch,), STAGE)
        self.contexts = torch.full((batch, STAGE + 4), CTX)  # digits, then [CTX]

    def run(self) -> float:
        """One update; returns the batch's mean reward."""
        digits = self.rng.integers(0, 10, (self.batch, 5))
        self.contexts[:, :-1] = torch.from_numpy(digits[:, : STAGE + 3])
        rollout = self.model.rollout(self.model.encode(self.contexts, self.stages), LENGTH)
        rewards, _ = episode_rewards(STAGE, digits, rollout.actions.numpy())
        losses = a2c_losses(rollout, torch.from_numpy(rewards))
        self.optimizer.zero_grad(set_to_none=True)
        losses.total.backward()
        clip(self.parameters)
        self.optimizer.step()
        return float(rewards.mean())


def serve(line: str, kept: dict[tuple[int, int, str], ReferenceUpdate]) -> dict[str, object]:
    """The answer to one request line."""
    try:
        request = json.loads(line)
        batch, hidden, updates = (int(request[key]) for key in ("batch", "hidden", "updates"))
        cell = request.get("cell", CELLS[0])
        if min(batch, hidden, updates) < 1 or cell not in CELLS:
            raise ValueError(f"expected positive sizes and a cell of {', '.join(CELLS)}")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    key = (batch, hidden, cell)
    if key not in kept:
        kept[key] = ReferenceUpdate(*key)
        for _ in range(WARM_UP):
            kept[key].run()
    milliseconds = []
    for _ in range(updates):
        start = time.perf_counter()
        reward = kept[key].run()
        milliseconds.append(round(1e3 * (time.perf_counter() - start), 4))
    return {"milliseconds": milliseconds, "reward": round(reward, 4)}


def main() -> None:
    torch.set_num_threads(THREADS)
    torch.manual_seed(0)
    print(json.dumps({**versions(), "cells": CELLS}), flush=True)
    kept: dict[tuple[int, int, str], ReferenceUpdate] = {}
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(serve(line, kept)), flush=True)


if __name__ == "__main__":
    main()
