/**
 * Episodes of simulators elsewhere over gRPC, as {@code bellman/v1/learner.proto} describes it.
 *
 * <p>{@link org.bellmanrl.grpc.internal.GrpcProtocol} listens, {@link
 * org.bellmanrl.grpc.internal.LearnerService} answers calls, and {@link
 * org.bellmanrl.grpc.internal.Wire} reads and writes their messages.
 */
@NullMarked
package org.bellmanrl.grpc.internal;

import org.jspecify.annotations.NullMarked;
