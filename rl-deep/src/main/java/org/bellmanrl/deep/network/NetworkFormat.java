package org.bellmanrl.deep.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.state.StateException;
import org.bellmanrl.api.state.StateReader;
import org.bellmanrl.api.state.StateWriter;
import org.bellmanrl.deep.internal.kernel.Kernels;

/**
 * Writes networks down with their layers, so that they can be made anew from what is written alone;
 * {@link Network#save} writes parameters only, for a network that is there.
 *
 * <p>Blocks of parameters are written without their padding, row by row. How layers were
 * initialised is left out: a network that was read says {@link Initialisation.FanIn} throughout.
 *
 * <p>Reading trusts nothing: no array is made that is longer than what the written parameters, or
 * {@value #MOST_NUMBERS} numbers between two layers, ask for.
 */
public final class NetworkFormat {
  private static final String SECTION = "network-with-layers";
  private static final int VERSION = 1;

  /** Since version 2 the scale of the inputs is written; before, bytes were pixels. */
  private static final int NETWORK_VERSION = 2;

  private static final int MOST_LAYERS = 1000;

  /** The most numbers that flow between two layers for one row. */
  private static final int MOST_NUMBERS = 1 << 26;

  private NetworkFormat() {}

  /** Writes a network. */
  public static void write(Network network, StateWriter out) {
    NetworkSpec spec = network.spec();
    out.begin(SECTION, NETWORK_VERSION);
    out.write("dtype", spec.input().dtype().name());
    out.write("extents", spec.input().extents().stream().mapToInt(Integer::intValue).toArray());
    out.write("scale", spec.input().scale());
    out.write("layers", spec.layers().size());
    spec.layers().forEach(layer -> write(layer, out));
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
      out.write(name(block), values);
    }
    out.end();
  }

  private static String name(ParameterBlock block) {
    return block.layer() + "/" + block.name();
  }

  private static void write(LayerSpec layer, StateWriter out) {
    out.begin("layer", VERSION);
    out.write("type", layer.getClass().getSimpleName());
    switch (layer) {
      case Dense dense -> {
        out.write("units", dense.units());
        out.write("activation", dense.activation().name());
      }
      case NoisyDense noisy -> {
        out.write("units", noisy.units());
        out.write("activation", noisy.activation().name());
      }
      case LayerNormalization norm -> {
        out.write("epsilon", norm.epsilon());
        out.write("activation", norm.activation().name());
      }
      case Convolution2d convolution -> {
        out.write("filters", convolution.filters());
        out.write("kernel", convolution.kernel());
        out.write("stride", convolution.stride());
        out.write("padding", convolution.padding());
        out.write("activation", convolution.activation().name());
      }
      case Dueling dueling -> {
        out.write("actions", dueling.actions());
        out.write("hidden", dueling.hidden());
        out.write("activation", dueling.activation().name());
      }
      case Flatten flatten -> {}
    }
    out.end();
  }

  /**
   * Reads a network.
   *
   * @throws StateException if what is written is no network, or one with numbers that are not
   *     finite
   */
  public static Network read(StateReader in) {
    int version = in.begin(SECTION, NETWORK_VERSION);
    Topology topology;
    try {
      topology = new Topology(spec(in, version));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new StateException("not a network that can be: " + e.getMessage(), e);
    }
    for (Layer layer : topology.layers) {
      if (layer.output().size() > MOST_NUMBERS) {
        throw new StateException(
            "a layer must have at most %d outputs, had %s".formatted(MOST_NUMBERS, layer.output()));
      }
    }
    List<float[]> values = new ArrayList<>();
    for (ParameterBlock block : topology.blocks) {
      float[] read = in.readFloats(name(block), block.size());
      if (read.length != block.size()) {
        throw new StateException(
            "'%s' must hold %d numbers, held %d".formatted(name(block), block.size(), read.length));
      }
      values.add(read);
    }
    in.end();
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

  private static NetworkSpec spec(StateReader in, int version) {
    DType dtype = constant(DType.values(), in.readString("dtype"));
    List<Integer> extents = Arrays.stream(in.readInts("extents", 3)).boxed().toList();
    InputSpec input =
        version == 1
            ? new InputSpec(dtype, extents)
            : new InputSpec(dtype, extents, in.readFloat("scale"));
    if (input.size() > MOST_NUMBERS) {
      throw new StateException(
          "a network must have at most %d inputs, had %s".formatted(MOST_NUMBERS, extents));
    }
    int count = in.readInt("layers");
    if (count < 1 || count > MOST_LAYERS) {
      throw new StateException(
          "a network must have from 1 to %d layers, had %d".formatted(MOST_LAYERS, count));
    }
    List<LayerSpec> layers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      layers.add(layer(in));
    }
    return new NetworkSpec(input, layers);
  }

  private static LayerSpec layer(StateReader in) {
    in.begin("layer", VERSION);
    String type = in.readString("type");
    Initialisation none = new Initialisation.FanIn();
    LayerSpec layer =
        switch (type) {
          case "Dense" -> new Dense(in.readInt("units"), activation(in));
          case "NoisyDense" -> new NoisyDense(in.readInt("units"), activation(in));
          case "LayerNormalization" -> {
            double epsilon = in.readDouble("epsilon");
            yield new LayerNormalization(activation(in), epsilon);
          }
          case "Convolution2d" ->
              new Convolution2d(
                  in.readInt("filters"),
                  in.readInt("kernel"),
                  in.readInt("stride"),
                  in.readInt("padding"),
                  activation(in),
                  none);
          case "Dueling" ->
              new Dueling(in.readInt("actions"), in.readInt("hidden"), activation(in), none);
          case "Flatten" -> new Flatten();
          default -> throw new StateException("unknown layer '" + type + "'");
        };
    in.end();
    return layer;
  }

  private static Activation activation(StateReader in) {
    return constant(Activation.values(), in.readString("activation"));
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
