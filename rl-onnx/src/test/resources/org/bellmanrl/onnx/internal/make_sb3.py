"""Writes sb3_discrete.onnx, sb3_box.onnx and sb3.csv beside this script: python make_sb3.py (PyTorch 2.13).

The graphs are those of the export that Stable-Baselines3's documentation describes for PPO and A2C: the policy's
forward pass for one observation, traced, with the outputs actions, values and log-probabilities, none of which has a
name. The layers are a stand-in of the same shape for MlpPolicy (flattening, two tanh networks, a distribution), so
that Stable-Baselines3 need not be installed; their weights are random. The rows of sb3.csv are observations and what
PyTorch computes of them: the choice of the first, and the number of the second.
"""

import pathlib

import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent


def mlp(inputs):
    return nn.Sequential(nn.Linear(inputs, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh())


class ActorCritic(nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.flatten = nn.Flatten()
        self.policy, self.critic = mlp(4), mlp(4)
        self.action_net, self.value_net = nn.Linear(8, outputs), nn.Linear(8, 1)

    def forward(self, observation):
        features = self.flatten(observation.float())
        values = self.value_net(self.critic(features))
        outputs = self.action_net(self.policy(features))
        actions, log_prob = self.act(outputs)
        return actions, values, log_prob


class Choice(ActorCritic):
    def __init__(self):
        super().__init__(2)

    def act(self, logits):
        distribution = torch.distributions.Categorical(logits=logits)
        actions = torch.argmax(distribution.probs, dim=1)
        return actions.reshape((-1,)), distribution.log_prob(actions)


class Number(ActorCritic):
    def __init__(self):
        super().__init__(1)
        self.log_std = nn.Parameter(torch.zeros(1))

    def act(self, mean):
        distribution = torch.distributions.Normal(mean, torch.ones_like(mean) * self.log_std.exp())
        actions = distribution.mean
        return actions.reshape((-1, 1)), distribution.log_prob(actions).sum(dim=1)


def main():
    torch.manual_seed(0)
    torch.distributions.Distribution.set_default_validate_args(False)
    models = {"sb3_discrete.onnx": Choice(), "sb3_box.onnx": Number()}
    rows = 2 * torch.randn(20, 4)
    columns = [rows]
    for name, model in models.items():
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.mul_(2.5)  # so that all choices occur
        model.eval()
        # As documented: one row, no names of outputs, no open batch.
        torch.onnx.export(
            model, (torch.randn(1, 4),), str(FOLDER / name), opset_version=17, input_names=["input"], dynamo=False
        )
        with torch.no_grad():
            columns.append(model(rows)[0].reshape(-1, 1).float())
    lines = [",".join(repr(float(v)) for v in row) for row in torch.cat(columns, dim=1)]
    (FOLDER / "sb3.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
