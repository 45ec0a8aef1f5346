/** What the command line sends to other machines, and what it does when it is sent such things. */
@NullMarked
package org.bellmanrl.lab.internal.cluster;

import org.jspecify.annotations.NullMarked;
