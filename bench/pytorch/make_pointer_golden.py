"""Writes test/golden-pointer/pointer-agent.safetensors with PyTorch: float64 arithmetic from float32 inputs.

    python3 bench/pytorch/make_pointer_golden.py --out test/golden-pointer

Two groups over one batch: `gru` reads the context in order, `mean` without. Contexts and programs differ in length,
operands are repeated, programs name operands that are not shown, some steps have one legal token alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from pointer_agent import (
    Coefficients,
    Episodes,
    PointerAgent,
    Sizes,
    a2c_losses,
    cross_entropy,
    episodes,
    returns_of,
)
from tensor_file import Tensors, write_tensors

VOCABULARY, LEVELS, START, PADDING = 26, 6, 24, 25
OPERANDS = 10
CONTEXTS = (1, 3, 17, 5, 9, 9, 2, 13, 3, 7, 11)
PROGRAMS = (3, 12, 7, 1, 9, 16, 2, 12, 5, 8, 4)
EXAMPLES = {1: (5, 6), 4: (11, 14), 5: (1, 2), 9: (7, 3), 10: (7, 9)}  # lane: lengths of context and program
WEIGHTS = Coefficients(value=0.5, entropy=0.01, uniform=0.07, hindsight=0.8, discount=0.97, by_advantage=True)


def problems(rng: np.random.Generator, prefix: str, contexts: list[int], programs: list[int]) -> Tensors:
    """Contexts over few operands, so that they repeat, and programs of legal tokens."""
    batch, longest, steps = len(contexts), max(contexts), max(programs)
    shown = np.full((batch, longest), PADDING, "<i4")
    actions = np.zeros((batch, steps), "<i4")
    legal = np.zeros((batch, steps, VOCABULARY), "<i4")
    for row, (length, count) in enumerate(zip(contexts, programs, strict=True)):
        few = rng.permutation(OPERANDS)[:4]
        shown[row, :length] = np.where(rng.random(length) < 0.6, rng.choice(few, length), rng.integers(10, 15, length))
        for t in range(count):
            likely = rng.choice(shown[row, :length]) if rng.random() < 0.6 else rng.integers(VOCABULARY)
            actions[row, t] = likely
            legal[row, t] = rng.random(VOCABULARY) < (0 if rng.random() < 0.15 else 0.5)
            legal[row, t, likely] = 1
    rewards = rng.uniform(-0.1, 0.1, actions.shape)
    for row, length in enumerate(programs):
        rewards[row, length - 1] += rng.uniform(0, 1)
        rewards[row, length:] = 0
    return {
        f"{prefix}/ctx": shown,
        f"{prefix}/ctx_length": np.array(contexts, "<i4"),
        f"{prefix}/level": rng.integers(0, LEVELS, batch).astype("<i4"),
        f"{prefix}/actions": actions,
        f"{prefix}/length": np.array(programs, "<i4"),
        f"{prefix}/legal": legal,
        f"{prefix}/rewards": rewards.astype("<f4"),
    }


def random_inputs(rng: np.random.Generator) -> Tensors:
    """The `in/` group (the batch) and the `example/` group (hindsight's, each with its lane)."""
    tensors = problems(rng, "in", list(CONTEXTS), list(PROGRAMS))
    contexts, programs = zip(*EXAMPLES.values(), strict=True)
    tensors |= problems(rng, "example", list(contexts), list(programs))
    tensors["example/lane"] = np.array(list(EXAMPLES), "<i4")
    tensors["operands"] = (np.arange(VOCABULARY) < OPERANDS).astype("<i4")
    return tensors


def golden_group(agent: PointerAgent, batch: Episodes, examples: Episodes) -> dict[str, torch.Tensor]:
    """Everything that one update computes, up to the norm of its gradient."""
    outputs = agent(batch)
    stepwise = agent.rollout(batch)
    assert torch.allclose(outputs.logits, stepwise.logits, atol=1e-12), "the two passes differ"
    losses = a2c_losses(outputs, batch, WEIGHTS)
    hindsight, learnt = cross_entropy(agent(examples), examples, WEIGHTS.by_advantage)
    loss = losses.total + WEIGHTS.hindsight * learnt
    agent.zero_grad(set_to_none=True)
    loss.backward()
    counts = batch.counts
    gradients = {name: parameter.grad for name, parameter in agent.named_parameters()}
    norm = torch.stack([gradient.norm() for gradient in gradients.values()]).norm()
    return {
        "h0": outputs.initial,
        "states": outputs.states * counts[..., None],
        "logits": outputs.logits.masked_fill(~batch.legal, 0) * counts[..., None],
        "values": outputs.values * counts,
        "logp": losses.log_probs,
        "entropy": losses.entropies,
        "returns": returns_of(batch.rewards, WEIGHTS.discount) * counts,
        "pg": losses.policy,
        "value_loss": losses.value,
        "entropy_mean": losses.entropy,
        "hindsight": hindsight,
        **{f"grad/{name}": gradient for name, gradient in gradients.items()},
        "grad_norm": norm,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes the pointer agent's reference data with PyTorch.")
    parser.add_argument("--hidden", type=int, default=32)
    parser.add_argument("--embedding", type=int, default=24)
    parser.add_argument("--feedback", type=int, default=16)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    tensors = random_inputs(np.random.default_rng(options.seed))
    operands = torch.from_numpy(tensors["operands"].astype(bool))
    widths = (options.hidden, options.embedding, options.feedback)
    for encoder in ("gru", "mean"):
        agent = PointerAgent(Sizes(VOCABULARY, LEVELS, *widths, START, operands, encoder))
        tensors |= {f"{encoder}/param/{name}": value.numpy().copy() for name, value in agent.state_dict().items()}
        agent.double()
        batch, examples = (episodes(tensors, prefix, torch.float64) for prefix in ("in", "example"))
        for name, value in golden_group(agent, batch, examples).items():
            stored = np.atleast_1d(value.detach().numpy()).astype("<f4")
            tensors[f"{encoder}/{name}"] = np.ascontiguousarray(stored)
    metadata = {
        "hidden": str(options.hidden),
        "embedding": str(options.embedding),
        "feedback": str(options.feedback),
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
    write_tensors(options.out / "pointer-agent.safetensors", tensors, metadata)


if __name__ == "__main__":
    main()
