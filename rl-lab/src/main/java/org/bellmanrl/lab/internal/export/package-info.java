/**
 * The descriptions in learned policies that are written as files: {@link
 * org.bellmanrl.lab.internal.export.ModelCard}, and tables made of tabular policies.
 */
@NullMarked
package org.bellmanrl.lab.internal.export;

import org.jspecify.annotations.NullMarked;
