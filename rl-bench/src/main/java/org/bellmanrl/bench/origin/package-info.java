/** Where figures come from: the machine and the sources. */
@NullMarked
package org.bellmanrl.bench.origin;

import org.jspecify.annotations.NullMarked;
