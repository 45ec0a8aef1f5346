package org.bellmanrl.deep.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Layout.Leaf;

/**
 * What a learner's network consists of between its inputs and its head, as data: the learner adds
 * the head, which depends on the actions.
 *
 * <p>Pictures (bytes of height × width × channels, alone or as a part of a nested observation) go
 * through convolutions first. These are the {@link #pictureLayers} of {@code hidden}, and {@link
 * Flatten} behind them; if there are none, those of {@link #usualConvolutions}.
 *
 * @param hidden the layers, in order
 * @param activation of all layers that do not say theirs
 */
public record Trunk(
    @Described("hidden layers: units, or as in [conv 16 3, flatten, dense 64 tanh, lstm 64]")
        List<HiddenLayer> hidden,
    @Described("activation of the layers that do not say theirs") Activation activation) {
  /** The smallest side that the three convolutions leave an output of. */
  private static final int LARGE = 36;

  private static final int SMALL = 3;

  public Trunk {
    hidden = List.copyOf(hidden);
  }

  /** Dense layers. */
  public static Trunk of(Activation activation, int... units) {
    return new Trunk(HiddenLayer.dense(units), activation);
  }

  /**
   * Layers as {@link HiddenLayer#parse} reads them.
   *
   * @throws IllegalArgumentException if a text is no layer
   */
  public static Trunk parse(Activation activation, String... layers) {
    return new Trunk(Arrays.stream(layers).map(HiddenLayer::parse).toList(), activation);
  }

  /** Returns a trunk of other layers with the same activation. */
  public Trunk withHidden(List<HiddenLayer> hidden) {
    return new Trunk(hidden, activation);
  }

  /** Returns a trunk of other layers with the same activation, exactly as they are. */
  public Trunk withLayers(LayerSpec... layers) {
    return withHidden(List.of(layers).stream().map(HiddenLayer::of).toList());
  }

  /** Returns a trunk with another activation. */
  public Trunk withActivation(Activation activation) {
    return new Trunk(hidden, activation);
  }

  /**
   * The network for observations, of a learner that learns from single steps.
   *
   * @param encoder turns observations into inputs
   * @param initialisation of the layers that do not say theirs
   * @param head the layers that give the outputs
   * @throws IllegalArgumentException if there are convolutions but no pictures, or recurrent
   *     layers, or layers that drop numbers
   */
  public NetworkSpec network(
      ObservationEncoder encoder, Initialisation initialisation, LayerSpec... head) {
    requireNoMemory();
    requireNoDropout();
    return network(encoder, 0, initialisation, head);
  }

  /**
   * The network for observations, of a learner that learns from sequences: layers may be recurrent.
   *
   * @param encoder turns observations into inputs
   * @param initialisation of the layers that do not say theirs
   * @param head the layers that give the outputs
   * @throws IllegalArgumentException if there are convolutions but no pictures
   */
  public NetworkSpec sequenceNetwork(
      ObservationEncoder encoder, Initialisation initialisation, LayerSpec... head) {
    return network(encoder, 0, initialisation, head);
  }

  /** Numbers that leave the last layer, for the observations of an encoder. */
  public int width(ObservationEncoder encoder) {
    LayerSpec head = new Dense(1, Activation.NONE);
    NetworkSpec all = network(encoder, 0, new Initialisation.FanIn(), head);
    return width(all.input(), all.layers().subList(0, all.layers().size() - 1));
  }

  /**
   * How many layers at the beginning see pictures: convolutions, normalisations before and behind
   * them, and {@link Flatten}, behind which a normalisation sees a vector.
   */
  public int pictureLayers() {
    boolean convolutions = false;
    boolean flat = false;
    int count = 0;
    while (count < hidden.size()) {
      HiddenLayer layer = hidden.get(count);
      if (!layer.convolves() && !layer.flattens() && (flat || !layer.normalises())) {
        break;
      }
      convolutions |= layer.convolves();
      flat |= layer.flattens();
      count++;
    }
    return convolutions || (count > 0 && hidden.getFirst().flattens()) ? count : 0;
  }

  /**
   * Returns the trunk with {@link Flatten} written down behind the layers of pictures, if there are
   * any: what is put behind these then sees a vector.
   */
  public Trunk flattened() {
    int pictures = pictureLayers();
    if (pictures == 0 || hidden.get(pictures - 1).flattens()) {
      return this;
    }
    List<HiddenLayer> layers = new ArrayList<>(hidden);
    layers.add(pictures, HiddenLayer.of(new Flatten()));
    return withHidden(layers);
  }

  /** Whether a layer is recurrent. */
  public boolean recurrent() {
    return hidden.stream().anyMatch(HiddenLayer::recurrent);
  }

  /**
   * Requires that no layer drops numbers, for networks that do so in no pass.
   *
   * @throws IllegalArgumentException if one does
   */
  public void requireNoDropout() {
    if (hidden.stream().anyMatch(HiddenLayer::drops)) {
      throw new IllegalArgumentException(
          "hidden must not hold dropout, which the dqn family and critics from a replay memory take,"
              + " was %s".formatted(hidden));
    }
  }

  private void requireNoMemory() {
    if (recurrent()) {
      throw new IllegalArgumentException(
          "hidden must not hold recurrent layers for a learner of single steps, was %s; a2c, ppo, ddpg,"
                  .formatted(hidden)
              + " td3, sac, tqc and the dqn family take them, or stack frames in front of this one");
    }
  }

  /**
   * The network for pairs of an observation, as floats, and an action behind it.
   *
   * <p>If there are recurrent layers, actions enter behind the last of them: what a network
   * remembers is what was observed, so that its value of any action is that of one pass.
   *
   * @param encoder turns observations into inputs
   * @param actionSize numbers of an action, at least 1
   * @param initialisation of the layers that do not say theirs
   * @param head the layers that give the outputs
   * @throws IllegalArgumentException if there are convolutions but no pictures, or a recurrent
   *     layer is the last one
   */
  public NetworkSpec critic(
      ObservationEncoder encoder,
      int actionSize,
      Initialisation initialisation,
      LayerSpec... head) {
    if (!hidden.isEmpty() && hidden.getLast().recurrent()) {
      throw new IllegalArgumentException(
          "the hidden layers of a critic must end in one that is not recurrent, because actions enter"
              + " there, were %s: add a layer, or give critic_hidden".formatted(hidden));
    }
    return network(encoder, actionSize, initialisation, head);
  }

  private NetworkSpec network(
      ObservationEncoder encoder,
      int actionSize,
      Initialisation initialisation,
      LayerSpec... head) {
    List<LayerSpec> all =
        hidden.stream().map(layer -> layer.with(activation, initialisation)).toList();
    int first = pictureLayers();
    List<LayerSpec> convolutions = new ArrayList<>(all.subList(0, first));
    if (first > 0 && !(convolutions.getLast() instanceof Flatten)) {
      convolutions.add(new Flatten());
    }
    List<LayerSpec> layers = new ArrayList<>();
    InputSpec input = encoder.input();
    if (input.extents().size() == 3 && actionSize == 0) {
      layers.addAll(convolutions(input, convolutions, initialisation));
    } else {
      List<Parallel.Branch> branches = branches(encoder, convolutions, initialisation);
      boolean pictures = branches.stream().anyMatch(branch -> !branch.layers().isEmpty());
      if (!pictures && !convolutions.isEmpty()) {
        throw new IllegalArgumentException(
            "hidden must not begin with %s for observations of %s, in which there is no picture"
                .formatted(
                    hidden.stream()
                        .limit(first)
                        .map(HiddenLayer::toString)
                        .collect(Collectors.joining(", ")),
                    encoder.space()));
      }
      if (actionSize > 0) {
        branches.add(Parallel.Branch.unchanged(encoder.size(), actionSize));
        input = InputSpec.vector(encoder.size() + actionSize);
      }
      if (pictures) {
        layers.add(new Parallel(branches));
      }
    }
    int behind = first;
    for (int i = first; i < all.size() && actionSize > 0; i++) {
      behind = hidden.get(i).recurrent() ? i + 1 : behind;
    }
    if (behind > first) {
      int width = width(input, layers) - actionSize;
      layers.add(
          new Parallel(
              List.of(
                  new Parallel.Branch(0, List.of(width), all.subList(first, behind)),
                  Parallel.Branch.unchanged(width, actionSize))));
    }
    layers.addAll(all.subList(behind, all.size()));
    layers.addAll(List.of(head));
    return new NetworkSpec(input, layers);
  }

  /** Numbers that leave layers which leave a vector. */
  private static int width(InputSpec input, List<LayerSpec> layers) {
    return layers.isEmpty()
        ? input.size()
        : new Topology(new NetworkSpec(input, layers)).output.size();
  }

  /** A branch for each picture, and for all that stands between two of them. */
  private static List<Parallel.Branch> branches(
      ObservationEncoder encoder, List<LayerSpec> convolutions, Initialisation initialisation) {
    List<Parallel.Branch> branches = new ArrayList<>();
    int done = 0;
    for (Leaf leaf : encoder.space().layout().leaves()) {
      if (leaf.space() instanceof Box box && box.dtype() == DType.UINT8 && box.dimensions() == 3) {
        int from = encoder.inputOf(leaf);
        if (from > done) {
          branches.add(Parallel.Branch.unchanged(done, from - done));
        }
        InputSpec picture = InputSpec.of(box);
        branches.add(
            new Parallel.Branch(
                from, picture.extents(), convolutions(picture, convolutions, initialisation)));
        done = from + box.size();
      }
    }
    if (done < encoder.size()) {
      branches.add(Parallel.Branch.unchanged(done, encoder.size() - done));
    }
    return branches;
  }

  private static List<LayerSpec> convolutions(
      InputSpec picture, List<LayerSpec> own, Initialisation initialisation) {
    return own.isEmpty() ? usualConvolutions(picture, initialisation) : own;
  }

  /**
   * The layers that make a vector of a picture unless others are given: for at least 36 × 36 the
   * three convolutions of Mnih et al. (2015), for at least 3 × 3 MinAtar's single one, 16 filters
   * of 3 × 3 at stride 1 (Young and Tian, 2019), and {@link Flatten} behind them.
   *
   * @param picture what enters, of three extents
   * @param initialisation of the convolutions
   */
  public static List<LayerSpec> usualConvolutions(
      InputSpec picture, Initialisation initialisation) {
    List<LayerSpec> layers = new ArrayList<>();
    int side = Math.min(picture.extents().get(0), picture.extents().get(1));
    if (side >= LARGE) {
      layers.add(new Convolution2d(32, 8, 4, 0, Activation.RELU, initialisation));
      layers.add(new Convolution2d(64, 4, 2, 0, Activation.RELU, initialisation));
      layers.add(new Convolution2d(64, 3, 1, 0, Activation.RELU, initialisation));
    } else if (side >= SMALL) {
      layers.add(new Convolution2d(16, 3, 1, 0, Activation.RELU, initialisation));
    }
    layers.add(new Flatten());
    return layers;
  }
}
