package org.bellmanrl.deep.network;

import java.util.ArrayList;
import java.util.List;

/** A specification with its shapes worked out. Immutable, shared by a network and its copies. */
final class Topology {
  final NetworkSpec spec;
  final List<Layer> layers;
  final List<ParameterBlock> blocks;
  final Extent input;
  final Extent output;

  /** Length of the flat parameter vector, with padding. */
  final int length;

  /** Numbers that recurrent layers carry from step to step of a sequence. */
  final int stateSize;

  Topology(NetworkSpec spec) {
    this.spec = spec;
    this.input = spec.input().extent();
    Blocks places = new Blocks();
    List<Layer> made = new ArrayList<>();
    Extent extent = input;
    for (int i = 0; i < spec.layers().size(); i++) {
      places.startLayer(i);
      Layer layer = layer(spec.layers().get(i), extent, places);
      made.add(layer);
      extent = layer.output();
    }
    if (!extent.isVector()) {
      throw new IllegalArgumentException(
          "a network must end in a vector, its last layer leaves %s: add Flatten and a dense layer"
              .formatted(extent));
    }
    this.layers = List.copyOf(made);
    this.blocks = places.made();
    this.output = extent;
    this.length = places.length();
    this.stateSize = layers.stream().mapToInt(Layer::stateSize).reduce(0, Math::addExact);
  }

  /** Puts a layer behind another one that leaves {@code in}. */
  static Layer layer(LayerSpec spec, Extent in, Blocks places) {
    if (!in.isVector() && !takesPictures(spec)) {
      throw new IllegalArgumentException(
          "%s needs a vector, but %s reaches it: put Flatten before it".formatted(spec, in));
    }
    return switch (spec) {
      case Dense dense -> new DenseLayer(dense, in, places);
      case Convolution2d convolution -> new ConvolutionLayer(convolution, in, places);
      case Flatten flatten -> new FlattenLayer(in);
      case LayerNormalization norm -> new LayerNormalizationLayer(norm, in, places);
      case BatchRenormalization norm -> new BatchRenormalizationLayer(norm, in, places);
      case Dropout dropout -> new DropoutLayer(dropout, in);
      case ResidualBlock block -> new ResidualLayer(block, in, places);
      case Dueling dueling -> new DuelingLayer(dueling, in);
      case NoisyDense noisy -> new NoisyDenseLayer(noisy, in, places);
      case Expectation expectation -> new ExpectationLayer(expectation, in);
      case Embedding embedding -> new EmbeddingLayer(embedding, in, places);
      case HypersphericalEmbedding embedding ->
          new HypersphericalEmbeddingLayer(embedding, in, places);
      case HypersphericalBlock block -> new HypersphericalBlockLayer(block, in, places);
      case Lstm lstm -> new LstmLayer(lstm, in, places);
      case Gru gru -> new GruLayer(gru, in, places);
      case Parallel parallel -> new ParallelLayer(parallel, in, places);
      case StateDependentNoise noise -> new StateDependentNoiseLayer(noise, in, places);
      case ImplicitQuantiles quantiles -> new ImplicitQuantilesLayer(quantiles, in, places);
    };
  }

  private static boolean takesPictures(LayerSpec spec) {
    return spec instanceof Convolution2d
        || spec instanceof Flatten
        || spec instanceof LayerNormalization
        || spec instanceof BatchRenormalization;
  }

  /**
   * Returns whether the first layers of another one are the same, and their parameters lie as here.
   */
  boolean startsLike(Topology other, int count) {
    return spec.input().equals(other.spec.input())
        && count <= other.layers.size()
        && spec.layers().subList(0, count).equals(other.spec.layers().subList(0, count));
  }

  /**
   * One line that tells networks of different parameters apart: {@code 4 -> Dense 64 -> Dense 2}.
   */
  String describe() {
    StringBuilder text = new StringBuilder(input.toString());
    for (int i = 0; i < layers.size(); i++) {
      text.append(" -> ")
          .append(spec.layers().get(i).getClass().getSimpleName())
          .append(layers.get(i).inner())
          .append(' ')
          .append(layers.get(i).output());
    }
    return text.toString();
  }
}
