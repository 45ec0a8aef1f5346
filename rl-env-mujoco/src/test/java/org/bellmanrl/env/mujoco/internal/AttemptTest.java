package org.bellmanrl.env.mujoco.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class AttemptTest {

  @Test
  void of_work_givesItsResultOrThrowsWhatItThrows() {
    assertThat(Attempt.of(() -> 3)).isEqualTo(3);
    assertThatIllegalStateException()
        .isThrownBy(() ->
            Attempt.of(() -> {
              throw new IllegalStateException("no");
            }))
        .withMessage("no");
  }

  /** As MuJoCo calls the handler: what stands behind the call must not be reached. */
  @Test
  void of_workInWhichMujocoMeetsAnError_throwsItsMessage() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment message = arena.allocateFrom("mj_stackAlloc: out of memory");
      boolean[] reached = new boolean[1];
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              Attempt.of(() -> {
                Messages.error(message);
                reached[0] = true;
                return 0;
              }))
          .withMessage("mj_stackAlloc: out of memory");
      assertThat(reached[0]).isFalse();
    }
  }
}
