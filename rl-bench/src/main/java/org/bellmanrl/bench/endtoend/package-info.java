/** How long training takes from beginning to end. */
@NullMarked
package org.bellmanrl.bench.endtoend;

import org.jspecify.annotations.NullMarked;
