"""The causal transformer (`transformer`) in PyTorch, under the project's parameter names.

Context and program are one sequence: the context's tokens, the start token, the program's. Each row sees itself and what
stands before it; a token of the context and one of the program have positions of their own; the level is added to the
program's tokens. Pre-norm layers, GELU in its tanh form. The losses are those of `pointer_agent`.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from pointer_agent import MASKED, Episodes, Outputs
from torch import Tensor, nn


class Sizes(NamedTuple):
    """What the agent is made for; `context` and `program` are the most tokens of either."""

    vocabulary: int
    levels: int
    hidden: int
    layers: int
    heads: int
    inner: int
    context: int
    program: int
    start: int


class Block(nn.Module):
    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        hidden = sizes.hidden
        self.heads = sizes.heads
        self.norm1 = nn.LayerNorm(hidden)
        self.query = nn.Linear(hidden, hidden, bias=False)
        self.key_value = nn.Linear(hidden, 2 * hidden, bias=False)
        self.out = nn.Linear(hidden, hidden)
        self.norm2 = nn.LayerNorm(hidden)
        self.up = nn.Linear(hidden, sizes.inner)
        self.down = nn.Linear(sizes.inner, hidden)

    def split(self, x: Tensor) -> Tensor:
        """[B, S, D] by heads: [B, heads, S, D / heads]."""
        return x.unflatten(2, (self.heads, -1)).transpose(1, 2)

    def forward(self, x: Tensor, seen: Tensor) -> Tensor:
        """Rows x [B, S, D]; `seen` [B, S, S] says whom each looks at."""
        normalised = self.norm1(x)
        query = self.split(self.query(normalised))
        key, value = (self.split(part) for part in self.key_value(normalised).chunk(2, 2))
        scores = query @ key.transpose(2, 3) * query.shape[3] ** -0.5
        attended = scores.masked_fill(~seen[:, None], MASKED).softmax(3) @ value
        x = x + self.out(attended.transpose(1, 2).flatten(2))
        return x + self.down(gelu(self.up(self.norm2(x))))


def gelu(x: Tensor) -> Tensor:
    """GELU in its tanh form."""
    return F.gelu(x, approximate="tanh")


class TransformerAgent(nn.Module):
    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        hidden = sizes.hidden
        self.sizes = sizes
        self.emb = nn.Embedding(sizes.vocabulary, hidden)
        self.context_pos = nn.Embedding(sizes.context, hidden)
        self.program_pos = nn.Embedding(sizes.program, hidden)
        self.level_emb = nn.Embedding(sizes.levels, hidden)
        self.layers = nn.ModuleList(Block(sizes) for _ in range(sizes.layers))
        self.norm = nn.LayerNorm(hidden)
        self.pi = nn.Linear(hidden, sizes.vocabulary)
        self.v = nn.Linear(hidden, 1)
        with torch.no_grad():  # uneven, so that every gradient counts
            for name, parameter in self.named_parameters():
                if "norm" in name:
                    parameter += 0.2 * torch.randn_like(parameter)

    def run(self, batch: Episodes, steps: int) -> Outputs:
        """The contexts and the first `steps` tokens of the programs in one pass; contexts are padded at their end."""
        count, longest = batch.contexts.shape
        start = torch.full((count, 1), self.sizes.start)
        previous = torch.cat([start, batch.programs], 1)[:, :steps]
        places = torch.arange(longest).clamp(max=self.sizes.context - 1)
        read = self.emb(batch.contexts) + self.context_pos(places)
        written = self.emb(previous) + self.program_pos(torch.arange(steps)) + self.level_emb(batch.levels)[:, None]
        x = torch.cat([read, written], 1)
        whole = longest + steps
        there = torch.cat([torch.arange(longest) < batch.context_lengths[:, None], torch.ones(count, steps).bool()], 1)
        seen = torch.ones(whole, whole).tril().bool() & there[:, None]
        for layer in self.layers:
            x = layer(x, seen | torch.eye(whole).bool())
        states = self.norm(x[:, longest:])
        return Outputs(torch.zeros_like(states[:, 0]), states, self.pi(states), self.v(states)[..., 0])

    def forward(self, batch: Episodes) -> Outputs:
        """The whole of every program in one pass, each token followed by the next one recorded."""
        return self.run(batch, batch.programs.shape[1])

    def rollout(self, batch: Episodes) -> Outputs:
        """As `forward`, one more token at a time: nothing that comes later may change what was said."""
        steps = [self.run(batch, t + 1) for t in range(batch.programs.shape[1])]
        last = [[part[:, -1:] for part in (step.states, step.logits, step.values)] for step in steps]
        return Outputs(steps[0].initial, *(torch.cat(parts, 1) for parts in zip(*last, strict=True)))
