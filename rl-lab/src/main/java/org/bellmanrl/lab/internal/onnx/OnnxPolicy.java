package org.bellmanrl.lab.internal.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.MemorylessActor;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Leaf;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.lab.internal.run.UserError;
import org.jspecify.annotations.Nullable;

/**
 * A policy that some program wrote as ONNX, at work in a task.
 *
 * <p>Its inputs are what this project's export calls them, {@code observation} or {@code
 * observation/part} and {@code mask}, or else the only one there is. {@link ObservationInput} says
 * what is put in, and {@link ActionOutput} how actions come out. Rows are computed one by one, for
 * judging rather than for speed. Immutable.
 */
public final class OnnxPolicy implements Policy {
  private static final long MOST_BYTES = 1L << 30;
  private static final String MASK = "mask";

  private final Program program;
  private final Map<Leaf, ObservationInput> inputs;
  private final Model.@Nullable Value mask;
  private final String output;
  private final ActionOutput actions;
  private final EnvironmentSpec spec;

  private OnnxPolicy(Program program, EnvironmentSpec spec, String output) {
    this.program = program;
    this.spec = spec;
    Model model = program.model();
    this.mask = model.inputs().stream().filter(i -> i.name().equals(MASK)).findFirst().orElse(null);
    if (mask != null && !spec.masked()) {
      throw new IllegalArgumentException("it takes a mask, which " + spec.name() + " has not");
    }
    this.inputs = inputs(model, spec);
    this.output = output(model, output);
    this.actions = new ActionOutput(spec.actionSpace());
  }

  /**
   * Reads a file.
   *
   * @param spec the task
   * @param output the output that decides; empty for {@code action}, or the first there is
   * @throws UserError naming the file and what is wrong with it, or how it does not fit the task
   */
  public static OnnxPolicy read(Path file, EnvironmentSpec spec, String output) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new UserError("there is no file " + file);
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new UserError(file + " is too large for a policy: above " + MOST_BYTES + " bytes");
      }
      return of(file.toString(), Files.readAllBytes(file), spec, output);
    } catch (IOException e) {
      throw new UserError("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** As {@link #read}, of bytes that are here. */
  static OnnxPolicy of(String origin, byte[] content, EnvironmentSpec spec, String output) {
    Program program;
    try {
      program = new Program(Model.read(content));
    } catch (IllegalArgumentException e) {
      throw new UserError(origin + ": no ONNX that can be read here: " + e.getMessage(), e);
    }
    try {
      OnnxPolicy policy = new OnnxPolicy(program, spec, output);
      policy.tryOut();
      return policy;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UserError(origin + " does not fit " + spec.name() + ": " + e.getMessage(), e);
    }
  }

  /** Acts once where everything is 0, or the least there is. */
  private void tryOut() {
    Observations seen = new Observations(spec, 1);
    for (Leaf leaf : spec.observationSpace().layout().leaves()) {
      ObservationInput.least(leaf, seen.values());
    }
    Arrays.fill(seen.mask(), true);
    act(0, seen, new Actions(spec.actionSpace(), extras(), 1));
  }

  private static Map<Leaf, ObservationInput> inputs(Model model, EnvironmentSpec spec) {
    List<Leaf> leaves = spec.observationSpace().layout().leaves();
    List<Model.Value> free =
        model.inputs().stream().filter(input -> !input.name().equals(MASK)).toList();
    Map<Leaf, ObservationInput> inputs = new LinkedHashMap<>();
    for (Leaf leaf : leaves) {
      String wanted = leaf.path().isEmpty() ? "observation" : "observation/" + leaf.path();
      Model.Value input =
          free.stream()
              .filter(
                  value -> value.name().equals(wanted) || (free.size() == 1 && leaves.size() == 1))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "its inputs are %s, none of which is '%s'"
                          .formatted(model.inputNames(), wanted)));
      inputs.put(leaf, new ObservationInput(input, leaf));
    }
    if (inputs.size() != free.size()) {
      throw new IllegalArgumentException(
          "its inputs are %s, but observations are %s"
              .formatted(model.inputNames(), spec.observationSpace()));
    }
    return inputs;
  }

  private static String output(Model model, String wanted) {
    List<String> names = model.outputNames();
    if (wanted.isEmpty()) {
      return names.contains("action") ? "action" : names.getFirst();
    }
    if (!names.contains(wanted)) {
      throw new IllegalArgumentException(
          "its outputs are %s, there is no '%s'".formatted(names, wanted));
    }
    return wanted;
  }

  /** Which output decides. */
  public String output() {
    return output;
  }

  private void act(int row, Observations observations, Actions into) {
    Map<String, Tensor> given = new LinkedHashMap<>();
    inputs.forEach((leaf, input) -> given.put(input.name(), input.of(observations.values(), row)));
    if (mask != null) {
      given.put(MASK, ObservationInput.mask(mask, observations, row));
    }
    actions.write(program.run(given, output), observations, row, into.values());
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    return new OnnxActor(rows, random);
  }

  @Override
  public OnnxPolicy snapshot() {
    return this;
  }

  private final class OnnxActor extends MemorylessActor {
    OnnxActor(int rows, RandomStreams random) {
      super(rows, random);
    }

    @Override
    public void act(Rows rows, Observations observations, Actions into) {
      for (int i = 0; i < rows.count(); i++) {
        OnnxPolicy.this.act(rows.at(i), observations, into);
      }
    }
  }
}
