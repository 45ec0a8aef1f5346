package org.bellmanrl.env.mujoco.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class AbandonableCallTest {

  @Test
  void of_work_givesItsResultOrThrowsWhatItThrows() {
    assertThat(AbandonableCall.of(() -> 3)).isEqualTo(3);
    assertThatIllegalStateException()
        .isThrownBy(() ->
            AbandonableCall.of(() -> {
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
              AbandonableCall.of(() -> {
                Messages.error(message);
                reached[0] = true;
                return 0;
              }))
          .withMessage("mj_stackAlloc: out of memory");
      assertThat(reached[0]).isFalse();
    }
  }
}
