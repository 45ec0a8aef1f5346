"""Writes recurrent.csv beside this script: python make_recurrent.py (PyTorch 2.13).

An LSTM and a GRU of 5 units on 3 inputs, step by step, over three sequences of 5, 3 and 1 steps that begin with
states of their own; in the first sequence an episode begins at step 2, so that the state before it is zero.
Every number that goes in is a sine of its index. Written are the outputs by sequence and step, the final states,
and the gradients of a weighted sum of all outputs, by name.
"""

import pathlib

import torch

INPUTS, UNITS = 3, 5
LENGTHS = [5, 3, 1]
FIRST = {(0, 2)}


def sines(count, start, scale):
    return scale * torch.sin(torch.arange(start, start + count, dtype=torch.float64))


def run(cell, gates, size):
    names = [name for name, _ in cell.named_parameters()]
    for k, name in enumerate(names):
        parameter = getattr(cell, name)
        parameter.data = sines(parameter.numel(), 100 * k + 1, 0.5).reshape(parameter.shape)
    if gates == 4:
        cell.bias_hh.data.zero_()  # one bias is enough; a GRU needs the candidate's two
    else:
        cell.bias_hh.data[: 2 * UNITS].zero_()
    loss = 0.0
    outputs, finals, inputs = [], [], []
    number = 0
    for s, length in enumerate(LENGTHS):
        state = sines(size, 10 * s + 3, 0.8)
        for step in range(length):
            if (s, step) in FIRST:
                state = torch.zeros_like(state)
            x = sines(INPUTS, 7 * number + 2, 1.0).requires_grad_()
            inputs.append(x)
            if gates == 4:
                h, c = cell(x[None], (state[None, :UNITS], state[None, UNITS:]))
                state = torch.cat([h[0], c[0]])
            else:
                h = cell(x[None], state[None])
                state = h[0]
            loss = loss + (sines(UNITS, 11 * number + 5, 1.0) * h[0]).sum()
            outputs.append(h[0])
            number += 1
        finals.append(state)
    loss.backward()
    rows = {"loss": loss.reshape(1), "outputs": torch.cat(outputs), "final": torch.cat(finals)}
    rows["inputs"] = torch.cat([x.grad for x in inputs])
    for name in names:
        rows[name] = getattr(cell, name).grad.flatten()
    return rows


with open(pathlib.Path(__file__).parent / "recurrent.csv", "w", encoding="ascii") as file:
    for kind, cell, gates, size in [
        ("lstm", torch.nn.LSTMCell(INPUTS, UNITS, dtype=torch.float64), 4, 2 * UNITS),
        ("gru", torch.nn.GRUCell(INPUTS, UNITS, dtype=torch.float64), 3, UNITS),
    ]:
        for name, values in run(cell, gates, size).items():
            file.write(",".join([f"{kind} {name}"] + [f"{v:.9g}" for v in values.tolist()]) + "\n")
