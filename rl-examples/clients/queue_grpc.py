"""A simulator in Python that learns over gRPC: jobs arrive at two machines, of which the first is five times as fast.

It needs grpcio and what protoc makes of the contract::

    ./rl serve q-learning --spaces queue.yaml --set gamma=0.9 --grpc 8421
    pip install grpcio-tools
    python -m grpc_tools.protoc -I rl-grpc/src/main/resources/bellman/v1 --python_out=. --grpc_python_out=. learner.proto
    PYTHONPATH=. python rl-examples/clients/queue_grpc.py localhost:8421

where queue.yaml is ``{name: example/Queue-v0, observations: {multi-discrete: [11, 11]}, actions: {discrete: 2},
max_episode_steps: 50}``.
"""

import queue
import random
import sys

import grpc
from learner_pb2 import Move, Observation, Outcome, Value
from learner_pb2_grpc import LearnerStub

ARRIVALS = 0.7
SPEEDS = (1, 0.2)
MOST_SEEN = 10


def until_the_next_arrival(jobs):
    """Lets machines work until a job arrives; returns the mean number of jobs meanwhile."""
    time = area = 0.0
    while True:
        speeds = [speed if waiting else 0 for speed, waiting in zip(SPEEDS, jobs)]
        rate = ARRIVALS + sum(speeds)
        passed = random.expovariate(rate)
        time += passed
        area += passed * sum(jobs)
        which = random.random() * rate
        if which < ARRIVALS:
            return area / time
        jobs[0 if which < ARRIVALS + speeds[0] else 1] -= 1


def play(learner, episodes):
    """Plays episodes on one stream; returns the mean number of jobs."""
    moves = queue.SimpleQueue()
    answers = learner.Play(iter(moves.get, None))
    present = []
    for _ in range(episodes):
        jobs = [0, 0]
        seen = Observation(value=Value(ints=jobs))
        moves.put(Move(begin=seen))
        answer = next(answers)
        while answer.HasField("action"):
            jobs[answer.action.ints[0]] += 1
            present.append(until_the_next_arrival(jobs))
            seen = Observation(value=Value(ints=[min(waiting, MOST_SEEN) for waiting in jobs]))
            moves.put(Move(outcome=Outcome(reward=-present[-1], observation=seen)))
            answer = next(answers)
    moves.put(None)
    return sum(present) / len(present)


if __name__ == "__main__":
    random.seed(0)
    with grpc.insecure_channel(sys.argv[1]) as channel:
        for tenth in range(1, 11):
            print(f"{10 * tenth:3} % of the episodes: {play(LearnerStub(channel), 20):.2f} jobs")
