"""Trains the published tutorial in PyTorch, defects included, and counts where its seeds end.

    python3 bench/pytorch/tutorial.py [FIRST] [LAST]        default: seeds 0 to 29

`node bench/seeds.ts tutorial --to 29` counts the same for ours.
"""

from __future__ import annotations

import sys

import numpy as np
import torch
from actor_critic import CTX, ActorCritic, a2c_losses, adam, clip, initial_state
from tutorial_environment import episode_rewards

BATCH, HIDDEN, LENGTH = 192, 96, 6
STAGES = (0, 0, 0, 1, 1, 2)
UPDATES_PER_STAGE = 10
FINAL_PROBLEMS = 1000


def problems(rng: np.random.Generator, batch: int, stage: int) -> tuple[np.ndarray, torch.Tensor, torch.Tensor]:
    """Digits [B, 5], contexts [B, stage + 4] and stages [B]."""
    digits = rng.integers(0, 10, (batch, 5))
    contexts = torch.full((batch, stage + 4), CTX)
    contexts[:, :-1] = torch.from_numpy(digits[:, : stage + 3])
    return digits, contexts, torch.full((batch,), stage)


def train(seed: int) -> list[float]:
    """The mean rewards per stage that the tutorial prints at its end."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    model = ActorCritic(initial_state(HIDDEN), "gru")
    optimizer = adam(model.parameters())
    for stage in STAGES:
        for _ in range(UPDATES_PER_STAGE):
            digits, contexts, stages = problems(rng, BATCH, stage)
            rollout = model.rollout(model.encode(contexts, stages, published=True), LENGTH)
            rewards, _ = episode_rewards(stage, digits, rollout.actions.numpy())
            optimizer.zero_grad(set_to_none=True)
            a2c_losses(rollout, torch.from_numpy(rewards)).total.backward()
            clip(model.parameters())
            optimizer.step()
    return [final_reward(model, rng, stage) for stage in range(3)]


@torch.no_grad()
def final_reward(model: ActorCritic, rng: np.random.Generator, stage: int) -> float:
    """Greedy play on one batch of fresh problems, whose rows see their batch's mean context."""
    digits, contexts, stages = problems(rng, FINAL_PROBLEMS, stage)
    hidden = model.encode(contexts, stages, published=True)
    action = torch.full((FINAL_PROBLEMS,), CTX)
    actions = []
    for _ in range(LENGTH):
        hidden = model._step(action, hidden, None)
        action = (hidden @ model.head_weight[:-1].T + model.head_bias[:-1]).argmax(1)
        actions.append(action)
    return float(episode_rewards(stage, digits, torch.stack(actions).numpy())[0].mean())


def main() -> None:
    first, last = (int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 2 else (0, 29)
    torch.set_num_threads(1)
    rewards = np.array([train(seed) for seed in range(first, last + 1)])
    t0 = rewards[:, 0]
    print(f"seeds {first}–{last}: T0 > 1.0 in {(t0 > 1).sum()}, T0 = 0 in {(t0 == 0).sum()}, between in "
          f"{((t0 > 0) & (t0 <= 1)).sum()}; T1 > 0.15 in {(rewards[:, 1] > 0.15).sum()}, "
          f"T2 > 0.15 in {(rewards[:, 2] > 0.15).sum()}")  # fmt: skip


if __name__ == "__main__":
    main()
