/**
 * Rows that are stepped ahead of learning, in this process or on other machines.
 *
 * <p>A round is some steps of all rows under one state of the behaviour. A {@link
 * org.bellmanrl.lab.internal.rounds.RoundEngine} plays it and records what happened; {@link
 * org.bellmanrl.lab.internal.rounds.Playback} then shows the record to the unchanged loop, step by
 * step, as if it happened there.
 */
@NullMarked
package org.bellmanrl.lab.internal.rounds;

import org.jspecify.annotations.NullMarked;
