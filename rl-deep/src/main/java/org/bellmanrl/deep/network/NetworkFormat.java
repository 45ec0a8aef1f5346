package org.bellmanrl.deep.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.deep.internal.kernel.Kernels;

/**
 * Writes networks down with their layers, so that they can be made from what is written alone;
 * {@link Network#carry} carries parameters only, for a network that is there.
 *
 * <p>Blocks of parameters are written without their padding, row by row. How layers were
 * initialised is left out: a network that was read says {@link Initialisation.FanIn} throughout.
 *
 * <p>Reading trusts nothing: no array is made that is longer than what the written parameters, or
 * {@value #MOST_NUMBERS} numbers between two layers, ask for.
 */
public final class NetworkFormat {
  private static final String SECTION = "network-with-layers";
  private static final int VERSION = 2;
  private static final int LAYER_VERSION = 1;

  /** A {@link LayerNormalization} that has no parameters. */
  private static final String PLAIN_NORMALIZATION = "PlainLayerNormalization";

  private static final int MOST_LAYERS = 1000;

  /** How often layers hold others. */
  private static final int DEEPEST = 2;

  /** The most numbers that flow between two layers for one row. */
  private static final int MOST_NUMBERS = 1 << 26;

  private NetworkFormat() {}

  /** Writes a network. */
  public static void write(Network network, State state) {
    NetworkSpec spec = network.spec();
    state.begin(SECTION, VERSION);
    state.carry("dtype", spec.input().dtype().name());
    state.carry("extents", ints(spec.input().extents()));
    state.carry("scale", spec.input().scale());
    write(spec.layers(), state);
    for (ParameterBlock block : network.blocks()) {
      float[] values = new float[block.size()];
      for (int row = 0; row < block.rows(); row++) {
        System.arraycopy(
            network.parameters(),
            block.index(row, 0),
            values,
            row * block.columns(),
            block.columns());
      }
      state.carry(name(block), values);
    }
    state.end();
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  private static String name(ParameterBlock block) {
    return block.layer() + "/" + block.name();
  }

  private static void write(List<LayerSpec> layers, State state) {
    state.carry("layers", layers.size());
    layers.forEach(layer -> write(layer, state));
  }

  private static String type(LayerSpec layer) {
    return layer instanceof LayerNormalization norm && !norm.learned()
        ? PLAIN_NORMALIZATION
        : layer.getClass().getSimpleName();
  }

  private static void write(LayerSpec layer, State state) {
    state.begin("layer", LAYER_VERSION);
    state.carry("type", type(layer));
    switch (layer) {
      case Dense dense -> {
        state.carry("units", dense.units());
        state.carry("activation", dense.activation().name());
      }
      case NoisyDense noisy -> {
        state.carry("units", noisy.units());
        state.carry("activation", noisy.activation().name());
      }
      case LayerNormalization norm -> {
        state.carry("epsilon", norm.epsilon());
        state.carry("activation", norm.activation().name());
      }
      case BatchRenormalization norm -> {
        state.carry("epsilon", norm.epsilon());
        state.carry("momentum", norm.momentum());
        state.carry("warm-up", norm.warmUp());
        state.carry("activation", norm.activation().name());
      }
      case Convolution2d convolution -> {
        state.carry("filters", convolution.filters());
        state.carry("kernel", convolution.kernel());
        state.carry("stride", convolution.stride());
        state.carry("padding", convolution.padding());
        state.carry("activation", convolution.activation().name());
      }
      case Dropout dropout -> state.carry("rate", dropout.rate());
      case ResidualBlock block -> {
        state.carry("units", block.units());
        state.carry("expansion", block.expansion());
        state.carry("activation", block.activation().name());
      }
      case Dueling dueling -> {
        state.carry("actions", dueling.actions());
        state.carry("outputs", dueling.outputs());
      }
      case Expectation expectation -> {
        state.carry("actions", expectation.actions());
        state.carry("softmax", expectation.softmax());
        state.carry("low", expectation.low());
        state.carry("high", expectation.high());
      }
      case Embedding embedding -> state.carry("units", embedding.units());
      case HypersphericalEmbedding embedding -> {
        state.carry("units", embedding.units());
        state.carry("shift", embedding.shift());
      }
      case HypersphericalBlock block -> {
        state.carry("units", block.units());
        state.carry("expansion", block.expansion());
        state.carry("alpha", block.alpha());
        state.carry("activation", block.activation().name());
      }
      case Lstm lstm -> state.carry("units", lstm.units());
      case Gru gru -> state.carry("units", gru.units());
      case Flatten flatten -> {}
      case Parallel parallel -> {
        state.carry("branches", parallel.branches().size());
        for (Parallel.Branch branch : parallel.branches()) {
          state.carry("from", branch.from());
          state.carry("extents", ints(branch.extents()));
          write(branch.layers(), state);
        }
      }
      case StateDependentNoise noise -> {
        state.carry("size", noise.size());
        state.carry("learns_features", noise.learnsFeatures());
      }
      case ImplicitQuantiles quantiles -> {
        state.carry("fractions", quantiles.fractions());
        state.carry("level", quantiles.level());
        state.carry("drawn", quantiles.drawn());
        state.carry("cosines", quantiles.cosines());
        write(quantiles.layers(), state);
      }
    }
    state.end();
  }

  /**
   * Reads a network.
   *
   * @throws StateException if what is written is no network, or one with numbers that are not
   *     finite
   */
  public static Network read(State state) {
    state.begin(SECTION, VERSION);
    Topology topology;
    try {
      topology = new Topology(spec(state));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new StateException("not a network that can be: " + e.getMessage(), e);
    }
    for (Layer layer : topology.layers) {
      if (layer.largest() > MOST_NUMBERS) {
        throw new StateException(
            "a layer must have at most %d outputs, had %d"
                .formatted(MOST_NUMBERS, layer.largest()));
      }
    }
    List<float[]> values = new ArrayList<>();
    for (ParameterBlock block : topology.blocks) {
      float[] read = state.carryUpTo(name(block), new float[0], 0, block.size());
      if (read.length != block.size()) {
        throw new StateException(
            "'%s' must hold %d numbers, held %d".formatted(name(block), block.size(), read.length));
      }
      values.add(read);
    }
    state.end();
    Network network = new Network(topology, Kernels.chosen(), parameters(topology, values));
    try {
      network.requireFinite(network.parameters(), "parameter");
    } catch (NonFiniteException e) {
      throw new StateException(String.valueOf(e.getMessage()), e);
    }
    return network;
  }

  private static float[] parameters(Topology topology, List<float[]> values) {
    float[] parameters = new float[topology.length];
    for (int i = 0; i < values.size(); i++) {
      ParameterBlock block = topology.blocks.get(i);
      for (int row = 0; row < block.rows(); row++) {
        System.arraycopy(
            values.get(i), row * block.columns(), parameters, block.index(row, 0), block.columns());
      }
    }
    return parameters;
  }

  private static NetworkSpec spec(State state) {
    DType dtype = constant(DType.values(), state.carry("dtype", ""));
    List<Integer> extents =
        Arrays.stream(state.carryUpTo("extents", new int[0], 0, 3)).boxed().toList();
    InputSpec input = new InputSpec(dtype, extents, state.carry("scale", 0f));
    if (input.size() > MOST_NUMBERS) {
      throw new StateException(
          "a network must have at most %d inputs, had %s".formatted(MOST_NUMBERS, extents));
    }
    return new NetworkSpec(input, layers(state, DEEPEST));
  }

  private static int count(State state, String name, int least) {
    int count = state.carry(name, 0);
    if (count < least || count > MOST_LAYERS) {
      throw new StateException(
          "a network must have from %d to %d %s, had %d"
              .formatted(least, MOST_LAYERS, name, count));
    }
    return count;
  }

  /**
   * Reads layers.
   *
   * @param depth how often layers in these may hold others, so that nothing is nested without end
   */
  private static List<LayerSpec> layers(State state, int depth) {
    int count = count(state, "layers", 0);
    List<LayerSpec> layers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      layers.add(layer(state, depth));
    }
    return layers;
  }

  private static Parallel parallel(State state, int depth) {
    int count = count(state, "branches", 1);
    List<Parallel.Branch> branches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = state.carry("from", 0);
      List<Integer> extents =
          Arrays.stream(state.carryUpTo("extents", new int[0], 0, 3)).boxed().toList();
      branches.add(new Parallel.Branch(from, extents, layers(state, depth)));
    }
    return new Parallel(branches);
  }

  private static LayerSpec layer(State state, int depth) {
    state.begin("layer", LAYER_VERSION);
    String type = state.carry("type", "");
    Initialisation none = new Initialisation.FanIn();
    LayerSpec layer =
        switch (type) {
          case "Dense" -> new Dense(state.carry("units", 0), activation(state));
          case "NoisyDense" -> new NoisyDense(state.carry("units", 0), activation(state));
          case "LayerNormalization", PLAIN_NORMALIZATION -> {
            double epsilon = state.carry("epsilon", 0.0);
            boolean learned = !type.equals(PLAIN_NORMALIZATION);
            yield new LayerNormalization(activation(state), epsilon, learned);
          }
          case "BatchRenormalization" -> {
            double epsilon = state.carry("epsilon", 0.0);
            double momentum = state.carry("momentum", 0.0);
            int warmUp = state.carry("warm-up", 0);
            yield new BatchRenormalization(activation(state), epsilon, momentum, warmUp);
          }
          case "Convolution2d" ->
              new Convolution2d(
                  state.carry("filters", 0),
                  state.carry("kernel", 0),
                  state.carry("stride", 0),
                  state.carry("padding", 0),
                  activation(state),
                  none);
          case "Dropout" -> new Dropout(state.carry("rate", 0.0));
          case "ResidualBlock" -> {
            int units = state.carry("units", 0);
            int expansion = state.carry("expansion", 0);
            yield new ResidualBlock(units, expansion, activation(state), none);
          }
          case "Dueling" -> new Dueling(state.carry("actions", 0), state.carry("outputs", 0));
          case "Expectation" ->
              new Expectation(
                  state.carry("actions", 0),
                  state.carry("softmax", false),
                  state.carry("low", 0.0),
                  state.carry("high", 0.0));
          case "Embedding" -> new Embedding(state.carry("units", 0));
          case "HypersphericalEmbedding" -> {
            int units = state.carry("units", 0);
            yield new HypersphericalEmbedding(units, state.carry("shift", 0.0));
          }
          case "HypersphericalBlock" -> {
            int units = state.carry("units", 0);
            int expansion = state.carry("expansion", 0);
            double alpha = state.carry("alpha", 0.0);
            yield new HypersphericalBlock(units, expansion, alpha, activation(state));
          }
          case "Lstm" -> new Lstm(state.carry("units", 0));
          case "Gru" -> new Gru(state.carry("units", 0));
          case "Flatten" -> new Flatten();
          case "StateDependentNoise" -> {
            int size = state.carry("size", 0);
            yield new StateDependentNoise(size, 0, state.carry("learns_features", false));
          }
          case "Parallel" -> parallel(state, inside(type, depth));
          case "ImplicitQuantiles" -> {
            int inner = inside(type, depth);
            int fractions = state.carry("fractions", 0);
            double level = state.carry("level", 0.0);
            boolean drawn = state.carry("drawn", false);
            int cosines = state.carry("cosines", 0);
            yield new ImplicitQuantiles(fractions, level, drawn, cosines, layers(state, inner));
          }
          default -> throw new StateException("unknown layer '" + type + "'");
        };
    state.end();
    return layer;
  }

  private static int inside(String type, int depth) {
    if (depth == 0) {
      throw new StateException("layers are nested too deeply, at '" + type + "'");
    }
    return depth - 1;
  }

  private static Activation activation(State state) {
    return constant(Activation.values(), state.carry("activation", ""));
  }

  private static <E extends Enum<E>> E constant(E[] constants, String name) {
    for (E constant : constants) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new StateException(
        "expected one of %s, found '%s'".formatted(Arrays.toString(constants), name));
  }
}
