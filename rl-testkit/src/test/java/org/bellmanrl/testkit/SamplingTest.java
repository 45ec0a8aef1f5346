package org.bellmanrl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.bellmanrl.api.random.RandomStream;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Columns;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplingTest {
  private static final int CALLS = 1_000;

  static Stream<Space> elementary() {
    return Stream.of(
        new Discrete(3),
        new MultiDiscrete(2, 5),
        new MultiBinary(4),
        Box.of(-1, 1, 6),
        Box.pixels(2, 2));
  }

  @ParameterizedTest
  @MethodSource("elementary")
  void sample_elementarySpace_allocatesNothing(Space space) {
    RandomStream random = RandomStream.ofSeed(1);
    Columns into = new Columns(space, 2);
    double bytes =
        Allocation.settled(
            CALLS,
            () -> {
              long before = Allocation.bytes();
              for (int i = 0; i < CALLS; i++) {
                space.sample(random, into, 1);
              }
              return Allocation.bytes() - before;
            });
    assertThat(bytes).isLessThan(Allocation.LIMIT);
  }
}
