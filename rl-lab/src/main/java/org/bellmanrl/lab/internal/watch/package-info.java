/**
 * The live page of a run: {@link org.bellmanrl.lab.internal.watch.Watch} is what a run publishes to
 * and {@link org.bellmanrl.lab.internal.watch.WatchServer} what browsers ask.
 *
 * <p>The thread that trains hands over immutable snapshots, and only while a page is open; playing,
 * drawing and answering is done by other threads.
 */
@NullMarked
package org.bellmanrl.lab.internal.watch;

import org.jspecify.annotations.NullMarked;
