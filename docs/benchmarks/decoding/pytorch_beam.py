"""Beam search in PyTorch, eager mode, for a model of the sizes of models/en-fr with random weights.

Usage: pytorch_beam.py cpu|cuda float32|float16 BATCH BEAM STEPS ROUNDS

Every hypothesis takes STEPS steps, on sources of STEPS tokens: random weights end none. So compare
target tokens a second, STEPS x BATCH of them a round, on text of about that length.
"""
import statistics
import sys
import time

import torch
from torch import nn

VOCABULARY, EMBEDDING, ENCODER, DECODER, ATTENTION = 6000, 256, 256, 384, 256
START, END, WARM_UP = 2, 3, 3


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, EMBEDDING)
        self.encoder = nn.LSTM(EMBEDDING, ENCODER, bidirectional=True, batch_first=True)
        self.bridge = nn.Linear(2 * ENCODER, DECODER)
        self.key = nn.Linear(2 * ENCODER, ATTENTION)
        self.query = nn.Linear(DECODER, ATTENTION, bias=False)
        self.v = nn.Linear(ATTENTION, 1, bias=False)
        self.cell = nn.LSTMCell(EMBEDDING + 2 * ENCODER, DECODER)
        self.readout = nn.Linear(DECODER + 2 * ENCODER + EMBEDDING, EMBEDDING)
        self.bias = nn.Parameter(torch.zeros(VOCABULARY))

    def step(self, token, state, memory, keys, annotations):
        y = self.embedding(token)
        query = self.query(state).view(keys.shape[0], -1, 1, ATTENTION)
        energies = self.v(torch.tanh(keys.unsqueeze(1) + query)).squeeze(3)
        context = torch.bmm(torch.softmax(energies, 2), annotations).flatten(0, 1)
        state, memory = self.cell(torch.cat([y, context], 1), (state, memory))
        read = torch.tanh(self.readout(torch.cat([state, context, y], 1)))
        logits = torch.nn.functional.linear(read, self.embedding.weight, self.bias)
        return torch.log_softmax(logits.float(), 1), state, memory

    def search(self, source, beam, steps):
        batch, device = source.shape[0], source.device
        annotations, (last, _) = self.encoder(self.embedding(source))
        state = torch.tanh(self.bridge(torch.cat([last[0], last[1]], 1)))
        state = state.repeat_interleave(beam, 0)
        memory = torch.zeros_like(state)
        keys = self.key(annotations)
        first = torch.arange(batch, device=device).unsqueeze(1) * beam
        scores = torch.full((batch, beam), -1e30, device=device)
        scores[:, 0] = 0
        token = torch.full((batch * beam,), START, device=device)
        live = torch.ones(batch * beam, 1, dtype=torch.bool, device=device)
        frozen = torch.full((beam,), -1e30, device=device)
        frozen[0] = 0
        chosen, parents = [], []
        for _ in range(steps):
            log_p, state, memory = self.step(token, state, memory, keys, annotations)
            best, ids = log_p.topk(beam, 1)
            proposed = scores.view(-1, 1) + torch.where(live, best, frozen)
            ids = torch.where(live, ids, END)
            scores, places = proposed.view(batch, -1).topk(beam, 1)
            token = ids.view(batch, -1).gather(1, places).flatten()
            parent = torch.div(places, beam, rounding_mode="floor")
            origin = (parent + first).flatten()
            state, memory = state[origin], memory[origin]
            live = live[origin] & (token != END).unsqueeze(1)
            chosen.append(token)
            parents.append(parent)
            if not live.any():  # waits for the GPU, as the loop's condition does
                break
        return torch.stack(chosen), torch.stack(parents), scores


def main():
    device, precision = sys.argv[1], getattr(torch, sys.argv[2])
    batch, beam, steps, rounds = (int(word) for word in sys.argv[3:7])
    torch.manual_seed(1)
    model = Model().to(device, precision).eval()
    source = torch.randint(4, VOCABULARY, (batch, steps), device=device)
    seconds = []
    with torch.inference_mode():
        for _ in range(WARM_UP + rounds):
            start = time.perf_counter()
            tokens, _, _ = model.search(source, beam, steps)
            made = tokens.cpu().shape[0]
            seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds[WARM_UP:])
    print(
        f"PyTorch {torch.__version__} {device} {sys.argv[2]}: batch {batch}, beam {beam}, {made} steps:"
        f" median {1000 * median:.2f} ms, {batch / median:.1f} sentences/s,"
        f" {made * batch / median:.0f} tokens/s"
    )


main()
