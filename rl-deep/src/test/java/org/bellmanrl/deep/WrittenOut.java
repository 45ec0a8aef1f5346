package org.bellmanrl.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.Dense;
import org.bellmanrl.deep.network.Dueling;
import org.bellmanrl.deep.network.LayerSpec;
import org.bellmanrl.deep.network.Lstm;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.NoisyDense;
import org.bellmanrl.deep.network.ParameterBlock;

/**
 * A network written out by its definition in double precision, one observation at a time, to
 * compare losses and gradients with: dense and noisy layers with tanh, an LSTM, the dueling head.
 */
public final class WrittenOut {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-5;

  private final Network network;
  private final double[] parameters;

  /** Begins with a copy of the network's parameters. */
  public WrittenOut(Network network) {
    this.network = network.copy();
    this.parameters = new double[network.parameters().length];
    Arrays.setAll(parameters, i -> network.parameters()[i]);
  }

  /** Returns a copy, whose parameters may be changed. */
  public WrittenOut copy() {
    return new WrittenOut(network);
  }

  /** Returns the state of a sequence that begins: zeros. */
  public double[] zeros() {
    return new double[network.stateSize()];
  }

  /** Draws f(ε) of all noisy layers: by layer, of its inputs and behind them of its outputs. */
  public double[][] noise(RandomStream random) {
    List<LayerSpec> layers = network.spec().layers();
    double[][] noise = new double[layers.size()][0];
    for (int l = 0; l < noise.length; l++) {
      if (layers.get(l) instanceof NoisyDense) {
        ParameterBlock weights = blocks(l).getFirst();
        noise[l] = new double[weights.rows() + weights.columns()];
        for (int i = 0; i < noise[l].length; i++) {
          double normal = random.standardNormal();
          noise[l][i] = Math.signum(normal) * Math.sqrt(Math.abs(normal));
        }
      }
    }
    return noise;
  }

  private List<ParameterBlock> blocks(int layer) {
    return network.blocks().stream().filter(block -> block.layer() == layer).toList();
  }

  private double get(ParameterBlock block, int row, int column) {
    return parameters[block.index(row, column)];
  }

  /**
   * Returns the outputs.
   *
   * @param state that of the LSTM, h and then c, which follows on the inputs
   * @param noise of noisy layers, as {@link #noise} draws it
   */
  public double[] forward(double[] inputs, double[] state, double[]... noise) {
    double[] x = inputs;
    List<LayerSpec> layers = network.spec().layers();
    for (int l = 0; l < layers.size(); l++) {
      List<ParameterBlock> of = blocks(l);
      x =
          switch (layers.get(l)) {
            case Dense dense -> dense(x, of.get(0), of.get(1), dense.activation());
            case NoisyDense noisy -> noisy(x, of, noise[l], noisy.activation());
            case Lstm lstm -> lstm(x, of, state, lstm.units());
            case Dueling dueling -> dueling(x, dueling.actions(), dueling.outputs());
            default -> throw new IllegalArgumentException(layers.get(l) + " is not written out");
          };
    }
    return x;
  }

  private double[] dense(
      double[] x, ParameterBlock weights, ParameterBlock bias, Activation activation) {
    double[] y = new double[weights.columns()];
    for (int n = 0; n < y.length; n++) {
      y[n] = get(bias, 0, n);
      for (int i = 0; i < x.length; i++) {
        y[n] += x[i] * get(weights, i, n);
      }
      y[n] = activated(y[n], activation);
    }
    return y;
  }

  private double[] noisy(
      double[] x, List<ParameterBlock> of, double[] noise, Activation activation) {
    double[] y = new double[of.get(0).columns()];
    for (int n = 0; n < y.length; n++) {
      double out = noise[x.length + n];
      y[n] = get(of.get(2), 0, n) + get(of.get(3), 0, n) * out;
      for (int i = 0; i < x.length; i++) {
        y[n] += x[i] * (get(of.get(0), i, n) + get(of.get(1), i, n) * noise[i] * out);
      }
      y[n] = activated(y[n], activation);
    }
    return y;
  }

  private static double activated(double x, Activation activation) {
    return switch (activation) {
      case NONE -> x;
      case TANH -> Math.tanh(x);
      default -> throw new IllegalArgumentException(activation + " has kinks");
    };
  }

  private double[] lstm(double[] x, List<ParameterBlock> of, double[] state, int units) {
    double[] before = Arrays.copyOf(state, units);
    for (int n = 0; n < units; n++) {
      double[] gates = new double[4];
      for (int g = 0; g < 4; g++) {
        double sum = get(of.get(8 + g), 0, n);
        for (int i = 0; i < x.length; i++) {
          sum += x[i] * get(of.get(g), i, n);
        }
        for (int i = 0; i < units; i++) {
          sum += before[i] * get(of.get(4 + g), i, n);
        }
        gates[g] = g == 3 ? Math.tanh(sum) : 1 / (1 + Math.exp(-sum));
      }
      state[units + n] = gates[1] * state[units + n] + gates[0] * gates[3];
      state[n] = gates[2] * Math.tanh(state[units + n]);
    }
    return Arrays.copyOf(state, units);
  }

  private static double[] dueling(double[] x, int actions, int outputs) {
    double[] y = new double[actions * outputs];
    for (int i = 0; i < y.length; i++) {
      double mean = 0;
      for (int a = 1; a <= actions; a++) {
        mean += x[a * outputs + i % outputs] / actions;
      }
      y[i] = x[i % outputs] + x[outputs + i] - mean;
    }
    return y;
  }

  /** Requires that gradients of the network are the differences of a loss of this one. */
  public void check(float[] gradients, DoubleSupplier loss) {
    double largest = 0;
    for (ParameterBlock block : network.blocks()) {
      for (int i = 0; i < block.size(); i++) {
        int at = block.index(i / block.columns(), i % block.columns());
        double expected = slope(parameters, at, loss);
        largest = Math.max(largest, Math.abs(expected));
        assertThat((double) gradients[at])
            .as("layer %d, %s, element %d", block.layer(), block.name(), i)
            .isCloseTo(expected, within(TOLERANCE));
      }
    }
    assertThat(largest).isGreaterThan(100 * TOLERANCE);
  }

  /** Returns the derivative of a loss with respect to a number. */
  public static double slope(double[] numbers, int at, DoubleSupplier loss) {
    double before = numbers[at];
    numbers[at] = before + STEP;
    double above = loss.getAsDouble();
    numbers[at] = before - STEP;
    double below = loss.getAsDouble();
    numbers[at] = before;
    return (above - below) / (2 * STEP);
  }
}
