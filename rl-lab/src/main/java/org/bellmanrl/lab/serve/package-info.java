/**
 * Episodes that programs elsewhere play, for the protocols by which they do: {@code rl serve} has
 * HTTP built in, and rl-grpc adds gRPC.
 *
 * <p>Start at {@link org.bellmanrl.lab.serve.EpisodeProtocol}, which a {@link
 * java.util.ServiceLoader} finds. A protocol translates calls and values; what an episode is, its
 * limits, its checks and its expiry, is behind {@link org.bellmanrl.lab.serve.Episodes}, which all
 * protocols share.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.lab.serve;

import org.jspecify.annotations.NullMarked;
