package org.bellmanrl.deep.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bellmanrl.api.options.Require;
import org.jspecify.annotations.Nullable;

/**
 * A layer of a learner's network, as options have it: its activation and its initialisation may be
 * left to the learner. Or layers for one part of nested observations.
 *
 * <p>As text, with what is in brackets left out if need be:
 *
 * <pre>
 * 64                                               a dense layer of 64 units
 * dense UNITS [ACTIVATION] [INITIALISATION]
 * conv FILTERS KERNEL [STRIDE [PADDING]] [ACTIVATION] [INITIALISATION]
 * flatten
 * embedding UNITS                                  for (Multi)Discrete ones or parts, first of all
 * residual UNITS [EXPANSION] [ACTIVATION] [INITIALISATION]
 * hyper-embedding UNITS [SHIFT]
 * hyper-block UNITS [EXPANSION [ALPHA]] [ACTIVATION]
 * layer-norm [EPSILON] [plain] [ACTIVATION]
 * batch-renorm [MOMENTUM [WARM_UP]] [ACTIVATION]
 * noisy UNITS [SIGMA0] [ACTIVATION]
 * dropout RATE
 * lstm UNITS
 * gru UNITS
 * PART: [LAYER, LAYER, …]                          for a part of observations
 * </pre>
 *
 * <p>An activation is one of {@code none}, {@code relu}, {@code leaky_relu}, {@code tanh} and
 * {@code silu}; an initialisation one of {@code fan-in}, {@code orthogonal:GAIN}, {@code
 * kaiming:GAIN} and {@code xavier:GAIN}. A {@code plain} normalisation has no learned numbers.
 *
 * <p>A part is named as {@link org.bellmanrl.api.space.Layout.Leaf#path} names it: {@code camera},
 * or {@code arm/1} of a nested space, or {@code arm} for all in there as one vector. One layer
 * needs no brackets.
 *
 * <p>Immutable; equal to another one of the same text.
 */
public final class HiddenLayer {
  private static final String FORMS =
      "a number of units, or one of dense UNITS, conv FILTERS KERNEL [STRIDE [PADDING]], flatten,"
          + " embedding UNITS,"
          + " residual UNITS, hyper-embedding UNITS, hyper-block UNITS, layer-norm, batch-renorm, noisy UNITS, dropout RATE, lstm UNITS and"
          + " gru UNITS, with an activation behind it if need be, or PART: [LAYERS] for a part of"
          + " observations";

  /** A name, and the layers behind a colon and white space. */
  private static final Pattern OF_PART = Pattern.compile("(\\S.*?)\\s*:(?:\\s+|(?=\\[))(.*)");

  /** Behind {@code layer-norm}: without learned numbers. */
  private static final String PLAIN = "plain";

  /** The part of observations that the layers are for; empty for a layer that is for no part. */
  private final String part;

  /** One unless they are for a part, and then at least one. */
  private final List<Single> layers;

  private HiddenLayer(String part, List<Single> layers) {
    this.part = part;
    this.layers = List.copyOf(layers);
  }

  /**
   * Exactly this layer, whatever the learner's usual activation and initialisation are.
   *
   * @throws IllegalArgumentException if it is a head, or holds other layers
   */
  public static HiddenLayer of(LayerSpec spec) {
    if (spec instanceof Dueling
        || spec instanceof Expectation
        || spec instanceof ImplicitQuantiles
        || spec instanceof Parallel
        || spec instanceof StateDependentNoise) {
      throw new IllegalArgumentException(
          "a hidden layer must be dense, noisy, residual, hyperspherical, an embedding, a"
              + " convolution, flatten, a normalisation, dropout or recurrent, was "
              + spec);
    }
    return new HiddenLayer("", List.of(new Single(spec, false, false)));
  }

  /**
   * Layers for one part of observations.
   *
   * @param part its name, as {@link org.bellmanrl.api.space.Layout.Leaf#path} has it, or its
   *     beginning
   * @param layers at least one, none of them for a part
   * @throws IllegalArgumentException if there is no name, or there are no such layers
   */
  public static HiddenLayer ofPart(String part, List<HiddenLayer> layers) {
    if (part.isEmpty() || layers.isEmpty() || layers.stream().anyMatch(HiddenLayer::forPart)) {
      throw new IllegalArgumentException(
          "a part must have a name, and layers that are for no part themselves, was '%s': %s"
              .formatted(part, layers));
    }
    return new HiddenLayer(part, layers.stream().map(layer -> layer.layers.getFirst()).toList());
  }

  /** Dense layers with the activation and the initialisation of the learner. */
  public static List<HiddenLayer> dense(int... units) {
    return Arrays.stream(units).mapToObj(HiddenLayer::dense).toList();
  }

  private static HiddenLayer dense(int units) {
    return new HiddenLayer("", List.of(new Single(new Dense(units, Activation.NONE), true, true)));
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if the text is none of the forms above
   */
  public static HiddenLayer parse(String text) {
    Matcher ofPart = OF_PART.matcher(text.strip());
    if (!ofPart.matches()) {
      return new HiddenLayer("", List.of(new Words(text).layer()));
    }
    String list = ofPart.group(2);
    boolean bracketed = list.startsWith("[") && list.endsWith("]");
    String[] all =
        bracketed ? list.substring(1, list.length() - 1).split(",", -1) : new String[] {list};
    return new HiddenLayer(
        ofPart.group(1), Arrays.stream(all).map(layer -> new Words(layer).layer()).toList());
  }

  /** Returns whether the layers are for one part of observations. */
  public boolean forPart() {
    return !part.isEmpty();
  }

  /** The part of observations that the layers are for; empty for a layer that is for no part. */
  public String part() {
    return part;
  }

  /** The layers for a part, one by one; this alone if it is for none. */
  public List<HiddenLayer> layers() {
    return layers.stream().map(layer -> new HiddenLayer("", List.of(layer))).toList();
  }

  boolean convolves() {
    return any(spec -> spec instanceof Convolution2d);
  }

  boolean flattens() {
    return any(spec -> spec instanceof Flatten);
  }

  boolean normalises() {
    return any(spec -> spec instanceof LayerNormalization || spec instanceof BatchRenormalization);
  }

  boolean embeds() {
    return any(spec -> spec instanceof Embedding);
  }

  private boolean any(Predicate<LayerSpec> such) {
    return layers.stream().map(Single::spec).anyMatch(such);
  }

  /** Returns whether this layer, or one for its part, drops numbers while a network learns. */
  public boolean drops() {
    return any(spec -> spec instanceof Dropout);
  }

  /** Returns whether this layer, or one for its part, remembers what it has seen of a sequence. */
  public boolean recurrent() {
    return any(spec -> spec instanceof Lstm || spec instanceof Gru);
  }

  /**
   * The layer, or those for a part, with what was left to the learner filled in.
   *
   * @param activation the learner's
   * @param initialisation the learner's
   */
  public List<LayerSpec> with(Activation activation, Initialisation initialisation) {
    return layers.stream().map(layer -> layer.with(activation, initialisation)).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HiddenLayer layer && layer.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The text form; {@link #parse} reads it back. */
  @Override
  public String toString() {
    String all = layers.stream().map(Single::toString).collect(Collectors.joining(", "));
    return forPart() ? part + ": [" + all + "]" : all;
  }

  /**
   * A layer.
   *
   * @param usualActivation whether the activation is the learner's rather than that of the layer
   * @param usualInitialisation whether the initialisation is
   */
  private record Single(LayerSpec spec, boolean usualActivation, boolean usualInitialisation) {
    LayerSpec with(Activation activation, Initialisation initialisation) {
      return switch (spec) {
        case Dense(int units, Activation own, Initialisation start) ->
            new Dense(units, either(own, activation), either(start, initialisation));
        case Convolution2d c ->
            new Convolution2d(
                c.filters(),
                c.kernel(),
                c.stride(),
                c.padding(),
                either(c.activation(), activation),
                either(c.initialisation(), initialisation));
        case ResidualBlock(int units, int expansion, Activation own, Initialisation start) ->
            new ResidualBlock(
                units, expansion, either(own, activation), either(start, initialisation));
        case Embedding embedding -> embedding;
        case HypersphericalEmbedding embedding -> embedding;
        case HypersphericalBlock(int units, int expansion, double alpha, Activation own) ->
            new HypersphericalBlock(units, expansion, alpha, either(own, activation));
        case Dropout dropout -> dropout;
        case LayerNormalization(Activation own, double epsilon, boolean learned) ->
            new LayerNormalization(either(own, activation), epsilon, learned);
        case BatchRenormalization(Activation own, double epsilon, double momentum, int warmUp) ->
            new BatchRenormalization(either(own, activation), epsilon, momentum, warmUp);
        case NoisyDense(int units, Activation own, double sigma0) ->
            new NoisyDense(units, either(own, activation), sigma0);
        case Flatten flatten -> flatten;
        case Lstm lstm -> lstm;
        case Gru gru -> gru;
        case Dueling head -> head;
        case Expectation head -> head;
        case ImplicitQuantiles head -> head;
        case StateDependentNoise head -> head;
        case Parallel parallel -> parallel;
      };
    }

    private Activation either(Activation own, Activation usual) {
      return usualActivation ? usual : own;
    }

    private Initialisation either(Initialisation own, Initialisation usual) {
      return usualInitialisation ? usual : own;
    }

    @Override
    public String toString() {
      return switch (spec) {
        case Dense(int units, Activation own, Initialisation start) ->
            usualActivation && usualInitialisation
                ? Integer.toString(units)
                : "dense " + units + words(own, start);
        case Convolution2d c ->
            "conv %d %d %d %d"
                .formatted(c.filters(), c.kernel(), c.stride(), c.padding())
                .concat(words(c.activation(), c.initialisation()));
        case ResidualBlock(int units, int expansion, Activation own, Initialisation start) ->
            "residual " + units + " " + expansion + words(own, start);
        case Embedding(int units) -> "embedding " + units;
        case HypersphericalEmbedding(int units, double shift) ->
            "hyper-embedding "
                + units
                + (shift == HypersphericalEmbedding.USUAL ? "" : " " + shift);
        case HypersphericalBlock(int units, int expansion, double alpha, Activation own) ->
            "hyper-block " + units + " " + expansion + " " + alpha + word(own);
        case Dropout(double rate) -> "dropout " + rate;
        case LayerNormalization(Activation own, double epsilon, boolean learned) ->
            "layer-norm"
                + (epsilon == LayerNormalization.USUAL ? "" : " " + epsilon)
                + (learned ? "" : " " + PLAIN)
                + word(own);
        case BatchRenormalization(Activation own, double epsilon, double momentum, int warmUp) ->
            "batch-renorm " + momentum + " " + warmUp + word(own);
        case NoisyDense(int units, Activation own, double sigma0) ->
            "noisy " + units + (sigma0 == NoisyDense.USUAL ? "" : " " + sigma0) + word(own);
        case Flatten flatten -> "flatten";
        case Lstm(int units) -> "lstm " + units;
        case Gru(int units) -> "gru " + units;
        case Dueling head -> head.toString();
        case Expectation head -> head.toString();
        case ImplicitQuantiles head -> head.toString();
        case StateDependentNoise head -> head.toString();
        case Parallel parallel -> parallel.toString();
      };
    }

    private String words(Activation own, Initialisation start) {
      return word(own) + (usualInitialisation ? "" : " " + text(start));
    }

    private String word(Activation own) {
      return usualActivation ? "" : " " + own.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Initialisation start) {
      return switch (start) {
        case Initialisation.FanIn() -> "fan-in";
        case Initialisation.Orthogonal(double gain) -> "orthogonal:" + gain;
        case Initialisation.Kaiming(double gain) -> "kaiming:" + gain;
        case Initialisation.Xavier(double gain) -> "xavier:" + gain;
      };
    }
  }

  /** The words of a text, on their way into a layer. */
  private static final class Words {
    private final String text;
    private final List<String> words;
    private boolean usualActivation = true;
    private boolean usualInitialisation = true;
    private Activation activation = Activation.NONE;
    private Initialisation initialisation = new Initialisation.FanIn();

    Words(String text) {
      this.text = text;
      this.words =
          new ArrayList<>(List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)));
    }

    Single layer() {
      String kind = words.removeFirst();
      if (kind.chars().allMatch(Character::isDigit) && !kind.isEmpty()) {
        words.addFirst(kind);
        kind = "dense";
      }
      takeInitialisation();
      takeActivation();
      LayerSpec spec =
          switch (kind) {
            case "dense" -> new Dense(whole("units"), activation, initialisation);
            case "conv" -> {
              int filters = whole("filters");
              int kernel = whole("kernel");
              int stride = words.isEmpty() ? 1 : whole("stride");
              int padding = words.isEmpty() ? 0 : whole("padding");
              yield new Convolution2d(filters, kernel, stride, padding, activation, initialisation);
            }
            case "residual" -> {
              int units = whole("units");
              int expansion = words.isEmpty() ? ResidualBlock.USUAL : whole("expansion");
              yield new ResidualBlock(units, expansion, activation, initialisation);
            }
            case "embedding" -> new Embedding(whole("units"));
            case "hyper-embedding" -> {
              int units = whole("units");
              double shift = words.isEmpty() ? HypersphericalEmbedding.USUAL : real("shift");
              yield new HypersphericalEmbedding(units, shift);
            }
            case "hyper-block" -> {
              int units = whole("units");
              int expansion =
                  words.isEmpty() ? HypersphericalBlock.USUAL_EXPANSION : whole("expansion");
              double alpha = words.isEmpty() ? HypersphericalBlock.USUAL_ALPHA : real("alpha");
              yield new HypersphericalBlock(units, expansion, alpha, activation);
            }
            case "dropout" -> new Dropout(real("rate"));
            case "layer-norm" -> {
              boolean learned = words.isEmpty() || !words.getLast().equals(PLAIN);
              if (!learned) {
                words.removeLast();
              }
              double epsilon = words.isEmpty() ? LayerNormalization.USUAL : real("epsilon");
              yield new LayerNormalization(activation, epsilon, learned);
            }
            case "batch-renorm" -> {
              BatchRenormalization usual = new BatchRenormalization(activation);
              double momentum = words.isEmpty() ? usual.momentum() : real("momentum");
              int warmUp = words.isEmpty() ? usual.warmUp() : whole("warm-up");
              yield new BatchRenormalization(activation, usual.epsilon(), momentum, warmUp);
            }
            case "noisy" -> {
              int units = whole("units");
              double sigma0 = words.isEmpty() ? NoisyDense.USUAL : real("sigma0");
              yield new NoisyDense(units, activation, sigma0);
            }
            case "flatten" -> new Flatten();
            case "lstm" -> new Lstm(whole("units"));
            case "gru" -> new Gru(whole("units"));
            default -> throw wrong("'" + kind + "' is no layer");
          };
      boolean initialised =
          spec instanceof Dense || spec instanceof Convolution2d || spec instanceof ResidualBlock;
      if (!words.isEmpty()
          || (!usualInitialisation && !initialised)
          || (!usualActivation
              && (spec instanceof Flatten
                  || spec instanceof Embedding
                  || spec instanceof HypersphericalEmbedding
                  || spec instanceof Dropout
                  || spec instanceof Lstm
                  || spec instanceof Gru))) {
        throw wrong("there is more than a layer '" + kind + "' has");
      }
      return new Single(spec, usualActivation, usualInitialisation);
    }

    private void takeActivation() {
      for (Activation known : Activation.values()) {
        if (!words.isEmpty() && known.name().equalsIgnoreCase(words.getLast().replace('-', '_'))) {
          words.removeLast();
          activation = known;
          usualActivation = false;
          return;
        }
      }
    }

    private void takeInitialisation() {
      if (words.isEmpty()) {
        return;
      }
      String word = words.getLast();
      int colon = word.indexOf(':');
      if (colon < 0 && !word.equals("fan-in")) {
        return;
      }
      words.removeLast();
      usualInitialisation = false;
      if (colon >= 0) {
        double gain = real("gain", word.substring(colon + 1));
        initialisation =
            switch (word.substring(0, colon)) {
              case "orthogonal" -> new Initialisation.Orthogonal(gain);
              case "kaiming" -> new Initialisation.Kaiming(gain);
              case "xavier" -> new Initialisation.Xavier(gain);
              default -> throw wrong("'" + word + "' is no initialisation");
            };
      }
    }

    private int whole(String what) {
      if (words.isEmpty()) {
        throw wrong("the number of its " + what + " is missing");
      }
      String word = words.removeFirst();
      try {
        return Integer.parseInt(word);
      } catch (NumberFormatException e) {
        throw wrong(what + " must be a whole number, was '" + word + "'");
      }
    }

    private double real(String what) {
      return real(what, words.removeFirst());
    }

    private double real(String what, String word) {
      try {
        double value = Double.parseDouble(word);
        Require.finite(what, value);
        return value;
      } catch (NumberFormatException e) {
        throw wrong(what + " must be a number, was '" + word + "'");
      }
    }

    private IllegalArgumentException wrong(String why) {
      return new IllegalArgumentException(
          "a hidden layer must be %s; in '%s', %s".formatted(FORMS, text, why));
    }
  }
}
