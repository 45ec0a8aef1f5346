package org.bellmanrl.deep.policy;

import java.util.Locale;
import org.bellmanrl.api.Actor;
import org.bellmanrl.api.random.RandomStreams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.deep.internal.NetworkPolicyFormat;
import org.bellmanrl.deep.internal.action.ActionHead;
import org.bellmanrl.deep.internal.action.ActionScale;
import org.bellmanrl.deep.internal.action.NetworkActor;
import org.bellmanrl.deep.internal.action.OutputReader;
import org.bellmanrl.deep.internal.action.SquashedReader;
import org.bellmanrl.deep.network.Network;
import org.bellmanrl.deep.network.ObservationEncoder;
import org.bellmanrl.policy.WritablePolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a learned network does: its outputs, read as {@link Reading} says.
 *
 * <p>Of choices, each element of an action has as many outputs, one element after the other; what a
 * mask forbids is left out.
 *
 * <p>Any number of threads may use it, each with its own actor, while none changes the network. An
 * actor allocates nothing.
 */
public final class NetworkPolicy implements PortablePolicy, WritablePolicy {
  /** How outputs become actions. */
  public enum Reading {
    /**
     * Of choices the one with the largest output, the first of several. Of numbers an output per
     * element, clipped to the bounds of the space. Draws nothing.
     */
    LIKELIEST,
    /**
     * For numbers in finite bounds: an output per element, squeezed into (−1, 1) by tanh and
     * stretched to the bounds; then perhaps as many outputs that play no part (a logarithm of a
     * deviation each). Draws nothing.
     */
    SQUASHED,
    /**
     * Of choices one with a probability in proportion to e to the power of its output: draws per
     * row and element one {@code random()}. Of numbers an output per element, plus normal noise of
     * its own deviation, clipped: draws per row and element one {@code standardNormal()}.
     */
    DRAWN
  }

  private final ObservationEncoder encoder;
  private final Space actionSpace;
  private final Network network;
  private final Reading reading;
  private final float[] logDeviations;
  private final @Nullable Standardizer standardizer;

  /**
   * A policy that takes what is likeliest.
   *
   * @param observationSpace what it sees
   * @param actionSpace Discrete, MultiDiscrete, MultiBinary, or a Box of real numbers
   * @param network takes the observations and gives the outputs that the actions need
   * @throws IllegalArgumentException if the network has other inputs or outputs
   */
  public NetworkPolicy(Space observationSpace, Space actionSpace, Network network) {
    this(observationSpace, actionSpace, network, Reading.LIKELIEST);
  }

  /**
   * A policy whose outputs are read in some way.
   *
   * @param observationSpace what it sees
   * @param actionSpace Discrete, MultiDiscrete, MultiBinary, or a Box of real numbers
   * @param network takes the observations and gives the outputs that the actions need
   * @param reading what is made of outputs
   * @param logDeviations of numbers that are drawn, the logarithm of each one's deviation, finite;
   *     otherwise empty
   * @throws IllegalArgumentException if the network has other inputs or outputs, if actions that
   *     are not in a bounded Box are to be squashed, or if there are not as many deviations as
   *     needed
   */
  public NetworkPolicy(
      Space observationSpace,
      Space actionSpace,
      Network network,
      Reading reading,
      float... logDeviations) {
    this(
        new ObservationEncoder(observationSpace),
        actionSpace,
        network,
        reading,
        logDeviations.clone(),
        null);
  }

  private NetworkPolicy(
      ObservationEncoder encoder,
      Space actionSpace,
      Network network,
      Reading reading,
      float[] logDeviations,
      @Nullable Standardizer standardizer) {
    this.encoder = encoder;
    this.logDeviations = logDeviations;
    this.standardizer = standardizer;
    this.actionSpace = actionSpace;
    this.network = network;
    this.reading = reading;
    if (reading == Reading.SQUASHED && !(actionSpace instanceof Box box && box.bounded())) {
      throw new IllegalArgumentException(
          "squashed actions must be in a Box with finite bounds, were " + actionSpace);
    }
    int drawn = reading == Reading.DRAWN && actionSpace instanceof Box box ? box.size() : 0;
    if (logDeviations.length != drawn) {
      throw new IllegalArgumentException(
          "actions of %s that are %s need %d deviations, had %d"
              .formatted(actionSpace, reading, drawn, logDeviations.length));
    }
    for (float logDeviation : logDeviations) {
      if (!Float.isFinite(logDeviation)) {
        throw new IllegalArgumentException(
            "logarithms of deviations must be finite, one was " + logDeviation);
      }
    }
    encoder.requireFits(network);
    int outputs = outputs(actionSpace);
    boolean fits =
        network.outputSize() == outputs
            || (reading == Reading.SQUASHED && network.outputSize() == 2 * outputs);
    if (!fits) {
      throw new IllegalArgumentException(
          "actions of %s need a network with %d outputs%s, had %d"
              .formatted(
                  actionSpace,
                  outputs,
                  reading == Reading.SQUASHED ? " or " + 2 * outputs : "",
                  network.outputSize()));
    }
  }

  private static int outputs(Space actions) {
    if (actions instanceof Box box) {
      return box.size();
    }
    int sum = 0;
    for (int count : ActionHead.choices(actions)) {
      sum += count;
    }
    return sum;
  }

  /**
   * The same, which standardises what it sees first: for the observations of a task that was
   * learned behind a normaliser.
   *
   * @throws IllegalArgumentException if the network does not take what the standardizer gives
   */
  public NetworkPolicy behind(Standardizer first) {
    return new NetworkPolicy(
        new ObservationEncoder(first.gives()), actionSpace, network, reading, logDeviations, first);
  }

  @Override
  public Space observationSpace() {
    return standardizer == null ? encoder.space() : standardizer.takes();
  }

  /** What is done to observations before they enter the network; null if nothing is. */
  public @Nullable Standardizer standardizer() {
    return standardizer;
  }

  @Override
  public Space actionSpace() {
    return actionSpace;
  }

  /** Its network itself, not a copy. */
  public Network network() {
    return network;
  }

  /** How its outputs become actions. */
  public Reading reading() {
    return reading;
  }

  /** The logarithm of the deviation of each number that is drawn: a copy; empty if none is. */
  public float[] logDeviations() {
    return logDeviations.clone();
  }

  /** How many choices each element of an action has; empty if actions are numbers. */
  public int[] choices() {
    return ActionHead.choices(actionSpace);
  }

  @Override
  public String format() {
    return NetworkPolicyFormat.NAME;
  }

  @Override
  public void write(State state) {
    NetworkPolicyFormat.write(this, state);
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "a network %s of %,d parameters%s%s",
        network,
        network.parameterCount(),
        standardizer == null ? "" : ", behind a normaliser of observations",
        switch (reading) {
          case LIKELIEST -> ", the likeliest action";
          case SQUASHED -> ", squashed by tanh";
          case DRAWN -> ", actions are drawn";
        });
  }

  @Override
  public NetworkPolicy portable() {
    return snapshot();
  }

  @Override
  public NetworkPolicy snapshot() {
    return new NetworkPolicy(
        encoder, actionSpace, network.copy(), reading, logDeviations, standardizer);
  }

  @Override
  public Actor actor(int rows, RandomStreams random) {
    OutputReader reader =
        reading == Reading.SQUASHED
            ? new SquashedReader(new ActionScale((Box) actionSpace))
            : ActionHead.create(actionSpace, logDeviations, 1);
    NetworkActor.Mode mode =
        reading == Reading.DRAWN ? NetworkActor.Mode.SAMPLED : NetworkActor.Mode.LIKELIEST;
    return new NetworkActor(encoder, standardizer, network, reader, mode, rows, random);
  }
}
