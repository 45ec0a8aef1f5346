/**
 * Numbers that change as a run goes on: exploration rates, step sizes.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.api.schedule;

import org.jspecify.annotations.NullMarked;
