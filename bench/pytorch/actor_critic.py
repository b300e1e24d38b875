"""The published actor-critic and its A2C loss in PyTorch, written for speed on one CPU thread.

The maths is that of the published tutorial, with each row seeing its own context unless `published` is asked for.
Two forms of the same GRU cell: `gru` is PyTorch's own (`torch.gru_cell`); `table` multiplies the embedding table by
the input weights once per update and looks the result up per token, as the project's own kernels do: half the products.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

VOCABULARY = 18
STAGES = 3
CTX, MUL, ADD, SUB, ANS, STO, RCL, EOS = range(10, 18)
CELLS = ("table", "gru")

LEARNING_RATE = 3e-4
CLIP = 1.0
VALUE_COEFFICIENT = 0.5
ENTROPY_COEFFICIENT = 0.01

State = dict[str, Tensor]


class Rollout(NamedTuple):
    """What one pass over a batch of programs leaves behind."""

    initial: Tensor  # h0 [B, D]
    final: Tensor  # h after the last token [B, D]
    actions: Tensor  # [T, B]
    logits: Tensor  # [T, B, V]
    values: Tensor  # [T, B]


class Losses(NamedTuple):
    """The terms of the loss; `log_probs` and `entropy` are per token [T, B]."""

    log_probs: Tensor
    entropy: Tensor
    policy: Tensor
    value: Tensor
    negative_entropy: Tensor
    total: Tensor


def initial_state(hidden: int) -> State:
    """PyTorch's default initialisations, drawn from its global generator, under its state-dict names."""

    def uniform(fan: int, *shape: int) -> Tensor:
        bound = 1 / math.sqrt(fan)
        return torch.empty(shape).uniform_(-bound, bound)

    return {
        "emb.weight": torch.randn(VOCABULARY, hidden),
        "stage_emb.weight": torch.randn(STAGES, hidden),
        "rnn.weight_ih_l0": uniform(hidden, 3 * hidden, hidden),
        "rnn.weight_hh_l0": uniform(hidden, 3 * hidden, hidden),
        "rnn.bias_ih_l0": uniform(hidden, 3 * hidden),
        "rnn.bias_hh_l0": uniform(hidden, 3 * hidden),
        "pi.weight": uniform(hidden, VOCABULARY, hidden),
        "pi.bias": uniform(hidden, VOCABULARY),
        "v.weight": uniform(hidden, 1, hidden),
        "v.bias": uniform(hidden, 1),
    }


class ActorCritic:
    """Embeddings, one GRU layer, and the policy and value heads held as one matrix of V + 1 rows."""

    def __init__(self, state: State, cell: str = "table", dtype: torch.dtype = torch.float32) -> None:
        def parameter(*names: str) -> Tensor:
            return torch.cat([state[name] for name in names]).to(dtype, copy=True).requires_grad_()

        self.cell = cell
        self.embedding = parameter("emb.weight")
        self.stage_embedding = parameter("stage_emb.weight")
        self.input_weight = parameter("rnn.weight_ih_l0")
        self.hidden_weight = parameter("rnn.weight_hh_l0")
        self.input_bias = parameter("rnn.bias_ih_l0")
        self.hidden_bias = parameter("rnn.bias_hh_l0")
        self.head_weight = parameter("pi.weight", "v.weight")
        self.head_bias = parameter("pi.bias", "v.bias")

    def parameters(self) -> list[Tensor]:
        return [
            self.embedding, self.stage_embedding, self.input_weight, self.hidden_weight,
            self.input_bias, self.hidden_bias, self.head_weight, self.head_bias,
        ]  # fmt: skip

    def named(self, gradients: bool = False) -> State:
        """Copies of the parameters, or of their gradients, under the published state-dict names."""
        blocks = [p.grad if gradients else p.detach() for p in self.parameters()]
        *body, head_weight, head_bias = (block.clone() for block in blocks)
        names = ("emb.weight", "stage_emb.weight", "rnn.weight_ih_l0", "rnn.weight_hh_l0")
        names += ("rnn.bias_ih_l0", "rnn.bias_hh_l0")
        state = dict(zip(names, body, strict=True))
        state["pi.weight"], state["v.weight"] = head_weight.split([VOCABULARY, 1])
        state["pi.bias"], state["v.bias"] = head_bias.split([VOCABULARY, 1])
        order = ("pi.weight", "pi.bias", "v.weight", "v.bias")
        return {name: state[name] for name in names + order}

    def encode(self, contexts: Tensor, stages: Tensor, published: bool = False) -> Tensor:
        """h0 [B, D] of contexts [B, L]; `published` gives every row the whole batch's mean context (the fault)."""
        context = F.embedding(contexts, self.embedding).mean(1)
        if published:
            context = context.mean(0, keepdim=True)
        return torch.tanh(context + F.embedding(stages, self.stage_embedding))

    def _step(self, actions: Tensor, hidden: Tensor, table: Tensor | None) -> Tensor:
        if table is None:
            inputs = F.embedding(actions, self.embedding)
            return torch.gru_cell(
                inputs, hidden, self.input_weight, self.hidden_weight, self.input_bias, self.hidden_bias
            )
        # In place and on unsafe chunks, as PyTorch's own cell does it: no copies, one buffer per gate.
        input_r, input_z, input_n = F.embedding(actions, table).unsafe_chunk(3, 1)
        hidden_r, hidden_z, hidden_n = F.linear(hidden, self.hidden_weight, self.hidden_bias).unsafe_chunk(3, 1)
        r = hidden_r.add_(input_r).sigmoid_()
        z = hidden_z.add_(input_z).sigmoid_()
        n = torch.addcmul(input_n, r, hidden_n).tanh_()
        return torch.lerp(n, hidden, z)

    def rollout(self, initial: Tensor, length: int, actions: Tensor | None = None) -> Rollout:
        """Runs `length` tokens from h0 [B, D]; samples them, or follows the given actions [T, B]."""
        batch = initial.shape[0]
        table = F.linear(self.embedding, self.input_weight, self.input_bias) if self.cell == "table" else None
        uniform = torch.rand(length, batch, 1) if actions is None else None
        hidden, action = initial, torch.full((batch,), CTX)
        heads: list[Tensor] = []
        taken: list[Tensor] = []
        for t in range(length):
            hidden = self._step(action, hidden, table)
            head = F.linear(hidden, self.head_weight, self.head_bias)  # [B, V + 1]
            action = sample(head, uniform[t]) if uniform is not None else actions[t]
            heads.append(head)
            taken.append(action)
        stacked = torch.stack(heads)
        return Rollout(initial, hidden, torch.stack(taken), stacked[..., :VOCABULARY], stacked[..., VOCABULARY])


@torch.no_grad()
def sample(head: Tensor, uniform: Tensor) -> Tensor:
    """One action per row of head [B, V + 1] by inverting the cumulative distribution at uniform [B, 1]."""
    cumulative = F.softmax(head[:, :VOCABULARY], 1).cumsum(1)
    return (cumulative < uniform).sum(1).clamp_(max=VOCABULARY - 1)


def a2c_losses(rollout: Rollout, returns: Tensor) -> Losses:
    """The published loss of whole episodes with returns [B]: the baseline is the sum of the value predictions."""
    log_policy = F.log_softmax(rollout.logits, -1)
    policy = log_policy.exp()
    entropy = -(policy * torch.log(policy + 1e-9)).sum(-1)
    log_probs = log_policy.gather(2, rollout.actions.unsqueeze(2)).squeeze(2)
    baseline = rollout.values.sum(0)
    advantage = returns - baseline.detach()
    policy_loss = -(log_probs.sum(0) * advantage).mean()
    value_loss = F.mse_loss(baseline, returns)
    negative_entropy = -entropy.mean()
    total = policy_loss + VALUE_COEFFICIENT * value_loss + ENTROPY_COEFFICIENT * negative_entropy
    return Losses(log_probs, entropy, policy_loss, value_loss, negative_entropy, total)


def adam(parameters: list[Tensor]) -> torch.optim.Adam:
    """Adam as published: fused where this PyTorch has it for the CPU (1.13 has not), else tensor by tensor.

    `foreach` was measured too and gains nothing on a CPU.
    """
    try:
        return torch.optim.Adam(parameters, lr=LEARNING_RATE, fused=True)
    except (TypeError, RuntimeError):
        return torch.optim.Adam(parameters, lr=LEARNING_RATE, foreach=False)


def clip(parameters: list[Tensor]) -> Tensor:
    """Clips the global gradient norm in place and returns the norm before."""
    return torch.nn.utils.clip_grad_norm_(parameters, CLIP)
