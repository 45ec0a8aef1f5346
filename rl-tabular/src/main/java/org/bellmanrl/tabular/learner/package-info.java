/**
 * What families of tabular learners share: one configuration and one base class each. {@link
 * org.bellmanrl.tabular.learner.ControlConfig} and {@link org.bellmanrl.tabular.learner.QControl}
 * are those of learners of action values, {@link org.bellmanrl.tabular.learner.PredictionConfig}
 * and {@link org.bellmanrl.tabular.learner.VPrediction} those of learners of state values. Both
 * extend {@link org.bellmanrl.tabular.learner.StepwiseLearner}, as learners of other values do, and
 * that extends {@link org.bellmanrl.tabular.learner.TabularLearner}.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.tabular.learner;

import org.jspecify.annotations.NullMarked;
