"""Writes the models beside this script: python make_cartpole.py (PyTorch 2.13, onnx 1.23, onnxscript 0.7).

Two small networks for CartPole-v1 as people export them from PyTorch. The first, by today's exporter, is a
hand-made controller (push to where the pole falls) hidden in a two-layer network, so that it can be told good
from bad by its return. The second, by the exporter of old, is random but uses more operators; values that
PyTorch computes with it are written beside it.
"""

import pathlib

import onnx
import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent


class Controller(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 2))
        gains = torch.tensor([0.05, 0.3, 1.0, 0.6])  # of position, speed, angle and angular speed
        with torch.no_grad():
            first, last = self.body[0], self.body[2]
            first.weight.zero_()
            first.bias.zero_()
            first.weight[0] = gains
            first.weight[1] = -gains
            last.weight.zero_()
            last.bias.zero_()
            last.weight[1, 0] = 1.0
            last.weight[0, 1] = 1.0

    def forward(self, observation):
        return self.body(observation)


class Mixed(nn.Module):
    def __init__(self):
        super().__init__()
        self.mean = nn.Parameter(torch.randn(4), requires_grad=False)
        self.scale = nn.Parameter(torch.rand(4) + 0.5, requires_grad=False)
        self.layers = nn.ModuleList([nn.Linear(4, 8), nn.Linear(8, 8), nn.Linear(8, 8, bias=False), nn.Linear(8, 2)])
        self.norm = nn.LayerNorm(8)

    def forward(self, x):
        x = torch.clamp((x - self.mean) / self.scale, -2.0, 2.0)
        x = torch.tanh(self.layers[0](x))
        x = nn.functional.silu(self.layers[1](x))
        x = nn.functional.elu(self.norm(self.layers[2](x)))
        return torch.log_softmax(self.layers[3](nn.functional.gelu(x)), dim=-1)


def without_notes(path):
    """Takes out what exporters note of the machine: files and lines."""
    model = onnx.load(path)
    for thing in [model, model.graph, *model.graph.node, *model.graph.input, *model.graph.output,
                  *model.graph.value_info, *model.graph.initializer]:
        thing.ClearField("doc_string")
        del thing.metadata_props[:]
    onnx.save(model, path)


def main():
    torch.manual_seed(0)
    x = torch.randn(20, 4)
    batch = torch.export.Dim("batch")
    torch.onnx.export(
        Controller(),
        (x,),
        FOLDER / "cartpole_controller.onnx",
        input_names=["state"],
        output_names=["logits"],
        dynamic_shapes=({0: batch},),
        dynamo=True,
        external_data=False,
    )
    mixed = Mixed().eval()
    torch.onnx.export(
        mixed,
        (x,),
        str(FOLDER / "cartpole_mixed.onnx"),
        input_names=["state"],
        output_names=["scores"],
        dynamic_axes={"state": {0: "batch"}, "scores": {0: "batch"}},
        dynamo=False,
    )
    for name in ("cartpole_controller.onnx", "cartpole_mixed.onnx"):
        without_notes(FOLDER / name)
    rows = torch.cat([x, mixed(x).detach()], dim=1)
    lines = [",".join(repr(float(v)) for v in row) for row in rows]
    (FOLDER / "cartpole_mixed.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
