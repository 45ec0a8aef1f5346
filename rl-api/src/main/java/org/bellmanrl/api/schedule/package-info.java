/** Numbers that change as a run goes on: exploration rates, step sizes. */
@NullMarked
package org.bellmanrl.api.schedule;

import org.jspecify.annotations.NullMarked;
