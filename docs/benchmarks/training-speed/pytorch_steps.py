"""PyTorch's own training step for the model and the batches of TrainingSteps.java, eager mode.

Usage: pytorch_steps.py float32|bfloat16 STEPS
"""
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

VOCABULARY, EMBEDDING, ENCODER, DECODER, ATTENTION = 5000, 256, 256, 384, 256
PAIRS, LENGTH, WARM_UP, DROPOUT = 88, 17, 5, 0.3


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, EMBEDDING)
        self.encoder = nn.LSTM(EMBEDDING, ENCODER, bidirectional=True)
        self.bridge = nn.Linear(2 * ENCODER, DECODER)
        self.key = nn.Linear(2 * ENCODER, ATTENTION)
        self.query = nn.Linear(DECODER, ATTENTION, bias=False)
        self.v = nn.Linear(ATTENTION, 1, bias=False)
        self.cell = nn.LSTMCell(EMBEDDING + 2 * ENCODER, DECODER)
        self.readout = nn.Linear(DECODER + 2 * ENCODER + EMBEDDING, EMBEDDING)
        self.bias = nn.Parameter(torch.zeros(VOCABULARY))

    def forward(self, source, previous):
        x = F.dropout(self.embedding(source), DROPOUT)
        h, (last, _) = self.encoder(x)
        state = torch.tanh(self.bridge(torch.cat([last[0], last[1]], 1)))
        memory = torch.zeros_like(state)
        h = F.dropout(h, DROPOUT).transpose(0, 1).contiguous()
        keys = self.key(h)
        y = F.dropout(self.embedding(previous), DROPOUT)
        outputs = []
        for t in range(previous.shape[0]):
            energies = self.v(torch.tanh(keys + self.query(state).unsqueeze(1))).squeeze(2)
            context = torch.bmm(torch.softmax(energies, 1).unsqueeze(1), h).squeeze(1)
            state, memory = self.cell(torch.cat([y[t], context], 1), (state, memory))
            outputs.append(torch.cat([state, context], 1))
        read = torch.tanh(self.readout(torch.cat([torch.stack(outputs), y], 2)))
        return F.linear(F.dropout(read, DROPOUT), self.embedding.weight, self.bias)


def main():
    precision, steps = sys.argv[1], int(sys.argv[2])
    torch.set_num_threads(1)
    torch.manual_seed(1)
    model = Model()
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.001, weight_decay=0)
    times = []
    for _ in range(WARM_UP + steps):
        source = torch.randint(3, VOCABULARY, (LENGTH, PAIRS))
        target = torch.randint(3, VOCABULARY, (LENGTH, PAIRS))
        start = time.perf_counter()
        previous = torch.cat([torch.ones(1, PAIRS, dtype=torch.long), target[:-1]])
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
            logits = model(source, previous)
        loss = F.cross_entropy(logits.float().flatten(0, 1), target.flatten(), label_smoothing=0.1)
        loss.item()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimizer.step()
        times.append(1000 * (time.perf_counter() - start))
    times = sorted(times[WARM_UP:])
    print(
        f"PyTorch {torch.__version__} {precision}: median {statistics.median(times):.1f} ms,"
        f" lowest {times[0]:.1f}, highest {times[-1]:.1f}"
    )


main()
