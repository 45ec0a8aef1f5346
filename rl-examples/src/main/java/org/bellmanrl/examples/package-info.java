/**
 * Short programs to read and to start from: {@link org.bellmanrl.examples.QuickStart} trains and
 * evaluates, {@link org.bellmanrl.examples.SettingsSearch} searches for hyperparameters, {@link
 * org.bellmanrl.examples.SimulatorOwnsTheLoop} learns inside a program that has its own loop, and
 * {@link org.bellmanrl.examples.PolicyService} serves a learned policy over HTTP. A plugin with
 * environments, learners, a wrapper, a policy and a listener is in the folder {@code
 * plugin-template}.
 */
@NullMarked
package org.bellmanrl.examples;

import org.jspecify.annotations.NullMarked;
