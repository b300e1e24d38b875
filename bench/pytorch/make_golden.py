"""Writes a golden folder with PyTorch: float64 arithmetic from float32 inputs, stored as float32.

    python3 bench/pytorch/make_golden.py --hidden 40 --batch 7 --length 5 --out DIR
    python3 bench/pytorch/make_golden.py --like test/golden/actor-critic.safetensors --out DIR

The first draws parameters and a batch of mixed stages (contexts padded with [EOS]) from --seed. The second takes both
from an existing file, recomputes the rest, and prints the worst relative error against that file.
The environment's rows do not depend on these sizes: --environment FILE --rows N copies the first N of them beside it.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from actor_critic import CTX, EOS, STAGES, VOCABULARY, State, initial_state
from golden import golden_group, inputs, relative_error
from tensor_file import Tensors, read_tensors, write_tensors

SOURCE = "PyTorch, float64 arithmetic from float32 inputs"


def random_inputs(hidden: int, batch: int, length: int, seed: int) -> Tensors:
    """The `param/` and `in/` groups of a new file."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    params: State = initial_state(hidden)
    stages = np.arange(batch, dtype="<i4") % STAGES
    contexts = np.full((batch, stages.max() + 4), EOS, dtype="<i4")
    for row, stage in zip(contexts, stages, strict=True):
        row[: stage + 3] = rng.integers(0, 10, stage + 3)
        row[stage + 3] = CTX
    return {f"param/{name}": value.numpy() for name, value in params.items()} | {
        "in/ctx": contexts,
        "in/stage": stages,
        "in/actions": rng.integers(0, VOCABULARY, (batch, length), dtype="<i4"),
        "in/returns": rng.uniform(0, 1.3, batch).astype("<f4"),
    }


def complete(given: Tensors) -> Tensors:
    """The whole file, from its `param/` and `in/` groups."""
    params, batch = inputs(given)
    tensors = dict(given)
    for group in ("published", "intended"):
        computed = golden_group(params, batch, published=group == "published")
        tensors |= {f"{group}/{name}": value for name, value in computed.items()}
    return tensors


def compare(tensors: Tensors, reference: Tensors) -> None:
    """Prints the worst relative error per part of each group, and whether names and order agree."""
    worst: dict[str, float] = defaultdict(float)
    for name, expected in reference.items():
        part = "/".join(name.split("/")[:2]) if name.count("/") > 1 else name
        worst[part] = max(worst[part], relative_error(tensors[name], expected))
    same = [(n, a.shape, a.dtype) for n, a in tensors.items()] == [(n, a.shape, a.dtype) for n, a in reference.items()]
    print(f"names, order, shapes and types agree: {'yes' if same else 'no'}")
    for part, error in worst.items():
        print(f"{part} {error:.1e}")
    print(f"worst {max(worst.values()):.1e}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes a golden folder with PyTorch.")
    parser.add_argument("--hidden", type=int, default=96)
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--length", type=int, default=6, help="tokens per program")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--like", type=Path, help="take parameters and batch from this file, and compare with it")
    parser.add_argument("--environment", type=Path, help="copy rows of this tutorial-environment.csv")
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()

    reference: Tensors = {}
    if options.like:
        reference, _ = read_tensors(options.like)
        given = {name: array for name, array in reference.items() if name.startswith(("param/", "in/"))}
    else:
        given = random_inputs(options.hidden, options.batch, options.length, options.seed)
    tensors = complete(given)
    metadata = {
        "vocabulary": str(VOCABULARY),
        "hidden": str(tensors["param/emb.weight"].shape[1]),
        "stages": str(STAGES),
        "program_length": str(tensors["in/actions"].shape[1]),
        "lr": "3e-4",
        "clip": "1.0",
        "value_coef": "0.5",
        "entropy_coef": "0.01",
        "source": SOURCE,
    }
    options.out.mkdir(parents=True, exist_ok=True)
    write_tensors(options.out / "actor-critic.safetensors", tensors, metadata)
    if options.environment:
        lines = options.environment.read_text().splitlines(keepends=True)
        (options.out / "tutorial-environment.csv").write_text("".join(lines[: options.rows + 1]))
    if reference:
        compare(tensors, reference)


if __name__ == "__main__":
    main()
