/**
 * Work on other machines: what the command line asks of the module that provides it, rl-cluster.
 *
 * <p>Start at {@link org.bellmanrl.lab.cluster.ClusterProvider}, which a {@link
 * java.util.ServiceLoader} finds. What is sent are jobs and results, bytes that only the command
 * line understands; a provider finds the machines, dispatches the jobs, and dispatches them again
 * when a machine is lost.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.lab.cluster;

import org.jspecify.annotations.NullMarked;
