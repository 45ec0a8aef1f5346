package org.bellmanrl.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each broken environment fails the check that is for it and no other, in words that tell what is
 * wrong.
 */
class BrokenEnvironmentsTest {
  static Stream<Arguments> broken() {
    return Stream.of(
        broken(
            BrokenEnvironments.ChangingSpec.class,
            "spec_isTheSameForLife,movedRow_hasTheSameFuture",
            "one spec"),
        broken(
            BrokenEnvironments.StaticState.class,
            // Whatever plays two at once notices.
            "sameSeed_givesSameTrace,observations_areWrittenWhole,"
                + "restored_midEpisode_hasTheSameFuture",
            "reward"),
        broken(
            BrokenEnvironments.IgnoresItsSeed.class,
            "differentSeeds_giveDifferentTraces",
            "deterministic()"),
        broken(
            BrokenEnvironments.FalselyDeterministic.class,
            "differentSeeds_giveDifferentTraces",
            "declared deterministic"),
        broken(
            BrokenEnvironments.OutsideItsSpace.class,
            "observations_lieInTheirSpace",
            "observation/noise[0]",
            "[-1.0, 1.0]",
            "1.5"),
        broken(
            BrokenEnvironments.UnwrittenElement.class,
            "observations_areWrittenWhole",
            "observation/noise[1]",
            "NaN"),
        broken(BrokenEnvironments.UnwrittenMask.class, "observations_areWrittenWhole", "mask[3]"),
        broken(
            BrokenEnvironments.InfiniteReward.class,
            "rewards_areFinite,wrongOrder_isRefused",
            "Infinity"),
        broken(BrokenEnvironments.DiscountAtTheEnd.class, "rewards_areFinite", "0.9"),
        broken(
            BrokenEnvironments.NothingAllowed.class,
            "masks_allowSomeAction,wrongOrder_isRefused",
            "[false"),
        broken(
            BrokenEnvironments.NeverEnds.class,
            "ends_areReachedOrDeclaredImpossible",
            "terminated at some step"),
        broken(
            BrokenEnvironments.EndsUndeclared.class,
            "ends_areReachedOrDeclaredImpossible",
            "terminates=false"),
        broken(
            BrokenEnvironments.CutsItself.class,
            "ends_areReachedOrDeclaredImpossible",
            "truncatesItself()"),
        broken(
            BrokenEnvironments.NeverCutsItself.class,
            "ends_areReachedOrDeclaredImpossible",
            "truncated at some step"),
        broken(BrokenEnvironments.SingleEpisode.class, "wrongOrder_isRefused", "game is over"),
        broken(
            BrokenEnvironments.RefusesAnEdge.class,
            "wrongAction_isRefusedAndEveryRightOneTaken",
            "action[1] = 1.0",
            "too far"),
        broken(
            BrokenEnvironments.RemembersAcrossResets.class, "reset_atAnyTime_beginsAnew", "reward"),
        broken(BrokenEnvironments.ClosesOnce.class, "close_twice_isHarmless", "closed already"),
        broken(
            BrokenEnvironments.ForgetsAField.class,
            "restored_midEpisode_hasTheSameFuture,movedRow_hasTheSameFuture",
            "reward"),
        broken(
            BrokenEnvironments.SavingChangesIt.class,
            "restored_midEpisode_hasTheSameFuture,movedRow_hasTheSameFuture",
            "saving changes nothing"),
        broken(
            BrokenEnvironments.SavesSomethingElse.class,
            "restored_midEpisode_hasTheSameFuture,movedRow_hasTheSameFuture",
            "restores"),
        broken(
            BrokenEnvironments.CannotBeginAnew.class,
            "restored_midEpisode_hasTheSameFuture,reset_atAnyTime_beginsAnew,"
                + "warmSteps_allocateNothing,wrongAction_isRefusedAndEveryRightOneTaken",
            "in the middle"),
        broken(
            BrokenEnvironments.InterpretedOtherwise.class, "interpreted_equalsCompiled", "-Xint"),
        broken(BrokenEnvironments.LookingMoves.class, "looking_changesNothing", "reward"),
        broken(BrokenEnvironments.ColourAnyway.class, "looking_changesNothing", "\\u001B"),
        broken(BrokenEnvironments.DrawingMoves.class, "looking_changesNothing", "reward"),
        broken(BrokenEnvironments.HoleInThePicture.class, "looking_changesNothing", "0x7F123456"),
        broken(BrokenEnvironments.PictureTooLong.class, "looking_changesNothing", "last pixel"),
        broken(BrokenEnvironments.WrongAspect.class, "looking_changesNothing", "NaN"),
        broken(BrokenEnvironments.WrongModel.class, "steps_areInTheModel", "reward 2.0"),
        broken(BrokenEnvironments.WrongStart.class, "steps_areInTheModel", "initial probability"),
        broken(BrokenEnvironments.AllocatesPerStep.class, "warmSteps_allocateNothing", "step"),
        broken(BrokenEnvironments.AllocatesPerReset.class, "warmSteps_allocateNothing", "reset"));
  }

  private static Arguments broken(Class<?> contract, String check, String... words) {
    return Arguments.of(contract, check, words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void contract_ofBrokenEnvironment_failsTheCheckForIt(
      Class<?> contract, String check, String[] words) {
    Runs runs = Runs.of(contract);

    assertThat(runs.failures).containsOnlyKeys(check.split(",", -1));
    assertThat(runs.failures.get(check.split(",", -1)[0])).contains(words);
  }

  /** Says how to see it again. */
  @ParameterizedTest
  @MethodSource("traced")
  void failure_ofATrace_tellsWhereAndHowToRepeat(Class<?> contract, String check) {
    assertThat(Runs.of(contract).failures.get(check))
        .contains("test/Walk-v0", "seed ", "episode ", "step ", "expected:", "actual:")
        .contains("repeat:   Trace.of(environment, ");
  }

  static Stream<Arguments> traced() {
    return Stream.of(
        Arguments.of(BrokenEnvironments.OutsideItsSpace.class, "observations_lieInTheirSpace"),
        Arguments.of(BrokenEnvironments.LookingMoves.class, "looking_changesNothing"));
  }
}
