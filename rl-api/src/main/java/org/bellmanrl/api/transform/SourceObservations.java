package org.bellmanrl.api.transform;

import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Observations;

/**
 * A capability of environments that have the capability {@link ObservationTransform}: what the
 * innermost environment shows, before it is transformed.
 *
 * @param spec the innermost environment's spec
 * @param observations the latest observations of all rows; a live view, which must not be changed
 */
public record SourceObservations(EnvironmentSpec spec, Observations observations) {}
