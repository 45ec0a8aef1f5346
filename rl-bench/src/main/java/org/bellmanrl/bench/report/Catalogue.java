package org.bellmanrl.bench.report;

import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multimaps;
import com.google.common.collect.SetMultimap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bellmanrl.bench.report.Suite.Quick;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Which benchmarks there are, in the order of the report.
 *
 * <p>A benchmark class of this module is found by itself. An entry here gives it a title and a
 * place, names the limit that each of its benchmarks is compared with, and says what the quick form
 * measures of it. Without an entry it is part of the full form, compared with its method {@code
 * bareLoop} if it has one.
 */
final class Catalogue {
  private static final String PACKAGE = "org.bellmanrl.bench.";

  private static final List<Suite> ENTRIES =
      List.of(
          Suite.of(
              PACKAGE + "QUpdateBenchmark",
              "Tabular Q-learning: updates in random order",
              Quick.ALL.with("table", "500x6"),
              "learner",
              "bareLoop"),
          Suite.of(
              PACKAGE + "TrainingLoopBenchmark",
              "A whole training loop: Q-learning on FrozenLake",
              Quick.ALL,
              "spi",
              "bareLoop"),
          Suite.of(
              PACKAGE + "env.EnvStepBenchmark",
              "Environment steps, resets of ended episodes included",
              Quick.ALL
                  .of("single", "bareSingle", "batch", "bareBatch")
                  .with("task", "CartPole", "FrozenLake"),
              "single",
              "bareSingle",
              "batch",
              "bareBatch",
              "serial",
              "bareSingle",
              "twoThreads",
              "oneThread"),
          new Suite(
              PACKAGE + "env.PixelStepBenchmark",
              "Steps of tasks that show planes or pictures, many rows together",
              Map.of(),
              null),
          new Suite(
              PACKAGE + "env.MujocoStepBenchmark",
              "Steps of MuJoCo's tasks, resets of ended episodes included",
              Map.of(),
              null),
          new Suite(
              PACKAGE + "deep.MatrixProductBenchmark",
              "The matrix products of a dense layer",
              Map.of(
                  "forward", "arithmeticAlone",
                  "weightGradient", "arithmeticAlone",
                  "inputGradient", "arithmeticAlone"),
              null),
          new Suite(
              PACKAGE + "env.GymnasiumStepBenchmark",
              "Gymnasium's CartPole in Python processes; a call steps all rows",
              Map.of(),
              null),
          Suite.of(
              PACKAGE + "deep.NetworkUpdateBenchmark",
              "Networks: a whole DQN update and the forward pass",
              Quick.ALL
                  .of("update", "arithmeticAlone")
                  .with("hidden", "64x64", "256x256")
                  .with("batch", "64")
                  .warmedUp(2),
              "update",
              "arithmeticAlone",
              "forward",
              "forwardArithmeticAlone"),
          new Suite(
              PACKAGE + "deep.ConvolutionBenchmark",
              "Networks that see images: a whole DQN update, forward and backward",
              Map.of("update", "arithmeticAlone", "forwardAndBackward", "passesArithmeticAlone"),
              null),
          new Suite(
              PACKAGE + "deep.RecurrentBenchmark",
              "Recurrent layers: forward and through time",
              Map.of("forward", "arithmeticAlone", "forwardAndBackward", "passesArithmeticAlone"),
              null),
          new Suite(
              PACKAGE + "endtoend.SecondThreadBenchmark",
              "A second thread: whole training with one thread and with two",
              Map.of("twoThreads", "oneThread"),
              null),
          Suite.of(
              PACKAGE + "deep.ActingBenchmark",
              "Acting: the forward pass of few rows, beside one pass over the weights",
              Quick.ALL.with("rows", "1"),
              "act",
              "weightsAlone"),
          Suite.of(
              PACKAGE + "deep.ReplaySamplingBenchmark",
              "Replay: batches drawn, beside as many floats copied from random places",
              Quick.ALL.with("capacity", "100000").with("batch", "64"),
              "sampleUniformly",
              "bareGather",
              "sampleByPriority",
              "bareGather",
              "sampleByPriorityAndUpdate",
              "bareGather"),
          new Suite(
              PACKAGE + "deep.FrameReplayBenchmark",
              "Replay of pictures: batches of stacked gray frames, beside as many bytes copied",
              Map.of("sample", "bareCopy"),
              null),
          new Suite(
              PACKAGE + "tabular.ValueIterationBenchmark",
              "Value iteration: backups on a lake of 10,000 places",
              Map.of("framework", "bare"),
              null),
          new Suite(
              PACKAGE + "tabular.SarsaLambdaBenchmark",
              "SARSA(λ) with replacing traces: updates",
              Map.of("framework", "bare"),
              null),
          new Suite(
              PACKAGE + "tabular.TileCodingBenchmark",
              "Tile coding: observations whose tiles are found",
              Map.of("framework", "bare", "frameworkHashed", "bare"),
              null),
          new Suite(
              PACKAGE + "tabular.PriorityQueueBenchmark",
              "Prioritised sweeping: changes of its queue",
              Map.of("framework", "bare", "tree", "bare"),
              null),
          new Suite(
              PACKAGE + "tabular.TableBenchmark",
              "Tables that grow as states are seen, and tables of all states",
              Map.of(),
              null),
          Suite.of(
              PACKAGE + "endtoend.EndToEndBenchmark",
              "End to end: a whole training in a fresh JVM",
              Quick.ALL
                  .of("train")
                  .with("task", "a2c-zoo-100k", "ppo-zoo-100k", "dqn-zoo-50k")
                  .warmedUp(0)));

  private Catalogue() {}

  /** Every benchmark of this module by its class, in the order of the report. */
  static Map<Suite, List<String>> all() {
    SetMultimap<String, String> found =
        MultimapBuilder.linkedHashKeys().linkedHashSetValues().build();
    for (BenchmarkListEntry entry :
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                List.of())) {
      String name = entry.getUsername();
      int dot = name.lastIndexOf('.');
      found.put(name.substring(0, dot), name.substring(dot + 1));
    }
    Map<Suite, List<String>> all = new LinkedHashMap<>();
    for (Suite suite : ENTRIES) {
      Set<String> methods = found.removeAll(suite.type());
      if (!methods.isEmpty()) {
        all.put(suite, List.copyOf(methods));
      }
    }
    Multimaps.asMap(found)
        .forEach((type, methods) -> all.put(Suite.unlisted(type, methods), List.copyOf(methods)));
    return all;
  }

  /** The entries, whether there is such a class or not. */
  static List<Suite> entries() {
    return new ArrayList<>(ENTRIES);
  }
}
