"""The published tutorial's machine and rewards, defects included, for a whole batch of one stage at once."""

from __future__ import annotations

import numpy as np
from actor_critic import ADD, ANS, MUL, RCL, STO, SUB

STEP_LIMIT = 7


def episode_rewards(stage: int, digits: np.ndarray, actions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rewards [B] and steps [B] of programs `actions` [T, B] on problems `digits` [B, 5] of one stage."""
    a, b, c, d, e = digits.T
    actions = actions[:STEP_LIMIT]
    answered = np.logical_or.accumulate(actions == ANS, axis=0)
    actions = np.where(answered, ANS, actions)  # nothing moves after the answer
    mul, add, sub, sto, rcl = (actions == tool for tool in (MUL, ADD, SUB, STO, RCL))

    product, last = a * b, np.zeros_like(a)
    held, flag = np.zeros((2, len(a)), dtype=bool)
    for t in range(len(actions)):
        last = np.where(mul[t], np.where(held, last * d if stage else last, product), last)
        held = held | mul[t]
        last = last + c * (add[t] & held)
        if stage:
            last = last - (np.where(flag, e, d) if stage == 2 else d) * (sub[t] & held)
        recalled = rcl[t] & flag
        if stage == 2:
            last = np.where(recalled, d * e, last)
        held = held | recalled
        flag = flag | sto[t]

    g0 = product
    g1 = g0 + c
    g2 = g1 - d
    if stage == 0:
        reward = 1.05 * (last == g0) + 0.1 * (last == g1)
    elif stage == 1:
        reward = 0.05 * (last == g0) + 1.1 * (last == g1) + 0.15 * (last == g2)
    else:
        g3 = d * e
        reward = 0.04 * (last == g0) + 0.08 * (last == g1) + (last == g2)
        reward = reward + 0.12 * (last == g1 - g3) + 0.12 * (last == g3)
    steps = len(actions) + 1 - answered.sum(0)
    return (reward * (held & answered[-1])).astype(np.float32), np.minimum(steps, len(actions))
