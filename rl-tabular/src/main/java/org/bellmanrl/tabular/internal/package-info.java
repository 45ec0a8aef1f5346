/** What the tabular learners and policies share. Not exported. */
@NullMarked
package org.bellmanrl.tabular.internal;

import org.jspecify.annotations.NullMarked;
