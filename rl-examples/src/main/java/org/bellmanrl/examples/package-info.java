/**
 * Short programs to read and to start from: {@link org.bellmanrl.examples.QuickStart} trains and
 * evaluates, {@link org.bellmanrl.examples.SimulatorOwnsTheLoop} learns inside a program that has
 * its own loop, {@link org.bellmanrl.examples.PolicyService} serves a learned policy over HTTP,
 * {@link org.bellmanrl.examples.AdvantageLearning} and {@link org.bellmanrl.examples.DeepQLearning}
 * are learners to start from. A plugin with an environment, a wrapper and a learner is in the
 * folder {@code plugin-template}.
 */
@NullMarked
package org.bellmanrl.examples;

import org.jspecify.annotations.NullMarked;
