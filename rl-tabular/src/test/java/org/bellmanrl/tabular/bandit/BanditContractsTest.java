package org.bellmanrl.tabular.bandit;

import java.util.List;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.testkit.LearnerContract;
import org.junit.jupiter.api.Nested;

/** Bandit learners keep their contract. */
class BanditContractsTest {
  abstract static class Contexts extends LearnerContract {
    @Override
    protected Accepts accepts() {
      return new Accepts(List.of(Space.Kind.VECTOR), List.of(Space.Kind.FINITE));
    }
  }

  @Nested
  class ActionValueBanditContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return new ActionValueBandit(context, ActionValueBandit.Config.defaults());
    }
  }

  @Nested
  class UpperConfidenceBoundContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return new UpperConfidenceBound(context, UpperConfidenceBound.Config.defaults());
    }
  }

  @Nested
  class GradientBanditContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return new GradientBandit(context, GradientBandit.Config.defaults());
    }
  }

  @Nested
  class ThompsonGaussianContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return new ThompsonGaussian(context, ThompsonGaussian.Config.defaults());
    }
  }

  @Nested
  class ThompsonBernoulliContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return new ThompsonBernoulli(context, new ThompsonBernoulli.Config(1, 1, 0, 2));
    }
  }

  @Nested
  class Exp3Contract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return new Exp3(context, new Exp3.Config(0.1, 0, 2));
    }
  }

  @Nested
  class LinUcbContract extends Contexts {
    @Override
    protected Learner create(LearnerContext context) {
      return new LinUcb(context, LinearBanditConfig.defaults());
    }
  }

  @Nested
  class LinearThompsonContract extends Contexts {
    @Override
    protected Learner create(LearnerContext context) {
      return new LinearThompson(context, LinearBanditConfig.defaults());
    }
  }
}
