package org.bellmanrl.deep.onpolicy;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.HiddenLayer;
import org.bellmanrl.deep.network.Trunk;

/**
 * The layers of a policy network and of a value network, as data: with {@code shared} layers, these
 * are the same for both and learn from both losses; without, the networks have nothing in common.
 * Pictures go through convolutions first, as {@link Trunk} has it.
 *
 * @param shared the first layers of both networks
 * @param hidden the layers of the policy network that follow
 * @param valueHidden those of the value network; empty for the same as {@code hidden}
 * @param activation of all layers that do not say theirs
 */
@RecordBuilder
public record ActorCriticLayers(
    @Described("layers that policy and values share, before the hidden ones")
        List<HiddenLayer> shared,
    @Described("hidden layers: units, or as in [conv 16 3, flatten, dense 64 tanh, lstm 64]")
        List<HiddenLayer> hidden,
    @Described("hidden layers of the values; None for the same as hidden")
        Optional<List<HiddenLayer>> valueHidden,
    @Described("activation of the layers that do not say theirs") Activation activation)
    implements ActorCriticLayersBuilder.With {
  public ActorCriticLayers {
    shared = List.copyOf(shared);
    hidden = List.copyOf(hidden);
    valueHidden = valueHidden.map(List::copyOf);
    boolean observations =
        new Trunk(hidden, activation).startsWithObservations()
            || new Trunk(valueHidden.orElse(hidden), activation).startsWithObservations();
    if (!shared.isEmpty() && observations) {
      throw new IllegalArgumentException(
          "convolutions, embeddings and layers for parts must come first: put them into shared,"
              + " which was "
              + shared);
    }
  }

  /** Dense layers of two networks that share nothing. */
  public static ActorCriticLayers of(Activation activation, int... units) {
    return of(Trunk.of(activation, units));
  }

  /** The same layers for each of two networks that share nothing. */
  public static ActorCriticLayers of(Trunk layers) {
    return new ActorCriticLayers(List.of(), layers.hidden(), Optional.empty(), layers.activation());
  }

  /** Returns whether a network has recurrent layers. */
  boolean recurrent() {
    return policy().recurrent() || value().recurrent();
  }

  /** The layers of the policy network. */
  Trunk policy() {
    return trunk(hidden);
  }

  /** The layers of the value network. */
  Trunk value() {
    return trunk(valueHidden.orElse(hidden));
  }

  private Trunk trunk(List<HiddenLayer> following) {
    // What follows the convolutions of shared layers is not to count among these.
    List<HiddenLayer> first = new Trunk(shared, activation).flattened().hidden();
    Trunk trunk = new Trunk(Stream.concat(first.stream(), following.stream()).toList(), activation);
    trunk.requireNoDropout();
    return trunk;
  }
}
