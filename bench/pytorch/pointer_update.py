"""The reader's update in PyTorch, driven over stdin and stdout so that rounds can alternate with ours.

    python3 bench/pytorch/pointer_update.py FILE [THREADS]        default: 1

FILE holds parameters and batches recorded by bench/readerUpdate.ts. Prints one JSON line with versions, then answers each
line {"updates": 4} with {"milliseconds": [...], "outcome": {...}}: one entry per update, and the losses of batch 0. One
update: a rollout of the recorded programs, token by token, with a sample drawn at each; losses of the sampled and of
hindsight's programs; backward, clip, Adam (rate 0, so that the batches stay those of these parameters). "form" chooses
"compact" (default: the rollout keeps no graph and leaves out lanes that have ended, a second pass over whole programs has
the gradient), "padded" (as before, but every lane goes on to the last one's end) or "kept" (a padded rollout that keeps
its graph: no second pass). The machines, their masks and hindsight's tracing are not run here: their time is left out.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

FILE = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
THREADS = int(sys.argv[2]) if len(sys.argv) > 2 else 1
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(THREADS)  # read once, when the libraries load

import torch
from pointer_agent import Coefficients, PointerAgent, Sizes, a2c_losses, cross_entropy, episodes, longest_first
from tensor_file import Tensors, read_tensors
from versions import versions

FORMS = ("compact", "padded", "kept")
WARM_UP = 3


class ReaderUpdate:
    """The agent, its optimiser and the recorded batches."""

    def __init__(self, tensors: Tensors, metadata: dict[str, str], form: str) -> None:
        def setting(name: str) -> float:
            return float(metadata[name])

        widths = (int(metadata[name]) for name in ("vocabulary", "levels", "hidden", "embedding", "feedback", "start"))
        self.form = form
        self.agent = PointerAgent(Sizes(*widths, torch.from_numpy(tensors["operands"].astype(bool))))
        parameters = {name: value for name, value in tensors.items() if name.startswith("param/")}
        state = {name.removeprefix("param/"): torch.from_numpy(value.copy()) for name, value in parameters.items()}
        self.agent.load_state_dict(state)
        self.parameters = list(self.agent.parameters())
        self.optimizer = torch.optim.Adam(self.parameters, lr=0.0, foreach=False)
        self.clip = setting("clip")
        coefficients = ("value_coef", "entropy_coef", "uniform_coef", "hindsight_coef", "discount")
        self.weights = Coefficients(*(setting(name) for name in coefficients), setting("by_advantage") == 1)
        self.batches = [
            tuple(longest_first(episodes(tensors, f"{batch}/{part}")) for part in ("in", "example"))
            for batch in range(int(metadata["batches"]))
        ]

    def run(self, update: int) -> dict[str, float]:
        batch, examples = self.batches[update % len(self.batches)]
        if self.form == "compact":
            self.agent.play(batch)
        elif self.form == "padded":
            with torch.no_grad():
                self.agent.rollout(batch)
        outputs = self.agent.rollout(batch) if self.form == "kept" else self.agent(batch)
        losses = a2c_losses(outputs, batch, self.weights)
        hindsight, learnt = cross_entropy(self.agent(examples), examples, self.weights.by_advantage)
        self.optimizer.zero_grad(set_to_none=True)
        (losses.total + self.weights.hindsight * learnt).backward()
        norm = torch.nn.utils.clip_grad_norm_(self.parameters, self.clip)
        self.optimizer.step()
        parts = {"crossEntropy": hindsight, "policyLoss": losses.policy, "valueLoss": losses.value, "norm": norm}
        return {name: float(part) for name, part in parts.items()}


def main() -> None:
    torch.set_num_threads(THREADS)
    torch.manual_seed(0)
    tensors, metadata = read_tensors(FILE)
    print(json.dumps({**versions(), "forms": FORMS}), flush=True)
    kept: dict[str, ReaderUpdate] = {}
    for line in sys.stdin:
        request = json.loads(line)
        form = request.get("form", FORMS[0])
        if form not in kept:
            kept[form] = ReaderUpdate(tensors, metadata, form)
            for update in range(WARM_UP):
                kept[form].run(update)
        milliseconds = []
        for update in range(int(request["updates"])):
            start = time.perf_counter()
            kept[form].run(update)
            milliseconds.append(round(1e3 * (time.perf_counter() - start), 4))
        print(json.dumps({"milliseconds": milliseconds, "outcome": kept[form].run(0)}), flush=True)


if __name__ == "__main__":
    main()
