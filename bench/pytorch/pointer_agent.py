"""The agent that reads before it writes (`pointer`) and its losses in PyTorch, under the project's parameter names.

A bidirectional GRU reads the context (or, `encoder="mean"`, a projection of its tokens without order); a GRU emits the
program with attention over the encoded context, logits that point at its operands, and the encoded state of the last
operand fed back. Losses: advantage actor-critic with a per-step critic on Monte Carlo returns, means over tokens,
normalised advantages, an entropy bonus, the divergence from the uniform policy over legal tokens, and cross-entropy on
hindsight's examples.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from tensor_file import Tensors
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

MASKED = -1e30
DEVIATION_FLOOR = 1e-5


class Sizes(NamedTuple):
    """What the agent is made for; `operands` [V] says which tokens can be pointed at."""

    vocabulary: int
    levels: int
    hidden: int
    embedding: int
    feedback: int
    start: int
    operands: Tensor
    encoder: str = "gru"


class Episodes(NamedTuple):
    """A batch of problems and the programs written for them, padded to the longest of each."""

    contexts: Tensor  # [B, L]
    context_lengths: Tensor  # [B]
    levels: Tensor  # [B]
    programs: Tensor  # [B, T]
    lengths: Tensor  # [B]
    legal: Tensor  # [B, T, V], bool
    rewards: Tensor  # [B, T], 0 beyond the end

    @property
    def counts(self) -> Tensor:
        """[B, T] 1 where a token counts, 0 beyond the end of its program."""
        return (torch.arange(self.programs.shape[1]) < self.lengths[:, None]).to(self.rewards.dtype)


def episodes(tensors: Tensors, prefix: str, dtype: torch.dtype = torch.float32) -> Episodes:
    """A group of a file as a batch."""

    def whole(name: str) -> Tensor:
        return torch.from_numpy(tensors[f"{prefix}/{name}"].astype("i8"))

    actions = whole("actions")
    rewards = torch.from_numpy(tensors[f"{prefix}/rewards"].copy())
    contexts, levels = (whole("ctx"), whole("ctx_length")), whole("level")
    return Episodes(*contexts, levels, actions, whole("length"), whole("legal").bool(), rewards.to(dtype))


def longest_first(batch: Episodes) -> Episodes:
    """The same batch, its longest programs first."""
    order = torch.argsort(batch.lengths, descending=True, stable=True)
    return Episodes(*(part[order] for part in batch))


class Memory(NamedTuple):
    """Encoded contexts."""

    states: Tensor  # [B, L, D]
    outside: Tensor  # [B, L] true beyond a context's length
    tokens: Tensor  # [B, L]
    pointable: Tensor  # [B, L] true where an operand stands


class Outputs(NamedTuple):
    """One pass over a batch of programs."""

    initial: Tensor  # [B, D]
    states: Tensor  # [B, T, D]
    logits: Tensor  # [B, T, V], no mask applied
    values: Tensor  # [B, T]


class Coefficients(NamedTuple):
    """Weights of the losses' parts."""

    value: float = 0.5
    entropy: float = 0.0
    uniform: float = 0.0
    hindsight: float = 0.0
    discount: float = 1.0
    by_advantage: bool = False


class Losses(NamedTuple):
    """The parts of the loss; `log_probs` and `entropies` are per token [B, T], 0 beyond a program's end."""

    log_probs: Tensor
    entropies: Tensor
    policy: Tensor
    value: Tensor
    entropy: Tensor
    uniform: Tensor
    total: Tensor


class PointerAgent(nn.Module):
    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        hidden = sizes.hidden
        self.sizes = sizes
        self.emb = nn.Embedding(sizes.vocabulary, sizes.embedding)
        self.level_emb = nn.Embedding(sizes.levels, hidden)
        self.enc: nn.Module
        if sizes.encoder == "gru":
            self.enc = nn.GRU(sizes.embedding, hidden // 2, batch_first=True, bidirectional=True)
        else:
            self.enc = nn.Linear(sizes.embedding, hidden)
        self.bridge = nn.Linear(hidden, hidden)
        self.fed = nn.Linear(hidden, sizes.feedback)
        self.dec = nn.GRU(sizes.embedding + sizes.feedback, hidden, batch_first=True)
        self.query = nn.Linear(hidden, hidden, bias=False)
        self.pointer = nn.Linear(hidden, hidden, bias=False)
        self.mixer = nn.Linear(2 * hidden, hidden)
        self.pi = nn.Linear(hidden, sizes.vocabulary)
        self.v = nn.Linear(hidden, 1)

    def encode(self, contexts: Tensor, lengths: Tensor, levels: Tensor) -> tuple[Memory, Tensor]:
        """The encoded contexts, and the state [B, D] before the first token."""
        longest = contexts.shape[1]
        outside = torch.arange(longest) >= lengths[:, None]
        embedded = self.emb(contexts)
        if isinstance(self.enc, nn.GRU):
            packed = pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
            read, ends = self.enc(packed)
            states, _ = pad_packed_sequence(read, batch_first=True, total_length=longest)
            last = torch.cat([ends[0], ends[1]], 1)
        else:
            states = self.enc(embedded).masked_fill(outside[..., None], 0)
            last = states.sum(1) / lengths[:, None]
        initial = torch.tanh(self.bridge(last) + self.level_emb(levels))
        memory = Memory(states, outside, contexts, self.sizes.operands[contexts] & ~outside)
        return memory, initial

    def inputs(self, previous: Tensor, memory: Memory) -> Tensor:
        """The decoder's inputs [B, T, E + F] after the tokens `previous` [B, T]."""
        places = ((previous[:, :, None] == memory.tokens[:, None, :]) & memory.pointable[:, None]).to(memory.states.dtype)
        shares = places / places.sum(2, keepdim=True).clamp(min=1)
        return torch.cat([self.emb(previous), self.fed(shares @ memory.states)], 2)

    def evaluate(self, states: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        """Logits [B, T, V] and values [B, T] of decoder states [B, T, D]."""
        scale = self.sizes.hidden**-0.5
        transposed = memory.states.transpose(1, 2)
        scores = (self.query(states) @ transposed * scale).masked_fill(memory.outside[:, None], MASKED)
        context = scores.softmax(2) @ memory.states
        z = torch.tanh(self.mixer(torch.cat([states, context], 2)))
        pointed = (self.pointer(z) @ transposed * scale) * memory.pointable[:, None]
        symbols = memory.tokens[:, None].expand(-1, states.shape[1], -1)
        return self.pi(z).scatter_add(2, symbols, pointed), self.v(states)[..., 0]

    def forward(self, batch: Episodes) -> Outputs:
        """The whole of every program in one pass, each token followed by the next one recorded."""
        memory, initial = self.encode(batch.contexts, batch.context_lengths, batch.levels)
        start = torch.full((len(batch.programs), 1), self.sizes.start)
        previous = torch.cat([start, batch.programs[:, :-1]], 1)
        states, _ = self.dec(self.inputs(previous, memory), initial[None])
        logits, values = self.evaluate(states, memory)
        return Outputs(initial, states, logits, values)

    def rollout(self, batch: Episodes) -> Outputs:
        """As `forward`, token by token, sampling at each (Gumbel's trick): the sample is drawn, the record followed."""
        memory, initial = self.encode(batch.contexts, batch.context_lengths, batch.levels)
        previous = torch.full((len(batch.programs), 1), self.sizes.start)
        state = initial[None]
        steps: list[tuple[Tensor, ...]] = []
        for t in range(batch.programs.shape[1]):
            out, state = self.dec(self.inputs(previous, memory), state)
            step = self.evaluate(out, memory)
            sample(step[0][:, 0], batch.legal[:, t])
            steps.append((out, *step))
            previous = batch.programs[:, t : t + 1]
        whole = (torch.cat(parts, 1) for parts in zip(*steps, strict=True))
        return Outputs(initial, *whole)


    @torch.no_grad()
    def play(self, batch: Episodes) -> None:
        """A rollout that keeps no graph and leaves out lanes that have ended; programs stand longest first."""
        memory, initial = self.encode(batch.contexts, batch.context_lengths, batch.levels)
        previous = torch.full((len(batch.programs), 1), self.sizes.start)
        state = initial[None]
        for t, rows in enumerate(batch.counts.sum(0).int().tolist()):
            memory = Memory(*(part[:rows] for part in memory))
            out, state = self.dec(self.inputs(previous[:rows], memory), state[:, :rows].contiguous())
            logits, _ = self.evaluate(out, memory)
            sample(logits[:, 0], batch.legal[:rows, t])
            previous = batch.programs[:, t : t + 1]


@torch.no_grad()
def sample(logits: Tensor, legal: Tensor) -> Tensor:
    """One legal token for every row of logits [B, V]."""
    noise = -torch.log(-torch.log(torch.rand_like(logits).clamp_(1e-9, 1 - 1e-7)))
    return (logits + noise).masked_fill_(~legal, MASKED).argmax(1)


def log_policy(outputs: Outputs, batch: Episodes) -> tuple[Tensor, Tensor]:
    """log π [B, T, V] over legal tokens (0 elsewhere), and that of the recorded ones [B, T]."""
    logs = F.log_softmax(outputs.logits.masked_fill(~batch.legal, MASKED), 2)
    return logs.masked_fill(~batch.legal, 0), logs.gather(2, batch.programs[..., None])[..., 0]


def returns_of(rewards: Tensor, discount: float) -> Tensor:
    """Monte Carlo returns [B, T] of rewards that are 0 beyond the end."""
    returns = torch.zeros_like(rewards)
    running = torch.zeros_like(rewards[:, 0])
    for t in range(rewards.shape[1] - 1, -1, -1):
        running = rewards[:, t] + discount * running
        returns[:, t] = running
    return returns


def a2c_losses(outputs: Outputs, batch: Episodes, weights: Coefficients) -> Losses:
    """The losses of sampled episodes; all means are over tokens."""
    counts = batch.counts
    tokens = counts.sum()
    logs, chosen = log_policy(outputs, batch)
    log_probs = chosen * counts
    entropies = -((logs.exp() * logs).sum(2) * counts)  # where a token is illegal the product's second factor is 0
    returns = returns_of(batch.rewards, weights.discount)
    advantages = (returns - outputs.values.detach()) * counts
    mean = advantages.sum() / tokens
    deviation = ((((advantages - mean) ** 2) * counts).sum() / tokens).sqrt()
    advantages = (advantages - mean) / (deviation + DEVIATION_FLOOR) * counts
    policy = -(log_probs * advantages).sum() / tokens
    value = (((outputs.values - returns) ** 2) * counts).sum() / tokens
    entropy = entropies.sum() / tokens
    uniform = -(logs.sum(2) / batch.legal.sum(2).clamp(min=1) * counts).sum() / tokens
    total = policy + weights.value * value - weights.entropy * entropy + weights.uniform * uniform
    return Losses(log_probs, entropies, policy, value, entropy, uniform, total)


def cross_entropy(outputs: Outputs, batch: Episodes, by_advantage: bool) -> tuple[Tensor, Tensor]:
    """Mean over the tokens of solved examples of −log π, and of −s·log π, which is learnt.

    s is 1 or, `by_advantage`, the positive part of return − value, at most 1 (Oh et al. 2018, "Self-imitation learning").
    """
    counts = batch.counts
    _, chosen = log_policy(outputs, batch)
    chosen = chosen * counts
    shares = (returns_of(batch.rewards, 1) - outputs.values.detach()).clamp(0, 1) if by_advantage else 1.0
    return -chosen.sum() / counts.sum(), -(shares * chosen).sum() / counts.sum()
