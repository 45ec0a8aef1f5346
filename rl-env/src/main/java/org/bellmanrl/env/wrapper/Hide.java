package org.bellmanrl.env.wrapper;

import java.util.HashSet;
import java.util.List;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.Wrapper;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.DType;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.transform.ObservationTransform;

/**
 * Takes components of observations away: velocities, or planes of a picture.
 *
 * <p>Takes a Box of one dimension, whose components are its elements, or of three, whose components
 * are its channels; gives a Box of those that are left. State saved: none.
 *
 * @param components which are taken away, counted from 0; at least one, none twice, not all
 */
public record Hide(
    @Described("the elements, or channels, to take away, by their numbers in ./rl envs; not all")
        List<Integer> components)
    implements Wrapper {

  public Hide {
    components = List.copyOf(components);
    if (new HashSet<>(components).size() < components.size()) {
      throw new IllegalArgumentException(
          "components must not repeat an element, was " + components);
    }
  }

  /** Hides nothing yet: for options, which must then name a component. */
  public Hide() {
    this(List.of());
  }

  /** The transform for observations of a space. */
  public ObservationTransform transform(Space space) {
    if (!(space instanceof Box box) || (box.dimensions() != 1 && box.dimensions() != 3)) {
      throw Checks.observations("hide", "a Box of one or three dimensions", space);
    }
    int size = box.extent(box.dimensions() - 1);
    boolean[] hidden = new boolean[size];
    for (int component : components) {
      if (component < 0 || component >= size) {
        throw new IllegalArgumentException(
            "components must be in [0, %d) for %s, was %s".formatted(size, box, components));
      }
      hidden[component] = true;
    }
    if (components.isEmpty() || components.size() == size) {
      throw new IllegalArgumentException(
          "components must name at least one of the %d of %s and leave at least one, was %s"
              .formatted(size, box, components));
    }
    int[] left = new int[size - components.size()];
    int count = 0;
    for (int component = 0; component < size; component++) {
      if (!hidden[component]) {
        left[count++] = component;
      }
    }
    return new Hiding(box, left);
  }

  @Override
  public VectorEnvironment wrap(VectorEnvironment inner) {
    return TransformObservation.wrap(this, inner, transform(inner.spec().observationSpace()));
  }

  private static final class Hiding extends StatelessTransform {
    /** Per element of what is left: which one it was. */
    private final int[] source;

    private final int size;
    private final boolean bytes;

    Hiding(Box box, int[] left) {
      this(box, sources(box, left), left.length);
    }

    private Hiding(Box box, int[] source, int left) {
      super(rest(box, source, left));
      this.source = source;
      this.size = box.size();
      this.bytes = box.dtype() == DType.UINT8;
    }

    private static int[] sources(Box box, int[] left) {
      int components = box.extent(box.dimensions() - 1);
      int[] source = new int[box.size() / components * left.length];
      for (int i = 0; i < source.length; i++) {
        source[i] = i / left.length * components + left[i % left.length];
      }
      return source;
    }

    private static Box rest(Box box, int[] source, int left) {
      int[] shape = box.shape();
      shape[shape.length - 1] = left;
      if (box.dtype() == DType.UINT8) {
        return Box.bytes((int) box.high(0), shape);
      }
      float[] low = new float[source.length];
      float[] high = new float[source.length];
      for (int i = 0; i < source.length; i++) {
        low[i] = box.low(source[i]);
        high[i] = box.high(source[i]);
      }
      return Box.of(shape, low, high);
    }

    @Override
    void apply(int row, Columns in, Columns out) {
      int to = row * source.length;
      int from = row * size;
      if (bytes) {
        for (int i = 0; i < source.length; i++) {
          out.bytes()[to + i] = in.bytes()[from + source[i]];
        }
      } else {
        for (int i = 0; i < source.length; i++) {
          out.floats()[to + i] = in.floats()[from + source[i]];
        }
      }
    }
  }
}
