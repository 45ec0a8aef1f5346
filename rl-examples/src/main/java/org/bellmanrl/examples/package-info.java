/**
 * Short programs to read and to start from: {@link org.bellmanrl.examples.QuickStart} trains and
 * judges, {@link org.bellmanrl.examples.SimulatorOwnsTheLoop} learns inside a program that has a
 * loop of its own, {@link org.bellmanrl.examples.PolicyService} serves what was learned over HTTP.
 * A plugin with an environment, a wrapper and a learner is in the folder {@code plugin-template}.
 */
@NullMarked
package org.bellmanrl.examples;

import org.jspecify.annotations.NullMarked;
