package org.bellmanrl.onnx.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Layout.Leaf;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.api.state.State;
import org.jspecify.annotations.Nullable;

/**
 * A model that some program wrote as ONNX, at work in a task.
 *
 * <p>{@link ObservationInput} says what enters it, and {@link ActionOutput} how actions come out.
 * Rows are computed one by one. Immutable and thread-safe; each actor has its own buffers.
 */
final class OnnxPolicy implements Policy {
  private static final Set<String> MASKS = Set.of("mask", "action_mask");

  /** What actions are called, the surest first. */
  private static final List<Set<String>> ACTIONS =
      List.of(
          Set.of("action", "actions"),
          Set.of("deterministic_action", "deterministic_actions"),
          Set.of("discrete_actions", "continuous_actions", "label", "output_label"),
          Set.of(
              "logits",
              "action_logits",
              "q",
              "q_values",
              "qvalues",
              "mean",
              "mu",
              "pi",
              "policy",
              "policy_logits",
              "scores"));

  /** What is no action, whatever its shape. */
  private static final Set<String> OTHERS =
      Set.of(
          "value",
          "values",
          "vf",
          "critic",
          "state_value",
          "log_prob",
          "log_probs",
          "logp",
          "entropy");

  private final Session session;
  private final Map<Leaf, ObservationInput> inputs;
  private final Model.@Nullable Value mask;
  private final List<CarriedState> states;
  private final String output;
  private final Set<String> wanted = new LinkedHashSet<>();
  private final ActionOutput actions;
  private final EnvironmentSpec spec;

  /** An input that takes what an output gave a step before. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record CarriedState(
      String input, ElementType type, long[] shape, int bytes, String output) {}

  /**
   * Binds a model to a task, and runs it once.
   *
   * @throws IllegalArgumentException if it does not fit, or does not say how it is meant
   * @throws org.bellmanrl.api.state.StateException if it can't be run, or not within the limits
   */
  OnnxPolicy(
      byte[] content,
      Model model,
      EnvironmentSpec spec,
      Map<String, String> options,
      Limits limits) {
    this.spec = spec;
    this.actions = new ActionOutput(spec.actionSpace());
    Map<String, String> carried = carried(options.getOrDefault(OnnxImporter.STATE, ""));
    this.mask =
        model.inputs().stream()
            .filter(input -> MASKS.contains(input.name()) && spec.masked())
            .findFirst()
            .orElse(null);
    this.inputs =
        inputs(model, spec, carried.keySet(), options.getOrDefault(OnnxImporter.LAYOUT, ""));
    this.states = states(model, carried);
    Session plain = Session.plain(content, limits);
    Map<String, Session.Output> results = plain.tryOut(least(), names(model.outputs()));
    plain.close();
    this.session = Session.optimised(content, limits);
    this.output = output(model, results, options.getOrDefault(OnnxImporter.OUTPUT, ""));
    wanted.add(output);
    states.forEach(state -> wanted.add(state.output));
    checkStates(results);
    tryOut();
  }

  private static Set<String> names(List<Model.Value> values) {
    Set<String> names = new LinkedHashSet<>();
    values.forEach(value -> names.add(value.name()));
    return names;
  }

  private static Map<String, String> carried(String option) {
    Map<String, String> carried = new LinkedHashMap<>();
    for (String pair : option.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        carried.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      } else if (!pair.isBlank()) {
        throw new IllegalArgumentException(
            "the option state must be IN=OUT,IN=OUT, had '" + pair.strip() + "'");
      }
    }
    return carried;
  }

  private Map<Leaf, ObservationInput> inputs(
      Model model, EnvironmentSpec spec, Set<String> carried, String layout) {
    List<Leaf> leaves = spec.observationSpace().layout().leaves();
    List<Model.Value> free = new ArrayList<>(model.inputs());
    free.removeIf(input -> carried.contains(input.name()) || input.equals(mask));
    Map<Leaf, ObservationInput> inputs = new LinkedHashMap<>();
    for (Leaf leaf : leaves) {
      Optional<Model.Value> input =
          free.stream().filter(value -> isNamedAfter(value.name(), leaf)).findFirst();
      if (input.isEmpty() && leaves.size() == 1) {
        input = only(free, model);
      }
      if (input.isEmpty()) {
        throw new IllegalArgumentException(
            "its inputs are %s, none of which is '%s'%s"
                .formatted(
                    names(model.inputs()),
                    path(leaf),
                    leaves.size() > 1 && free.size() == 1
                        ? "; if it takes all parts in one vector, wrap the task with flatten-observation"
                        : ""));
      }
      free.remove(input.get());
      inputs.put(leaf, new ObservationInput(input.get(), leaf, layout));
    }
    return inputs;
  }

  /** The only input that is not the next of a state, as far as names tell. */
  private static Optional<Model.Value> only(List<Model.Value> free, Model model) {
    if (free.size() == 1) {
      return Optional.of(free.getFirst());
    }
    List<Model.Value> others =
        free.stream()
            .filter(input -> partner(input.name(), names(model.outputs())) == null)
            .toList();
    return others.size() == 1 ? Optional.of(others.getFirst()) : Optional.empty();
  }

  private static String path(Leaf leaf) {
    return leaf.path().isEmpty() ? OnnxGraph.OBSERVATION : leaf.path();
  }

  private static boolean isNamedAfter(String name, Leaf leaf) {
    return name.equals(OnnxGraph.input(leaf))
        || name.equals(leaf.path())
        || (leaf.path().isEmpty() && name.equals("obs"));
  }

  private List<CarriedState> states(Model model, Map<String, String> carried) {
    Set<String> bound = new LinkedHashSet<>();
    inputs.values().forEach(input -> bound.add(input.name()));
    Set<String> outputs = names(model.outputs());
    List<CarriedState> states = new ArrayList<>();
    for (Model.Value input : model.inputs()) {
      if (bound.contains(input.name()) || input.equals(mask)) {
        continue;
      }
      String from = carried.getOrDefault(input.name(), partner(input.name(), outputs));
      if (from == null) {
        throw new IllegalArgumentException(
            "its input %s is no part of the observation%s; if it takes at each step what an output gave at the step before, say which with the option state: %s=OUTPUT, OUTPUT being one of %s"
                .formatted(
                    input.described(),
                    MASKS.contains(input.name()) ? ", and the task has no mask" : "",
                    input.name(),
                    outputs));
      }
      if (!outputs.contains(from)) {
        throw new IllegalArgumentException(
            "its outputs are %s, there is no '%s'".formatted(outputs, from));
      }
      List<Long> declared = input.shape();
      if (declared == null) {
        throw new IllegalArgumentException(
            "input '" + input.name() + "' declares no shape, so there is no state to begin with");
      }
      long[] shape = declared.stream().mapToLong(extent -> Math.max(1, extent)).toArray();
      long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
      ElementType type = input.type();
      states.add(
          new CarriedState(
              input.name(),
              type,
              shape,
              Math.multiplyExact(Math.toIntExact(size), type.bytes()),
              from));
    }
    for (String name : carried.keySet()) {
      if (!names(model.inputs()).contains(name)) {
        throw new IllegalArgumentException(
            "its inputs are %s, there is no '%s'".formatted(names(model.inputs()), name));
      }
    }
    return states;
  }

  /**
   * The output that is named as the next value of an input: h_in and h_out, h0 and hn, and so on.
   */
  private static @Nullable String partner(String input, Set<String> outputs) {
    List<String> found =
        Stream.of(
                input.replace("_in", "_out"),
                input + "_out",
                "next_" + input,
                "new_" + input,
                input.replaceFirst("0$", "n"),
                input.replaceFirst("0$", "1"))
            .filter(name -> !name.equals(input) && outputs.contains(name))
            .distinct()
            .toList();
    return found.size() == 1 ? found.getFirst() : null;
  }

  private void checkStates(Map<String, Session.Output> results) {
    for (CarriedState state : states) {
      if (!(results.get(state.output) instanceof Session.Numbers numbers)
          || numbers.type() != state.type
          || numbers.size() * state.type.bytes() != state.bytes) {
        throw new IllegalArgumentException(
            "output '%s' is %s, but input '%s' takes %s%s"
                .formatted(
                    state.output,
                    results.get(state.output),
                    state.input,
                    state.type,
                    Arrays.toString(state.shape)));
      }
    }
  }

  /** Which output is the action. */
  private String output(Model model, Map<String, Session.Output> results, String asked) {
    Set<String> names = results.keySet();
    if (!asked.isEmpty()) {
      if (!names.contains(asked)) {
        throw new IllegalArgumentException(
            "its outputs are %s, there is no '%s'".formatted(names, asked));
      }
      if (!fits(results.get(asked))) {
        throw new IllegalArgumentException(misfit(asked, results));
      }
      return asked;
    }
    List<String> fitting =
        names.stream()
            .filter(name ->
                fits(results.get(name))
                    && !OTHERS.contains(name.toLowerCase(Locale.ROOT))
                    && states.stream().noneMatch(state -> state.output.equals(name)))
            .toList();
    if (fitting.isEmpty()) {
      throw new IllegalArgumentException(
          names.size() == 1
              ? misfit(names.iterator().next(), results)
              : "none of its outputs %s is an action of %s, which needs %s"
                  .formatted(described(results), spec.actionSpace(), actions.wanted()));
    }
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    for (Set<String> tier : ACTIONS) {
      List<String> named =
          fitting.stream().filter(name -> tier.contains(name.toLowerCase(Locale.ROOT))).toList();
      if (named.size() == 1) {
        return named.getFirst();
      }
    }
    // Of an action, a value and a log-probability without names, the last has no extent but the
    // batch's, and is computed from the first.
    List<String> perRow =
        names.stream()
            .filter(name -> results.get(name) instanceof Session.Numbers n && n.shape().length == 1)
            .toList();
    List<String> wider = fitting.stream().filter(name -> !perRow.contains(name)).toList();
    String ingredient = model.ingredient(wider.isEmpty() ? fitting : wider, perRow);
    if (ingredient == null) {
      throw new IllegalArgumentException(
          "several of its outputs may be the action: %s; say which with the option output"
              .formatted(fitting));
    }
    return ingredient;
  }

  private String misfit(String name, Map<String, Session.Output> results) {
    return "output '%s' is %s, but an action of %s needs %s"
        .formatted(name, results.get(name), spec.actionSpace(), actions.wanted());
  }

  private static String described(Map<String, Session.Output> results) {
    List<String> all = new ArrayList<>();
    results.forEach((name, result) -> all.add("'" + name + "' (" + result + ")"));
    return String.join(", ", all);
  }

  private boolean fits(Session.@Nullable Output result) {
    return switch (result) {
      case Session.Numbers numbers -> actions.takes(numbers.type().real(), perRow(numbers));
      case Session.Maps maps -> actions.takesMaps();
      case null, default -> false;
    };
  }

  /** Numbers of the first row, of as many rows as went in. */
  private int perRow(Session.Numbers numbers) {
    long copies = inputs.values().iterator().next().copies();
    return numbers.size() % copies == 0 ? (int) (numbers.size() / copies) : -1;
  }

  /** Acts once where everything is 0, or the least there is. */
  private void tryOut() {
    Observations seen = leastSeen();
    actor(1, RandomStreams.ofSeeds(0))
        .act(Rows.all(1), seen, new Actions(spec.actionSpace(), Dict.EMPTY, 1));
  }

  private Observations leastSeen() {
    Observations seen = new Observations(spec, 1);
    for (Leaf leaf : spec.observationSpace().layout().leaves()) {
      ObservationInput.least(leaf, seen.values());
    }
    Arrays.fill(seen.mask(), true);
    return seen;
  }

  private Map<String, Session.Input> least() {
    OnnxActor actor = new OnnxActor(1);
    actor.enter(0, leastSeen());
    return actor.given;
  }

  /** Which output decides. */
  String output() {
    return output;
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    if (random.rows() != rows) {
      throw new IllegalArgumentException(
          "an actor of %d rows needs as many streams, was given %d".formatted(rows, random.rows()));
    }
    return new OnnxActor(rows);
  }

  /** This itself: nothing of it changes. */
  @Override
  public OnnxPolicy snapshot() {
    return this;
  }

  /** Computes rows one by one, and remembers the states of each. */
  private final class OnnxActor implements Actor {
    private final int rows;
    private final Map<String, Session.Input> given = new LinkedHashMap<>();

    /** By state, the bytes of all rows. */
    private final byte[][] memory = new byte[states.size()][];

    OnnxActor(int rows) {
      this.rows = rows;
      inputs
          .values()
          .forEach(input ->
              given.put(
                  input.name(),
                  new Session.Input(
                      input.type(),
                      input.shape(),
                      Session.Input.room(input.type(), input.size()))));
      if (mask != null) {
        List<Long> declared = mask.shape();
        boolean batched = declared == null || declared.size() > 1;
        int copies = batched ? (int) inputs.values().iterator().next().copies() : 1;
        int width = spec.maskWidth();
        given.put(
            mask.name(),
            new Session.Input(
                mask.type(),
                batched ? new long[] {copies, width} : new long[] {width},
                Session.Input.room(mask.type(), copies * width)));
      }
      for (int i = 0; i < memory.length; i++) {
        CarriedState state = states.get(i);
        memory[i] = new byte[Math.multiplyExact(rows, state.bytes)];
        given.put(
            state.input,
            new Session.Input(
                state.type,
                state.shape,
                Session.Input.room(state.type, state.bytes / state.type.bytes())));
      }
    }

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public void begin(Rows beginning) {
      for (int i = 0; i < memory.length; i++) {
        int bytes = states.get(i).bytes;
        for (int j = 0; j < beginning.count(); j++) {
          int from = beginning.at(j) * bytes;
          Arrays.fill(memory[i], from, from + bytes, (byte) 0);
        }
      }
    }

    @Override
    public void act(Rows acting, Observations observations, Actions into) {
      for (int i = 0; i < acting.count(); i++) {
        act(acting.at(i), observations, into);
      }
    }

    private void act(int row, Observations observations, Actions into) {
      enter(row, observations);
      Map<String, Session.Output> results = session.run(given, wanted);
      for (int i = 0; i < memory.length; i++) {
        CarriedState state = states.get(i);
        if (results.get(state.output) instanceof Session.Numbers numbers) {
          numbers.bytes().get(0, memory[i], row * state.bytes, state.bytes);
        }
      }
      switch (results.get(output)) {
        case Session.Numbers numbers when fits(numbers) -> {
          double[] values = new double[perRow(numbers)];
          Arrays.setAll(values, i -> numbers.type().get(numbers.bytes(), i));
          actions.write(values, numbers.type().real(), observations, row, into.values());
        }
        case Session.Maps maps when fits(maps) ->
            actions.write(maps.maps().getFirst(), observations, row, into.values());
        case null, default -> throw new IllegalArgumentException(misfit(output, results));
      }
    }

    /** Puts what a row shows and remembers into the inputs. */
    private void enter(int row, Observations observations) {
      inputs
          .values()
          .forEach(input -> input.write(observations.values(), row, given(input.name()).numbers()));
      if (mask != null) {
        Session.Input allowed = given(mask.name());
        int width = spec.maskWidth();
        for (int i = 0; i < width; i++) {
          allowed.type().put(allowed.numbers(), i, observations.allows(row, i) ? 1 : 0);
        }
        int bytes = width * allowed.type().bytes();
        ObservationInput.repeat(allowed.numbers(), bytes, allowed.numbers().capacity() / bytes);
      }
      for (int i = 0; i < memory.length; i++) {
        CarriedState state = states.get(i);
        given(state.input).numbers().put(0, memory[i], row * state.bytes, state.bytes);
      }
    }

    private Session.Input given(String name) {
      return Objects.requireNonNull(given.get(name));
    }

    @Override
    public void carry(State state, int row) {
      state.begin("onnx", 1);
      for (int i = 0; i < memory.length; i++) {
        int bytes = states.get(i).bytes;
        state.carry(states.get(i).input, memory[i], row * bytes, bytes);
      }
      state.end();
    }
  }
}
