"""Writes test/golden-transformer/transformer-agent.safetensors with PyTorch: float64 arithmetic from float32 inputs.

    python3 bench/pytorch/make_transformer_golden.py --out test/golden-transformer

The batch is made as the pointer agent's. One context is longer than the agent has positions for.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from make_pointer_golden import CONTEXTS, LEVELS, PADDING, START, VOCABULARY, WEIGHTS, golden_group, random_inputs
from pointer_agent import episodes
from tensor_file import write_tensors
from transformer_agent import Sizes, TransformerAgent

PROGRAM = 16


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the transformer's reference data with PyTorch.")
    parser.add_argument("--hidden", type=int, default=24)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--heads", type=int, default=3)
    parser.add_argument("--inner", type=int, default=36)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    tensors = random_inputs(np.random.default_rng(options.seed))
    shape = {name: getattr(options, name) for name in ("hidden", "layers", "heads", "inner")}
    sizes = Sizes(VOCABULARY, LEVELS, *shape.values(), max(CONTEXTS) - 2, PROGRAM, START)
    agent = TransformerAgent(sizes)
    tensors |= {f"transformer/param/{name}": value.numpy().copy() for name, value in agent.state_dict().items()}
    agent.double()
    batch, examples = (episodes(tensors, prefix, torch.float64) for prefix in ("in", "example"))
    group = golden_group(agent, batch, examples)
    del group["h0"]  # no state comes before the first token
    for name, value in group.items():
        stored = np.atleast_1d(value.detach().numpy()).astype("<f4")
        tensors[f"transformer/{name}"] = np.ascontiguousarray(stored)
    metadata = {name: str(value) for name, value in shape.items()} | {
        "context": str(sizes.context),
        "program": str(PROGRAM),
        "vocabulary": str(VOCABULARY),
        "levels": str(LEVELS),
        "start": str(START),
        "padding": str(PADDING),
        "discount": str(WEIGHTS.discount),
        "value_coef": str(WEIGHTS.value),
        "entropy_coef": str(WEIGHTS.entropy),
        "uniform_coef": str(WEIGHTS.uniform),
        "hindsight_coef": str(WEIGHTS.hindsight),
        "by_advantage": str(int(WEIGHTS.by_advantage)),
        "source": f"PyTorch {torch.__version__}, float64 arithmetic from float32 inputs",
    }
    options.out.mkdir(parents=True, exist_ok=True)
    write_tensors(options.out / "transformer-agent.safetensors", tensors, metadata)


if __name__ == "__main__":
    main()
