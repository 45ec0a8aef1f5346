package org.bellmanrl.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Actions;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Observations;
import org.bellmanrl.api.Outcomes;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Rows;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ParameterBlock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A page of what a program with PyTorch's autograd and optimisers, in double precision, begins an
 * update with and computes of it. The programs, which share no line with ours, are the {@code
 * reference.py} beside the pages.
 */
public final class Reference {
  private static final double TOLERANCE = 1e-5;
  private static final long SEED = 5;

  private final JsonNode page;

  private Reference(JsonNode page) {
    this.page = page;
  }

  /** Reads a page by its path among the resources. */
  public static Reference read(String path) {
    try (InputStream in = Reference.class.getResourceAsStream("/" + path + ".json")) {
      return new Reference(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A part of the page. */
  public JsonNode get(String name) {
    return page.get(name);
  }

  /** Whether the page has such a part. */
  public boolean has(String name) {
    return page.has(name);
  }

  /** Makes a learner by the page's options, which draws the same numbers as the program. */
  public Learner learner(String id, EnvironmentSpec spec, int rows) {
    Map<String, String> options = new HashMap<>();
    get("options").forEachEntry((key, value) -> options.put(key, value.asString()));
    LearnerContext context =
        LearnerContext.of(spec, rows, Streams.of(SEED), new RunProgress(Budget.steps(100)));
    return Entries.learner(id).create(context, options);
  }

  /** Fills an array. */
  public static void fill(float[] into, JsonNode numbers) {
    assertThat(numbers.size()).isEqualTo(into.length);
    fill(into, 0, numbers);
  }

  /** Fills a part of an array. */
  public static void fill(float[] into, int from, JsonNode numbers) {
    for (int i = 0; i < numbers.size(); i++) {
      into[from + i] = (float) numbers.get(i).asDouble();
    }
  }

  /** Fills an array. */
  public static void fill(boolean[] into, JsonNode mask) {
    assertThat(mask.size()).isEqualTo(into.length);
    fill(into, 0, mask);
  }

  private static void fill(boolean[] into, int from, JsonNode mask) {
    for (int i = 0; i < mask.size(); i++) {
      into[from + i] = mask.get(i).asBoolean();
    }
  }

  /** Gives a network the parameters of a page, by block. */
  public static void set(Network network, JsonNode blocks) {
    List<ParameterBlock> all = network.blocks();
    assertThat(blocks.size()).isEqualTo(all.size());
    for (int b = 0; b < all.size(); b++) {
      assertThat(blocks.get(b).size()).isEqualTo(all.get(b).size());
      for (int i = 0; i < all.get(b).size(); i++) {
        network.parameters()[index(all.get(b), i)] = (float) blocks.get(b).get(i).asDouble();
      }
    }
  }

  /** Compares parameters or gradients of a network with those of a page. */
  public static void check(Network network, float[] vector, JsonNode blocks, String what) {
    List<ParameterBlock> all = network.blocks();
    assertThat(blocks.size()).isEqualTo(all.size());
    for (int b = 0; b < all.size(); b++) {
      assertThat(blocks.get(b).size()).isEqualTo(all.get(b).size());
      for (int i = 0; i < all.get(b).size(); i++) {
        assertThat((double) vector[index(all.get(b), i)])
            .as("%s, layer %d, %s, element %d", what, all.get(b).layer(), all.get(b).name(), i)
            .isCloseTo(blocks.get(b).get(i).asDouble(), within(TOLERANCE));
      }
    }
  }

  /** Compares parameters of a network with those of a page. */
  public static void check(Network network, JsonNode blocks, String what) {
    check(network, network.parameters(), blocks, what);
  }

  private static int index(ParameterBlock block, int i) {
    return block.index(i / block.columns(), i % block.columns());
  }

  /** Compares numbers. */
  public static void check(float[] vector, JsonNode numbers, String what) {
    for (int i = 0; i < numbers.size(); i++) {
      check(vector[i], numbers.get(i), what + " " + i);
    }
  }

  /** Compares a number. */
  public static void check(double number, JsonNode expected, String what) {
    assertThat(number).as(what).isCloseTo(expected.asDouble(), within(TOLERANCE));
  }

  /** What a learner has to report since the last time. */
  public static Map<String, Double> report(Learner learner) {
    Map<String, Double> metrics = new HashMap<>();
    learner.report(metrics::put);
    return metrics;
  }

  /** Compares some of what a learner has to report. */
  public static void check(Map<String, Double> metrics, JsonNode expected, String what) {
    expected.forEachEntry((key, value) -> {
      assertThat(metrics).as(what).containsKey(key);
      check(metrics.get(key), value, what + ", " + key);
    });
  }

  /** Lets a learner observe the steps of a page, one after the other. */
  public static final class Player {
    private final Learner learner;
    private final Rows listed;
    private final Observations observations;
    private final Actions actions;
    private final Outcomes outcomes;
    private final Transitions transitions;

    /** Steps of so many rows of a task. */
    public Player(Learner learner, EnvironmentSpec spec, int rows) {
      this.learner = learner;
      this.listed = new Rows(rows);
      this.observations = new Observations(spec, rows);
      this.actions = new Actions(spec.actionSpace(), learner.behaviour().extras(), rows);
      this.outcomes = new Outcomes(spec, rows);
      this.transitions = new Transitions(listed, observations, actions, outcomes, null);
    }

    /** Lets the learner observe a step; its extra columns are the last ones. */
    public void play(JsonNode step) {
      int row = step.get("row").asInt();
      show(observations, row, step.get("observation"), step.get("mask"));
      show(outcomes.observations(), row, step.get("next"), step.get("next_mask"));
      JsonNode action = step.get("action");
      if (action.isArray()) {
        fill(actions.values().floats(), row * action.size(), action);
      } else {
        actions.values().ints()[row] = action.asInt();
      }
      JsonNode extras = step.get("extras");
      if (extras != null) {
        int end = (row + 1) * actions.extras().layout().floats();
        fill(actions.extras().floats(), end - extras.size(), extras);
      }
      outcomes.reward()[row] = step.get("reward").asDouble();
      outcomes.discount()[row] = step.get("discount").asDouble();
      outcomes.terminated()[row] = step.get("terminated").asBoolean();
      outcomes.truncated()[row] = step.get("truncated").asBoolean();
      transitions.first()[row] = step.get("first").asBoolean();
      listed.only(row);
      learner.observe(transitions);
    }

    private static void show(Observations into, int row, JsonNode observation, JsonNode mask) {
      fill(into.values().floats(), row * observation.size(), observation);
      if (mask != null) {
        fill(into.mask(), row * mask.size(), mask);
      }
    }
  }
}
