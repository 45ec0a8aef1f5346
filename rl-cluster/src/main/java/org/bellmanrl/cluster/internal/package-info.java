/**
 * Many machines: {@link org.bellmanrl.cluster.internal.PekkoCluster} is where it starts.
 *
 * <p>Two layers keep out of each other's way. A {@link org.bellmanrl.cluster.internal.Node} is a
 * member of a Pekko cluster: it knows who is there, and who can't be reached. Jobs and results go
 * over their own connections from each worker to each dispatcher, see {@link
 * org.bellmanrl.cluster.internal.Wire}: of any size, in order, and closed by the operating system
 * the moment that a process dies. A node that is lost and joins again does not disturb them.
 */
@NullMarked
package org.bellmanrl.cluster.internal;

import org.jspecify.annotations.NullMarked;
