"""Proves the PyTorch peer correct against a golden folder.

    python3 bench/pytorch/check.py [FOLDER]        default: test/golden

Recomputes both groups with both cells in float32 (as benched) and float64, and the environment's rows. Prints the
worst relative error per group, and exits 1 above 2e-5 for gradients, 1e-5 for what precedes them, where a parameter
after three steps is off by more than 2e-3 (or more than 0.1 % of them by 2e-5), or where an environment row differs.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from actor_critic import CELLS
from golden import golden_group, inputs, relative_error
from tensor_file import Tensors, read_tensors
from tutorial_environment import episode_rewards


def check_group(group: str, cell: str, dtype: torch.dtype, reference: Tensors) -> bool:
    """Prints one line of errors for a group of the file; true if all lie within their limits."""
    params, batch = inputs(reference)
    computed = golden_group(params, batch, group == "published", cell, dtype)
    worst: dict[str, float] = defaultdict(float)
    after_errors = []
    for name, value in computed.items():
        expected = reference[f"{group}/{name}"]
        part = name.split("/")[0]
        if part.startswith("after"):
            after_errors.append(np.abs(value - expected).ravel())
        else:
            worst[part] = max(worst[part], relative_error(value, expected))
    after = np.concatenate(after_errors)
    close = float((after <= 2e-5).mean())
    limits = {part: 2e-5 if part.startswith("grad") else 1e-5 for part in worst}
    passed = all(worst[part] <= limits[part] for part in worst) and close >= 0.999 and after.max() <= 2e-3
    print(f"{group}, {cell} cell, {str(dtype).removeprefix('torch.')}: {'passed' if passed else 'FAILED'}")
    print("  " + "  ".join(f"{part} {error:.1e}" for part, error in worst.items()))
    print(f"  after three steps: {100 * close:.3f} % within 2e-5, all within {after.max():.1e}")
    return passed


def check_environment(path: Path) -> bool:
    """Compares every row of a tutorial-environment.csv; true if none differs."""
    groups: dict[tuple[int, int], list[tuple[list[int], list[int], float, int]]] = defaultdict(list)
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            actions = [int(token) for token in row["actions"].split()]
            digits = [int(row[letter]) for letter in "abcde"]
            case = (digits, actions, float(row["reward"]), int(row["steps"]))
            groups[int(row["stage"]), len(actions)].append(case)
    rows = wrong = 0
    for (stage, _), cases in groups.items():
        digits, actions, rewards, steps = (np.array(column) for column in zip(*cases, strict=True))
        found_rewards, found_steps = episode_rewards(stage, digits, actions.T)
        rows += len(cases)
        wrong += int(((np.abs(found_rewards - rewards) > 1e-6) | (found_steps != steps)).sum())
    print(f"environment: {rows - wrong} of {rows} rows agree")
    return wrong == 0 and rows > 0


def main() -> int:
    default = Path(__file__).parents[2] / "test" / "golden"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    reference, _ = read_tensors(folder / "actor-critic.safetensors")
    results = [
        check_group(group, cell, dtype, reference)
        for group in ("intended", "published")
        for cell in CELLS
        for dtype in (torch.float32, torch.float64)
    ]
    results.append(check_environment(folder / "tutorial-environment.csv"))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
