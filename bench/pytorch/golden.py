"""The contents of a golden file, `actor-critic.safetensors`, recomputed from its own parameters and batch."""

from __future__ import annotations

import numpy as np
import torch
from actor_critic import ActorCritic, State, a2c_losses, adam, clip
from tensor_file import Tensors

STEPS = 3


def golden_group(
    params: State, batch: State, published: bool, cell: str = "gru", dtype: torch.dtype = torch.float64
) -> Tensors:
    """One group (`published` or `intended`) in the file's order and layout, stored as float32.

    `batch` holds ctx [B, L], stage [B], actions [B, T] and returns [B]. Three clipped Adam steps are taken on it.
    """
    model = ActorCritic(params, cell, dtype)
    optimizer = adam(model.parameters())
    actions, returns = batch["actions"].T.contiguous(), batch["returns"].to(dtype)
    tensors: State = {}
    for step in range(STEPS):
        h0 = model.encode(batch["ctx"], batch["stage"], published)
        rollout = model.rollout(h0, len(actions), actions)
        losses = a2c_losses(rollout, returns)
        optimizer.zero_grad(set_to_none=True)
        losses.total.backward()
        if step == 0:
            tensors |= {
                "h0": rollout.initial,
                "logits": rollout.logits.transpose(0, 1),
                "values": rollout.values.T,
                "logp": losses.log_probs.T,
                "entropy": losses.entropy.T,
                "h_last": rollout.final,
                "pg": losses.policy,
                "value_loss": losses.value,
                "entropy_loss": losses.negative_entropy,
                "loss": losses.total,
            }
        tensors |= {f"grad_{step}/{name}": grad for name, grad in model.named(gradients=True).items()}
        tensors[f"grad_norm_{step}"] = clip(model.parameters())
        optimizer.step()
    tensors |= {f"after{STEPS}/{name}": value for name, value in model.named().items()}
    return {name: stored(tensor) for name, tensor in tensors.items()}


def stored(tensor: torch.Tensor) -> np.ndarray:
    """As the file holds it: float32, and scalars as arrays of one."""
    return np.ascontiguousarray(np.atleast_1d(tensor.detach().numpy()).astype("<f4"))


def inputs(tensors: Tensors) -> tuple[State, State]:
    """The `param/` and `in/` groups of a golden file as torch tensors (indices as int64)."""

    def group(prefix: str) -> State:
        found = {name.removeprefix(prefix): array for name, array in tensors.items() if name.startswith(prefix)}
        return {name: torch.from_numpy(a.astype("i8" if a.dtype.kind == "i" else "f4")) for name, a in found.items()}

    return group("param/"), group("in/")


def relative_error(value: np.ndarray, reference: np.ndarray) -> float:
    """max |difference| / max |reference|."""
    difference = np.abs(value.astype("f8") - reference.astype("f8")).max()
    return float(difference / max(np.abs(reference).max(), np.finfo("f4").tiny))
