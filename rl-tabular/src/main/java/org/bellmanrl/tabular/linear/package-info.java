/**
 * Linear function approximation: values that are a sum of weighted features.
 *
 * <p>Start with {@link org.bellmanrl.tabular.linear.SemiGradientSarsa} over {@link
 * org.bellmanrl.tabular.linear.TileCoding}. {@link org.bellmanrl.tabular.linear.Features} names the
 * ready-made feature maps; {@link org.bellmanrl.tabular.linear.FeatureMap} is for others.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.tabular.linear;

import org.jspecify.annotations.NullMarked;
