package org.bellmanrl.deep.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.jspecify.annotations.Nullable;

/**
 * What a learner's network consists of between its inputs and its head, as data: the learner adds
 * the head, which depends on the actions.
 *
 * <p>Pictures (bytes of height × width × channels, alone or as a part of a nested observation) go
 * through convolutions first. These are the layers at the beginning of {@code hidden} that see
 * pictures: convolutions, normalisations before and behind them, and {@link Flatten}, behind which
 * a normalisation sees a vector. If there are no such layers, they are those of {@link
 * #usualConvolutions}. Flatten is put behind convolutions where it is not written down.
 *
 * <p>Layers {@linkplain HiddenLayer#ofPart for a part} of nested observations stand before all
 * others, which see what leaves the parts, joined in the order of the observation. A part that is a
 * picture goes through convolutions first, by the same rules; parts without layers of their own are
 * treated as if no part had any.
 *
 * <p>{@link Embedding} may come first for Discrete observations, and for a part that is Discrete.
 * For MultiDiscrete ones it learns the vectors of each element, and joins those of an observation;
 * it is then the only layer of a part.
 *
 * @param hidden the layers, in order; those for parts first
 * @param activation of all layers that do not say theirs
 */
public record Trunk(
    @Described("hidden layers: units, or as in [conv 16 3, flatten, dense 64 tanh, lstm 64]")
        List<HiddenLayer> hidden,
    @Described("activation of the layers that do not say theirs") Activation activation) {
  /** The smallest side that the three convolutions leave an output of. */
  private static final int LARGE = 36;

  private static final int SMALL = 3;

  /**
   * The learners that take recurrent layers: messages name them, and a test tries all there are.
   */
  private static final List<String> RECURRENT =
      List.of(
          "a2c", "c51", "ddpg", "dqn", "impala", "iqn", "ppo", "qr-dqn", "r2d2", "rainbow", "sac",
          "td3", "tqc");

  public Trunk {
    hidden = List.copyOf(hidden);
    List<HiddenLayer> parts = hidden.stream().takeWhile(HiddenLayer::forPart).toList();
    if (hidden.stream().skip(parts.size()).anyMatch(HiddenLayer::forPart)) {
      throw new IllegalArgumentException(
          "layers for parts of observations must stand before all others, was " + hidden);
    }
    requireEmbeddingsFirst(hidden.stream().skip(parts.size()).toList());
    parts.forEach(part -> requireEmbeddingsFirst(part.layers()));
    for (HiddenLayer part : parts) {
      if (parts.stream().filter(other -> covers(other.part(), part.part())).count() > 1) {
        throw new IllegalArgumentException(
            "part '%s' must have layers once, was %s".formatted(part.part(), hidden));
      }
    }
  }

  private static void requireEmbeddingsFirst(List<HiddenLayer> layers) {
    if (layers.stream().skip(1).anyMatch(HiddenLayer::embeds)) {
      throw new IllegalArgumentException(
          "an embedding must be the first layer of observations or a part, was " + layers);
    }
  }

  /** Returns whether a part is another one, or holds it. */
  private static boolean covers(String part, String other) {
    return other.equals(part) || other.startsWith(part + "/");
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

  /** Layers for parts of observations, which stand at the beginning. */
  private List<HiddenLayer> parts() {
    return hidden.stream().takeWhile(HiddenLayer::forPart).toList();
  }

  /** The layers behind those for parts. */
  private List<HiddenLayer> common() {
    return hidden.stream().dropWhile(HiddenLayer::forPart).toList();
  }

  /** Returns whether the first layers are for parts of observations, see pictures, or embed. */
  public boolean startsWithObservations() {
    return !parts().isEmpty() || observationLayers(common()) > 0;
  }

  /** How many layers at the beginning see observations of a kind: pictures, or Discrete ones. */
  private static int observationLayers(List<HiddenLayer> layers) {
    return embeds(layers) ? 1 : pictureLayers(layers);
  }

  private static boolean embeds(List<HiddenLayer> layers) {
    return !layers.isEmpty() && layers.getFirst().embeds();
  }

  /** How many layers at the beginning see pictures. */
  private static int pictureLayers(List<HiddenLayer> layers) {
    boolean convolutions = false;
    boolean flat = false;
    int count = 0;
    while (count < layers.size()) {
      HiddenLayer layer = layers.get(count);
      if (!layer.convolves() && !layer.flattens() && (flat || !layer.normalises())) {
        break;
      }
      convolutions |= layer.convolves();
      flat |= layer.flattens();
      count++;
    }
    return convolutions || (count > 0 && layers.getFirst().flattens()) ? count : 0;
  }

  /** The same layers with {@link Flatten} behind those that see pictures. */
  private static List<HiddenLayer> flattened(List<HiddenLayer> layers) {
    int pictures = pictureLayers(layers);
    if (pictures == 0 || layers.get(pictures - 1).flattens()) {
      return layers;
    }
    List<HiddenLayer> all = new ArrayList<>(layers);
    all.add(pictures, HiddenLayer.of(new Flatten()));
    return all;
  }

  /**
   * Returns the trunk with {@link Flatten} written down behind the layers that see pictures, if
   * there are any: what is put behind these then sees a vector.
   */
  public Trunk flattened() {
    List<HiddenLayer> layers = new ArrayList<>(parts());
    layers.addAll(flattened(common()));
    return withHidden(layers);
  }

  /**
   * Returns the trunk with a layer more before each one that neither sees pictures nor embeds, and
   * behind the last.
   */
  public Trunk interleaved(HiddenLayer layer) {
    List<HiddenLayer> layers = new ArrayList<>();
    for (HiddenLayer part : parts()) {
      layers.add(HiddenLayer.ofPart(part.part(), interleaved(part.layers(), layer)));
    }
    layers.addAll(interleaved(common(), layer));
    layers.add(layer);
    return withHidden(layers);
  }

  private static List<HiddenLayer> interleaved(List<HiddenLayer> layers, HiddenLayer layer) {
    List<HiddenLayer> flat = flattened(layers);
    int first = observationLayers(flat);
    List<HiddenLayer> all = new ArrayList<>(flat.subList(0, first));
    for (HiddenLayer each : flat.subList(first, flat.size())) {
      all.add(layer);
      all.add(each);
    }
    return all;
  }

  /** Returns whether a layer is recurrent. */
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

  /**
   * Refuses recurrent layers for a learner of single steps.
   *
   * @param learner how the message calls the learner
   * @param layers what it was given, with the names of the options
   */
  public static IllegalArgumentException refusedRecurrence(String learner, String layers) {
    return new IllegalArgumentException(
        "%s takes no recurrent layers, %s; %s do, or stack frames in front of this one"
            .formatted(learner, layers, String.join(", ", RECURRENT)));
  }

  private void requireNoMemory() {
    if (recurrent()) {
      throw refusedRecurrence("a learner of single steps", "hidden was " + hidden);
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
    List<HiddenLayer> common = flattened(common());
    int first = observationLayers(common);
    List<LayerSpec> all = with(common, initialisation);
    List<LayerSpec> observing = all.subList(0, first);
    requireParts(encoder);
    if (embeds(common)
        && !(encoder.space() instanceof Discrete)
        && !(encoder.space() instanceof MultiDiscrete)) {
      throw new IllegalArgumentException(
          "hidden must not begin with %s for observations of %s: it is for Discrete and MultiDiscrete ones or parts"
              .formatted(common.getFirst(), encoder.space()));
    }
    List<LayerSpec> layers = new ArrayList<>();
    InputSpec input = encoder.input();
    if (actionSize == 0 && input.extents().size() == 3) {
      layers.addAll(orUsual(observing, input, initialisation));
    } else if (actionSize == 0 && encoder.space() instanceof Discrete && embeds(common)) {
      layers.addAll(observing);
    } else {
      List<Parallel.Branch> branches = branches(encoder, observing, initialisation);
      boolean apart = branches.stream().anyMatch(branch -> !branch.layers().isEmpty());
      if (actionSize > 0) {
        branches.add(Parallel.Branch.unchanged(encoder.size(), actionSize));
        input = InputSpec.vector(encoder.size() + actionSize);
      }
      if (apart) {
        layers.add(new Parallel(branches));
      }
    }
    int behind = first;
    for (int i = first; i < all.size() && actionSize > 0; i++) {
      behind = common.get(i).recurrent() ? i + 1 : behind;
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

  private List<LayerSpec> with(List<HiddenLayer> layers, Initialisation initialisation) {
    return layers.stream()
        .flatMap(layer -> layer.with(activation, initialisation).stream())
        .toList();
  }

  private void requireParts(ObservationEncoder encoder) {
    List<String> paths = encoder.space().layout().leaves().stream().map(Leaf::path).toList();
    for (HiddenLayer part : parts()) {
      if (paths.stream().noneMatch(path -> covers(part.part(), path))) {
        throw new IllegalArgumentException(
            "hidden has layers for a part '%s', but observations of %s %s"
                .formatted(
                    part.part(),
                    encoder.space(),
                    paths.equals(List.of(""))
                        ? "have no parts"
                        : "have the parts " + String.join(", ", paths)));
      }
    }
  }

  /** Numbers that leave layers which leave a vector. */
  private static int width(InputSpec input, List<LayerSpec> layers) {
    return layers.isEmpty()
        ? input.size()
        : new Topology(new NetworkSpec(input, layers)).output.size();
  }

  /**
   * A branch for each part that has layers and for each other picture, and for all that stands
   * between two of these.
   */
  private List<Parallel.Branch> branches(
      ObservationEncoder encoder, List<LayerSpec> observing, Initialisation initialisation) {
    List<Parallel.Branch> branches = new ArrayList<>();
    List<Leaf> leaves = encoder.space().layout().leaves();
    boolean observed = false;
    int done = 0;
    int end = 0;
    for (int first = 0; first < leaves.size(); first = end) {
      Leaf leaf = leaves.get(first);
      HiddenLayer part = partOf(leaf);
      end = first + 1;
      while (part != null && end < leaves.size() && covers(part.part(), leaves.get(end).path())) {
        end++;
      }
      InputSpec input = input(leaves.subList(first, end), encoder);
      boolean observes = input.extents().size() == 3 || embeds(common());
      if (part == null && !observes) {
        continue;
      }
      int from = encoder.inputOf(leaf);
      if (from > done) {
        branches.add(Parallel.Branch.unchanged(done, from - done));
      }
      List<LayerSpec> layers =
          part == null
              ? orUsual(observing, input, initialisation)
              : layersOf(part, leaf.space(), input, encoder.space(), initialisation);
      if (leaf.space() instanceof MultiDiscrete elements
          && !layers.isEmpty()
          && layers.getFirst() instanceof Embedding) {
        int element = from;
        for (int i = 0; i < elements.size(); i++) {
          branches.add(new Parallel.Branch(element, List.of(elements.n(i)), layers));
          element += elements.n(i);
        }
      } else {
        branches.add(new Parallel.Branch(from, input.extents(), layers));
      }
      observed |= part == null;
      done = from + input.size();
    }
    if (done < encoder.size()) {
      branches.add(Parallel.Branch.unchanged(done, encoder.size() - done));
    }
    if (!observed && !observing.isEmpty()) {
      throw new IllegalArgumentException(
          "hidden must not begin with %s for observations of %s, in which there is no picture%s"
              .formatted(
                  picturesText(common()),
                  encoder.space(),
                  parts().isEmpty() ? "" : " without layers of its own"));
    }
    return branches;
  }

  private @Nullable HiddenLayer partOf(Leaf leaf) {
    for (HiddenLayer part : parts()) {
      if (covers(part.part(), leaf.path())) {
        return part;
      }
    }
    return null;
  }

  /** What consecutive leaves become: a picture if they are one, or else a vector. */
  private static InputSpec input(List<Leaf> leaves, ObservationEncoder encoder) {
    Leaf first = leaves.getFirst();
    if (leaves.size() == 1
        && first.space() instanceof Box box
        && box.dtype() == DType.UINT8
        && box.dimensions() == 3) {
      return InputSpec.of(box);
    }
    return InputSpec.vector(leaves.stream().mapToInt(encoder::inputs).sum());
  }

  /**
   * The layers for a part.
   *
   * @param first what it is, or the first of what it holds
   * @param input what it becomes
   */
  private List<LayerSpec> layersOf(
      HiddenLayer part,
      Space first,
      InputSpec input,
      Space observations,
      Initialisation initialisation) {
    List<HiddenLayer> own = flattened(part.layers());
    if (embeds(own)) {
      if (values(first) != input.size()) {
        throw new IllegalArgumentException(
            "the layers for part '%s' must not begin with %s: it is neither Discrete nor MultiDiscrete in %s"
                .formatted(part.part(), own.getFirst(), observations));
      }
      if (first instanceof MultiDiscrete && own.size() > 1) {
        throw new IllegalArgumentException(
            "the layers for part '%s' must be %s alone, which is for each element of %s: put the others behind the parts"
                .formatted(part.part(), own.getFirst(), first));
      }
    }
    int pictures = pictureLayers(own);
    List<LayerSpec> layers = with(own, initialisation);
    if (input.extents().size() == 3) {
      List<LayerSpec> all =
          new ArrayList<>(orUsual(layers.subList(0, pictures), input, initialisation));
      all.addAll(layers.subList(pictures, layers.size()));
      return all;
    }
    if (pictures > 0) {
      throw new IllegalArgumentException(
          "the layers for part '%s' must not begin with %s: it is no picture in %s"
              .formatted(part.part(), picturesText(part.layers()), observations));
    }
    return layers;
  }

  /**
   * How many values the elements of a space have together; 0 if it has others than Discrete ones.
   */
  private static int values(Space space) {
    return switch (space) {
      case Discrete discrete -> discrete.n();
      case MultiDiscrete elements -> Arrays.stream(elements.counts()).sum();
      default -> 0;
    };
  }

  private static String picturesText(List<HiddenLayer> layers) {
    return layers.stream()
        .limit(pictureLayers(layers))
        .map(HiddenLayer::toString)
        .collect(Collectors.joining(", "));
  }

  private static List<LayerSpec> orUsual(
      List<LayerSpec> own, InputSpec picture, Initialisation initialisation) {
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
